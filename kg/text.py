"""Stored text made fit to show; offsets always point into the stored form."""

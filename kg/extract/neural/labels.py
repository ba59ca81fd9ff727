"""What the network's outputs mean, in their order; training and inference read it from here."""

from __future__ import annotations

from kg.extract.mention import ROLES, TYPES

TAGS = ("O", *(f"{mark}-{kind}" for kind in TYPES for mark in "BI"))
OUTCOMES = ("none", "better", "worse", "on_par")

__all__ = ["OUTCOMES", "ROLES", "TAGS", "TYPES"]

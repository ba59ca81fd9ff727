"""Extraction by a language model behind an OpenAI-compatible endpoint: optional, never the default (engineer I)."""

"""One module an input format; see `kg.sources.format`."""

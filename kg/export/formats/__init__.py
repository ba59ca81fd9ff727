"""One module an export format; see `kg.export.format`."""

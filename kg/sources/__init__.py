"""From listing pages and lists of papers to `Paper`: one module of `kg.sources.formats` a format."""

from kg.sources.format import InputFormat, Page
from kg.sources.reading import choose, read_papers, registry

__all__ = ["InputFormat", "Page", "choose", "read_papers", "registry"]

"""Which encoding bytes are in, or that they are no text at all."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from kg.errors import FormatError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
}
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\x00") | {127})
_CHUNK = 1 << 20


def encoding_of(stream: BinaryIO, where: str) -> str:
    """The codec to read ``stream`` with.

    A byte order mark decides, else NULs in every other place (UTF-16), else UTF-8 if all of it is
    that, else Windows-1252, which holds Latin-1. Raises `FormatError` for binary content.
    """
    head = stream.read(_CHUNK)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec
    utf16 = _bare_utf16(head)
    if utf16:
        return utf16
    _refuse_binary(head, where)
    if _is_utf8(head, stream):
        return "utf-8"
    return "utf-8" if _mostly_utf8(head) else "cp1252"


def _bare_utf16(head: bytes) -> str | None:
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[: 2 * half : 2].count(0), head[1 : 2 * half : 2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _refuse_binary(head: bytes, where: str) -> None:
    kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if kind is None and (controls > 0.01 * len(head) or head.count(0) > 0.05 * len(head)):
        kind = "binary data"
    if kind:
        raise FormatError(
            f"this is {kind}, not text", where=where, mend="save the page as plain text or give JSON lines"
        )


def _is_utf8(head: bytes, rest: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    chunk = head
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = rest.read(_CHUNK)
    except UnicodeDecodeError:
        return False
    return True  # a character cut off by the end of the file is no reason to doubt the rest


def _mostly_utf8(head: bytes) -> bool:
    """Whether more characters beyond ASCII decode as UTF-8 than fail to (a few damaged bytes)."""
    decoded = head.decode("utf-8", "replace")
    failed = decoded.count("�")
    return sum(c > "\x7f" for c in decoded) - failed > failed

"""Small true files of every accepted kind, and the spoilt ones that must be refused."""
from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PDF_LOCKED = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 5 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(32) + b"\xff\xd9"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OLE_LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png() -> bytes:
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0\0")) + _chunk(b"IEND", b"")


def _named(name: str) -> zipfile.ZipInfo:
    """A member of a fixed time: the same bytes at every second, so every test process sees the same sample."""
    info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def archive(*names: str, types: str = "<Types/>", locked: bool = False, filler: int = 0) -> bytes:
    """A ZIP with the given parts; `locked` sets the encryption bit, `filler` adds that many zero bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(_named("[Content_Types].xml"), types)
        for name in names:
            pack.writestr(_named(name), "<x/>")
        if filler:
            pack.writestr(_named("word/filler.bin"), bytes(filler))
    content = bytearray(out.getvalue())
    if locked:
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = content.find(mark)
            while place >= 0:
                content[place + offset] |= 1
                place = content.find(mark, place + 1)
    return bytes(content)


def docx(text: str = "") -> bytes:
    return archive("word/document.xml", f"word/{text or 'styles'}.xml")


def xlsx() -> bytes:
    return archive("xl/workbook.xml")

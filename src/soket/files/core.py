"""What a file is, read from its bytes. Pure: no Django, no disk.

Accepted are PDF, Word (docx), Excel (xlsx), PNG and JPEG. An Office file is a ZIP archive with the
parts that ECMA-376 asks for; one that carries macros, is encrypted, or unpacks far beyond its size is
refused, because whoever opens the evidence later must not be harmed by it.
"""
from __future__ import annotations

import hashlib
import lzma
import re
import unicodedata
import zipfile
import zlib
from enum import StrEnum
from io import BytesIO

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"
WAV = "audio/wav"
OGG = "audio/ogg"
MP3 = "audio/mpeg"
M4A = "audio/mp4"
XML = "application/xml"
ZIP = "application/zip"
EVIDENCE = frozenset({PDF, DOCX, XLSX, PNG, JPEG})
SOUND = frozenset({WAV, OGG})
RECORDINGS = SOUND | {MP3, M4A}  # read aloud for the public: opened again and made anew before anyone hears it
PHOTOGRAPHS = frozenset({JPEG, PNG, WEBP})  # opened again and made anew before anyone sees them
MADE = frozenset({PDF, ZIP})  # print runs and press kits that Soket itself makes: never offered to who brings a file
JSON = "application/json"
CSV = "text/csv"
ARCHIVES = frozenset({XML, JSON, CSV})  # an older newspaper's articles: text that is read once by a reader of its own, never handed out
PICTURES = frozenset({ZIP})  # its photographs: opened one by one, none is unpacked to disk
EXTENSIONS = {
    PDF: (".pdf",), DOCX: (".docx",), XLSX: (".xlsx",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), WEBP: (".webp",),
    WAV: (".wav",), OGG: (".ogg", ".oga", ".opus"),
    MP3: (".mp3",), M4A: (".m4a", ".mp4"), XML: (".xml",), ZIP: (".zip",),
    JSON: (".json",), CSV: (".csv",),
}  # fmt: skip
NAMES = {
    PDF: "PDF", DOCX: "Word (.docx)", XLSX: "Excel (.xlsx)", PNG: "PNG", JPEG: "JPEG", WEBP: "WebP", WAV: "WAV", OGG: "Ogg", MP3: "MP3", M4A: "M4A", XML: "XML",
    ZIP: "ZIP", JSON: "JSON", CSV: "CSV",
}

MAX_BYTES = 10_000_000
MAX_SOUND = 400_000_000  # three hours and a half of speech as WAV, 16 kHz, one channel
MAX_MADE = 200_000_000
MAX_PHOTOGRAPH = 25_000_000
MAX_ARCHIVE = 64_000_000
MAX_PICTURES = 300_000_000
MAX_UNPACKED = 200_000_000
MAX_PARTS = 5_000
NAME_LENGTH = 200
_UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError,
    NotImplementedError, EOFError, OSError, ValueError, RuntimeError, KeyError,
)
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_KEPT = (".pdf", ".txt", ".docx", ".jpg", ".mp3", ".csv", ".json")
_RESERVED = re.compile(r'[<>:"|?*]')
_BLANKS = re.compile(r"\s+")


class Fault(StrEnum):
    """Why bytes are not taken as evidence."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    NOT_ALLOWED = "not_allowed"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    BROKEN_NAME = "broken_name"


class BadFile(Exception):
    """The bytes are refused; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def sha256_of(content: bytes) -> str:
    """The name under which the bytes are kept: 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def sniff(content: bytes) -> str:
    """The media type of `content`, from its first bytes and inner parts. Raises BadFile."""
    if not content:
        raise BadFile(Fault.EMPTY)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(content[12:16] == b"IHDR" and b"IEND" in content[-16:], PNG)
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(b"\xff\xd9" in content[-256:], JPEG)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _whole(len(content) >= int.from_bytes(content[4:8], "little") + 8, WEBP)
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return _whole(b"data" in content[:4096], WAV)
    if content.startswith(b"OggS"):
        return _whole(content.count(b"OggS", 0, 200_000) > 1, OGG)
    if content.startswith(b"ID3") or (content[0] == 0xFF and content[1:2] and content[1] & 0xE6 == 0xE2):  # a tag, or a frame of layer III
        return MP3
    if content[4:8] == b"ftyp":
        return _whole(b"moov" in content, M4A)
    if content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'):
        return _whole(content.rstrip().endswith(b">"), XML)
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # a locked docx or xlsx is wrapped in this older container
        raise BadFile(Fault.ENCRYPTED if b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e" in content else Fault.UNKNOWN)
    raise BadFile(Fault.UNKNOWN)


def check(content: bytes, allowed: frozenset[str], limit: int = MAX_BYTES) -> str:
    """`sniff` with the size limit (bytes) and the allowed media types applied. Raises BadFile."""
    own = {MADE: MAX_MADE, PHOTOGRAPHS: MAX_PHOTOGRAPH, ARCHIVES: MAX_ARCHIVE, PICTURES: MAX_PICTURES}
    if len(content) > (MAX_SOUND if allowed <= RECORDINGS else own.get(allowed, limit)):
        raise BadFile(Fault.TOO_LARGE)
    media_type = archived(content) if allowed in {ARCHIVES, PICTURES} else sniff(content)
    if media_type not in allowed:
        raise BadFile(Fault.NOT_ALLOWED)
    return media_type


def archived(content: bytes) -> str:
    """The media type of an older newspaper's file: text that begins as XML or JSON, other text as CSV, or a ZIP. Raises BadFile."""
    if content.startswith(b"PK\x03\x04"):
        return ZIP
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise BadFile(Fault.EMPTY)
    if b"\x00" in content:
        raise BadFile(Fault.UNKNOWN)
    return XML if start.startswith(b"<") else JSON if start.startswith((b"{", b"[")) else CSV


def clean_name(name: str, media_type: str) -> str:
    """A file name safe to show and to download: NFC, no folder, nothing unseen, the ending of its true type."""
    if any(0xD800 <= ord(ch) <= 0xDFFF for ch in name):
        raise BadFile(Fault.BROKEN_NAME)
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = _BLANKS.sub(" ", _RESERVED.sub("_", _UNSEEN.sub("", last))).strip(" .")
    endings = EXTENSIONS[media_type]
    stem, ending = text, endings[0]
    for known in endings:
        if text.lower().endswith(known):
            stem, ending = text[: -len(known)], known
    return (stem.strip(" .")[: NAME_LENGTH - len(ending)] or "tep") + ending


def names_of(allowed: frozenset[str]) -> str:
    """The allowed kinds in words, for a message: "PDF, Word (.docx)"."""
    return ", ".join(NAMES[media_type] for media_type in NAMES if media_type in allowed)


def _whole(complete: bool, media_type: str) -> str:
    if not complete:
        raise BadFile(Fault.DAMAGED)
    return media_type


def _pdf(content: bytes) -> str:
    if re.match(rb"%PDF-[12]\.\d", content) is None or b"%%EOF" not in content[-2048:]:
        raise BadFile(Fault.DAMAGED)
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", content):
        raise BadFile(Fault.ENCRYPTED)
    return PDF


def _archive(names: set[str]) -> str:
    """An archive without folders of PDFs alone, as print runs are kept, or of what a press kit holds."""
    if not names or not all(name.endswith(_KEPT) and "/" not in name for name in names):
        raise BadFile(Fault.UNKNOWN)
    return ZIP


def _office(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise BadFile(Fault.ENCRYPTED)
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise BadFile(Fault.TOO_LARGE)
            names = {part.filename for part in parts}
            if "[Content_Types].xml" not in names:
                return _archive(names)
            types = archive.read("[Content_Types].xml")
            if archive.testzip() is not None:
                raise BadFile(Fault.DAMAGED)
    except _UNREADABLE as broken:
        raise BadFile(Fault.DAMAGED) from broken
    lowered = {name.lower() for name in names}
    if b"macroenabled" in types.lower() or any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in lowered):
        raise BadFile(Fault.MACROS)
    if "word/document.xml" in lowered:
        return DOCX
    if "xl/workbook.xml" in lowered:
        return XLSX
    raise BadFile(Fault.UNKNOWN)

"""How wide and high a photograph is, read from its bytes: PNG and JPEG. A page that states both never jumps while it loads."""
from __future__ import annotations

_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
LARGEST = 20_000


class BadPicture(ValueError):
    """The bytes hold no size that a page can show."""


def size_of(content: bytes) -> tuple[int, int]:
    """(width, height) in pixels. Raises BadPicture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        found = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    elif content.startswith(b"\xff\xd8"):
        found = _jpeg(content)
    else:
        raise BadPicture("neither PNG nor JPEG")
    if not all(0 < side <= LARGEST for side in found):
        raise BadPicture("no usable size")
    return found


def _jpeg(content: bytes) -> tuple[int, int]:
    """The size in the first frame header, found by going from segment to segment."""
    at = 2
    while at + 9 <= len(content):
        if content[at] != 0xFF:
            raise BadPicture("a segment does not begin where it should")
        marker = content[at + 1]
        if marker == 0xFF or marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES:
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise BadPicture("no frame header")

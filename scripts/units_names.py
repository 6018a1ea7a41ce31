"""Names of areas as the published packages print them: type, proper name and join keys."""

from __future__ import annotations

import unicodedata

TYPES = ("thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")
Row = dict[str, str]
Links = set[tuple[str, str]]


def split_name(full: str) -> tuple[str, str]:
    """ "Thị Trấn Prao" -> ("thị trấn", "Prao"). The type is read from the printed name,
    because seven rows of the package contradict it in their separate type column."""
    full = " ".join(unicodedata.normalize("NFC", full).split())
    kind = next(t for t in TYPES if full.lower().startswith(t + " "))
    name = full[len(kind) + 1 :]
    if not name.startswith("Nông trường"):  # the source writes "Đại áng", "Pa ủ", "Ya ly"
        name = " ".join(word[0].upper() + word[1:] for word in name.split(" "))
    return kind, name


def fold(text: str) -> str:
    """Letters and digits only, without marks: a join key, never shown."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum() and c.isascii())


def exact(text: str) -> str:
    """Join key that keeps every mark: letter case, spaces and hyphen spacing set aside."""
    text = unicodedata.normalize("NFC", text).lower().replace("-", " - ")
    return " ".join(text.split())

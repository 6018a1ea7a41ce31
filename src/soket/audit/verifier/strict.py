"""Reading without mercy: a line is accepted only in the one canonical form of what it says.

Blanks, another order of keys, a doubled key, a float, "\\u0041" for "A": each is another byte sequence
for the same document, and an altered byte must never go unseen.
"""
from __future__ import annotations

import json
import re
from typing import Any, NoReturn

SAFE_INTEGER = 2**53 - 1
HEX = re.compile(r"[0-9a-f]{64}")


class NotStrict(ValueError):
    """The bytes are not canonical JSON, or not of the expected shape."""


def canonical_bytes(value: Any) -> bytes:
    """RFC 8785 for strings, whole numbers, booleans, None, lists and dicts. Raises NotStrict."""
    try:
        return _text(value).encode("utf-8")
    except (RecursionError, UnicodeEncodeError):
        raise NotStrict("nested too deeply, or broken text") from None


def read_line(line: bytes) -> Any:
    """The value of one canonical line. Raises NotStrict on any other form."""
    try:
        value = json.loads(line.decode("utf-8"), parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotStrict("not JSON") from None
    if canonical_bytes(value) != line:
        raise NotStrict("not in canonical form")
    return value


def member(value: Any, name: str, kind: type, where: str = "") -> Any:
    """`value[name]` when it is of `kind` (a boolean is no whole number). Raises NotStrict with the path."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        raise NotStrict(f"{where}{name}: {kind.__name__} expected")
    return found


def hash_member(value: Any, name: str, where: str = "") -> str:
    """A member of 64 lower-case hexadecimal digits."""
    text: str = member(value, name, str, where)
    if not HEX.fullmatch(text):
        raise NotStrict(f"{where}{name}: 64 hexadecimal digits expected")
    return text


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and -SAFE_INTEGER <= value <= SAFE_INTEGER:
        return str(int(value))
    if isinstance(value, list):
        return "[" + ",".join(_text(item) for item in value) + "]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        # RFC 8785 sorts by UTF-16 units, which is not the order of code points above U+FFFF.
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{_text(item)}" for key, item in pairs) + "}"
    raise NotStrict(f"{type(value).__name__}: no canonical form")


def _refuse(text: str) -> NoReturn:
    raise NotStrict(f"{text}: only whole numbers")

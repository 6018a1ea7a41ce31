"""What a check found: a code, where, how grave, and the amounts it speaks of."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"      # must be mended before sending
    WARNING = "warning"  # may be sent with an explanation


@dataclass(frozen=True)
class Finding:
    """`key` names it for an explanation; `cell` is an indicator's code or a text's key; words come from `code`."""

    key: str
    code: str
    severity: Severity
    cell: str = ""
    section: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


def error(code: str, *, cell: str, section: str, **params: str) -> Finding:
    return Finding(f"{code}:{cell}", code, Severity.ERROR, cell, section, params)

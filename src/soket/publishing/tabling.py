"""Claimed figures as rows of a table, the same on the page's CSV and in the press kit. Pure."""
from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

COLUMNS = ("code", "label", "label_en", "value", "numerator", "denominator", "unit", "unit_en", "state", "edition", "edition_digest")
"""`value` as printed in Vietnamese; numerator and denominator are exact, with a point before their decimals."""


def rows(content: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    """One row for each figure, in the order of COLUMNS."""
    edition = content["edition"] or {"number": "", "digest": ""}
    for one in figures:
        exact = one["exact"]
        scale = 0 if exact.get("percent") else exact["scale"]
        yield (
            one["code"], one["label"]["vi"], one["label"]["en"], one["display"]["vi"], decimal(exact["numerator"], scale),
            decimal(exact["denominator"], 0), one["measure"]["vi"], one["measure"]["en"], exact["state"], str(edition["number"]), edition["digest"],
        )  # fmt: skip


def decimal(scaled: str | None, scale: int | str | None) -> str:
    """A scaled integer with its decimals: "12345" at scale 2 is "123.45". Empty where there is no value: it is never a 0."""
    if scaled is None or not int(scale or 0):
        return scaled or ""
    digits = scaled.lstrip("-").rjust(int(scale or 0) + 1, "0")
    return f"{'-' if scaled.startswith('-') else ''}{digits[: -int(scale or 0)]}.{digits[-int(scale or 0) :]}"


def as_csv(content: Mapping[str, Any], mark: str = "") -> str:
    """All figures of a copy as CSV text. `mark` stands in a column of its own in every row. No cell can start a formula."""
    out = StringIO()
    writer = csv.writer(out)
    more = ["embargo"] if mark else []
    writer.writerow([*COLUMNS, *more])
    for row in rows(content, content["figures"]):
        writer.writerow([_inert(cell) for cell in row] + ([mark] if mark else []))
    return out.getvalue()


def _inert(cell: str) -> str:
    """A negative number stays the number that it is."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t"} and not re.fullmatch(r"-[0-9]+(?:\.[0-9]+)?", cell) else cell

"""The list of a proposal or a decision: a table for each form, collectives before persons, numbered anew in each."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from soket.documents.core import Column, Row, Table
from soket.documents.flow import roman
from soket.documents.kinds.shared import GAP, Recipient, counted, totals


@dataclass(frozen=True)
class Line:
    """One recipient of one form; `gold_number` is None where the gold book has not given one."""

    recipient: Recipient
    form: str
    achievement: str = ""
    gold_number: int | None = None


class _Asked(Protocol):
    @property
    def recipient(self) -> Recipient: ...
    @property
    def form(self) -> str: ...


Asked = TypeVar("Asked", bound=_Asked)


def groups(lines: Sequence[Asked]) -> Iterator[tuple[str, list[Asked]]]:
    """Title and lines of each group: forms in order of first mention, collectives first; empty groups are left out."""
    forms = list(dict.fromkeys(line.form for line in lines))
    found = [
        (f"{form}: {word}" if len(forms) > 1 else word.capitalize(), members)
        for form in forms
        for kind, word in (("collective", "tập thể"), ("person", "cá nhân"))
        if (members := [line for line in lines if (line.form, line.recipient.kind) == (form, kind)])
    ]
    for at, (words, members) in enumerate(found, 1):
        yield f"{roman(at)}. {words} ({counted(len(members))})", members


def by_form(lines: Sequence[Line]) -> list[str]:
    """“Bằng khen của …: 12 tập thể và 108 cá nhân”, one for each form."""
    return [f"{form}: {totals(line.recipient for line in lines if line.form == form)}" for form in dict.fromkeys(line.form for line in lines)]


def list_tables(lines: Sequence[Line]) -> tuple[Table, ...]:
    """The list; a column of which nothing is known is left out, a single unknown is a dotted blank."""
    return tuple(_table(title, members) for title, members in groups(lines))


def _table(title: str, lines: Sequence[Line]) -> Table:
    told: list[tuple[Column, Callable[[Line], str]]] = _who(lines)
    if any(line.achievement for line in lines):
        told.append((Column("Thành tích", 5.4), lambda line: line.achievement or GAP))
    if any(line.gold_number is not None for line in lines):
        told.append((Column("Số vào\nsổ vàng", 1.7, "centre"), lambda line: GAP if line.gold_number is None else str(line.gold_number)))
    rows = tuple(Row((str(number), *(cell(line) for _column, cell in told))) for number, line in enumerate(lines, 1))
    return Table((Column("TT", 0.9, "centre"), *(column for column, _cell in told)), rows, caption=title)


def _who(lines: Sequence[Line]) -> list[tuple[Column, Callable[[Line], str]]]:
    """A collective and the unit above it; a person's name with post and unit, or post and unit alone where nobody is named."""
    if lines[0].recipient.kind == "collective":
        first, second = "Tên tập thể", "Đơn vị cấp trên"
    elif any(line.recipient.name for line in lines):
        first, second = "Họ và tên", "Chức vụ, đơn vị"
    else:
        return [(Column("Chức vụ, đơn vị", 6.4), lambda line: line.recipient.who)]
    columns: list[tuple[Column, Callable[[Line], str]]] = [(Column(first, 4.2), lambda line: line.recipient.title)]
    if any(line.recipient.station for line in lines):
        columns.append((Column(second, 4.2), lambda line: line.recipient.station or GAP))
    return columns

"""Reads of the registers. An issuer is the opaque key under which the numbers were taken."""
from __future__ import annotations

from django.db.models import Count, Max, QuerySet

from soket.documents.models import Entry
from soket.kernel.text import folded


def entries(issuer: str, series: str, year: int) -> QuerySet[Entry]:
    """The register in order of number."""
    return Entry.objects.filter(register__issuer=issuer, register__series=series, register__year=year).select_related("register").order_by("number")


def next_number(issuer: str, series: str, year: int) -> int:
    """The number that would be given next. A preview: only taking a number gives it."""
    last: int | None = entries(issuer, series, year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def entry_of(issuer: str, series: str, reference: str) -> Entry | None:
    """The number that a thing was given in that series, in whatever year; None when it has none."""
    return Entry.objects.filter(register__issuer=issuer, register__series=series, reference=reference).select_related("register").first()


def look_alikes(issuer: str, symbol: str, subject: str, year: int) -> list[Entry]:
    """Entries of the year, in any series, with that symbol and the same words; marks, case and blanks are not compared.

    For a warning before a number is taken: the same paper may be about to be numbered twice. Raises ValueError on broken text.
    """
    wanted = folded(subject)
    rows = Entry.objects.filter(register__issuer=issuer, register__year=year, symbol=symbol).select_related("register").order_by("id")
    return [row for row in rows if folded(row.subject) == wanted]


def repeats(issuer: str, year: int) -> list[Entry]:
    """Entries whose number and symbol another series of the issuer gave as well in that year: the decree asks for a warning."""
    rows = Entry.objects.filter(register__issuer=issuer, register__year=year).exclude(symbol="")
    twice = set(rows.order_by().values_list("number", "symbol").annotate(times=Count("id")).filter(times__gt=1).values_list("number", "symbol"))
    numbers = {number for number, _symbol in twice}
    found = rows.filter(number__in=numbers).select_related("register").order_by("number", "symbol", "id") if numbers else rows.none()
    return [row for row in found if (row.number, row.symbol) in twice]

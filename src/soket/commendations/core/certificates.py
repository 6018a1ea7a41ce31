"""What a certificate prints: its serial and its lines, from plain facts. No Django."""
from __future__ import annotations

from datetime import date

MOST = 8  # a certificate is issued again at most seven times: each has its own bit in a status list


def serial(symbol: str, year: int, number: int, issue: int, issuer: int | None = None) -> str:
    """The number printed on a certificate, unique over all issuers: "BCA-2026-00012", issued again "BCA-2026-00012-2".

    `number` is that of the gold book; `issuer` (an id) stands before it where units of one level share a symbol.

    >>> serial("BCA", 2026, 12, 1)
    'BCA-2026-00012'
    >>> serial("CAT", 2026, 12, 3, issuer=7)
    'CAT.7-2026-00012-3'
    """
    head = symbol if issuer is None else f"{symbol}.{issuer}"
    return f"{head}-{year}-{number:05d}" + (f"-{issue}" if issue > 1 else "")


def long_day(day: date) -> str:
    """A day as papers write it (Decree 30/2020): zero before days under ten and the months one and two only.

    >>> long_day(date(2026, 2, 5)), long_day(date(2026, 7, 20))
    ('ngày 05 tháng 02 năm 2026', 'ngày 20 tháng 7 năm 2026')
    """
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def status_index(award: int, issue: int) -> int:
    """The bit of an issue of an award's certificate in the status list.

    >>> status_index(3, 2)
    25
    """
    if not 1 <= issue <= MOST:
        raise ValueError(f"a certificate is issued 1 to {MOST} times")
    return award * MOST + issue - 1

"""Tables given away as files."""
from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with a mark for spreadsheets; no cell can start a formula."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}.csv"'})
    out = csv.writer(answer)
    out.writerow(head)
    out.writerows([_inert(cell) for cell in row] for row in rows)
    return answer


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t"} else cell

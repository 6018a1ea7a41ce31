"""What a frozen edition is taken away as: the dossier and tables; its papers are in `papers`."""
from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.reviews import queries
from soket.reviews.core import GROUPS
from soket.reviews.dossier import SUFFIX, NotYetPlaced, dossier_file, file_name
from soket.reviews.views.shared import frozen, language


def attached(content: bytes, kind: str, name: str) -> HttpResponse:
    """The bytes as a download of that media type under that name."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "ignore").decode()}"'
    return response


@require_GET
def dossier(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The dossier file; within the first second after the freeze the record has not placed it yet."""
    edition = frozen(slug, number)
    try:
        content = dossier_file(edition)
    except NotYetPlaced:
        words = _("The record is giving the freeze its place. Load this address again in a few seconds.")
        return HttpResponse(words, status=503, headers={"Retry-After": "2"}, content_type="text/plain; charset=utf-8")
    return attached(content, "application/octet-stream", file_name(edition, SUFFIX))


@require_GET
def figures_csv(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All figures of the edition as a table; numbers as exact decimals of the smallest unit with their scale."""
    edition = frozen(slug, number)
    head = ["code", "label", "state", "numerator", "denominator", "scale", "measure", "display", "as_of", "boundary", "sha256"]
    rows = [
        [f.printed, f.label(language()), f.state, f.body["numerator"] or "", f.body["denominator"] or "", f.scale, f.measure(language()),
         f.display(language()), f.body["as_of"], f.body["boundary"], f.sha256]
        for f in queries.frozen_figures(edition)
    ]
    return attached(_csv(head, rows), "text/csv; charset=utf-8", file_name(edition, ".csv"))


@require_GET
def units_csv(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """Every unit behind a figure with its public part."""
    edition = frozen(slug, number)
    try:
        figure, lists = queries.frozen_figure(edition, code), queries.figure_lists(edition, code)
    except queries.UnknownFigure:
        raise Http404 from None
    head = ["list", "unit_id", "unit", "value", "scale", "state", "note"]
    rows = [
        [group, row["id"], row["name"], "" if row["value"] is None else row["value"], figure.scale, row["state"], row["note"]]
        for group in GROUPS for row in lists[group]
    ]
    return attached(_csv(head, rows), "text/csv; charset=utf-8", file_name(edition, f"-{figure.code}.csv"))


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark for spreadsheets; no cell can start a formula."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "@", "\t"} else cell

"""What one unit gave to a frozen figure: the versions of its reports that were counted, and its documents."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.files import queries as files
from soket.reporting import queries as reporting
from soket.reporting.core import CellState
from soket.reporting.queries.public import PublicFile
from soket.reviews.core import GROUPS
from soket.reviews.models import Edition
from soket.reviews.queries.frozen import UnknownFigure, figure_lists, frozen_figure
from soket.reviews.queries.words import note_words, unit_words
from soket.ui import core as ui


@dataclass(frozen=True)
class GivenDocument:
    """A document by which the unit met the obligation; `url` is empty while it is not released."""

    number: str
    dated: date
    url: str


@dataclass(frozen=True)
class GivenRow:
    """One figure of a report as printed; `words` when it is a state and no number; `here` when the frozen figure is made of it."""

    name: str
    shown: str
    measure: str
    words: bool
    here: bool


@dataclass(frozen=True)
class GivenReport:
    """The public part of a counted version."""

    title: str
    starts: date
    ends: date
    report: reporting.PublicReport
    sections: list[tuple[str, list[GivenRow]]]
    texts: list[tuple[str, str]]
    evidence: list[PublicFile]
    withheld: list[tuple[str, int]]
    """Kinds of evidence that are not public, by name of the kind alone, and how many files."""


@dataclass(frozen=True)
class Given:
    """All of it. `rows` are the unit's parts of the figure, one for each period."""

    name: str
    rows: list[tuple[str, str]]
    """Part and remark; empty where the documents below say it all."""
    reports: list[GivenReport]
    documents: list[GivenDocument]


def given(edition: Edition, code: str, unit_id: int, language: str, public: bool) -> Given:
    """What the unit gave. `public` hides documents that were not released. Raises UnknownFigure, also for a unit not in the figure."""
    figure, lists = frozen_figure(edition, code), figure_lists(edition, code)
    found = [(group, row) for group in GROUPS for row in lists[group] if row["id"] == unit_id and group != "not_comparable"]
    if not found:
        raise UnknownFigure(f"{figure.printed}: unit {unit_id}")
    lang = ui.language(language)
    with override(lang):
        rows = [(unit_words(row, figure.body, lang), note_words(row, figure.body, group)) for group, row in found]
    spec = figure.body["spec"]
    counted = reporting.public_submissions(unit_id, lists["submissions"], spec.get("rounds", []))
    reports = [_report(one, lang, str(spec.get("indicator", ""))) for one in counted]
    documents = _documents(lists, unit_id, public)
    return Given(found[0][1]["name"], [] if documents else rows, reports, documents)


def _report(report: reporting.PublicReport, lang: ui.Language, indicator: str) -> GivenReport:
    vi = lang == "vi"
    sections = [
        (title_vi if vi else title_en, [_row(cell, lang, cell.code == indicator) for cell in cells]) for title_vi, title_en, cells in report.sections
    ]
    return GivenReport(
        report.round_vi if vi else report.round_en, date.fromisoformat(report.starts), date.fromisoformat(report.ends), report, sections,
        [(label_vi if vi else label_en, text) for label_vi, label_en, text in report.texts],
        report.evidence,
        [(kind_vi if vi else kind_en, count) for kind_vi, kind_en, count in report.withheld],
    )


def _row(cell: reporting.PublicCell, lang: ui.Language, here: bool) -> GivenRow:
    name, measure = (cell.name_vi, cell.measure_vi) if lang == "vi" else (cell.name_en, cell.measure_en)
    number = cell.cell.state in (CellState.VALUE, CellState.ZERO) and not cell.yes_no
    measure = "" if cell.yes_no else measure
    return GivenRow(name, ui.number(cell.cell.value, cell.scale, lang) if number else _state(cell, lang), measure, not number, here)


def _state(cell: reporting.PublicCell, lang: ui.Language) -> str:
    with override(lang):
        if cell.yes_no and cell.cell.state in (CellState.VALUE, CellState.ZERO):
            return _("yes") if cell.cell.state is CellState.VALUE else _("no")
        return {
            CellState.NOTHING: _("nothing to report"), CellState.NOT_APPLICABLE: _("not applicable"),
        }.get(cell.cell.state, _("no figure yet"))  # fmt: skip


def _documents(lists: Mapping[str, Any], unit_id: int, public: bool) -> list[GivenDocument]:
    claims = [claim for claim in lists["claims"] if claim["unit"] == unit_id]
    return [GivenDocument(claim["number"], date.fromisoformat(claim["dated"]), url) for claim, url, _released in opened(claims, public)]


def opened(claims: Sequence[Mapping[str, Any]], public: bool) -> list[tuple[Mapping[str, Any], str, bool]]:
    """Each claim with the address of its document (empty where this reader may not open it) and whether it was released."""
    stored = files.by_hash(claim["sha256"] for claim in claims)
    released = files.public_ids(file.pk for file in stored.values()) if stored else set()
    rows = []
    for claim in claims:
        file = stored.get(claim["sha256"])
        given_out = file is not None and file.pk in released
        open_ = file is not None and (given_out or not public)
        rows.append((claim, reverse("files:get", args=[claim["sha256"]]) if open_ else "", given_out))
    return rows

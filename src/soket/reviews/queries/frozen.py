"""Frozen figures, read from the entries of an edition and from nowhere else."""
from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from soket.reviews import core
from soket.reviews.models import Edition, Entry
from soket.reviews.queries.words import shown, signed_number
from soket.ui.panel import FigureRef


class UnknownFigure(LookupError):
    """The edition holds no figure of that code."""


@dataclass(frozen=True)
class FrozenFigure:
    """A figure of an edition. `body` is the entry as frozen; numbers are scaled integers, rates pairs of them."""

    slug: str
    edition: int
    digest: str
    sha256: str
    body: Mapping[str, Any] = field(repr=False)

    @property
    def code(self) -> str:
        return str(self.body["code"])

    @property
    def printed(self) -> str:
        """The code as printed on paper: SK-2026-01."""
        return str(self.body["printed"])

    @property
    def state(self) -> str:
        return str(self.body["state"])

    @property
    def numerator(self) -> int | None:
        return None if self.body["numerator"] is None else int(self.body["numerator"])

    @property
    def denominator(self) -> int | None:
        return None if self.body["denominator"] is None else int(self.body["denominator"])

    @property
    def scale(self) -> int:
        return int(self.body["scale"])

    @property
    def percent(self) -> bool:
        """Whether the pair is shown in per cent."""
        return bool(self.body["percent"])

    @property
    def precision(self) -> str:
        """"", over, nearly or about."""
        return str(self.body["precision"])

    @property
    def external(self) -> bool:
        """Cited from outside, not cut from reports."""
        return bool(self.body["spec"]["kind"] == "external")

    @property
    def url(self) -> str:
        """Its public page."""
        return reverse("reviews:figure", args=[self.slug, self.edition, self.code])

    def label(self, language: str) -> str:
        return str(self.body["label"]["en" if language.startswith("en") else "vi"])

    def measure(self, language: str) -> str:
        """Unit of measure; empty for a share."""
        return str(self.body["measure"]["en" if language.startswith("en") else "vi"])

    def display(self, language: str) -> str:
        """The value as printed."""
        return shown(self.body, language)

    def ref(self, language: str, old_display: str = "") -> FigureRef:
        """The figure as it stands in a sentence or cell, opening its panel."""
        state = "external" if self.external else "not_comparable" if self.state == "not_comparable" else "bound"
        return FigureRef(
            label=self.label(language), display=self.display(language), unit=self.measure(language),
            state=state, url=self.url, code=self.printed, old_display=old_display,  # type: ignore[arg-type]
        )


def _figure(edition: Edition, entry: Entry) -> FrozenFigure:
    return FrozenFigure(edition.review.slug, edition.number, edition.digest, entry.sha256, json.loads(entry.body))


def frozen_figure(edition: Edition, code: str) -> FrozenFigure:
    """The figure of that code. Raises UnknownFigure."""
    entry = Entry.objects.filter(edition=edition, key=f"figure/{code}").first()
    if entry is None:
        raise UnknownFigure(f"{edition.review.code} edition {edition.number}: {code}")
    return _figure(edition, entry)


def frozen_figures(edition: Edition) -> list[FrozenFigure]:
    """All figures in the order of the dossier."""
    rows = Entry.objects.filter(edition=edition, key__startswith="figure/").order_by("order")
    return [_figure(edition, row) for row in rows]


def figures_of_all(editions: Sequence[Edition]) -> dict[int, list[FrozenFigure]]:
    """The figures of several editions by edition id, in one query."""
    known = {edition.pk: edition for edition in editions}
    found: dict[int, list[FrozenFigure]] = {pk: [] for pk in known}
    for row in Entry.objects.filter(edition_id__in=list(known), key__startswith="figure/").order_by("edition_id", "order"):
        found[row.edition_id].append(_figure(known[row.edition_id], row))
    return found


def figure_lists(edition: Edition, code: str) -> dict[str, Any]:
    """The whole lists behind a figure: contributors, missing, excused, not_comparable (id, name, value, state,
    note), submissions (SHA-256) and claims (unit, number, dated, sha256). Raises UnknownFigure."""
    body = Entry.objects.filter(edition=edition, key=f"units/{code}").values_list("body", flat=True).first()
    if body is None:
        raise UnknownFigure(f"{edition.review.code} edition {edition.number}: {code}")
    lists: dict[str, Any] = json.loads(body)
    return lists


@dataclass(frozen=True)
class Change:
    """One figure that two editions do not say alike; None on the side where it does not stand."""

    code: str
    was: FrozenFigure | None
    now: FrozenFigure | None

    @property
    def gap(self) -> tuple[int, int] | None:
        """The difference of two plain numbers and its scale; None for rates, ranges and words."""
        if self.was is None or self.now is None or self.was.scale != self.now.scale:
            return None
        plain = [one.numerator for one in (self.was, self.now) if one.denominator is None and one.body["upper"] is None]
        if len(plain) != 2 or plain[0] is None or plain[1] is None:
            return None
        return plain[1] - plain[0], self.now.scale


def difference(old: Edition, new: Edition) -> list[Change]:
    """The figures whose value changed, appeared or went between two editions, by code."""
    return changes(frozen_figures(old), frozen_figures(new))


def changes(old: Sequence[FrozenFigure], new: Sequence[FrozenFigure]) -> list[Change]:
    """`difference` of figures already read."""
    before = {figure.code: figure for figure in old}
    after = {figure.code: figure for figure in new}
    changed = core.differences([one.body for one in before.values()], [one.body for one in after.values()])
    return [Change(code, before.get(code), after.get(code)) for code, _was, _now in changed]


def gap_words(change: Change, language: str) -> str:
    """The difference as printed; a dash where two values have none."""
    return signed_number(*change.gap, language) if change.gap else "–"

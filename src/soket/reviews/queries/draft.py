"""The draft of a review: live values of the chosen figures, sections, choices for its forms."""
from __future__ import annotations

import json
from dataclasses import dataclass

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.kernel.actor import Office
from soket.kernel.clock import today
from soket.kernel.text import whole
from soket.organisations import queries as organisations
from soket.programmes.models import Obligation, Programme
from soket.reporting.models import Indicator
from soket.reviews import figures
from soket.reviews.core import Words, figure_body
from soket.reviews.models import Review, Section, WantedFigure
from soket.reviews.queries.words import printed_code, shown
from soket.rollup import queries as rollup
from soket.ui import core as ui

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class LiveFigure:
    """A chosen figure with its value now, or why there is none."""

    wanted: WantedFigure
    printed: str
    label: str
    display: str
    pair: str
    error: str


def live_figures(review: Review, language: str) -> list[LiveFigure]:
    """Every chosen figure as it would be copied now."""
    return [_live(review, wanted, language) for wanted in review.figures.order_by("order", "code")]


def _live(review: Review, wanted: WantedFigure, language: str) -> LiveFigure:
    printed, lang = printed_code(review.code, wanted.code), ui.language(language)
    label = wanted.label_en if lang == "en" else wanted.label_vi
    try:
        computed = figures.compute(json.loads(wanted.spec))
    except figures.CannotCompute as error:
        return LiveFigure(wanted, printed, label, "", "", str(error))
    body = figure_body(computed, code=wanted.code, printed=printed, label=Words(), spec={}, tree_version=0)
    scale = 0 if computed.percent else computed.scale
    pair = "" if computed.denominator is None else f"{ui.number(computed.numerator or 0, scale, lang)}/{ui.number(computed.denominator, 0, lang)}"
    return LiveFigure(wanted, printed, label, shown(body, language), pair, "")


def sections_in_draft(review: Review) -> list[Section]:
    """The sections of the draft in order."""
    return list(review.sections.order_by("order", "pk"))


def section_in_draft(review: Review, section_id: int) -> Section | None:
    found: Section | None = review.sections.filter(pk=section_id).first()
    return found


def wanted_figure(review: Review, code: str) -> WantedFigure | None:
    found: WantedFigure | None = review.figures.filter(code=code).first()
    return found


def programme_choices(review: Review) -> Choices:
    """Programmes that are not under review yet."""
    rows = Programme.objects.exclude(reviews__review=review).order_by("pk")
    return [(str(row.pk), f"{row.symbol or ''} {row.title}".strip()) for row in rows]


def programme_by_id(key: str) -> Programme | None:
    return Programme.objects.filter(pk=whole(key) or 0).first()


def obligation_choices(review: Review) -> Choices:
    """Obligations of the review's programmes as "slug|code"."""
    rows = Obligation.objects.filter(programme__reviews__review=review).select_related("programme").order_by("programme_id", "code")
    return [(f"{row.programme.slug}|{row.code}", f"{row.programme.symbol or row.programme.title}, {row.code}: {row.title}") for row in rows]


def round_choices(language: str) -> Choices:
    english = language.startswith("en")
    return [(row.slug, row.title_en if english else row.title_vi) for row in rollup.offered_rounds()]


def indicator_choices(language: str) -> Choices:
    english = language.startswith("en")
    return [(row.code, f"{row.code} {row.name_en if english else row.name_vi}") for row in Indicator.objects.order_by("code")]


def line_choices(language: str) -> Choices:
    english = language.startswith("en")
    return [(row.code, row.name_en if english else row.name_vi) for row in organisations.lines()]


def office_choices(person: Person) -> Choices:
    """The units at which the person holds the programme office, by name today; units below them run their own reviews."""
    own = dict.fromkeys(post.unit_id for post in posts_of(person, today()) if post.office == Office.PROGRAMME)
    return [(str(unit), node.name) for unit in own if (node := organisations.unit_at(unit, today())) is not None]

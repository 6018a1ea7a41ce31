"""The register of awards as anyone reads it: every award, its grounds and its state. A name stands in it once it was approved, never before;
an award that was cancelled stays, with the decision that cancelled it and the ground in the words of the law."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from soket.commendations.models import Award, AwardForm, Cancellation, Certificate, Decision, GroundFigure, GroundFlag, Handing
from soket.commendations.queries.decision_facts import chunks, grounds_of
from soket.commendations.queries.scope import unit_names
from soket.kernel.clock import day_of
from soket.kernel.text import name_search, whole
from soket.organisations.models import Level
from soket.organisations.queries.units import lives
from soket.reviews.queries import FrozenFigure
from soket.reviews.queries.frozen import figures_of_all
from soket.ui.panel import FigureRef

JOINED = (
    "decision__entry", "decision__campaign_form__form", "decision__campaign_form__campaign", "gold", "approval", "nomination__unit",
)  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How an award ended: the decision, the ground by its code and in the words of the law with their source, and what was found."""

    decision: str
    dated: date
    ground: str
    words: str
    basis: str
    finding: str


@dataclass(frozen=True)
class AwardState:
    """Where an award stands: "granted" or "cancelled" (then `ended` says how); `flags` are the figures below it that read otherwise now;
    `handed` is the handing over that counts."""

    stage: str
    ended: Ended | None = None
    flags: tuple[GroundFlag, ...] = ()
    handed: Handing | None = None


def ended(awards: Sequence[int]) -> dict[int, Ended]:
    """The cancellation of each of these awards that was cancelled, as its decision states it. A decision is read once, not for each award."""
    rows = list(Cancellation.objects.filter(award__in=awards).select_related("decision__entry").defer("decision__body"))
    bodies = Decision.objects.filter(pk__in={row.decision_id for row in rows}).values_list("pk", "body") if rows else []
    told = {pk: json.loads(body)["ground"] for pk, body in bodies}
    return {
        row.award_id: Ended(
            row.decision.entry.notation, row.decision.dated, row.ground, told[row.decision_id]["text"], told[row.decision_id]["citation"], row.finding
        )
        for row in rows
    }


def award_state(award: Award) -> AwardState:
    """Where one award stands."""
    return award_states([award.pk])[award.pk]


def award_states(awards: Iterable[int]) -> dict[int, AwardState]:
    """Where each of the awards (by id) stands, in five queries for five hundred."""
    ids = list(awards)
    found: dict[int, AwardState] = {}
    for part in chunks(ids):
        gone = ended(part)
        stages = Award.objects.filter(pk__in=part).values_list("pk", "stage", "nomination_id")
        flags, handed = flags_of([nomination for _pk, _stage, nomination in stages]), handings_of(part)
        for pk, stage, nomination in stages:
            found[pk] = AwardState(stage, gone.get(pk), tuple(flags.get(nomination, ())), handed.get(pk))
    return found


def flags_of(nominations: Sequence[Any]) -> dict[Any, list[GroundFlag]]:
    """The moved figures of each nomination, in order."""
    found: dict[Any, list[GroundFlag]] = {}
    for part in chunks(list(nominations)):
        for flag in GroundFlag.objects.filter(nomination__in=part):
            found.setdefault(flag.nomination_id, []).append(flag)
    return found


def handings_of(awards: Sequence[int]) -> dict[int, Handing]:
    """The handing over that counts for each award, without those kept by mistake."""
    found: dict[int, Handing] = {}
    for part in chunks(list(awards)):
        found |= {row.award_id: row for row in Handing.objects.filter(award__in=part, strikes=None, struck_by=None)}
    return found


def awards_of(unit_id: int) -> list[Award]:
    """The awards given to a unit itself, newest first; cancelled ones too."""
    rows = Award.objects.filter(nomination__recipient_key=f"unit:{unit_id}").select_related(*JOINED).defer("decision__body")
    return list(rows.order_by("-decision__dated", "-pk"))


@dataclass(frozen=True)
class Line:
    """One award in the register. Without an approved name `name`, `detail`, `achievement` and `figures` are empty: they could tell it."""

    award: Award
    named: bool
    name: str
    detail: str
    achievement: str
    form: str
    issuer: str
    figures: tuple[FigureRef, ...]
    state: AwardState

    @property
    def decision(self) -> str:
        return self.award.decision.entry.notation

    @property
    def dated(self) -> date:
        return self.award.decision.dated

    @property
    def gold(self) -> str:
        """Its number in the gold book with the year; empty when it has none."""
        return f"{self.award.gold.notation}/{self.award.gold.dated.year}" if self.award.gold else ""

    @property
    def url(self) -> str:
        return reverse("commendations:award", args=[self.award.pk])


def awards() -> QuerySet[Award]:
    """Every award ever decided, newest decision first."""
    return Award.objects.select_related(*JOINED).defer("decision__body").order_by("-decision__dated", "-decision__entry_id", "place")


def one(award_id: int) -> Award | None:
    return awards().filter(pk=award_id).first()


@dataclass(frozen=True)
class Asked:
    """The filters of the register, all of them in the address."""

    issuer: str = ""
    year: str = ""
    form: str = ""
    kind: str = ""
    state: str = ""
    words: str = ""


def found(asked: Asked) -> QuerySet[Award]:
    """The awards that the filters leave. A search by name looks at approved names alone."""
    rows = awards()
    if (issuer := whole(asked.issuer)) is not None:
        rows = rows.filter(decision__issuer_id=issuer)
    if (year := whole(asked.year)) is not None:
        rows = rows.filter(decision__dated__year=min(max(year, 1), 9998))
    if asked.form:
        rows = rows.filter(decision__campaign_form__form__code=asked.form)
    if asked.kind in ("collective", "person"):
        rows = rows.filter(recipient=asked.kind)
    if asked.state in ("granted", "cancelled"):
        rows = rows.filter(stage=asked.state)
    return rows.filter(pk__in=_called(rows, asked.words)) if asked.words else rows


def _called(rows: QuerySet[Award], words: str) -> list[int]:
    holds, known = name_search(words), provinces()
    told = rows.exclude(approval=None).values_list("pk", "name", "detail", "nomination__unit_id", "decision__dated")
    return [pk for pk, name, detail, unit, dated in told if holds(f"{name}, {detail}, {known(unit, dated)}")]


def provinces() -> Callable[[int, date], str]:
    """Gives the name of the provincial unit above a unit on a day; empty at the centre."""
    tree, known = lives(), dict[tuple[int, date], str]()

    def name(unit: int, day: date) -> str:
        if (unit, day) not in known:
            life = tree.nearest(unit, day)
            while life is not None and life.level != Level.PROVINCE:
                life = tree.nearest(life.parent, day) if life.parent else None
            known[unit, day] = life.name if life else ""
        return known[unit, day]

    return name


def lines(rows: Iterable[Award], language: str) -> list[Line]:
    """Awards as lines of the register; as many queries for a thousand as for one, beyond five hundred twice as many."""
    listed = list(rows)
    states = award_states([row.pk for row in listed])
    open_ = [row for row in listed if hasattr(row, "approval")]
    figures = figure_refs({row.nomination_id: states[row.pk].flags for row in open_}, language)
    issuers: dict[tuple[int, date], str] = {}
    for day in {row.decision.dated for row in listed}:
        names = unit_names({row.decision.issuer_id for row in listed if row.decision.dated == day}, day)
        issuers |= {(unit, day): name for unit, name in names.items()}
    return [_line(row, states[row.pk], figures.get(row.nomination_id, ()), issuers[row.decision.issuer_id, row.decision.dated], language) for row in listed]


def _line(row: Award, state: AwardState, figures: tuple[FigureRef, ...], issuer: str, language: str) -> Line:
    named, form = hasattr(row, "approval"), row.decision.campaign_form.form
    told = (row.name, row.detail, row.achievement) if named else ("", "", "")
    return Line(row, named, *told, form_name(form, language), issuer, figures if named else (), state)


def form_name(form: AwardForm, language: str) -> str:
    return form.name_en if language.startswith("en") else form.name_vi


def figure_refs(flags: dict[Any, tuple[GroundFlag, ...]], language: str) -> dict[Any, tuple[FigureRef, ...]]:
    """The figures on which each nomination rests, opening the frozen edition they were cut from; one that was corrected since shows both
    values and opens the newer edition."""
    grounds = grounds_of(list(flags))
    editions = {row.edition_id: row.edition for rows in grounds.values() for row in rows}
    frozen = {(edition, figure.code): figure for edition, rows in figures_of_all(list(editions.values())).items() for figure in rows} if editions else {}
    return {pk: tuple(_ref(row, frozen.get((row.edition_id, row.code)), flags[pk], language) for row in rows) for pk, rows in grounds.items()}


def _ref(row: GroundFigure, figure: FrozenFigure | None, flags: tuple[GroundFlag, ...], language: str) -> FigureRef:
    code = f"{row.edition.review.code}-{row.code}"
    ref = figure.ref(language) if figure else FigureRef(row.label, row.display, code=code, state="plain")
    moved = next((flag for flag in reversed(flags) if flag.code == row.code and flag.old_edition == row.edition.number and flag.now), None)
    if moved is None:
        return ref
    return FigureRef(ref.label, moved.now, ref.unit, "corrected", moved.url, ref.code, ref.display)


@dataclass(frozen=True)
class Moment:
    """One thing that happened to an award: "decided", "handed", "reissued" (its certificate), "flagged" or "cancelled", with what is told of it."""

    kind: str
    on: date
    what: Any


def history(line: Line) -> list[Moment]:
    """Everything that happened to an award and that anyone may read, in order."""
    state = line.state
    found = [Moment("decided", line.dated, line.award)]
    found += [Moment("flagged", day_of(flag.at), flag) for flag in state.flags] if line.named else []
    found += [Moment("handed", state.handed.on, state.handed)] if state.handed else []
    again = Certificate.objects.filter(award=line.award, number__gt=1).order_by("number") if line.named else []
    found += [Moment("reissued", day_of(row.at), row) for row in again]
    found += [Moment("cancelled", state.ended.dated, state.ended)] if state.ended else []
    order = {"decided": 0, "handed": 1, "reissued": 2, "flagged": 3, "cancelled": 4}
    return sorted(found, key=lambda one: (one.on, order[one.kind]))


@dataclass(frozen=True)
class Choices:
    """What the filters offer: issuers (id, name), years, forms (code, name)."""

    issuers: list[tuple[int, str]]
    years: list[int]
    forms: list[tuple[str, str]]


def choices(day: date, language: str) -> Choices:
    """Only what has awards."""
    rows = Award.objects.order_by().values_list("decision__issuer_id", "decision__dated__year", "decision__campaign_form__form_id").distinct()
    told = list(rows)
    names = unit_names({issuer for issuer, _year, _form in told}, day)
    forms = AwardForm.objects.filter(pk__in={form for _issuer, _year, form in told})
    return Choices(
        sorted(names.items(), key=lambda pair: pair[1]), sorted({year for _issuer, year, _form in told}, reverse=True),
        sorted({(row.code, form_name(row, language)) for row in forms}, key=lambda pair: pair[1]),
    )  # fmt: skip


@dataclass(frozen=True)
class Numbers:
    """How many awards, how many of them with an open name, how many cancelled."""

    total: int
    named: int
    cancelled: int


def numbers(rows: QuerySet[Award]) -> Numbers:
    plain = rows.order_by().select_related(None)
    return Numbers(plain.count(), plain.filter(approval__isnull=False).count(), plain.filter(Q(stage="cancelled")).count())

"""What opening a round would make: its period, who owes a report, and what speaks against it. Nothing is written."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from soket.accounts.models import Person
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.periods import Period, PeriodKind, period
from soket.organisations.queries import lines
from soket.reporting import rules
from soket.reporting.models import PeriodRule, Round, Template
from soket.reporting.queries.owing import Owed, owing, top_units

ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True)
class ScopeDraft:
    """A line (its code) at a level reports, under one unit (its id) or everywhere, by `due_at`."""

    line: str
    level: int
    due_at: datetime
    under: int | None = None


@dataclass(frozen=True)
class RoundDraft:
    """A round as it is asked for. An ad hoc round names its own days and titles; its index is given when it is opened."""

    template: Template
    rule: PeriodRule
    kind: PeriodKind
    year: int
    index: int
    scopes: Sequence[ScopeDraft]
    synthetic: bool = False
    slug: str = ""
    starts: date | None = None
    ends: date | None = None
    title_vi: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Plan:
    """The round as it would stand, and each unit that would owe a report with the scope that says so."""

    round: Round
    scopes: Sequence[ScopeDraft]
    owed: list[tuple[Owed, ScopeDraft]]


def _named(kind: PeriodKind, year: int, index: int) -> tuple[str, str, str]:
    """Slug, Vietnamese title and English title."""
    if kind is PeriodKind.YEAR:
        return f"nam-{year}", f"Báo cáo năm {year}", f"Report for the year {year}"
    if kind is PeriodKind.NINE:
        return f"9-thang-{year}", f"Báo cáo 9 tháng năm {year}", f"Report for the first nine months of {year}"
    if kind is PeriodKind.HALF:
        half = ("đầu", "first") if index == 1 else ("cuối", "second")
        return f"nua-nam-{index}-{year}", f"Báo cáo 6 tháng {half[0]} năm {year}", f"Report for the {half[1]} half of {year}"
    if kind is PeriodKind.QUARTER:
        return f"quy-{index}-{year}", f"Báo cáo quý {ROMAN[index]} năm {year}", f"Report for quarter {index} of {year}"
    return f"thang-{index}-{year}", f"Báo cáo tháng {index} năm {year}", f"Report for month {index} of {year}"


def _title(draft: RoundDraft) -> tuple[str, str]:
    vietnamese, english = rules.said(draft.title_vi, "title_vi"), rules.said(draft.title_en, "title_vi")
    if not vietnamese:
        raise Refused(_("Give the report a name."), field="title_vi")
    return vietnamese[:200], (english or vietnamese)[:200]


def _span(draft: RoundDraft) -> Period:
    if draft.kind is PeriodKind.AD_HOC:
        if draft.starts is None or draft.ends is None:
            raise Refused(_("An ad hoc report needs its first and its last day."), field="ends" if draft.starts else "starts")
        if draft.ends < draft.starts:
            raise Refused(_("The last day lies before the first."), field="ends")
        return Period(draft.starts, draft.ends)
    try:
        return period(draft.kind, draft.year, draft.index, draft.rule.closing_day)
    except ValueError:
        raise Refused(_("There is no such period in a year."), field="index") from None


def _free(draft: RoundDraft, span: Period) -> None:
    """Refuse a second round for the same form over the same days: two of one kind may not share a day."""
    rounds = Round.objects.filter(template__code=draft.template.code, kind=draft.kind, starts__lte=span.ends, ends__gte=span.starts)
    other = rounds.order_by("starts").first()
    if other is None:
        return
    field = "starts" if draft.kind is PeriodKind.AD_HOC else "index"
    if (other.starts, other.ends) == (span.starts, span.ends):
        raise Refused(_("This round has already been opened."), field=field)
    told = _("These days overlap with {round}, {starts:%d/%m/%Y}–{ends:%d/%m/%Y}.")
    raise Refused(told.format(round=other.title_vi, starts=other.starts, ends=other.ends), field=field)


def round_of(draft: RoundDraft) -> Round:
    """The round without its reports, not stored. Raises Refused with the field that is wrong."""
    span = _span(draft)
    if span.ends < draft.rule.valid_from or (draft.rule.valid_to and span.ends >= draft.rule.valid_to):
        raise Refused(_("The period rule was not in force on the closing day {day:%d/%m/%Y}.").format(day=span.ends), field="rule")
    _free(draft, span)
    year, index = draft.year, draft.index
    if draft.kind is PeriodKind.AD_HOC:
        year, earlier = span.ends.year, Round.objects.filter(template__code=draft.template.code, kind=draft.kind, year=span.ends.year)
        index = (earlier.aggregate(last=Max("index"))["last"] or 0) + 1
        slug, (title_vi, title_en) = f"dot-xuat-{index}-{year}", _title(draft)
    else:
        slug, title_vi, title_en = _named(draft.kind, year, index)
    slug = draft.slug or slug
    if Round.objects.filter(slug=slug).exists():
        slug = f"{slug}-{draft.template.code.lower()}-{draft.template.version}"
    return Round(
        slug=slug, template=draft.template, rule=draft.rule, kind=draft.kind.value, year=year, index=index,
        starts=span.starts, ends=span.ends, title_vi=title_vi, title_en=title_en, synthetic=draft.synthetic,
    )  # fmt: skip


def tops(scopes: Sequence[ScopeDraft], day: date) -> list[int]:
    """The units at the top of each scope: who runs one of them runs the round."""
    return [unit for scope in scopes for unit in ([scope.under] if scope.under else top_units(scope.line, day))]


def require_office(round_: Round, scopes: Sequence[ScopeDraft], by: Actor, day: date) -> None:
    """Raise Refused unless the actor's programme office covers the top of one of the scopes."""
    if not rules.runs_programmes(by, tops(scopes, day), day):
        raise Refused(_("Only a programme office whose area this is can open or close {round}.").format(round=round_.title_vi))


def planned(draft: RoundDraft, by: Actor, at: datetime) -> Plan:
    """What opening the round at `at` would make. Raises Refused with the field that is wrong."""
    if not draft.scopes:
        raise Refused(_("Say which line and level reports."), field="scopes")
    if unknown := {scope.line for scope in draft.scopes} - {line.code for line in lines()}:
        raise Refused(_("There is no line {code}.").format(code=sorted(unknown)[0]), field="scopes")
    round_, day = round_of(draft), day_of(at)
    require_office(round_, draft.scopes, by, day)
    owed: dict[int, tuple[Owed, ScopeDraft]] = {}
    for scope in draft.scopes:
        if day_of(scope.due_at) <= round_.ends:
            raise Refused(_("The deadline must lie after the closing day."), field="due_at")
        for one in owing(line=scope.line, level=scope.level, under=scope.under, starts=round_.starts, ends=round_.ends, on=day):
            owed.setdefault(one.unit_id, (one, scope))
    if not owed:
        raise Refused(_("No unit of this scope stood in these days, so nobody would owe a report."), field="scopes")
    return Plan(round_, draft.scopes, list(owed.values()))


def draft_text(draft: RoundDraft) -> str:
    """The draft as a job carries it: JSON with ids, codes and ISO days."""
    scopes = [[one.line, one.level, one.due_at.isoformat(), one.under] for one in draft.scopes]
    days = [day.isoformat() if day else None for day in (draft.starts, draft.ends)]
    return json.dumps([
        draft.template.pk, draft.rule.code, draft.kind.value, draft.year, draft.index, scopes, *days, draft.title_vi, draft.title_en,
    ])  # fmt: skip


def draft_from(text: str) -> RoundDraft:
    """The draft that `draft_text` wrote."""
    template, rule, kind, year, index, scopes, starts, ends, title_vi, title_en = json.loads(text)
    return RoundDraft(
        Template.objects.get(pk=template), PeriodRule.objects.get(code=rule), PeriodKind(kind), year, index,
        [ScopeDraft(line, level, datetime.fromisoformat(due), under) for line, level, due, under in scopes], False, "",
        date.fromisoformat(starts) if starts else None, date.fromisoformat(ends) if ends else None, title_vi, title_en,
    )  # fmt: skip


def opened_from(draft: RoundDraft) -> Round | None:
    """The round that stands exactly as the draft asks for it: form, period, scopes and deadlines."""
    try:
        span = _span(draft)
    except Refused:
        return None
    same = {"template": draft.template, "kind": draft.kind.value, "starts": span.starts, "ends": span.ends}
    found: Round | None = Round.objects.filter(**same).order_by("-id").first()
    if found is None:
        return None
    scopes = {(one.line.code, one.level, one.due_at, one.under_id) for one in found.scopes.select_related("line")}
    return found if scopes == {(one.line, one.level, one.due_at, one.under) for one in draft.scopes} else None


def person_by_id(key: str) -> Person:
    """The person on whose behalf a job works. Raises Person.DoesNotExist."""
    found: Person = Person.objects.get(pk=key)
    return found

"""What the form that opens a round offers: forms, rules of periods, lines and levels, provinces."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.kernel.text import name_search
from soket.organisations.models import Level
from soket.organisations.queries import area_tree, lines, units_of
from soket.reporting import rules
from soket.reporting.models import PeriodRule, Round, Template, TemplateUse
from soket.reporting.queries.opening import Plan, ScopeDraft
from soket.reporting.queries.owing import Owed


@dataclass(frozen=True)
class ScopeChoice:
    """A line at a level as the form offers it, with the number of its units on the closing day."""

    line: str
    level: int
    label: str
    units: int

    @property
    def key(self) -> str:
        return f"{self.line}-{self.level}"


def scope_choices(starts: date, ends: date, area: int | None) -> list[ScopeChoice]:
    """Every line and level that has units on the closing day, or had them on the first, in the country or under an area."""
    found = []
    for line in lines():
        name, under = rules.in_language(line.name_vi, line.name_en), unit_on(line.code, area, ends)
        if area is not None and under is None:
            continue
        for level in Level:
            count = len(units_of(line.code, level, under, ends))
            if count or units_of(line.code, level, None, starts):
                found.append(ScopeChoice(line.code, int(level), f"{name}, {str(level.label).lower()}", count))
    return found


def areas_on(ends: date) -> list[tuple[str, str]]:
    """The provinces of the map on that day: id and name."""
    tree = area_tree(ends)
    return [(str(key), tree.node(key).name) for key in tree.at_level(int(Level.PROVINCE), None)]


def unit_on(line: str, area: int | None, ends: date) -> int | None:
    """The line's province unit on the area; None for the whole country, or where the line has none."""
    if area is None:
        return None
    return next((node.id for node in units_of(line, int(Level.PROVINCE), None, ends) if node.area == area), None)


def template_choices() -> list[tuple[str, str]]:
    """The newest version of every form with the programmes that read it."""
    programmes: dict[str, list[str]] = {}
    for code, symbol in TemplateUse.objects.order_by("id").values_list("template_code", "programme__symbol"):
        programmes.setdefault(code, []).append(symbol or "")
    newest = {row.code: row for row in Template.objects.defer("definition").order_by("code", "version")}
    return [
        (str(row.pk), " · ".join([rules.in_language(row.title_vi, row.title_en), row.code, *filter(None, programmes.get(row.code, []))]))
        for row in newest.values()
    ]


def rule_choices() -> list[tuple[str, str]]:
    return [(row.code, row.citation) for row in PeriodRule.objects.order_by("-valid_from", "code")]


def sharing_days(round_: Round) -> list[Round]:
    """Other rounds on the same form that share days with it: their figures are not to be added to its own."""
    rows = Round.objects.filter(template__code=round_.template.code, starts__lte=round_.ends, ends__gte=round_.starts)
    return list(rows.order_by("starts", "id"))


def template_and_rule(template: int, rule: str) -> tuple[Template, PeriodRule]:
    """The form (by id) and the rule of periods (by code) that were chosen."""
    return Template.objects.get(pk=template), PeriodRule.objects.get(code=rule)


def owed_by_name(plan: Plan, text: str = "") -> list[tuple[Owed, ScopeDraft]]:
    """Who would owe, in Vietnamese order of names; only names that hold the text, marks compared only when typed."""
    holds = name_search(text)
    rows = [row for row in plan.owed if holds(row[0].name)] if text else plan.owed
    return sorted(rows, key=lambda row: (row[0].sort_key, row[0].unit_id))

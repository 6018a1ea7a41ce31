"""Indicators, forms and period rules: defined once, dated, never changed in place."""
from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.programmes.models import Programme
from soket.reporting import events
from soket.reporting.core import BadDefinition, read_definition
from soket.reporting.core.catalogue import LINKS as FACT_LINKS
from soket.reporting.core.catalogue import catalogue, facts_of
from soket.reporting.models import Indicator, PeriodRule, Template, TemplateUse

LINKS = ("numerator", "denominator", "weight", "part_of")


def _linked(code: str, links: Mapping[str, str]) -> dict[str, Indicator]:
    named = {name: other for name, other in links.items() if other}
    found = {one.code: one for one in Indicator.objects.filter(code__in=named.values())}
    if missing := sorted(set(named.values()) - set(found)):
        raise Refused(_("Indicator {code} names {missing}, which is not defined.").format(code=code, missing=missing[0]), field="code")
    return {name: found[other] for name, other in named.items()}


@action
def define_indicator(*, code: str, by: Actor, at: datetime, **fields: Any) -> Indicator:
    """Define what is counted and how it is aggregated. `fields` are those of Indicator; numerator,
    denominator, weight and part_of are codes. The same definition again returns the first row; another
    definition of a known code is refused: a changed concept is a new indicator."""
    links = {name: fields.pop(name, "") for name in LINKS}
    row = Indicator(code=code, **fields, **_linked(code, links))
    known: Indicator | None = Indicator.objects.filter(code=code).first()
    if known is not None:
        names = [field.attname for field in Indicator._meta.concrete_fields if field.name != "id"]
        if all(getattr(known, name) == getattr(row, name) for name in names):
            return known
        told = _("Indicator {code} is already defined otherwise. Give a changed concept a new code.")
        raise Refused(told.format(code=code), field="code")
    if row.over_units == "ratio" and not (row.numerator and row.denominator) or row.over_units == "wmean" and not row.weight:
        raise Refused(_("A ratio needs both of its parts, a weighted mean its weight."), field="over_units")
    row.save(force_insert=True)
    record(
        event=events.INDICATOR_DEFINED, by=by, at=at, subject=Ref("reporting.indicator", code, row.name_vi),
        payload={"code": code, "rules": f"{row.over_units}/{row.over_time}"},
    )
    return row


def _link_codes(row: Indicator) -> dict[str, str]:
    linked = {name: getattr(row, name) for name in FACT_LINKS}
    return {name: other.code if other else "" for name, other in linked.items()}


@action
def publish_template(
    *, code: str, title_vi: str, title_en: str, definition: Mapping[str, Any], by: Actor, at: datetime
) -> Template:
    """Seal a version of a form. The facts of its indicators are copied in, so that a version says all it
    needs. The same form again returns the latest version. Raises Refused naming what is wrong in it."""
    codes = [row.get("indicator", "") for section in definition.get("sections", []) for row in section.get("rows", [])]
    rows = Indicator.objects.filter(code__in=codes).select_related(*FACT_LINKS)
    facts = {row.code: facts_of({**row.__dict__, **_link_codes(row)}) for row in rows}
    whole = {**definition, "indicators": facts}
    try:
        columns = read_definition(whole).columns
    except BadDefinition as problem:
        raise Refused(_("The form cannot be used: {problem}").format(problem=problem), field="definition") from None
    digest = hex_digest(whole)
    latest: Template | None = Template.objects.filter(code=code).order_by("-version").first()
    if latest is not None and latest.digest == digest:
        return latest
    template = Template(
        code=code, version=latest.version + 1 if latest else 1, title_vi=title_vi, title_en=title_en,
        definition=canonical(whole).decode(), columns=json.dumps(columns), digest=digest, published_at=at, by_label=by.actor_label,
    )
    template.save(force_insert=True)
    record(
        event=events.TEMPLATE_PUBLISHED, by=by, at=at, subject=Ref("reporting.template", code, title_vi),
        payload={"version": template.version, "digest": digest},
    )
    return template


@action
def use_template(*, template_code: str, programme: Programme, by: Actor, at: datetime) -> TemplateUse:
    """Let a programme read the reports made on a form; units still report once."""
    known: TemplateUse | None = TemplateUse.objects.filter(template_code=template_code, programme=programme).first()
    if known is not None:
        return known
    row = TemplateUse(template_code=template_code, programme=programme)
    row.save(force_insert=True)
    record(
        event=events.TEMPLATE_USED, by=by, at=at, subject=Ref("reporting.template", template_code, template_code),
        payload={"programme": programme.symbol},
    )
    return row


@action
def define_period_rule(
    *, code: str, citation: str, closing_day: int, valid_from: date, by: Actor, at: datetime, valid_to: date | None = None
) -> PeriodRule:
    """Record a dated, cited rule of periods. `closing_day` lies between 1 and 28."""
    known: PeriodRule | None = PeriodRule.objects.filter(code=code).first()
    if known is not None:
        return known
    if not 1 <= closing_day <= 28:
        raise Refused(_("A closing day lies between 1 and 28."), field="closing_day")
    if valid_to is not None and valid_to <= valid_from:
        raise Refused(_("The rule ends before it begins."), field="valid_to")
    rule = PeriodRule(code=code, citation=citation, closing_day=closing_day, valid_from=valid_from, valid_to=valid_to)
    rule.save(force_insert=True)
    record(
        event=events.PERIOD_RULE_SET, by=by, at=at, subject=Ref("reporting.period_rule", code, citation),
        payload={"closing_day": closing_day, "citation": citation},
    )
    return rule


@action
def install_catalogue(*, by: Actor, at: datetime) -> list[Template]:
    """Define the first catalogue: indicators, both templates BC-CTPH and the period rule of Decree 09/2019.
    Doing it again changes nothing. Returns the yearly and the quarterly template."""
    data = catalogue()
    waiting = list(data["indicators"])
    while waiting:  # what others refer to comes first
        ready = [one for one in waiting if not {one.get(link) for link in LINKS} & {other["code"] for other in waiting}]
        for one in ready:
            define_indicator(by=by, at=at, **{"yes_no": False, **one})
        waiting = [one for one in waiting if one not in ready]
    rule = dict(data["period_rule"])
    define_period_rule(**{**rule, "valid_from": date.fromisoformat(rule["valid_from"])}, by=by, at=at)
    return [publish_template(definition=data["form"], by=by, at=at, **named) for named in data["templates"]]

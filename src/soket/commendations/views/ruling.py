"""The rules on a day with their history, forms of commendation, and who keeps them changing them without code."""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.commendations import actions, rules
from soket.commendations.actions.award_forms import FormText
from soket.commendations.core import ruling
from soket.commendations.forms.ruling import OF_GROUP, ChangeAwardForm, EndForm, NewAwardForm, NewMoneyForm, UnitCouncilForm
from soket.commendations.models import AwardForm
from soket.commendations.queries import ruling as queries
from soket.commendations.queries.campaign_page import papers_of
from soket.commendations.queries.ruling_words import rule_name
from soket.commendations.views.shared import actor, crumbs, done, language
from soket.kernel.clock import now, today
from soket.organisations import queries as organisations


def reader(request: HttpRequest) -> bool:
    """Whether the reader keeps the rules. 404 for an account without any post: the rules are for who works here."""
    reach = rules.seen_units(actor(request), today())
    if not reach.everything and not reach.units:
        raise Http404
    return rules.keeps_rules(actor(request), today())


def keeper(request: HttpRequest) -> None:
    """404 for who does not keep the rules."""
    if not reader(request):
        raise Http404


def way(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Rules"), reverse("commendations:rules")), *more)


def asked_day(request: HttpRequest) -> tuple[date, str]:
    """The day in the address, or today, with what is wrong with it."""
    typed = request.GET.get("ngay", "").strip()
    try:
        return (date.fromisoformat(typed), "") if typed else (today(), "")
    except ValueError:
        return today(), _("Enter a day, for example 14/06/2026.")


@require_GET
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """Every rule by group: what holds on the day, since when, by which text, what is open, what held before."""
    keeps, (day, error) = reader(request), asked_day(request)
    context = {"groups": queries.page(day), "day": day, "error": error, "keeps": keeps, "today": today(), "crumbs": crumbs((_("Rules"), ""))}
    return render(request, "commendations/ruling/rules.html", context)


def _page(request: HttpRequest, form: forms.Form, heading: str, label: str, back: str, **more: Any) -> HttpResponse:
    return render(request, "commendations/form.html", {"form": form, "heading": heading, "label": label, "back": back, **more})


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change one rule from a day on."""
    keeper(request)
    held, row = queries.newest(key), queries.of_key(key, today())
    if held is None or row is None:
        raise Http404
    form = OF_GROUP[ruling.group_of(key)](request.POST or None, initial={"citation": held.citation, "doubt": held.doubt})
    form.begin(json.loads(held.value))
    if request.method == "POST" and form.is_valid() and _changed(request, form, key):
        return redirect("commendations:rules")
    facts = [(_("Now"), row.held.words if row.held else _("no rule holds today")), (_("Newest entry from"), f"{held.valid_from:%d/%m/%Y}")]
    heading = _("Change a rule")
    return _page(
        request, form, heading, _("Put the rule in force"), reverse("commendations:rules"), lead=row.name, facts=facts, crumbs=way((heading, ""))
    )


def _changed(request: HttpRequest, form: Any, key: str) -> object:
    data = form.cleaned_data
    given = {name: data[name] for name in ("valid_from", "citation", "doubt", "reason")}
    made = done(form, lambda: actions.change_rule(key=key, value=form.value(), by=actor(request), at=now(), **given))
    if made is not None:
        messages.success(request, _("The rule holds from %(day)s on. What held before stays readable.") % {"day": f"{data['valid_from']:%d/%m/%Y}"})
    return made


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A rule under a new key: the council of one unit, or money that forms may name."""
    keeper(request)
    kinds: dict[str, tuple[Any, str]] = {
        "hoi-dong": (UnitCouncilForm, _("Rule of one unit's council")), "tien-thuong": (NewMoneyForm, _("New rule of money")),
    }  # fmt: skip
    if kind not in kinds:
        raise Http404
    form = kinds[kind][0](request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = _key(form, kind)
        if key and _changed(request, form, key):
            return redirect("commendations:rules")
    heading = kinds[kind][1]
    return _page(request, form, heading, _("Put the rule in force"), reverse("commendations:rules"), crumbs=way((heading, "")))


def _key(form: forms.Form, kind: str) -> str:
    """The key that the form names; empty with its refusal in the form."""
    if kind == "hoi-dong":
        unit = done(form, lambda: organisations.unit_called(form.cleaned_data["unit"], "unit", form.cleaned_data["valid_from"]))
        return f"council.{unit.pk}" if unit is not None else ""
    key = "money." + form.cleaned_data["name"].replace("-", "_")
    if queries.newest(key) is not None:
        form.add_error("name", _("This rule is recorded already. Change it from the list."))
        return ""
    return key


@require_http_methods(["GET", "POST"])
@login_required
def end(request: HttpRequest, key: str) -> HttpResponse:
    """A rule that nothing takes the place of."""
    keeper(request)
    row = queries.of_key(key, today())
    if row is None:
        raise Http404
    form = EndForm(request.POST or None)
    ending = {"key": key, "by": actor(request), "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.end_rule(**ending, **form.cleaned_data)):
        messages.success(request, _("The rule ends on that day; until then it holds."))
        return redirect("commendations:rules")
    heading = _("End a rule")
    facts = [(_("Now"), row.held.words if row.held else _("no rule holds today"))]
    return _page(request, form, heading, heading, reverse("commendations:rules"), lead=row.name, facts=facts, crumbs=way((heading, "")))


@require_GET
@login_required
def award_forms(request: HttpRequest) -> HttpResponse:
    """Forms of commendation on the day, with the rows before."""
    keeps, (day, error) = reader(request), asked_day(request)
    found: dict[str, dict[str, Any]] = {}
    for row in queries.form_rows():
        one = found.setdefault(row.code, {"newest": row, "held": None, "others": []})
        if row.valid_from <= day and (row.valid_to is None or row.valid_to > day):
            one["held"] = row
        else:
            one["others"].append(row)
    told = [{**one, "shown": _shown(one["held"] or one["newest"], day)} for one in found.values()]
    context = {
        "rows": told, "day": day, "error": error, "keeps": keeps, "today": today(), "crumbs": way((_("Forms of commendation"), "")),
    }  # fmt: skip
    return render(request, "commendations/ruling/forms.html", context)


def _shown(row: AwardForm, day: date) -> dict[str, Any]:
    kinds = [(kind, queries.money_for(row, kind, day)) for kind in ("collective", "person") if row.recipients in ("both", kind)]
    return {"form": row, "name": row.name_en if language() == "en" else row.name_vi, "papers": papers_of(row), "money": kinds}


def _money_choices() -> list[tuple[str, str]]:
    return [(key, rule_name(key)) for key in queries.money_keys()]


@require_http_methods(["GET", "POST"])
@login_required
def award_form_new(request: HttpRequest) -> HttpResponse:
    """Enter a form of commendation."""
    keeper(request)
    lines = {line.code: line for line in organisations.lines()}
    form = NewAwardForm(request.POST or None, money=_money_choices(), lines=[(line.code, line.name_vi) for line in lines.values()])

    def act() -> object:
        data = form.cleaned_data
        given = {"code": data["code"], "kind": data["kind"], "line": lines[data["line"]], "level": data["level"], "valid_from": data["valid_from"]}
        return actions.add_form(text=FormText(**form.words()), by=actor(request), at=now(), **given)

    return _award_form(request, form, _("Enter a form of commendation"), act)


def _award_form(request: HttpRequest, form: forms.Form, heading: str, act: Callable[[], object], lead: str = "") -> HttpResponse:
    back = reverse("commendations:award_forms")
    if request.method == "POST" and form.is_valid() and done(form, act):
        messages.success(request, _("The form of commendation was kept."))
        return redirect(back)
    return _page(request, form, heading, heading, back, lead=lead, crumbs=way((_("Forms of commendation"), back), (heading, "")))


def _form(code: str) -> AwardForm:
    found = queries.newest_form(code)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def award_form_change(request: HttpRequest, code: str) -> HttpResponse:
    """A form reads otherwise from a day on."""
    keeper(request)
    held = _form(code)
    names = ("name_vi", "name_en", "decided_by", "recipients", "symbol", "family", "money", "citation", "doubt")
    initial = {**{name: getattr(held, name) for name in names}, "dossier": json.loads(held.dossier)}
    form = ChangeAwardForm(request.POST or None, money=_money_choices(), initial=initial)

    def act() -> object:
        data = form.cleaned_data
        text = FormText(**form.words())
        return actions.change_form(form=held, text=text, valid_from=data["valid_from"], reason=data["reason"], by=actor(request), at=now())

    return _award_form(request, form, _("Change a form of commendation"), act, held.name_vi)


@require_http_methods(["GET", "POST"])
@login_required
def award_form_end(request: HttpRequest, code: str) -> HttpResponse:
    """A form that is no longer given."""
    keeper(request)
    held, form = _form(code), EndForm(request.POST or None)
    act = {"form": held, "by": actor(request), "at": now()}
    return _award_form(request, form, _("End a form of commendation"), lambda: actions.end_form(**act, **form.cleaned_data), held.name_vi)

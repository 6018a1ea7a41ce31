"""The office begins a campaign, changes it, sets its terms, and takes it on to its next stage."""
from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soket.commendations import actions
from soket.commendations.actions.campaign_terms import QuotaLine
from soket.commendations.core.course import AFTER, NEXT
from soket.commendations.forms.campaign import ChangeCampaignForm, MoveForm, NewCampaignForm, NextForm, ProposersForm, QuotasForm, TakeForm, initial_of
from soket.commendations.models import Campaign
from soket.commendations.models.campaign import Stage
from soket.commendations.queries import campaign_counts, campaigns, posting
from soket.commendations.queries import campaign_page as queries
from soket.commendations.views.shared import actor, crumbs, done, run
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.organisations.models import Level, Unit
from soket.reviews import queries as reviews


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign of a review that one sees."""
    offices, day = reviews.office_choices(request.user), today()
    if not offices:
        raise Http404
    seen = {row.slug: row for row in reviews.visible_reviews(actor(request), day)}
    usual = {"objection_days": days} if (days := posting.usual_days(day)) is not None else {}
    form = NewCampaignForm(request.POST or None, reviews=[(slug, row.title) for slug, row in seen.items()], offices=offices, initial=usual)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data[name] for name in ("slug", "code", "title", "standards", "place", "concurrence", "objection_days")}
        office, review = organisations.unit_by_id(int(data["office"])), seen[data["review"]]
        made = done(form, lambda: actions.create_campaign(
            review=review, office=office, calendar=form.calendar(), synthetic=review.synthetic, by=actor(request), at=now(), **given  # type: ignore[arg-type]
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("The campaign was begun. Choose its forms next."))
            return redirect("commendations:campaign", made.slug)
    heading = _("Begin a campaign")
    context = {"form": form, "heading": heading, "label": heading, "back": reverse("commendations:list"), "crumbs": crumbs((heading, ""))}
    return render(request, "commendations/form.html", context)


def _opened(found: Campaign) -> bool:
    return found.stage != Stage.PLANNING


def _url(found: Campaign) -> str:
    return reverse("commendations:campaign", args=[found.slug])


def _form(
    request: HttpRequest, found: Campaign, form: forms.Form, heading: str, label: str, template: str = "commendations/form.html", **more: Any
) -> HttpResponse:
    context = {
        "campaign": found, "form": form, "heading": heading, "label": label, "back": _url(found), "lead": found.title,
        "crumbs": crumbs((heading, ""), campaign=found), **more,
    }  # fmt: skip
    return render(request, template, context)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what the campaign says."""
    found = run(request, slug)
    form = ChangeCampaignForm(request.POST or None, initial=initial_of(found), explain=_opened(found))
    changing = {"campaign": found, "by": actor(request), "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.change_campaign(**changing, **form.cleaned_data)):
        messages.success(request, _("The campaign was kept."))
        return redirect(_url(found))
    return _form(request, found, form, _("Change the campaign"), _("Keep the campaign"))


@require_http_methods(["GET", "POST"])
@login_required
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the days; the days before stay in sight once the campaign is open."""
    found = run(request, slug)
    form = MoveForm(request.POST or None, initial=initial_of(found), explain=_opened(found))
    if request.method == "POST" and form.is_valid():
        given = {"calendar": form.calendar(), "reason": form.cleaned_data.get("reason", "")}
        if done(form, lambda: actions.move_calendar(campaign=found, by=actor(request), at=now(), **given)):
            messages.success(request, _("The calendar was changed."))
            return redirect(_url(found))
    return _form(request, found, form, _("Change the calendar"), _("Keep the calendar"))


@require_http_methods(["GET", "POST"])
@login_required
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the forms given and who decides on them."""
    found, day = run(request, slug), today()
    form = TakeForm(request.POST or None, forms_=queries.form_choices_for_office(found, day))
    if request.method == "POST" and form.is_valid() and done(form, lambda: _taken(request, found, form.cleaned_data)):
        messages.success(request, _("The form was added."))
        return redirect("commendations:campaign_forms", slug)
    rows = queries.form_rows(queries.forms_of(found), day)
    more = {"rows": rows, "preparing": found.stage == Stage.PLANNING, "template": "commendations/campaign/forms.html"}
    return _form(request, found, form, _("Forms of the campaign"), _("Add the form"), **more)


def _taken(request: HttpRequest, found: Campaign, data: dict[str, Any]) -> object:
    held = queries.form_called(data["form"], found, today())
    if held is None:
        raise Refused(_("This form is not in force when the campaign opens."), field="form")
    name = data["issuer"].strip()
    day = max(found.opens_on, today())
    issuer: Unit | None = organisations.unit_called(name, "issuer", day) if name else queries.central_issuer(found, held, day)
    if issuer is None:
        raise Refused(_("Write the full name of the unit that decides on this form."), field="issuer")
    return actions.take_form(campaign=found, form=held, issuer=issuer, by=actor(request), at=now())


@require_http_methods(["GET", "POST"])
@login_required
def drop(request: HttpRequest, slug: str, form_id: int) -> HttpResponse:
    """Take a form out of a campaign that is prepared, after a page that says what goes with it."""
    found = run(request, slug)
    held = next((row for row in queries.forms_of(found) if row.pk == form_id), None)
    if held is None:
        raise Http404
    back = reverse("commendations:campaign_forms", args=[slug])
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        try:
            actions.drop_form(campaign_form=held, by=actor(request), at=now())
            messages.success(request, _("The form was taken out."))
        except Refused as refused:
            messages.error(request, str(refused.message))
        return redirect(back)
    quotas = len(held.quotas.all())
    lost = [ngettext("%(count)s quota goes with it", "%(count)s quotas go with it", quotas) % {"count": quotas}] if quotas else []
    heading = _("Take a form out")
    more = {"text": held.form.name_vi, "consequences": lost, "back_url": back, "template": "commendations/campaign/sure.html"}
    return _form(request, found, forms.Form(), heading, _("Take the form out"), **more)


@require_http_methods(["GET", "POST"])
@login_required
def proposers(request: HttpRequest, slug: str) -> HttpResponse:
    """Systems and levels that may propose."""
    found = run(request, slug)
    lines, day = {line.code: line for line in organisations.lines()}, today()
    levels = [(line, level) for line in lines.values() for level in Level if organisations.unit_tree(line.code, day).at_level(level)]
    choices = [(f"{line.code}:{level}", f"{line.name_vi} – {Level(level).label}") for line, level in levels]
    held = [f"{row.line.code}:{row.level}" for row in found.proposers.select_related("line")]
    form = ProposersForm(request.POST or None, choices=choices, initial={"proposers": held}, explain=_opened(found))
    if request.method == "POST" and form.is_valid():
        wanted = [(lines[code], int(level)) for code, _colon, level in (one.partition(":") for one in form.cleaned_data["proposers"])]
        reason = form.cleaned_data.get("reason", "")
        if done(form, lambda: actions.set_proposers(campaign=found, wanted=wanted, reason=reason, by=actor(request), at=now())) is not None:
            messages.success(request, _("Who may propose was kept."))
            return redirect(_url(found))
    return _form(request, found, form, _("Who may propose"), _("Keep who may propose"))


@require_http_methods(["GET", "POST"])
@login_required
def quotas(request: HttpRequest, slug: str) -> HttpResponse:
    """The quota table as boxes."""
    found, day = run(request, slug), today()
    cells = queries.quota_cells(queries.forms_of(found), queries.quota_levels(found, day))
    form = QuotasForm(request.POST or None, cells=cells, explain=_opened(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        lines = [QuotaLine(cell.form.pk, cell.level, cell.recipient, data[cell.field]) for cell in cells]
        if done(form, lambda: actions.set_quotas(campaign=found, lines=lines, reason=data.get("reason", ""), by=actor(request), at=now())) is not None:
            messages.success(request, _("The quotas were kept."))
            return redirect(_url(found))
    groups = _boxes(cells, form)
    return _form(request, found, form, _("Quotas"), _("Keep the quotas"), groups=groups, template="commendations/campaign/quotas.html")


def _boxes(cells: list[queries.QuotaCell], form: QuotasForm) -> list[dict[str, Any]]:
    """The boxes by form, then level, a column for each kind of recipient; None where the form is not given to that kind."""
    found: list[dict[str, Any]] = []
    for cell in cells:
        if not found or found[-1]["form"].pk != cell.form.pk:
            found.append({"form": cell.form, "levels": {}})
        empty = {"words": queries.level_words(cell.level), "collective": None, "person": None}
        found[-1]["levels"].setdefault(cell.level, empty)[cell.recipient] = form[cell.field]
    return [{"form": one["form"], "levels": list(one["levels"].values())} for one in found]


@require_http_methods(["GET", "POST"])
@login_required
def go_on(request: HttpRequest, slug: str) -> HttpResponse:
    """The next stage, on a page that says what is missing or what follows from it."""
    found, day = run(request, slug), today()
    kind = NEXT[found.stage]
    if not kind:
        raise Http404
    form = NextForm(request.POST or None, early=kind == "appraising" and day <= found.nominate_until)
    if request.method == "POST" and request.POST.get("confirmed") == "1" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        if done(form, lambda: actions.advance_campaign(campaign=found, kind=kind, reason=reason, by=actor(request), at=now())):
            messages.success(request, _("The campaign went on: %(stage)s.") % {"stage": Stage(AFTER[kind]).label})
            return redirect(_url(found))
    more = {
        "missing": campaigns.missing(found, day), "consequences": queries.consequences(found, kind, campaign_counts.by_state(found), day),
        "back_url": _url(found), "template": "commendations/campaign/sure.html",
    }  # fmt: skip
    heading = queries.step_words(kind)
    return _form(request, found, form, heading, heading, **more)

"""Nominations are written: begun, begun from something else, changed."""
from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.commendations import actions, registry
from soket.commendations.core.wording import TOKEN
from soket.commendations.forms.nominating import NominationForm
from soket.commendations.models import Campaign, CampaignForm, Nomination
from soket.commendations.queries import binding, scope, twins
from soket.commendations.queries import nominating as queries
from soket.commendations.queries.naming import UnitBook
from soket.commendations.views.nominating import acts_open, form_name, list_crumbs, title_of, way_to
from soket.commendations.views.shared import actor, done, language, scoped, scoped_nomination
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.programmes.models import Programme


def programmes(campaign: Campaign) -> list[Programme]:
    """The programmes of the review, in their order."""
    return [row.programme for row in campaign.review.programmes.select_related("programme").order_by("order")]


def shared_choices(campaign: Campaign, units: list[tuple[str, str]], forms: list[CampaignForm]) -> dict[str, Any]:
    """The choices that writing one and pasting many have in common."""
    names = scope.unit_names([row.issuer_id for row in forms], today())
    listed = [(str(row.pk), f"{form_name(row.form)} ({names[row.issuer_id]})") for row in forms]
    several = programmes(campaign)
    whole_review = [("", _("All programmes of the review together"))] if len(several) != 1 else []
    return {"proposer": units, "campaign_form": listed, "programme": [*whole_review, *((str(one.pk), str(one)) for one in several)]}


def _origin(request: HttpRequest) -> tuple[actions.Origin, registry.Begun] | None:
    """What the address says the nomination is begun from, when this reader may see it."""
    kind, _colon, key = request.GET.get("tu", "")[:120].partition(":")
    found = registry.begun_from(actor(request), kind, key, today()) if kind and key else None
    return (actions.Origin(kind[:40], key[:64], found.title, found.url[:300]), found) if found else None


def _initial(campaign: Campaign, begun: registry.Begun | None, units: list[tuple[str, str]]) -> dict[str, Any]:
    review = campaign.review
    span = next((row for row in review.programmes.order_by("order") if row.span_from), None)
    given: dict[str, Any] = {"id": uuid4(), "achieved_from": span.span_from if span else None, "achieved_to": min(review.as_of, today())}
    if len(units) == 1:
        given["unit"] = units[0][1]
    if begun is not None:
        unit = organisations.unit_nearest(begun.unit_id, today())
        given |= {"unit": unit.name if unit else "", "brief": begun.title[:300], "summary": begun.text}
        given["figures"] = [f"{edition}:{code}" for edition, code in begun.figures]
    return given


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a nomination for one of the reader's units."""
    campaign, day = scoped(request, slug), today()
    units = queries.proposing_units(actor(request), campaign, day)
    if not units:
        raise Http404
    origin = _origin(request)
    forms = queries.form_choices(campaign, [int(unit) for unit, _name in units], day)
    listed = {**shared_choices(campaign, units, forms), "figures": binding.choices(campaign.review, language())}
    form = NominationForm(request.POST or None, choices=listed, initial=_initial(campaign, origin[1] if origin else None, units))
    context: dict[str, Any] = {"heading": _("Begin a nomination"), "label": _("Save the draft"), "source": origin[0] if origin else None}
    if request.method == "POST" and form.is_valid():
        made = _once(form, context, lambda: _drafted(request, campaign, form.cleaned_data, origin[0] if origin else None))
        if made is not None:
            messages.success(request, _("The draft was kept as nomination no. %(number)s.") % {"number": made.number})
            _advise(request, made)
            return redirect("commendations:nomination", made.pk)
    proposer = next((int(unit) for unit, _name in units if unit == request.POST.get("proposer")), int(units[0][0]))
    context |= {"form": form, "campaign": campaign, "back": reverse("commendations:nominations", args=[slug]), "offered": UnitBook(proposer, day).offered}
    return render(request, "commendations/nominating/write.html", {**context, "crumbs": list_crumbs(campaign, (context["heading"], ""))})


def _once(form: NominationForm, context: dict[str, Any], act: Any) -> Any:
    """`done`, and the nomination that proposes the same already, for its link."""

    def watched() -> Any:
        try:
            return act()
        except actions.DoubleEntry as again:
            context["again"] = again.nomination
            raise

    return done(form, watched)


def _drafted(request: HttpRequest, campaign: Campaign, data: dict[str, Any], source: actions.Origin | None) -> Nomination:
    given = dict(data)
    proposer = organisations.unit_by_id(int(given.pop("proposer")))
    chosen = given.pop("campaign_form")
    held = next(row for row in campaign.forms.all() if str(row.pk) == chosen)
    if proposer is None:
        raise Refused(_("You do not report for this unit."), field="proposer")
    given |= _told(given, campaign, proposer.pk)
    return actions.draft_nomination(campaign_form=held, proposer=proposer, source=source, by=request.user, at=now(), **given)


def _told(data: dict[str, Any], campaign: Campaign, proposer_id: int) -> dict[str, Any]:
    """Names and choices of the form as the action takes them."""
    programme = next((one for one in programmes(campaign) if str(one.pk) == data["programme"]), None)
    unit = UnitBook(proposer_id, today()).called(data["unit"])
    return {"unit": unit, "programme": programme, "figures": binding.chosen(campaign.review, data["figures"])}


def _advise(request: HttpRequest, found: Nomination) -> None:
    """Point out typed numbers that stand on nothing, and nominations that may be the same."""
    wording = queries.newest_wording(found)
    if loose := binding.advice(found.campaign_form.campaign.review, wording.summary if wording else ""):
        messages.warning(request, _("Numbers that no figure stands behind: %(numbers)s. Name a figure by its code, or leave them as your own.") % {
            "numbers": ", ".join(loose),
        })  # fmt: skip
    if twins.book_for([found], today()).twins(twins.claim_of(found, today())):
        messages.warning(request, _("This may be the same achievement as another nomination: it will wait for a verdict on that."))


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a nomination that is being written or is to be completed."""
    found = scoped_nomination(request, pk)
    if "edit" not in acts_open(request, found):
        raise Http404
    campaign = found.campaign_form.campaign
    listed = {**shared_choices(campaign, [], []), "figures": binding.choices(campaign.review, language())}
    form = NominationForm(request.POST or None, choices=listed, initial=_as_it_stands(found))
    for name in ("id", "proposer", "campaign_form"):
        del form.fields[name]
    for name in ("recipient", "unit", "person_name") if found.state != "draft" else ():
        form.fields[name].disabled = True
    context: dict[str, Any] = {"heading": _("Change nomination no. %(number)s") % {"number": found.number}, "label": _("Save")}
    if request.method == "POST" and form.is_valid() and _once(form, context, lambda: _edited(request, found, form.cleaned_data)) is not None:
        messages.success(request, _("The changes were kept; the earlier text stays readable."))
        _advise(request, scoped_nomination(request, pk))
        return redirect("commendations:nomination", pk)
    context |= {"form": form, "campaign": campaign, "back": reverse("commendations:nomination", args=[pk])}
    context |= {"offered": UnitBook(found.proposer_id, today()).offered, "nomination": found, "title": title_of(found)}
    return render(request, "commendations/nominating/write.html", {**context, "crumbs": way_to(found, (_("Change"), ""))})


def _edited(request: HttpRequest, found: Nomination, data: dict[str, Any]) -> Nomination:
    campaign = found.campaign_form.campaign
    given = {**data, **_told(data, campaign, found.proposer_id)} if found.state == "draft" else {**data, **_kept(found, data, campaign)}
    return actions.edit_nomination(nomination=found, by=request.user, at=now(), **given)


def _kept(found: Nomination, data: dict[str, Any], campaign: Campaign) -> dict[str, Any]:
    """The recipient of a nomination that was confirmed stays, whatever names mean by now."""
    programme = next((one for one in programmes(campaign) if str(one.pk) == data["programme"]), None)
    return {"unit": found.unit, "programme": programme, "figures": binding.chosen(campaign.review, data["figures"])}


def _as_it_stands(found: Nomination) -> dict[str, Any]:
    wording = queries.newest_wording(found)
    summary = wording.summary if wording else ""
    named, current = {code.strip() for code in TOKEN.findall(summary)}, binding.current(found.campaign_form.campaign.review)
    figures = [f"{current}:{one.code}" for _row, one in binding.figures_of(binding.grounds(wording)) if one.printed not in named]
    return {
        **{name: getattr(found, name) for name in ("recipient", "person_name", "person_post", "achieved_from", "achieved_to", "brief")},
        "unit": queries.rows([found], today())[0].unit, "programme": found.programme_id or "", "summary": summary, "figures": figures,
    }  # fmt: skip

"""Nominations of a campaign, one nomination with everything that is known of it, and the versions of its text."""
from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from soket.commendations import rules
from soket.commendations.core.states import EDITABLE, WITHDRAWABLE
from soket.commendations.forms.nominating import RemarkForm
from soket.commendations.models import Campaign, Nomination
from soket.commendations.queries import binding, campaigns, dossier, nomination_papers, scope, twins
from soket.commendations.queries import nominating as queries
from soket.commendations.views import parts
from soket.commendations.views.shared import actor, crumbs, language, scoped, scoped_nomination
from soket.kernel.actor import Office
from soket.kernel.clock import today
from soket.kernel.text import whole
from soket.ui.core import day as day_words
from soket.ui.shortcuts import csv_file

PAGE = 50
FILTERS = ("q", "tinh-trang", "hinh-thuc", "loai", "don-vi")


def form_name(form: Any) -> str:
    """A form of commendation in the reader's language."""
    return str(form.name_en if language().startswith("en") else form.name_vi)


def list_crumbs(campaign: Campaign, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back over the list of nominations."""
    url = reverse("commendations:nominations", args=[campaign.slug])
    return crumbs((_("Nominations"), url if more else ""), *more, campaign=campaign)


def title_of(found: Nomination) -> str:
    return _("Nomination no. %(number)s") % {"number": found.number}


def way_to(found: Nomination, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back over the list and the nomination."""
    url = reverse("commendations:nomination", args=[found.pk])
    return list_crumbs(found.campaign_form.campaign, (title_of(found), url if more else ""), *more)


@require_GET
@login_required
def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """The nominations one sees, with their filters in the address; the same as a table to keep."""
    campaign, day = scoped(request, slug), today()
    asked = {name: request.GET.get(name, "").strip()[:100] for name in FILTERS}
    seen = scope.nominations(actor(request), day, campaign)
    reach = rules.seen_units(actor(request), day)
    if not (reach.everything or reach.units or seen.exists()):
        raise Http404
    found = queries.filtered(seen, asked, day)
    if request.GET.get("dang") == "csv":
        return _csv(campaign, queries.rows(found, day))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    units = queries.proposing_units(actor(request), campaign, day)
    context = {
        "campaign": campaign, "page": page, "rows": queries.rows(page.object_list, day), "asked": asked, "state": asked["tinh-trang"],
        "form": asked["hinh-thuc"], "kind": asked["loai"], "branch": asked["don-vi"], "counts": _counted(request, seen), "forms": _forms(campaign),
        "branches": queries.branches(seen, day), "may_propose": bool(units), "to_confirm": queries.confirmable(actor(request), campaign, day).count(),
        "lists": _lists(request, campaign, asked["hinh-thuc"]), "table": _address(request, dang="csv"), "everything": _address(request, **{"tinh-trang": ""}),
        "crumbs": list_crumbs(campaign),
    }  # fmt: skip
    return render(request, "commendations/nominating/list.html", context)


def _address(request: HttpRequest, **changed: str) -> str:
    """The list with its filters as they are, these changed, on its first page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    for name, value in changed.items():
        kept[name] = value
        if not value:
            del kept[name]
    return f"?{kept.urlencode()}"


def _counted(request: HttpRequest, seen: QuerySet[Nomination]) -> list[dict[str, Any]]:
    return [
        {"state": state, "words": words, "count": count, "url": _address(request, **{"tinh-trang": state})} for state, words, count in queries.counts(seen)
    ]


def _forms(campaign: Campaign) -> list[tuple[str, str]]:
    return [(str(row.pk), form_name(row.form)) for row in campaign.forms.select_related("form").order_by("order", "pk")]


def _lists(request: HttpRequest, campaign: Campaign, form: str) -> list[dict[str, Any]]:
    """The Tờ trình that can be made from here: one for each unit that has confirmed something the reader sees."""
    day = today()
    found = nomination_papers.confirmed_lists(actor(request), campaign, form, day)
    mine = rules.held_at(actor(request), nomination_papers.MAKES_LISTS, found, day)
    names, query = scope.unit_names(mine, day), f"&hinh-thuc={form}" if whole(form) is not None else ""
    url = reverse("commendations:nominations_proposal", args=[campaign.slug, "pdf"]).removesuffix("pdf")
    decides = rules.held_at(actor(request), (Office.DECIDE,), mine, day)
    return [
        {"name": names[unit], "count": len(found[unit]), "url": url, "query": f"don-vi={unit}{query}", "brings": unit in decides}
        for unit in sorted(mine, key=lambda one: names[one])
    ]  # fmt: skip


def _csv(campaign: Campaign, rows: list[queries.Row]) -> HttpResponse:
    head = [
        _("Number"), _("Proposed for"), _("Name of the person"), _("Post of the person"), _("Unit"), _("Proposing unit"), _("Form of commendation"),
        _("Achievement from"), _("Achievement until"), _("Achievement in one line"), _("State"),
    ]  # fmt: skip
    return csv_file(f"{campaign.slug}-de-nghi", head, (_cells(row) for row in rows))


def _cells(row: queries.Row) -> list[object]:
    one = row.nomination
    who = [one.get_recipient_display(), one.person_name, one.person_post, row.unit, row.proposer, form_name(one.campaign_form.form)]
    return [one.number, *who, day_words(one.achieved_from), day_words(one.achieved_to), one.brief, one.get_state_display()]


STATES = {
    "edit": EDITABLE, "submit": frozenset({"draft"}), "complete": frozenset({"incomplete"}), "withdraw": WITHDRAWABLE, "return": frozenset({"submitted"}),
    "confirm": frozenset({"submitted"}), "papers": dossier.TAKES_PAPERS,
}  # fmt: skip


def acts_of(request: HttpRequest, found: Nomination) -> set[str]:
    """What the reader's offices allow on the nomination, in whatever state."""
    who, day = actor(request), today()
    writes, decides = rules.reports_for(who, found.proposer_id, day), rules.confirms_for(who, found.proposer_id, day)
    own = {"edit", "submit", "complete", "withdraw", "papers"} if writes else set()
    above = {"return", "papers", *(["confirm"] if who.actor_id not in queries.writers(found) else [])} if decides else set()
    return own | above


def acts_open(request: HttpRequest, found: Nomination) -> set[str]:
    """What the reader may do with the nomination as it stands."""
    return {name for name in acts_of(request, found) if found.state in STATES[name]}


def facts(request: HttpRequest, found: Nomination) -> dict[str, Any]:
    """What every page of a nomination shows of it."""
    day, held = today(), found.campaign_form
    row, texts = queries.rows([found], day)[0], dossier.wordings(found)
    newest = texts[0] if texts else None
    grounds = binding.grounds(newest)
    names = scope.unit_names([held.issuer_id], day)
    return {
        "nomination": found, "row": row, "campaign": held.campaign, "form_name": form_name(held.form), "issuer": names[held.issuer_id], "wordings": texts,
        "text": binding.shown(newest, grounds, language()) if newest else [], "grounds": _unnamed(newest, grounds), "checklist": dossier.checklist(found),
        "twins": _twins(request, found), "confirmed": _confirmed(found),
    }  # fmt: skip


def _unnamed(newest: Any, grounds: list[Any]) -> list[Any]:
    """The figures on which it rests that the text does not name."""
    return [one.ref(language()) for _row, one in binding.figures_of(grounds) if f"{{{{{one.printed}}}}}" not in newest.summary.replace(" ", "")]


def _twins(request: HttpRequest, found: Nomination) -> list[dict[str, Any]]:
    return [{"pair": one, "form": form_name(one.form)} for one in twins.seen(actor(request), found, today())]


def _confirmed(found: Nomination) -> dict[str, Any] | None:
    told = queries.confirmation(found)
    return {"told": told, "unit": scope.unit_names([told.unit_id], today())[told.unit_id]} if told else None


@require_GET
@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One nomination: who, for what, on which figures; its dossier, remarks, everything that happened, and what the other parts add."""
    found = scoped_nomination(request, pk)
    shown = facts(request, found)
    can = acts_open(request, found)
    context = {
        **shown, "can": can, "history": dossier.history(found, shown["wordings"]), "remarks": dossier.remarks(found), "remark": RemarkForm(),
        "source": queries.source_of(found), "parts": _parts(request, found), "missing": dossier.missing(shown["checklist"]),
        "advice": _advice(found, shown) if can & {"edit", "confirm", "return"} else [], "heading": title_of(found), "crumbs": way_to(found),
    }  # fmt: skip
    return render(request, "commendations/nominating/detail.html", context)


def _parts(request: HttpRequest, found: Nomination) -> list[SafeString]:
    """What the other parts of the room add, each set with its own context alone."""
    return [render_to_string(template, {**context, "part": context}, request) for template, context in parts.of_nomination(request, found)]


def _advice(found: Nomination, shown: dict[str, Any]) -> list[str]:
    texts = shown["wordings"]
    return binding.advice(found.campaign_form.campaign.review, texts[0].summary) if texts else []


@require_GET
@login_required
def wordings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A version of the text beside the one before it, or beside the one that the address names."""
    found = scoped_nomination(request, pk)
    rows = dossier.wordings(found)
    number = whole(request.GET.get("ban", "")) or (rows[0].number if rows else 0)
    chosen = dossier.against(rows, number, whole(request.GET.get("so-voi", "")) or max(number - 1, 1))
    if chosen is None:
        raise Http404
    heading = _("Versions of the text: nomination no. %(number)s") % {"number": found.number}
    context = {
        "nomination": found, "rows": rows, "chosen": chosen[0], "base": chosen[1], "pieces": chosen[2], "heading": heading,
        "crumbs": way_to(found, (_("Versions of the text"), "")),
    }  # fmt: skip
    return render(request, "commendations/nominating/wordings.html", context)


def quota_rows(found: Nomination) -> list[campaigns.QuotaState]:
    """The limits that the confirmation of the nomination meets."""
    return campaigns.quota_state(found.campaign_form, found.proposer_id, found.recipient, today())

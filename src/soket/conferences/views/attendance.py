"""Who is present, where, by which scans and decisions; and the board of all sites."""
from __future__ import annotations

import csv
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from soket.conferences import actions
from soket.conferences.forms.settling import SettleForm
from soket.conferences.models import Conference, Site
from soket.conferences.queries import attendance as queries
from soket.conferences.queries import board as boards
from soket.conferences.queries import live
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.desk_api import take_beat, writer_of_person
from soket.conferences.views.shared import actor, crumbs, done, run, served
from soket.conferences.words import outcome_words
from soket.kernel.clock import VIETNAM, now

PAGE = 50
STATUSES = ("present", "elsewhere", "waiting", "left", "absent")


def _until(request: HttpRequest) -> datetime | None:
    """The instant of the address, in Viet Nam's time; None for now or when it is none."""
    try:
        found = datetime.fromisoformat(request.GET.get("luc", "")).replace(tzinfo=VIETNAM)
    except ValueError:
        return None
    return found if 2000 <= found.year < 2200 else None


@never_cache
@require_GET
@login_required
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    """Presence of the whole conference, as figures that open to names."""
    conference = run(request, slug)
    until = _until(request)
    found = queries.attendance(conference, until)
    if request.GET.get("dang") == "csv":
        return _csv(conference, found)
    if request.GET.get("dang") == "json":
        return JsonResponse(_plain(conference, found, until), json_dumps_params={"ensure_ascii": False})
    status = request.GET.get("trang-thai", "")
    names = _named(conference, [one for one in found.people if one.status == status]) if status in STATUSES else []
    context = {
        "conference": conference, "found": found, "until": until, "at": until or now(), "rows": Paginator(found.sites, PAGE).get_page(request.GET.get("page")),
        "status": status if names or status in STATUSES else "", "names": Paginator(names, PAGE).get_page(request.GET.get("page")), "words": status_words(),
        "pending": sum(case.pending for case in queries.cases(conference)), "crumbs": crumbs(conference, (_("Presence"), "")),
    }  # fmt: skip
    return render(request, "conferences/desk/attendance.html", context)


def status_words() -> dict[str, str]:
    return {
        "present": _("Present at their own site"), "elsewhere": _("Present at another site"), "waiting": _("Counted at two sites, a decision is to come"),
        "left": _("Has left"), "absent": _("Not arrived"),
    }  # fmt: skip


def _named(conference: Conference, people: list[queries.Person]) -> list[dict[str, Any]]:
    units = unit_names({one.unit for one in people}, conference)
    sites = {row.pk: row for row in conference.sites.all()}
    words = status_words()
    return [
        {"one": one, "unit": units[one.unit], "listed": sites[one.site], "at": [sites[pk] for pk in one.where.sites], "says": words[one.status]}
        for one in people
    ]


def _plain(conference: Conference, found: queries.Attendance, until: datetime | None) -> dict[str, Any]:
    rows = [
        {
            "site": row.site.name, "listed": row.listed, "present": row.present, "waiting": row.waiting, "left": row.left, "absent": row.absent,
            "from_other_lists": row.guests, "headcount": row.heads.count if row.heads else None,
        }
        for row in found.sites
    ]  # fmt: skip
    return {
        "conference": conference.code, "at": (until or now()).isoformat(), "listed": found.listed, "present": found.present, "waiting": found.waiting,
        "left": found.left, "absent": found.absent, "sites": rows,
    }  # fmt: skip


def _csv(conference: Conference, found: queries.Attendance) -> HttpResponse:
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{conference.slug}-co-mat.csv"'})
    answer.write("\ufeff")
    out = csv.writer(answer)
    out.writerow([_("Number"), _("Name"), _("Titles"), _("Unit"), _("Listed at"), _("Counted at"), _("State"), _("First arrived")])
    for row in _named(conference, found.people):
        one, first = row["one"], row["one"].where.first_at
        cells = [one.number, one.name, "; ".join(one.titles), row["unit"], row["listed"].name, "; ".join(site.name for site in row["at"]), row["says"]]
        out.writerow([_safe(cell) for cell in cells] + [first.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M:%S") if first else ""])
    return answer


def _safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula is kept a text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" else cell


@never_cache
@require_GET
@login_required
def site(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """One site: its people with where they are, every scan with those not taken, the counts of its hall and what was handed over."""
    found = served(request, slug, site_id)
    people = queries.people(found.conference, site=found)
    failed = request.GET.get("loi") == "1"
    scans = Paginator(queries.scans(found.conference, found, failed=failed), PAGE).get_page(request.GET.get("page"))
    for row in scans:
        row.says = outcome_words(row)
    context = {
        "conference": found.conference, "site": found, "names": _named(found.conference, people), "scans": scans, "failed": failed,
        "present": sum(one.status in ("present", "elsewhere") for one in people if one.site == found.pk), "listed": sum(one.site == found.pk for one in people),
        "heads": queries.headcounts(found), "awards": queries.handovers(found.conference, found), "crumbs": crumbs(found.conference, (found.name, "")),
    }  # fmt: skip
    return render(request, "conferences/desk/site.html", context)


@never_cache
@require_GET
@login_required
def delegate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What lies behind one delegate's presence: every scan, every decision."""
    conference = run(request, slug)
    found = next((one for one in queries.people(conference) if one.number == number), None)
    if found is None:
        raise Http404
    scans = list(queries.scans(conference, delegate=found.id))
    for row in scans:
        row.says = outcome_words(row)
    cases = [case for case in queries.cases(conference) if case.conflict.delegate_id == found.id]
    context = {
        "conference": conference, "row": _named(conference, [found])[0], "scans": scans, "cases": cases,
        "crumbs": crumbs(conference, (_("Presence"), reverse("conferences:attendance", args=[slug])), (str(number), "")),
    }  # fmt: skip
    return render(request, "conferences/desk/delegate.html", context)


@never_cache
@require_GET
@login_required
def conflicts(request: HttpRequest, slug: str) -> HttpResponse:
    """Delegates counted at two sites."""
    conference = run(request, slug)
    return render(request, "conferences/desk/conflicts.html", {
        "conference": conference, "cases": queries.cases(conference), "crumbs": crumbs(conference, (_("Counted at two sites"), "")),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: HttpRequest, slug: str, conflict_id: int) -> HttpResponse:
    """Both scans side by side, and the decision."""
    conference = run(request, slug)
    case = queries.case(conference, conflict_id)
    if case is None:
        raise Http404
    sites: dict[int, Site] = {row.pk: row for row in conference.sites.filter(pk__in=queries.candidates(case.conflict)).select_related("conference")}
    form = SettleForm(request.POST or None, choices={"site": [(str(pk), row.name) for pk, row in sites.items()]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.settle(conflict=case.conflict, site=sites[int(data["site"])], reason=data["reason"], by=request.user, at=now())):
            messages.success(request, _("Decided. The delegate is counted there."))
            return redirect("conferences:conflicts", slug)
    way = crumbs(conference, (_("Counted at two sites"), reverse("conferences:conflicts", args=[slug])), (str(case.conflict.delegate.number), ""))
    return render(request, "conferences/desk/settle.html", {"conference": conference, "case": case, "form": form, "crumbs": way})


@never_cache
@require_GET
@login_required
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The centre's board: every site by what is heard of it."""
    conference = run(request, slug)
    at = now()
    found = boards.board(conference, at, live.sequence_of(conference))
    state, asked = request.GET.get("trang-thai", ""), request.GET.get("tim", "").strip()[:100]
    rows = boards.chosen(found, state if state in boards.STATES else "", asked)
    context = {
        "conference": conference, "board": found, "rows": Paginator(rows, PAGE).get_page(request.GET.get("page")), "state": state, "asked": asked, "at": at,
        "words": state_words(), "states": [(key, words, found.counts[key]) for key, words in state_words().items()],
        "crumbs": crumbs(conference, (_("Board of sites"), "")),
    }  # fmt: skip
    part = "#board" if request.headers.get("HX-Request") else ""
    return render(request, "conferences/desk/board.html" + part, context)


def state_words() -> dict[str, str]:
    return {"silent": _("Silent"), "polling": _("Asking every few seconds"), "live": _("Connected"), "never": _("Not heard of yet")}


@writer_of_person
def beat(request: HttpRequest, sent: dict[str, Any], slug: str, site_id: int) -> JsonResponse:
    """A sign of life of a site's screen opened by a person."""
    return take_beat(served(request, slug, site_id), actor(request), sent)

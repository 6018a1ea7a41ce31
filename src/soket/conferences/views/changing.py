"""What is planned, changed: the conference, a site, a delegate, the protocol order."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.conferences import actions
from soket.conferences.forms.inviting import ConferenceChangeForm, DelegateChangeForm, SiteChangeForm
from soket.conferences.models import Conference, Site
from soket.conferences.queries import choices, planning
from soket.conferences.queries import inviting as queries
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.shared import actor, crumbs, done, run
from soket.kernel.clock import VIETNAM, day_of, now
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.ui.shortcuts import frame

PAGE = 100


def _told(request: HttpRequest, changed: list[str]) -> None:
    messages.success(request, _("The changes were kept. Those they concern are invited anew under Invitations.") if changed else _("Nothing was changed."))


@require_http_methods(["GET", "POST"])
@login_required
def conference(request: HttpRequest, slug: str) -> HttpResponse:
    """Title, chair, time and what else is planned for the whole conference."""
    found = run(request, slug)
    initial = {name: getattr(found, name) for name in ("title", "chaired_by", "place", "symbol")} | {
        "starts_at": found.starts_at.astimezone(VIETNAM), "ends_at": found.ends_at.astimezone(VIETNAM), "budget_minutes": found.budget_s // 60,
    }  # fmt: skip
    form = ConferenceChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = done(form, lambda: actions.change_conference(conference=found, by=actor(request), at=now(), **form.cleaned_data))
        if changed is not None:
            _told(request, changed)
            return redirect("conferences:detail", slug)
    return _form(request, form, found, _("Change the conference"), reverse("conferences:detail", args=[slug]))


@require_http_methods(["GET", "POST"])
@login_required
def site(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """Room, address, seats, secretary and host of a site."""
    held = run(request, slug)
    found = choices.site(held, site_id)
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in ("name", "room", "address", "capacity", "secretary")} | {"host": str(found.host_id)}
    form = SiteChangeForm(request.POST or None, initial=initial, choices={"host": _hosts(found)})
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "host": int(form.cleaned_data["host"])}
        changed = done(form, lambda: actions.change_site(site=found, by=actor(request), at=now(), **data))
        if changed is not None:
            _told(request, changed)
            return redirect("conferences:detail", slug)
    return _form(request, form, held, _("Change the site"), reverse("conferences:detail", args=[slug]), lead=found.name)


def _hosts(site: Site) -> list[tuple[str, str]]:
    """The host, and the units of other systems that sit at the same place."""
    beside = organisations.counterparts(site.host_id, day_of(site.conference.starts_at))
    return [(str(site.host_id), unit_names([site.host_id], site.conference)[site.host_id]), *((str(node.id), node.name) for node in beside)]


@require_http_methods(["GET", "POST"])
@login_required
def delegate(request: HttpRequest, slug: str, delegate_id: int) -> HttpResponse:
    """Titles, name, role and site of a delegate."""
    held = run(request, slug)
    found = planning.delegate(held, delegate_id)
    if found is None:
        raise Http404
    titles = "\n".join(title.text for title in found.titles.all())
    initial = {"titles": titles, "name": found.name, "role": found.role, "site": str(found.site_id)}
    form = DelegateChangeForm(request.POST or None, initial=initial, choices={"site": choices.site_choices(held)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = choices.site(held, int(data["site"]))
        given = {"titles": data["titles"].splitlines(), "name": data["name"], "role": data["role"], "site": chosen}
        changed = done(form, lambda: actions.change_delegate(delegate=found, by=actor(request), at=now(), **given))
        if changed is not None:
            _told(request, changed)
            return redirect("conferences:delegates", slug)
    lead = _("Invitations already sent keep what they said.")
    return _form(request, form, held, _("Change delegate %(number)s") % {"number": found.number}, reverse("conferences:delegates", args=[slug]), lead=lead)


def _form(request: HttpRequest, form: object, held: Conference, heading: str, back: str, lead: str = "") -> HttpResponse:
    context = {"form": form, "heading": heading, "label": _("Keep the changes"), "back": back, "lead": lead, "crumbs": crumbs(held, (heading, ""))}
    return render(request, "conferences/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """The protocol order: one up, one down, or at a number."""
    held = run(request, slug)
    page = Paginator(queries.listed(held), PAGE).get_page(request.GET.get("page"))
    start = page.start_index()
    shown = [{"place": place, "typed": str(place), "delegate": row} for place, row in enumerate(page, start)]
    wrong = ""
    if request.method == "POST":
        places, wrong = _places(request, shown)
        if not wrong:
            try:
                actions.put_order(conference=held, places=places, by=actor(request), at=now())
                messages.success(request, _("The order was kept."))
                return redirect(f"{reverse('conferences:order', args=[slug])}?page={page.number}")
            except Refused as refused:
                wrong = str(refused.message)
    context = {
        "conference": held, "page": page, "rows": shown, "names": unit_names({row.unit_id for row in page}, held), "wrong": wrong, "frame": frame(request),
        "crumbs": crumbs(held, (_("Delegates"), reverse("conferences:delegates", args=[slug])), (_("Protocol order"), "")),
    }  # fmt: skip
    return render(request, "conferences/inviting/order.html", context, status=200)


def _places(request: HttpRequest, shown: list[dict[str, object]]) -> tuple[dict[int, int], str]:
    """New places by delegate: one step for the button pressed, else every number that was changed. What was typed stays in the boxes."""
    key, _colon, way = request.POST.get("move", "").partition(":")
    places: dict[int, int] = {}
    for row in shown:
        pk, place = row["delegate"].pk, int(str(row["place"]))  # type: ignore[attr-defined]
        row["typed"] = typed = request.POST.get(f"place-{pk}", str(place)).strip()
        if key:
            if key == str(pk):
                places[pk] = max(place + (-1 if way == "up" else 1), 1)
        elif not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 7 and int(typed)):
            row["wrong"] = True
        elif int(typed) != place:
            places[pk] = int(typed)
    return places, _("Places are counted from 1.") if any("wrong" in row for row in shown) else ""

"""Invitations: sent by the office, answered under their own key or by the unit."""
from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions, rules
from soket.conferences.actions.inviting import SubstituteDraft
from soket.conferences.core.ical import calendar
from soket.conferences.core.invitation import InvitedActor
from soket.conferences.core.presence import badge_text
from soket.conferences.forms.inviting import ReplyForm
from soket.conferences.models import Delegate
from soket.conferences.queries import agenda
from soket.conferences.queries import inviting as queries
from soket.conferences.views.shared import actor, crumbs, done, run, scoped
from soket.documents import queries as documents
from soket.kernel.actor import Actor
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.ui.shortcuts import frame


def _kept_secret(response: HttpResponse) -> HttpResponse:
    """The address is a secret: no index, no cache, and other pages learn the site's name at most (forms need that much)."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _keyed(key: str) -> Delegate:
    found = queries.by_key(key)
    if found is None:
        raise Http404
    return found


def badge_code(delegate: Delegate) -> str:
    """The QR code that the desk reads, as an inline drawing of any size."""
    text = badge_text(delegate.conference.code, delegate.badge)
    return mark_safe(documents.qr_svg(text).decode())  # noqa: S308  made of numbers alone


def answerable(request: HttpRequest, slug: str, delegate_id: int) -> Delegate:
    """The delegate, or 404 when the reader may not answer for them."""
    found = queries.invited(scoped(request, slug), delegate_id)
    if found is None or not rules.answers_invitation(actor(request), found, today()):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """What one is invited to, and the answer, for whoever holds the key."""
    delegate = _keyed(key)
    label = _("delegate %(number)s, by their own page") % {"number": delegate.number}
    here = reverse("conferences:mine", args=[key])
    return _kept_secret(_reply(request, delegate, InvitedActor(delegate.pk, label), here, reverse("conferences:mine_calendar", args=[key]), []))


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, slug: str, delegate_id: int) -> HttpResponse:
    """The same for the unit's reporter and the office."""
    delegate = answerable(request, slug, delegate_id)
    office = rules.runs(actor(request), delegate.conference, today())
    back = reverse("conferences:invitations" if office else "conferences:unit_replies", args=[slug])
    way = crumbs(delegate.conference, (_("Invitations"), back), (_("Delegate %(number)s") % {"number": delegate.number}, ""))
    ics = reverse("conferences:calendar", args=[slug, delegate.pk])
    return _reply(request, delegate, actor(request), back, ics, way)


def _reply(request: HttpRequest, delegate: Delegate, by: Actor, after: str, ics: str, way: list[tuple[str, str]]) -> HttpResponse:
    form = ReplyForm(request.POST or None, initial={"name": delegate.name})
    if request.method == "POST" and form.is_valid() and _sent(delegate, form, by) is not None:
        messages.success(request, _("Your answer was kept. You may change it until the session begins."))
        return redirect(after)
    row = queries.rows(delegate.conference, [delegate])[0]
    context: dict[str, Any] = {
        "row": row, "delegate": delegate, "form": form, "frame": frame(request), "ics": ics, "crumbs": way, "chain": queries.chain(delegate),
        "below": queries.below(delegate), "history": queries.history(delegate), "open": queries.answerable(delegate.conference, now()),
        "gone": delegate.state == "withdrawn", "agenda": agenda.issued(delegate.conference),
        "qr": badge_code(delegate) if delegate.state == "accepted" else "",
    }  # fmt: skip
    return render(request, "conferences/inviting/reply.html", context)


def _sent(delegate: Delegate, form: ReplyForm, by: Actor) -> object:
    data = form.cleaned_data
    other = SubstituteDraft(data["titles"].splitlines(), data["capacity"], data["name"]) if data["answer"] == "substitute" else None
    given = {"answer": data["answer"], "note": data["note"], "name": data["name"], "substitute": other}
    return done(form, lambda: actions.reply(invitation=queries.newest_of(delegate), by=by, at=now(), **given))


@require_GET
def my_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar file for whoever holds the key."""
    return _kept_secret(_ics(_keyed(key)))


@require_GET
@login_required
def calendar_of(request: HttpRequest, slug: str, delegate_id: int) -> HttpResponse:
    return _ics(answerable(request, slug, delegate_id))


def _ics(delegate: Delegate) -> HttpResponse:
    response = HttpResponse(calendar(queries.event_of(delegate)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{delegate.conference.slug}.ics"'
    return response


@require_GET
@login_required
def unit(request: HttpRequest, slug: str) -> HttpResponse:
    """The invited delegates of the units that the reader reports for."""
    conference = scoped(request, slug)
    page = Paginator(queries.of_units(actor(request), conference, today()), 100).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    context = {
        "conference": conference, "page": page, "rows": queries.rows(conference, list(page)), "frame": frame(request),
        "open": queries.answerable(conference, now()), "crumbs": crumbs(conference, (_("Invitations to your units"), "")),
    }  # fmt: skip
    return render(request, "conferences/inviting/unit.html", context)


@require_GET
@login_required
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """What was sent and answered, and whom to tell next."""
    conference = run(request, slug)
    waits = queries.to_send(conference)
    state = request.GET.get("state", "")
    found = queries.listed(conference).exclude(state="listed")
    chosen = found.filter(state=state) if state in ("invited", "accepted", "declined") else found
    page = Paginator(chosen, 100).get_page(request.GET.get("page"))
    context = {
        "conference": conference, "page": page, "rows": queries.rows(conference, list(page)), "waits": waits[:200], "waiting": len(waits), "state": state,
        "counts": queries.counts(conference), "open": queries.answerable(conference, now()), "frame": frame(request),
        "crumbs": crumbs(conference, (_("Invitations"), "")),
    }  # fmt: skip
    return render(request, "conferences/inviting/invitations.html", context)


@require_POST
@login_required
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Freeze and send the invitations that wait: those ticked, or all."""
    conference = run(request, slug)
    ids = [int(one) for one in request.POST.getlist("delegate") if one.isascii() and one.isdigit() and len(one) < 19]
    everyone = request.POST.get("all") == "1"
    try:
        sent = actions.invite(conference=conference, delegates=None if everyone else ids, by=actor(request), at=now())
        messages.success(request, _("%(count)s invitations were sent.") % {"count": sent})
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:invitations", slug)


@require_GET
@login_required
def links(request: HttpRequest, slug: str) -> HttpResponse:
    """Each invited delegate with the secret address of their page, to be merged into letters. For the office alone."""
    conference = run(request, slug)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="giay-moi-{conference.slug}.csv"'
    out = csv.writer(response)
    out.writerow([_("Number"), _("Full name"), _("Titles"), _("Unit"), _("Site"), _("State"), _("Reply page")])
    for row in queries.rows(conference, list(queries.listed(conference).exclude(state="listed"))):
        said, url = row.said["delegate"], request.build_absolute_uri(reverse("conferences:mine", args=[row.delegate.key]))
        cells = [row.delegate.name, row.titles, said["unit"], row.said["site"]["name"], row.delegate.get_state_display()]
        out.writerow([said["number"], *(_plain(cell) for cell in cells), url])
    return _kept_secret(response)


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell

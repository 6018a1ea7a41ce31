"""Preparing a conference: begun, sites taken from the tree, delegates listed, opened to the public."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions
from soket.conferences.forms.planning import ConferenceForm, DelegateForm, SitesForm
from soket.conferences.models import Conference
from soket.conferences.queries import choices
from soket.conferences.queries import planning as queries
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.shared import actor, crumbs, done, run
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.ui.shortcuts import frame


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a conference."""
    offices = queries.offices(request.user)
    if not offices:
        raise Http404
    form = ConferenceForm(request.POST or None, choices={"office": offices, "reviews": queries.review_choices(actor(request), today())})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["office"] = organisations.unit_by_id(int(data["office"]))
        data["reviews"] = queries.chosen_reviews(actor(request), today(), data["reviews"])
        made = done(form, lambda: actions.create_conference(by=request.user, at=now(), **data))
        if made is not None:
            messages.success(request, _("The conference was begun. Choose its sites next."))
            return redirect("conferences:detail", made.slug)
    heading = _("Begin a conference")
    way = [(_("Conferences"), reverse("conferences:list")), (heading, "")]
    return render(request, "conferences/form.html", {"form": form, "heading": heading, "label": heading, "crumbs": way, "back": way[0][1]})


@require_http_methods(["GET", "POST"])
@login_required
def sites(request: HttpRequest, slug: str) -> HttpResponse:
    """Sites proposed from the tree, by name, before they are added."""
    conference = run(request, slug)
    asked = request.POST if request.method == "POST" else request.GET
    lines = queries.line_choices()
    line = asked.get("line", "") if asked.get("line", "") in dict(lines) else lines[0][0]
    form = SitesForm(asked or None, choices={"line": lines, "under": [("", _("the whole country")), *queries.provinces(conference, line)]})
    fresh, held = [], []
    if asked and form.is_valid():
        data = form.cleaned_data
        fresh, held = queries.proposed(conference, data["line"], data["level"], int(data["under"]) if data["under"] and data["level"] > 1 else None)
        if request.method == "POST":
            added = done(form, lambda: actions.add_sites(conference=conference, units=[node.id for node in fresh], by=request.user, at=now()))
            if added is not None:
                messages.success(request, _("%(count)s sites were added.") % {"count": added})
                return redirect("conferences:detail", slug)
    context = {
        "conference": conference, "form": form, "fresh": fresh, "held": held, "looked": bool(asked) and form.is_valid(),
        "crumbs": crumbs(conference, (_("Add sites"), "")),
    }  # fmt: skip
    return render(request, "conferences/planning/sites.html", context)


@require_POST
@login_required
def drop_site(request: HttpRequest, slug: str, site_id: int) -> HttpResponse:
    """Take a site out."""
    found = choices.site(run(request, slug), site_id)
    if found is None:
        raise Http404
    try:
        actions.withdraw_site(site=found, by=request.user, at=now())
        messages.success(request, _("The site was taken out. Adding it again brings it back."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:detail", slug)


@require_GET
@login_required
def delegates(request: HttpRequest, slug: str) -> HttpResponse:
    """The list in protocol order."""
    conference = run(request, slug)
    page = Paginator(queries.delegates(conference), 100).get_page(request.GET.get("page"))
    context = {
        "conference": conference, "page": page, "names": unit_names({row.unit_id for row in page}, conference), "frame": frame(request),
        "crumbs": crumbs(conference, (_("Delegates"), "")),
    }  # fmt: skip
    return render(request, "conferences/planning/delegates.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def delegate(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody on the list."""
    conference = run(request, slug)
    lines = [("", _("the host")), *queries.line_choices()]
    form = DelegateForm(request.POST or None, choices={"site": queries.host_choices(conference), "line": lines})
    if request.method == "POST" and form.is_valid() and _listed(request, conference, form):
        messages.success(request, _("The delegate was put on the list."))
        return redirect("conferences:delegates", slug)
    heading, back = _("Add a delegate"), reverse("conferences:delegates", args=[slug])
    context = {
        "form": form, "heading": heading, "label": _("Add"), "back": back, "crumbs": crumbs(conference, (_("Delegates"), back), (heading, "")),
        "lead": _("Only a name in office and titles are kept: no identity number, telephone or date of birth."),
    }  # fmt: skip
    return render(request, "conferences/form.html", context)


def _listed(request: HttpRequest, conference: Conference, form: DelegateForm) -> object:
    data = form.cleaned_data
    site = choices.site(conference, int(data["site"]))
    unit = queries.unit_for(site, data["line"]) if site else None
    if site is None or unit is None:
        form.add_error("line", _("No unit of this system sits at this site."))
        return None
    given = {"site": site, "unit": unit, "titles": data["titles"].splitlines(), "name": data["name"], "role": data["role"]}
    return done(form, lambda: actions.add_delegate(conference=conference, by=request.user, at=now(), **given))


@require_POST
@login_required
def drop_delegate(request: HttpRequest, slug: str, delegate_id: int) -> HttpResponse:
    """Take somebody off the list."""
    found = queries.delegate(run(request, slug), delegate_id)
    if found is None:
        raise Http404
    actions.withdraw_delegate(delegate=found, by=request.user, at=now())
    messages.success(request, _("The delegate was taken off the list."))
    return redirect("conferences:delegates", slug)


@require_POST
@login_required
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the conference to the public, or close it."""
    conference = run(request, slug)
    try:
        actions.open_to_public(conference=conference, open=request.POST.get("open") == "1", by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:detail", slug)

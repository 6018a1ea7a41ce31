"""Programmes as documents: the list, one of them, a new one."""
from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.programmes import actions, queries
from soket.programmes.forms import ProgrammeForm, show
from soket.programmes.models import PartyRole, ProgrammeKind
from soket.programmes.views.asked import actor, day_asked, programme_asked


@require_GET
@login_required
def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes, or those a search finds by any spelling of the symbol or by title."""
    q = request.GET.get("q", "").strip()
    found = queries.search(q, actor(request)) if q else list(queries.programmes_seen(actor(request)))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    listed = list(page)
    rows = list(zip(listed, queries.parties_of(listed), strict=True))
    context = {"page": page, "rows": rows, "q": q, "may_add": queries.runs_any(actor(request), today())}
    return render(request, "programmes/list.html", context)


@require_GET
@login_required
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One programme with its obligations and their coverage on a day."""
    programme, day = programme_asked(request, slug), day_asked(request)
    obligations = queries.obligations_of(programme)
    numbers = queries.counts(obligations, day.on)
    context = {
        "programme": programme,
        "day": day,
        "today": today(),
        "parties": queries.parties_of([programme])[0],
        "bases": programme.bases.all(),
        "objectives": programme.objectives.all(),
        "chain": queries.chain(programme),
        "obligations": [(row, numbers[row.pk]) for row in obligations],
        "runs": queries.run_by(actor(request), programme, today()),
        "crumbs": [(_("Programmes"), reverse("programmes:list")), (str(programme), "")],
    }
    return render(request, "programmes/detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Enter a programme; only where the actor holds a programme office."""
    who = actor(request)
    if not queries.runs_any(who, today()):
        raise Http404
    known = [(row.pk, str(row)) for row in queries.programmes_seen(who)]
    form = ProgrammeForm(request.POST or None, units=queries.possible_parties(who, today()), programmes=known)
    if request.method == "POST" and form.is_valid():
        try:
            programme = actions.create_programme(**_entered(form.cleaned_data, who), by=who, at=now())
        except Refused as refused:
            show(form, refused, parties="lead")
        else:
            messages.success(request, _("The programme was entered."))
            return redirect("programmes:detail", programme.slug)
    crumbs = [(_("Programmes"), reverse("programmes:list")), (_("Enter a programme"), "")]
    return render(request, "programmes/new.html", {"form": form, "crumbs": crumbs})


def _entered(data: dict[str, Any], who: Any) -> dict[str, Any]:
    """The form's values as the action takes them."""
    partners = [unit for unit in data["partners"] if unit != data["lead"]]
    seen = {row.pk: row for row in queries.programmes_seen(who)}
    return {
        "symbol": data["symbol"] or None,
        "kind": ProgrammeKind(data["kind"]),
        "title": data["title"],
        "parties": [
            actions.PartyDraft(data["lead"], PartyRole.LEAD),
            *(actions.PartyDraft(unit, PartyRole.COSIGNER) for unit in partners),
        ],
        "signed_on": data["signed_on"],
        "starts": data["starts"],
        "ends": data["ends"],
        "span_text": data["span_text"],
        "unknowns": data["unknowns"],
        "predecessor": seen.get(data["predecessor"]),
        "bases": _each_line(data["bases"]),
        "objectives": _each_line(data["objectives"]),
        "aliases": [(spelling, data["alias_source"]) for spelling in _each_line(data["aliases"])],
    }


def _each_line(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]

"""Papers: asked for, sent, decided on, tied to frozen figures."""
from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.conferences import actions, rules
from soket.conferences.forms.agenda import CallForm, DecideForm, FigureChoice, PaperForm
from soket.conferences.models import Conference, Paper
from soket.conferences.queries import choices
from soket.conferences.queries import papers as queries
from soket.conferences.queries.naming import unit_names
from soket.conferences.views.shared import actor, crumbs, done, language, run, scoped
from soket.files.actions import Upload
from soket.files.core import MAX_BYTES
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations
from soket.ui.shortcuts import frame


@require_GET
def papers(request: HttpRequest, slug: str) -> HttpResponse:
    """The papers that the reader may see, in the order of the conference."""
    conference = scoped(request, slug)
    rows = list(queries.visible_papers(actor(request), conference, today()))
    context = {
        "conference": conference, "frame": frame(request), "rows": rows, "names": unit_names({row.unit_id for row in rows}, conference),
        "flagged": queries.flagged(rows), "runs": rules.runs(actor(request), conference, today()), "crumbs": crumbs(conference, (_("Conference papers"), "")),
    }  # fmt: skip
    return render(request, "conferences/agenda/papers.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a unit for a paper."""
    conference = run(request, slug)
    form = CallForm(request.POST or None, choices={"unit": choices.unit_choices(conference)})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        unit = organisations.unit_by_id(int(data.pop("unit")))
        if done(form, lambda: actions.call_paper(conference=conference, unit=unit, by=request.user, at=now(), **data)):
            messages.success(request, _("The unit was asked for the paper."))
            return redirect("conferences:papers", slug)
    heading, back = _("Ask for a paper"), reverse("conferences:papers", args=[slug])
    context = {"form": form, "heading": heading, "label": _("Ask"), "back": back, "crumbs": crumbs(conference, (_("Conference papers"), back), (heading, ""))}
    return render(request, "conferences/form.html", context)


def _paper(request: HttpRequest, slug: str, paper_id: int) -> tuple[Conference, Paper]:
    conference = scoped(request, slug)
    found = queries.visible_papers(actor(request), conference, today()).filter(pk=paper_id).select_related("conference").first()
    if found is None:
        raise Http404
    return conference, found


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, slug: str, paper_id: int) -> HttpResponse:
    """One paper: its figures, its versions; the unit sends here, the office decides."""
    conference, found = _paper(request, slug, paper_id)
    who, day = actor(request), today()
    sends = rules.answers_for(who, found.unit_id, day) and found.state not in ("accepted", "dropped")
    form = PaperForm(request.POST or None, request.FILES or None, initial={"revision": uuid4(), "title": found.title})
    if request.method == "POST":
        if not sends:
            raise Http404
        if form.is_valid() and _send(request, found, form):
            messages.success(request, _("The paper was sent."))
            return redirect("conferences:paper", slug, paper_id)
    versions, runs = queries.revisions(found), rules.runs(who, conference, day)
    inside = runs or rules.seen_units(who, day).covers(found.unit_id)
    context = {
        "conference": conference, "paper": found, "frame": frame(request), "unit": unit_names([found.unit_id], conference)[found.unit_id],
        "figures": queries.figures_of(found, language()), "versions": versions if inside else versions[:1], "inside": inside,
        "flagged": queries.flagged([found]), "form": form if sends else None, "upload": True,
        "decide": DecideForm() if runs and found.state == "submitted" else None,
        "choose": FigureChoice(choices={"figure": queries.figure_choices(conference, language())}) if runs or sends else None,
        "bound": list(found.figures.order_by("order", "pk")),
        "crumbs": crumbs(conference, (_("Conference papers"), reverse("conferences:papers", args=[slug])), (found.title, "")),
    }  # fmt: skip
    return render(request, "conferences/agenda/paper.html", context)


def _send(request: HttpRequest, found: Paper, form: PaperForm) -> object:
    data, sent = form.cleaned_data, form.cleaned_data["file"]
    upload = Upload(sent.read(MAX_BYTES + 1), sent.name) if sent else None  # more is refused, whatever its size
    sending = {"id": data["revision"], "paper": found, "title": data["title"], "summary": data["summary"], "upload": upload}
    return done(form, lambda: actions.send_paper(**sending, by=request.user, at=now()))


@require_POST
@login_required
def decide(request: HttpRequest, slug: str, paper_id: int) -> HttpResponse:
    """Accept or return the newest version."""
    run(request, slug)
    _conference, found = _paper(request, slug, paper_id)
    form, newest = DecideForm(request.POST), next(iter(queries.revisions(found)), None)
    if newest is None or not form.is_valid():
        messages.error(request, _("Choose a decision."))
        return redirect("conferences:paper", slug, paper_id)
    try:
        actions.decide_paper(revision=newest, accepted=form.cleaned_data["verdict"] == "yes", remarks=form.cleaned_data["remarks"], by=request.user, at=now())
        messages.success(request, _("The decision was recorded."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:paper", slug, paper_id)


@require_POST
@login_required
def figure(request: HttpRequest, slug: str, paper_id: int) -> HttpResponse:
    """Tie the paper to a figure, or loose it."""
    conference, found = _paper(request, slug, paper_id)
    try:
        if request.POST.get("loose"):
            row = next((one for one in found.figures.all() if str(one.pk) == request.POST["loose"]), None)
            if row is not None:
                actions.loose_figure(figure=row, by=request.user, at=now())
        else:
            edition_id, _colon, code = request.POST.get("figure", "").partition(":")
            edition = next((one for one in queries.editions_of(conference) if str(one.pk) == edition_id), None)
            if edition is None:
                raise Refused(_("Choose a figure of the reviews that this conference holds."), field="figure")
            actions.bind_figure(paper=found, edition=edition, code=code, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:paper", slug, paper_id)


@require_POST
@login_required
def drop(request: HttpRequest, slug: str, paper_id: int) -> HttpResponse:
    """The paper will not be presented."""
    run(request, slug)
    _conference, found = _paper(request, slug, paper_id)
    try:
        actions.drop_paper(paper=found, reason=request.POST.get("reason", ""), by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("conferences:paper", slug, paper_id)

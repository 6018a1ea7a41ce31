"""The list, one direction with everything that happened, its acts, and the boards."""
from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.directions import actions, queries, rules
from soket.directions.forms import DeadlineForm, IssueForm, PassForm, ReopenForm, StepForm, VerdictForm
from soket.directions.models import Direction
from soket.files.actions import Upload
from soket.files.core import MAX_BYTES
from soket.kernel.clock import now, today
from soket.kernel.text import whole
from soket.organisations import queries as organisations
from soket.ui.shortcuts import done

PAGE = 25


def _scoped(request: HttpRequest, pk: UUID) -> Direction:
    found = queries.by_id(request.user, pk, today())
    if found is None:
        raise Http404
    return found


def _issued(request: HttpRequest, pk: UUID) -> Direction:
    """The direction, or 404 when this reader does not run its issuer's office."""
    found = _scoped(request, pk)
    if not rules.issues(request.user, found.issuer_id, today()):
        raise Http404
    return found


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Directions"), reverse("directions:list")), *more]


def _title(found: Direction) -> str:
    return _("Direction %(number)s") % {"number": found.number}


@require_GET
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The directions one sees, with their filters in the address."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "tinh-trang", "han", "co-quan", "don-vi")}
    seen = queries.visible(request.user, today())
    rows = queries.filtered(
        seen, asked=asked["q"], state=asked["tinh-trang"], late=asked["han"], issuer=asked["co-quan"], unit=asked["don-vi"], on=today()
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    key = whole(asked["don-vi"])
    unit = organisations.unit_nearest(key, today()) if key is not None else None
    context = {
        "page": page, "rows": queries.standings(page.object_list, today()), "asked": asked, "state": asked["tinh-trang"], "late": asked["han"],
        "may_issue": bool(queries.issuers(request.user, today())), "any": seen.exists(), "unit": unit,
    }  # fmt: skip
    return render(request, "directions/list.html", context)


@require_GET
@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Closed of issued, by owner or by issuer; each number opens to the directions."""
    by = "issuer" if request.GET.get("theo") == "co-quan" else "unit"
    tallies = queries.board(queries.standings(queries.visible(request.user, today()), today()), by)
    page = Paginator(tallies, 50).get_page(request.GET.get("page"))
    totals = {name: sum(getattr(one, name) for one in tallies) for name in ("issued", "closed", "late", "claimed")}
    context = {
        "page": page, "by": by, "totals": totals, "filter": "co-quan" if by == "issuer" else "don-vi", "on": today(), "crumbs": _crumbs((_("Board"), "")),
    }  # fmt: skip
    return render(request, "directions/board.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Issue a direction."""
    issuers = queries.issuers(request.user, today())
    if not issuers:
        raise Http404
    form = IssueForm(request.POST or None, issuers=issuers, initial={"id": uuid4()})
    if request.method == "POST" and form.is_valid():
        made = done(form, lambda: _issue(request, form.cleaned_data))
        if made:
            messages.success(request, _("The direction was issued as number %(number)s.") % {"number": made[0].number})
            return redirect("directions:detail", made[0].pk)
    heading = _("Issue a direction")
    context = {"form": form, "heading": heading, "label": heading, "back": reverse("directions:list"), "crumbs": _crumbs((heading, ""))}
    return render(request, "directions/form.html", context)


def _issue(request: HttpRequest, data: dict[str, Any]) -> list[Direction]:
    issuer = organisations.unit_by_id(int(data["issuer"]))
    owner = organisations.unit_called(data["owner"], "owner", today())
    supporting = tuple(organisations.unit_called(line, "supporting", today()) for line in data["supporting"].splitlines() if line.strip())
    draft = actions.DirectionDraft(
        id=data["id"], issuer=issuer, text=data["text"], source=data["source"], owner=owner, supporting=supporting, due_on=data["due_on"]  # type: ignore[arg-type]
    )
    return actions.issue_many(drafts=[draft], by=request.user, at=now())


@require_GET
@login_required
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One direction: text, deadline with its changes, who is assigned, everything that happened, who relies on it."""
    found, day = _scoped(request, pk), today()
    reports, passes = queries.mine(request.user, found, day)
    issues = rules.issues(request.user, found.issuer_id, day)
    row = queries.standings([found], day)[0]
    context = {
        "direction": found, "row": row, "tree": queries.assignments(found, day), "history": queries.history(found), "deadlines": list(found.deadlines.all()),
        "reliances": list(found.reliances.all()), "issues": issues, "claim": queries.claim(found) if issues else None,
        "reports": {one.pk for one in reports if found.state != "closed"}, "passes": {one.pk for one in passes if found.state != "closed"},
        "units": queries.names([one.unit_id for one in found.assignments.all()], day), "crumbs": _crumbs((_title(found), "")),
    }  # fmt: skip
    return render(request, "directions/detail.html", context)


def _form(request: HttpRequest, found: Direction, form: forms.Form, heading: str, label: str, **more: Any) -> HttpResponse:
    url = reverse("directions:detail", args=[found.pk])
    context = {
        "form": form, "heading": heading, "label": label, "back": url, "lead": found.text, "crumbs": _crumbs((_title(found), url), (heading, "")), **more
    }
    return render(request, "directions/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def step(request: HttpRequest, pk: UUID, assignment_id: int) -> HttpResponse:
    """The assigned unit reports what was done."""
    found = _scoped(request, pk)
    mine = next((one for one in queries.mine(request.user, found, today())[0] if one.pk == assignment_id), None)
    if mine is None:
        raise Http404
    form = StepForm(request.POST or None, request.FILES or None, initial={"id": uuid4(), "dated": today()})
    if mine.role != "owner":
        del form.fields["done"]
    if request.method == "POST" and form.is_valid():
        data, sent = dict(form.cleaned_data), form.cleaned_data["file"]
        del data["file"]
        data["upload"] = Upload(sent.read(MAX_BYTES + 1), sent.name) if sent else None
        if done(form, lambda: actions.report_progress(assignment=mine, by=request.user, at=now(), **data)):
            messages.success(request, _("Reported."))
            return redirect("directions:detail", pk)
    return _form(request, found, form, _("Report what was done"), _("Send the report"), upload=True)


@require_http_methods(["GET", "POST"])
@login_required
def pass_on(request: HttpRequest, pk: UUID, assignment_id: int) -> HttpResponse:
    """The assigned unit gives the direction on to units below it."""
    found = _scoped(request, pk)
    mine = next((one for one in queries.mine(request.user, found, today())[1] if one.pk == assignment_id), None)
    if mine is None:
        raise Http404
    units = sorted(((str(key), words) for key, words in queries.below(mine, today()).items()), key=lambda one: one[1])
    form = PassForm(request.POST or None, units=units, initial={"due_on": found.due_on})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        wanted = [int(key) for key in data["units"]]
        count = done(form, lambda: actions.pass_on(assignment=mine, units=wanted, due_on=data["due_on"], note=data["note"], by=request.user, at=now()))
        if count is not None:
            messages.success(request, _("Passed on to %(count)s units.") % {"count": count})
            return redirect("directions:detail", pk)
    return _form(request, found, form, _("Pass the direction on"), _("Pass on"), all_of="units")


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issuer closes the direction on its evidence, or returns it."""
    found = _issued(request, pk)
    claim = queries.claim(found)
    if claim is None:
        return redirect("directions:detail", pk)
    form = VerdictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if done(form, lambda: actions.decide(step=claim, accepted=data["verdict"] == "yes", reason=data["reason"], by=request.user, at=now())):
            messages.success(request, _("The decision was recorded."))
            return redirect("directions:detail", pk)
    return _form(request, found, form, _("Close or return the direction"), _("Record the decision"), claim=claim)


@require_http_methods(["GET", "POST"])
@login_required
def deadline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issuer moves the deadline."""
    found = _issued(request, pk)
    form = DeadlineForm(request.POST or None, initial={"due_on": found.due_on})
    moving = {"direction": found, "by": request.user, "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.change_deadline(**moving, **form.cleaned_data)):
        messages.success(request, _("The deadline was moved; the old one stays visible."))
        return redirect("directions:detail", pk)
    return _form(request, found, form, _("Move the deadline"), _("Move the deadline"))


@require_http_methods(["GET", "POST"])
@login_required
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issuer opens a closed direction again."""
    found = _issued(request, pk)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.reopen(direction=found, by=request.user, at=now(), **form.cleaned_data)):
        messages.success(request, _("The direction is open again, under its old number."))
        return redirect("directions:detail", pk)
    return _form(request, found, form, _("Open the direction again"), _("Open again"))

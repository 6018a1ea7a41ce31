"""One obligation: its coverage on a day by name, and the programme office's screens for it."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.programmes import actions, queries
from soket.programmes.forms import ChangeForm, CloseForm, ObligationForm, RosterForm, show
from soket.programmes.models import DueRule, Obligation
from soket.programmes.queries import Coverage, DutyLine
from soket.programmes.views.asked import actor, day_asked, obligation_asked, programme_asked, run_or_404

PER_PAGE = 60
FIRST_NAMES = 20
LISTS = {
    "con-no": ("outstanding", gettext_lazy("Outstanding")),
    "qua-han": ("overdue_lines", gettext_lazy("Overdue")),
    "da-xong": ("accepted", gettext_lazy("Accepted")),
    "duoc-mien": ("excused", gettext_lazy("Excused")),
    "da-ket-thuc": ("closed", gettext_lazy("Closed with their unit")),
}


@dataclass(frozen=True)
class Shown:
    """One list by name as the page shows it."""

    key: str
    label: str
    total: int
    rows: list[tuple[DutyLine, bool]]
    page: Page[Any] | None = None


@require_GET
@login_required
def obligation(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Who has done it and who has not, on a day, in numbers and by name."""
    found, day = obligation_asked(request, slug, code), day_asked(request)
    whole = queries.coverage(found, day.on)
    province, line = request.GET.get("tinh", ""), request.GET.get("he", "")
    chosen = request.GET.get("ds", "")
    provinces = [(key[0], key[1], part) for key, part in whole.by_province().items() if key[0] is not None]
    kept = [(name, value) for name, value in (("tinh", province), ("he", line), ("ds", chosen)) if value]
    context = {
        "obligation": found,
        "programme": found.programme,
        "day": day,
        "today": today(),
        "scopes": queries.scope_words(found),
        "coverage": whole,
        "outside": len(whole.excused) + len(whole.closed),
        "parts": _named_parts(whole),
        "provinces": [(place, name, part) for place, name, part in provinces if part.owed or part.excused],
        "former": sum(not (part.owed or part.excused) for _place, _name, part in provinces),
        "tabs": [(key, label, len(getattr(whole, name))) for key, (name, label) in LISTS.items()],
        "chosen": chosen if chosen in LISTS else "",
        "lists": _shown(request, found, whole, day.on),
        "province": province,
        "line": line,
        "line_choices": [(code, name) for code, name in queries.line_names().items() if code in {key[0] for key in whole.by_line_and_level()}],
        "q": request.GET.get("q", ""),
        "kept": kept,
        "runs": queries.run_by(actor(request), found.programme, today()),
        "crumbs": _crumbs(found, found.code),
    }
    return render(request, "programmes/obligation.html", context)


def _crumbs(found: Obligation, last: str) -> list[tuple[str, str]]:
    programme = found.programme
    crumbs = [
        (_("Programmes"), reverse("programmes:list")),
        (str(programme), reverse("programmes:detail", args=[programme.slug])),
    ]
    if last != found.code:
        crumbs.append((found.code, reverse("programmes:obligation", args=[programme.slug, found.code])))
    return [*crumbs, (last, "")]


def _named_parts(whole: Coverage) -> list[tuple[str, str, Any]]:
    names, levels = queries.line_names(), queries.level_names()
    return [(names[line], levels[level], part) for (line, level), part in whole.by_line_and_level().items()]


def _shown(request: HttpRequest, found: Obligation, whole: Coverage, on: date) -> list[Shown]:
    """One list in pages when the address names it; else the first names of what is owed and of what is done."""
    chosen = request.GET.get("ds", "")
    wanted = [chosen] if chosen in LISTS else ["con-no", "da-xong"]
    shown = []
    for key in wanted:
        name, label = LISTS[key]
        lines = queries.narrowed(
            getattr(whole, name), province=request.GET.get("tinh", ""), line=request.GET.get("he", ""), text=request.GET.get("q", "")
        )
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page")) if key == chosen else None
        listed = list(page) if page else lines[:FIRST_NAMES]
        open_units = queries.may_see_each(actor(request), found.programme, [line.unit_id for line in listed], today())
        shown.append(Shown(key, str(label), len(lines), [(line, line.unit_id in open_units) for line in listed], page))
    return shown


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A further obligation of a programme one runs."""
    programme = programme_asked(request, slug)
    run_or_404(request, programme)
    form = ObligationForm(request.POST or None, scopes=queries.scope_choices(), initial={"due_rule": DueRule.DATE})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        scopes = [actions.ScopeDraft(line, int(level)) for line, level in (text.split(":") for text in data.pop("scopes"))]
        data["due_rule"] = DueRule(data["due_rule"])
        try:
            row = actions.add_obligation(programme=programme, scopes=scopes, by=actor(request), at=now(), **data)
        except Refused as refused:
            show(form, refused)
        else:
            messages.success(request, _("The obligation was added. Now draw up the list of units that owe it."))
            return redirect("programmes:roster", programme.slug, row.code)
    crumbs = [
        (_("Programmes"), reverse("programmes:list")),
        (str(programme), reverse("programmes:detail", args=[programme.slug])),
        (_("Add an obligation"), ""),
    ]
    context = {"form": form, "programme": programme, "crumbs": crumbs, "heading": _("Add an obligation"), "button": _("Add the obligation")}
    return render(request, "programmes/obligation_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Change the words or the due date, with a reason."""
    found = obligation_asked(request, slug, code)
    run_or_404(request, found.programme)
    initial = {name: getattr(found, name) for name in ("title", "evidence", "due_rule", "due_on", "due_days")}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        data["due_rule"] = DueRule(data["due_rule"])
        try:
            actions.change_obligation(obligation=found, by=actor(request), at=now(), **data)
        except Refused as refused:
            show(form, refused)
        else:
            messages.success(request, _("The obligation was changed."))
            return redirect("programmes:obligation", slug, code)
    context = {
        "form": form, "programme": found.programme, "crumbs": _crumbs(found, _("Change")),
        "heading": _("Change %(code)s") % {"code": found.code}, "button": _("Save the change"),
    }  # fmt: skip
    return render(request, "programmes/obligation_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def roster(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Draw up the list of units that owe, and close the duties of units that ended."""
    found = obligation_asked(request, slug, code)
    run_or_404(request, found.programme)
    drawing, closing = request.POST.get("act") == "draw", request.POST.get("act") == "close"
    rounds = found.due_rule == DueRule.EVERY_ROUND
    draw = RosterForm(request.POST if drawing else None, every_round=rounds, initial={"on": today()})
    close = CloseForm(request.POST if closing else None, initial={"closing_day": today()})
    if (drawing and draw.is_valid() and _draw(request, found, draw)) or (closing and close.is_valid() and _close(request, found, close)):
        return redirect("programmes:obligation", slug, code)
    context = {
        "obligation": found, "programme": found.programme, "draw": draw, "close": close, "lists": queries.lists_drawn(found),
        "crumbs": _crumbs(found, _("List of units")),
    }  # fmt: skip
    return render(request, "programmes/roster.html", context)


def _draw(request: HttpRequest, found: Obligation, form: RosterForm) -> bool:
    try:
        made = actions.resolve_duties(obligation=found, by=actor(request), at=now(), **form.cleaned_data)
    except Refused as refused:
        show(form, refused)
        return False
    words = ngettext("%(count)s unit was added to the list.", "%(count)s units were added to the list.", len(made))
    messages.success(request, words % {"count": len(made)})
    return True


def _close(request: HttpRequest, found: Obligation, form: CloseForm) -> bool:
    try:
        rows = actions.close_ended(on=form.cleaned_data["closing_day"], obligation=found, by=actor(request), at=now())
    except Refused as refused:
        show(form, refused, on="closing_day")
        return False
    words = ngettext("%(count)s duty was closed.", "%(count)s duties were closed.", len(rows))
    messages.success(request, words % {"count": len(rows)})
    return True

"""Preparing a decision: the list that is ready, its draft as a paper, and signing it with the password given again."""
from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from soket.commendations import actions, rules
from soket.commendations.forms.deciding import DecideForm
from soket.commendations.models import CampaignForm, Nomination
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import decision_facts as facts
from soket.commendations.queries import decision_papers, register
from soket.commendations.views.shared import crumbs, done, language, scoped
from soket.documents.core import PaperError
from soket.documents.queries import render_pdf
from soket.kernel.clock import now, today
from soket.reviews.rules import said
from soket.ui.shortcuts import proven


def _prepared(request: HttpRequest, slug: str, form_id: int) -> tuple[CampaignForm, bool]:
    """(the form, whether the reader signs for its issuer); 404 for who neither signs nor appraises there."""
    form = queries.form_of(scoped(request, slug), form_id)
    if form is None:
        raise Http404
    signs = rules.decides(request.user, form.issuer_id, today())
    if not signs and not rules.appraises(request.user, form.issuer_id, today()):
        raise Http404
    return form, signs


def _form(request: HttpRequest, form: CampaignForm, rows: list[Nomination]) -> DecideForm:
    """The form as sent, or as it is begun: the signer's own post, the legal bases of the day, everybody on the list."""
    day = today()
    first = {
        "id": uuid4(), "dated": day, "seen": queries.seen_mark(rows), "signer_post": queries.signing_post(request.user, form.issuer_id, day),
        "bases": "\n".join(facts.usual_bases(form, day)),
    }  # fmt: skip
    return DecideForm(request.POST or None, keys=[str(row.pk) for row in rows], initial=first)


def _as_shown(form: DecideForm, rows: list[Nomination]) -> bool:
    """Whether the list is still the one that was read; a changed one is read again before it is signed."""
    if form.cleaned_data["seen"] == queries.seen_mark(rows):
        return True
    form.data = form.data.copy()
    form.data["seen"] = queries.seen_mark(rows)
    form.add_error(None, _("The list has changed since it was shown. Read it again, then sign."))
    return False


def _taken(form: DecideForm, rows: list[Nomination]) -> list[Nomination]:
    return [row for row in rows if str(row.pk) not in form.cleaned_data["left_out"]]


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
def prepare(request: HttpRequest, slug: str, form_id: int) -> HttpResponse:
    """The list, its money, its draft; who signs for the issuer signs it here."""
    form, signs = _prepared(request, slug, form_id)
    rows, obstacles = queries.ready(form, today())
    typed = _form(request, form, rows)
    if request.method == "POST" and signs and typed.is_valid() and _as_shown(typed, rows) and proven(request, typed):
        data = typed.cleaned_data
        made = done(typed, lambda: actions.decide(
            id=data["id"], campaign_form=form, nominations=_taken(typed, rows), dated=data["dated"], signer_post=data["signer_post"],
            authority=data["authority"], bases=typed.lines(), by=request.user, at=now(),
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("Signed as decision %(number)s.") % {"number": made.entry.notation})
            return redirect("commendations:decision", made.pk)
    return _page(request, form, rows, obstacles, typed, signs)


def _page(
    request: HttpRequest, form: CampaignForm, rows: list[Nomination], obstacles: list[str], typed: DecideForm, signs: bool, status: int = 200
) -> HttpResponse:
    day = today()
    named, money, flags = facts.recipients(rows, day), facts.moneys(form, day), register.flags_of([row.pk for row in rows])
    figures = register.figure_refs({row.pk: tuple(flags.get(row.pk, ())) for row in rows}, language())
    left_out = set(typed["left_out"].value() or [])
    listed = [
        {
            "row": row, "who": named[row.pk], "figures": figures[row.pk], "flags": flags.get(row.pk, []), "money": money[row.recipient],
            "out": str(row.pk) in left_out,
        }
        for row in rows
    ]  # fmt: skip
    context = {
        "campaign": form.campaign, "given": form, "form_name": register.form_name(form.form, language()), "rows": listed, "obstacles": obstacles,
        "form": typed, "signs": signs, "owed": queries.owed([money[row.recipient] for row in rows]), "made": queries.decisions_of(form),
        "issuer": facts.issuer_name(form, day), "crumbs": crumbs((_("Prepare a decision"), ""), campaign=form.campaign),
    }  # fmt: skip
    return render(request, "commendations/deciding/prepare.html", context, status=status)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
def preview(request: HttpRequest, slug: str, form_id: int) -> HttpResponse:
    """The draft as a paper, before it has a number: of everybody who is ready, or as the form stands."""
    form, signs = _prepared(request, slug, form_id)
    rows, obstacles = queries.ready(form, today())
    typed = _form(request, form, rows)
    del typed.fields["password"]
    said_of: dict[str, Any] = {name: typed[name].value() for name in ("signer_post", "authority")} | {"day": today()}
    taken, bases = rows, facts.usual_bases(form, today())
    if request.method == "POST":
        if not typed.is_valid():
            return _page(request, form, rows, obstacles, _form(request, form, rows), signs, status=422)
        said_of |= {name: typed.cleaned_data[name] for name in ("signer_post", "authority")} | {"day": typed.cleaned_data["dated"]}
        taken, bases = _taken(typed, rows), typed.lines()
    try:
        body = facts.award_body(form, taken, said_of["day"], said_of["signer_post"], said_of["authority"] or "", bases)
        content = render_pdf(decision_papers.paper(body))
    except PaperError as error:
        messages.error(request, said(error))
        return redirect(reverse("commendations:decide", args=[slug, form_id]))
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="ban-thao.pdf"'})

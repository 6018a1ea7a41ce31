"""One step at a time, each on the revision that the reader saw: a newer one is never approved unseen."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.publishing import actions, queries, rules
from soket.publishing.desk_forms import ReturnForm, ScheduleForm, Timed, WithdrawForm, parts
from soket.publishing.forms import show
from soket.publishing.models import Article, Revision
from soket.publishing.queries import flow
from soket.publishing.views.desk_parts import found_article

Allowed = Callable[..., bool]


def at_step(request: HttpRequest, slug: str, allowed: Allowed) -> tuple[Article, Revision]:
    """The article and its newest revision, for those who may take the step; 404 for everyone else."""
    article = found_article(request, slug)
    head = queries.head_of(article)
    if head is None or not allowed(request.user, article.office_id, today()):
        raise Http404
    return article, head


def unseen(request: HttpRequest, head: Revision) -> bool:
    """Whether the reader decided on another revision than the newest; then a message says so."""
    if request.POST.get("revision") == str(head.number):
        return False
    messages.error(request, _("A newer revision exists. Look at that one."))
    return True


def tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Whether the act was done; a refusal stands at the form's fields and what was typed stays."""
    try:
        act()
    except Refused as refused:
        errors = refused.errors or {"": refused.message}
        if isinstance(form, Timed):
            form.refuse(errors)
        else:
            show(form, errors)
        return False
    return True


def asked(request: HttpRequest, article: Article, form: forms.Form, **words: Any) -> HttpResponse:
    """The page of one step: `heading`, `label`, and `lines` that say what follows from it."""
    head = queries.head_of(article)
    pairs = [(form[f"{name}_day"], form[f"{name}_time"]) for name in form.instants] if isinstance(form, Timed) else []
    context = {
        "article": article, "head": head, "title": queries.title_of(head) or article.slug, "form": form, "pairs": pairs,
        "back": reverse("publishing:edit", args=[article.slug]), **words,
    }
    return render(request, "publishing/act.html", context)


def _step(request: HttpRequest, slug: str, allowed: Allowed, act: Callable[..., Any], done: str) -> HttpResponse:
    _article, head = at_step(request, slug, allowed)
    if not unseen(request, head):
        try:
            act(revision=head, by=request.user, at=now())
        except Refused as refused:
            messages.error(request, str(refused.message))
        else:
            messages.success(request, done)
    return redirect("publishing:edit", slug)


@require_POST
@login_required
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, slug, rules.may_write, actions.hand_over, _("The draft was handed to the editors."))


@require_POST
@login_required
def send(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, slug, rules.may_edit, actions.send_for_approval, _("The revision was sent for approval."))


@require_POST
@login_required
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, slug, rules.may_publish, actions.approve, _("The revision was approved."))


@require_POST
@login_required
def unschedule(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, slug, rules.may_publish, actions.unschedule, _("The set time was taken back. The revision stays approved."))


@require_POST
@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first what will go out; `confirmed` releases it."""
    article, head = at_step(request, slug, rules.may_publish)
    if request.POST.get("confirmed") == "1":
        return _step(request, slug, rules.may_publish, actions.publish, _("The statement was published."))
    if unseen(request, head):
        return redirect("publishing:edit", slug)
    words = {"heading": _("Publish revision %(number)s") % {"number": head.number}, "label": _("Publish"), "seal": True}
    return asked(request, article, forms.Form(), released=queries.latest_release(article), publishing=True, **words)


def _may_return(user: Any, office: int, day: Any) -> bool:
    return rules.may_edit(user, office, day) or rules.may_publish(user, office, day)


@require_http_methods(["GET", "POST"])
@login_required
def give_back_text(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the text to its writer with a reason."""
    article, head = at_step(request, slug, _may_return)
    form = ReturnForm(request.POST or None)
    if request.method == "POST":
        if unseen(request, head):
            return redirect("publishing:edit", slug)
        if form.is_valid() and tried(form, lambda: actions.return_draft(revision=head, reason=form.cleaned_data["reason"], by=request.user, at=now())):
            messages.success(request, _("The text was returned with your reason."))
            return redirect("publishing:edit", slug)
    lines = [_("%(who)s sees the reason on the worklist and at the text.") % {"who": head.by_label}]
    return asked(request, article, form, heading=_("Return revision %(number)s") % {"number": head.number}, label=_("Return"), lines=lines)


@require_http_methods(["GET", "POST"])
@login_required
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Set when the approved revision goes out by itself."""
    article, head = at_step(request, slug, rules.may_publish)
    form = ScheduleForm(request.POST or None, initial=parts("due", flow.due_of(head)))
    if request.method == "POST":
        if unseen(request, head):
            return redirect("publishing:edit", slug)
        if form.is_valid() and tried(form, lambda: actions.schedule(revision=head, due=form.cleaned_data["due"], by=request.user, at=now())):
            messages.success(request, _("The time is set. The text goes out by itself."))
            return redirect("publishing:edit", slug)
    words = {"heading": _("Set when revision %(number)s goes out") % {"number": head.number}, "label": _("Set the time")}
    return asked(request, article, form, lines=[_("Any later change of the text needs approval anew, and the set time ends with it.")], **words)


@require_http_methods(["GET", "POST"])
@login_required
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the published article down, with the reason that readers see."""
    article, _head = at_step(request, slug, rules.may_publish)
    if queries.latest_release(article) is None or queries.is_withdrawn(article):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: actions.withdraw(article=article, reason=form.cleaned_data["reason"], by=request.user, at=now())
    ):
        messages.success(request, _("The article was taken down."))
        return redirect("publishing:edit", slug)
    lines = [
        _("Its address stays and says that it was taken down, when and why."), _("It leaves every list, the search and the feeds at once."),
        _("Nothing is erased; a new approved revision brings it back as a correction."),
    ]
    return asked(request, article, form, heading=_("Take the article down"), label=_("Take it down"), lines=lines)

"""Locks: kept while the page is open, given back, taken over."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.kernel.clock import VIETNAM, now, today
from soket.kernel.door import Refused
from soket.publishing import rules
from soket.publishing.actions import locks
from soket.publishing.desk_forms import TakeOverForm
from soket.publishing.models import Article
from soket.publishing.queries import flow
from soket.publishing.views.desk.steps import asked, tried
from soket.publishing.views.desk_parts import found_article


def _written(request: HttpRequest, slug: str) -> Article:
    article = found_article(request, slug)
    if not rules.may_write(request.user, article.office_id, today()):
        raise Http404
    return article


@require_POST
@login_required
def keep(request: HttpRequest, slug: str) -> HttpResponse:
    """Fifteen minutes more. The page's script hears until when, or who has the text by now (409)."""
    article, scripted = _written(request, slug), request.headers.get("X-Partial") == "lock"
    try:
        lock = locks.keep_lock(article=article, by=request.user, at=now())
    except Refused as refused:
        if scripted:
            return JsonResponse({"message": str(refused.message)}, status=409)
        messages.error(request, str(refused.message))
    else:
        if scripted:
            return JsonResponse({"until": lock.until.astimezone(VIETNAM).strftime("%H:%M")})
    return redirect("publishing:edit", slug)


@require_POST
@login_required
def give_back(request: HttpRequest, slug: str) -> HttpResponse:
    """End one's own lock and leave the text."""
    if locks.give_back(article=_written(request, slug), by=request.user, at=now()):
        messages.success(request, _("The lock was given back. Others can write now."))
    return redirect("publishing:desk")


@require_http_methods(["GET", "POST"])
@login_required
def take_over(request: HttpRequest, slug: str) -> HttpResponse:
    """End another's lock before its time, with a reason: who approves at the office."""
    article = found_article(request, slug)
    lock = flow.lock_of(article, now())
    if not rules.may_publish(request.user, article.office_id, today()):
        raise Http404
    if lock is None:
        return redirect("publishing:edit", slug)
    form = TakeOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: locks.take_over(article=article, reason=form.cleaned_data["reason"], by=request.user, at=now())
    ):
        messages.success(request, _("The lock was ended."))
        return redirect("publishing:edit", slug)
    lines = [
        _("%(holder)s has the text open. What is typed there and not yet saved is not lost, but can only be saved after comparing.")
        % {"holder": lock.holder_label},
        _("The record keeps your reason."),
    ]
    return asked(request, article, form, heading=_("End the lock"), label=_("End the lock"), lines=lines)

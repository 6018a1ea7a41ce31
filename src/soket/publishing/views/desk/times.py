"""Embargo and expiry of an article."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.publishing import rules
from soket.publishing.actions import timing
from soket.publishing.desk_forms import TimesForm, parts
from soket.publishing.views.desk.steps import asked, tried
from soket.publishing.views.desk_parts import found_article


@require_http_methods(["GET", "POST"])
@login_required
def times(request: HttpRequest, slug: str) -> HttpResponse:
    """Set, change or remove both."""
    article = found_article(request, slug)
    if not rules.may_publish(request.user, article.office_id, today()):
        raise Http404
    initial = {**parts("embargo_until", article.embargo_until), **parts("expires_at", article.expires_at)}
    form = TimesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.instants}
        if tried(form, lambda: timing.set_times(article=article, by=request.user, at=now(), **given)):
            messages.success(request, _("The times were saved."))
            return redirect("publishing:edit", slug)
    lines = [
        _("Under embargo nobody publishes the text, neither by hand nor at a set time."),
        _("After the last time the article is in no list, search or feed, and its address no longer shows it."),
        _("Empty fields: no embargo, no end."),
    ]
    return asked(request, article, form, heading=_("Embargo and expiry"), label=_("Save the times"), lines=lines)

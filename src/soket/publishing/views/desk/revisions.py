"""Older texts: two beside each other, and one taken up again."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from soket.kernel.clock import now
from soket.kernel.text import whole
from soket.publishing import actions, queries, rules
from soket.publishing.desk_forms import RestoreForm
from soket.publishing.models import Article, Revision
from soket.publishing.queries import flow
from soket.publishing.queries.comparing import compared
from soket.publishing.views.desk.steps import asked, at_step, tried, unseen
from soket.publishing.views.desk_parts import found_article


@require_GET
@login_required
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Any two revisions, word by word; at first the newest and the one published, or the one before."""
    article = found_article(request, slug)
    numbers = [row.number for row in flow.revisions_of(article)]
    if not numbers:
        raise Http404
    old = _asked(article, request.GET.get("tu", ""), _usual(article, numbers))
    new = _asked(article, request.GET.get("den", ""), numbers[0])
    parts = compared(old, new)
    context = {
        "article": article, "title": queries.title_of(queries.head_of(article)), "numbers": numbers, "old": old, "new": new, "parts": parts,
        "changed": [part.label for part in parts if part.changed], "beside": request.GET.get("kieu") == "hai-cot",
    }
    return render(request, "publishing/compare.html", context)


def _asked(article: Article, given: str, usual: int) -> Revision:
    number = whole(given) if given else usual
    found = flow.revision_of(article, number) if number is not None else None
    if found is None:
        raise Http404
    return found


def _usual(article: Article, numbers: list[int]) -> int:
    """What the newest is held against: the published revision, else the one before."""
    released = queries.latest_release(article)
    if released is not None and released.revision.number != numbers[0]:
        return int(released.revision.number)
    return numbers[1] if len(numbers) > 1 else numbers[0]


@require_http_methods(["GET", "POST"])
@login_required
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Undo: an older text becomes a new revision, a draft that needs approval anew."""
    article, head = at_step(request, slug, rules.may_write)
    old = flow.revision_of(article, number)
    if old is None or old.number == head.number:
        raise Http404
    form = RestoreForm(request.POST if request.method == "POST" else None, corrects=queries.latest_release(article) is not None)
    if request.method == "POST":
        if unseen(request, head):
            return redirect("publishing:edit", slug)
        note = form.data.get("note", "")
        if form.is_valid() and tried(form, lambda: actions.restore_revision(revision=old, note=note, by=request.user, at=now())):
            messages.success(request, _("Revision %(number)s was taken up again as a new draft.") % {"number": number})
            return redirect("publishing:edit", slug)
    lines = [
        _("Its text becomes a new revision. Nothing is erased."), _("The figures are held against the newest edition."),
        _("The new revision is a draft and needs approval."),
    ]
    return asked(request, article, form, heading=_("Take up revision %(number)s again") % {"number": number}, label=_("Take it up again"), lines=lines)

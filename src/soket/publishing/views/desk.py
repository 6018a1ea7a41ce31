"""The desk: begin, write, send, approve, publish. Outside one's own offices everything is 404."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.publishing import actions, queries, rules
from soket.publishing.forms import BeginForm, TextForm, show
from soket.publishing.models import Article, Revision


def _article(request: HttpRequest, slug: str) -> Article:
    found = queries.desk_article(request.user, slug, today())
    if found is None:
        raise Http404
    return found


@require_GET
@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """The statements of the reader's offices, fifty a page."""
    day = today()
    page = Paginator(queries.desk_articles(request.user, day), 50).get_page(request.GET.get("page"))
    names = queries.office_names([row.office_id for row in page], day)
    rows = [(row, names[row.office_id]) for row in page]
    return render(request, "publishing/desk.html", {"rows": rows, "page": page, "may_begin": bool(queries.may_begin(request.user, day))})


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A new statement about a review that has a frozen edition."""
    offices = queries.may_begin(request.user, today())
    if not offices:
        raise Http404
    reviews = queries.reviews_to_cite()
    form = BeginForm(request.POST or None, reviews=reviews, offices=offices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        review = next(item for item in reviews if item.pk == data["review"])
        try:
            article = actions.create_article(slug=data["slug"], review=review, office=data["office"], by=request.user, at=now())
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
        else:
            return redirect("publishing:edit", article.slug)
    return render(request, "publishing/begin.html", {"form": form})


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with the figures it may claim, its preview and the steps that the reader may take."""
    article = _article(request, slug)
    head, released = queries.head_of(article), queries.latest_release(article)
    writes = rules.may_edit(request.user, article.office_id, today())
    form = _form(request, head, corrects=released is not None) if writes else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _saved(request, article, form):
            return redirect("publishing:edit", slug)
    return render(request, "publishing/edit.html", _edit_context(request, article, head, form))


def _form(request: HttpRequest, head: Revision | None, *, corrects: bool) -> TextForm:
    initial: dict[str, Any] = {"base": head.number if head else 0}
    if head is not None:
        initial |= {"title": head.title, "lead": head.lead, "body": head.body}
        if queries.state_of(head) not in {"published", "corrected"}:
            initial["note"] = head.note
    return TextForm(request.POST or None, initial=initial, corrects=corrects)


def _saved(request: HttpRequest, article: Article, form: TextForm) -> bool:
    try:
        revision = actions.save_revision(article=article, by=request.user, at=now(), **form.cleaned_data)
    except Refused as refused:
        show(form, refused.errors or {"": refused.message})
        return False
    messages.success(request, _("Revision %(number)s was saved.") % {"number": revision.number})
    return True


def _edit_context(request: HttpRequest, article: Article, head: Revision | None, form: TextForm | None) -> dict[str, Any]:
    state = queries.state_of(head) if head else ""
    publishes = rules.may_publish(request.user, article.office_id, today())
    own = head is not None and head.by_id == request.user.actor_id
    return {
        "article": article, "head": head, "form": form, "history": queries.history_of(article), "preview": queries.preview(head),
        "figures": queries.figures_to_cite(article, get_language() or "vi"), "outdated": queries.is_outdated(article),
        "released": queries.latest_release(article),
        "office": queries.office_names([article.office_id], today())[article.office_id], "title": queries.title_of(head) or article.slug,
        "can_send": form is not None and state == "draft", "can_approve": publishes and state == "edited" and not own,
        "own_waiting": publishes and state == "edited" and own, "can_publish": publishes and state == "approved",
    }


def _step(request: HttpRequest, slug: str, allowed: Callable[..., bool], act: Callable[..., Any], done: str) -> HttpResponse:
    """One step on the revision that the reader saw; a newer one is never approved unseen."""
    article = _article(request, slug)
    head = queries.head_of(article)
    if head is None or not allowed(request.user, article.office_id, today()):
        raise Http404
    try:
        if request.POST.get("revision") != str(head.number):
            raise Refused(_("A newer revision exists. Look at that one."))
        act(revision=head, by=request.user, at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, done)
    return redirect("publishing:edit", slug)


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
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, slug, rules.may_publish, actions.publish, _("The statement was published."))

"""Writing: begin an article, edit its text, look it over without saving, paste from Word. Outside one's own offices everything is 404."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.publishing import actions, pasting, queries, rules, showing
from soket.publishing.actions.beginning import begin_from
from soket.publishing.beginning import slug_of
from soket.publishing.forms import EMPTY, BeginForm, TextForm, show
from soket.publishing.models import Article, Revision
from soket.publishing.queries import checking, choosing
from soket.publishing.queries.checking import Checked
from soket.publishing.texts import Extras
from soket.publishing.views.desk_parts import found_article, open_lock, steps_context


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """A new article: from a conference or a review with what is on record, or empty."""
    day = today()
    offices = queries.may_begin(request.user, day)
    if not offices:
        raise Http404
    reviews, conferences = queries.reviews_to_cite(), choosing.conferences(request.user, day)
    form = BeginForm(request.POST or None, initial={"fill": True}, reviews=reviews, conferences=conferences, offices=offices)
    if request.method == "POST" and form.is_valid() and (article := _begun(request, form, reviews, conferences)):
        return redirect("publishing:edit", article.slug)
    return render(request, "publishing/begin.html", {"form": form})


def _begun(request: HttpRequest, form: BeginForm, reviews: Sequence[Any], conferences: Sequence[Any]) -> Article | None:
    data = form.cleaned_data
    review = next((one for one in reviews if one.pk == data["review"]), None)
    conference = next((one for one in conferences if one.pk == data.get("conference")), None)
    try:
        if data["fill"]:
            return begin_from(slug=data["slug"], office=data["office"], review=review, conference=conference, by=request.user, at=now())
        slug = data["slug"] or slug_of(review.title if review else conference.title)
        return actions.create_article(slug=slug, review=review, office=data["office"], by=request.user, at=now())
    except Refused as refused:
        show(form, refused.errors or {"": refused.message})
        return None


@require_http_methods(["GET", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with the figures it may claim, its preview and the steps that the reader may take."""
    article = found_article(request, slug)
    head = queries.head_of(article)
    writes = rules.may_write(request.user, article.office_id, today())
    if request.method == "GET":
        open_lock(request, article)
        return _page(request, article, head, _form(request, article, head, None) if writes else None)
    if not writes:
        raise Http404
    form = _form(request, article, head, request.POST)
    if "find" not in request.POST and form.is_valid() and _saved(request, article, head, form):
        return redirect("publishing:edit", slug)
    return _page(request, article, head, form)


@require_POST
@login_required
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """The text as it was sent, looked over and not saved: a fragment for the page's script, else the whole page. `fix` makes one change first."""
    article = found_article(request, slug)
    if not rules.may_write(request.user, article.office_id, today()):
        raise Http404
    head = queries.head_of(article)
    data = request.POST.copy()
    if "fix" in data:
        for name, text in checking.fixed({name: data.get(name, "") for name in checking.FIELDS}, data["fix"]).items():
            data[name] = text
    form = _form(request, article, head, data)
    if request.headers.get("X-Partial") == "check":
        return render(request, "publishing/editor/check.html", {**_looked(article, head, form), "article": article, "looked": True})
    form.errors.clear()  # nothing is refused here: it is only looked at
    return _page(request, article, head, form, looked=True)


@require_POST
@login_required
def paste(request: HttpRequest) -> JsonResponse:
    """What was copied from Word or a page, as text with our marks."""
    if not queries.may_begin(request.user, today()):
        raise Http404
    return JsonResponse({"text": pasting.from_html(request.POST.get("html", ""))})


def _form(request: HttpRequest, article: Article, head: Revision | None, data: QueryDict | None) -> TextForm:
    """The form with what the reader typed, else with what was saved."""
    extras = queries.extras_of(head)
    initial: dict[str, Any] = {"base": head.number if head else 0, "category": extras.category, "byline": extras.byline, "source": extras.source}
    initial |= {"photo": extras.photo, "tags": [f"{kind}:{key}" for kind, key, _label in extras.tags]}
    if head is not None:
        initial |= {"title": head.title, "lead": head.lead, "body": head.body}
        if queries.state_of(head) not in {"published", "corrected"}:
            initial["note"] = head.note
    photos = [(str(one.id), _photo_words(one)) for one in choosing.photographs(article, extras)]
    return TextForm(
        data, initial=initial, corrects=queries.latest_release(article) is not None, categories=choosing.categories(extras), photos=photos,
        tags=_tag_choices(request, extras, data), stale=choosing.library_differs(article, extras),
    )  # fmt: skip


def _photo_words(one: choosing.Choice) -> str:
    words = f"{one.id}. {one.words}" if one.words else str(one.id)
    return words if one.ready else _("%(photo)s (lacks a credit or an alternative text)") % {"photo": words}


def _tag_choices(request: HttpRequest, extras: Extras, data: QueryDict | None) -> list[tuple[str, str]]:
    """The tags of the text, those ticked, and those found for the words typed."""
    told = list(extras.tags)
    if data is not None:
        told += choosing.tags_of(data.getlist("tags"), request.user, today())
        told += choosing.tags_called(data.get("tag", ""), request.user, today())
    return list({f"{kind}:{key}": (f"{kind}:{key}", label) for kind, key, label in told}.values())


def _extras(request: HttpRequest, head: Revision | None, form: TextForm) -> Extras:
    """What the form says beside the texts. Raises Refused at tag."""
    data, before = form.cleaned_data, queries.extras_of(head)
    old = {f"{kind}:{key}": (kind, key, label) for kind, key, label in before.tags}
    wanted = data.get("tags", [])
    new = choosing.tags_of([value for value in wanted if value not in old], request.user, today())
    tags = [*(old[value] for value in wanted if value in old), *new]
    if data["tag"].strip() and not new:
        one = choosing.tag_named(data["tag"], request.user, today())
        if one is None:
            raise Refused(_("Press “Find” and tick what you mean, or leave this box empty."), field="tag")
        tags.append(one)
    shown = () if data.get("fresh") else before.shown
    return Extras(category=data["category"], byline=data["byline"], source=data["source"], photo=data["photo"], shown=shown, tags=tags)


def _saved(request: HttpRequest, article: Article, head: Revision | None, form: TextForm) -> bool:
    data = form.cleaned_data
    try:
        revision = actions.save_revision(
            article=article, title=data["title"], lead=data["lead"], body=data["body"], note=data.get("note", ""), base=data["base"],
            extras=_extras(request, head, form), by=request.user, at=now(),
        )  # fmt: skip
    except Refused as refused:
        _refused(article, head, form, refused)
        return False
    messages.success(request, _("Revision %(number)s was saved.") % {"number": revision.number})
    return True


def _refused(article: Article, head: Revision | None, form: TextForm, refused: Refused) -> None:
    """Every refusal at its field; of a text at fault all that is wrong with it, not the first alone."""
    told, errors = checking.checked(article, head, form.texts, queries.extras_of(head), now()), dict(refused.errors or {"": refused.message})
    for field in checking.FIELDS:
        faults = told.words(field) if form.texts[field].strip() else [str(EMPTY)]
        first = [str(errors[field])] if field in errors and str(errors[field]) not in faults else []
        if words := first + faults:
            errors[field] = words[:12]
    show(form, errors)


def _looked(article: Article, head: Revision | None, form: TextForm | None) -> dict[str, Any]:
    """What is to be said of the text in the form, or of the saved one, and how it will read."""
    checked: Checked | None = None
    if form is not None and (head is not None or form.is_bound):
        checked = checking.checked(article, head, form.texts, _shown_beside(head, form), now())
    if form is not None and form.is_bound and checked is not None:
        preview = showing.told(checked.content, "", "")
    else:
        preview = showing.told(queries.copy_of(article, head, queries.latest_release(article), now()), "", "") if head else None
    return {"checked": checked, "preview": preview}


def _shown_beside(head: Revision | None, form: TextForm) -> Extras:
    """What stands beside the text, for the preview; what cannot be read is left out."""
    before = queries.extras_of(head)
    if not form.is_bound:
        return before
    numbers = {name: int(value) if value.isdigit() and len(value) < 10 else None for name in ("category", "photo") if (value := str(form[name].value() or ""))}
    return Extras(
        category=numbers.get("category"), photo=numbers.get("photo"), byline=str(form["byline"].value() or ""), source=str(form["source"].value() or ""),
        shown=before.shown, tags=before.tags,
    )  # fmt: skip


def _page(request: HttpRequest, article: Article, head: Revision | None, form: TextForm | None, *, looked: bool = False) -> HttpResponse:
    """The page. `form` None: the reader may look and take steps, but not write."""
    context = {
        **steps_context(request, article, head), **_looked(article, head, form), "form": form, "looked": looked,
        "figures": queries.figures_to_cite(article, get_language() or "vi"), "outdated": queries.is_outdated(article),
        "photos": choosing.photographs(article, queries.extras_of(head))[:24], "offered": choosing.programme_names(request.user) if form else [],
        "office": queries.office_names([article.office_id], today())[article.office_id], "title": queries.title_of(head) or article.slug,
    }  # fmt: skip
    return render(request, "publishing/edit.html", context)

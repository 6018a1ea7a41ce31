"""Writing: begin an article, edit its text, look it over without saving, paste from Word. Outside one's own offices everything is 404."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.publishing import actions, pasting, queries, rules, showing
from soket.publishing.actions.beginning import begin_from
from soket.publishing.beginning import slug_of
from soket.publishing.forms import EMPTY, BeginForm, TextForm, show
from soket.publishing.models import Article, Revision
from soket.publishing.queries import checking, choosing
from soket.publishing.queries.checking import Checked
from soket.publishing.shown_forms import ShownForm, shown_forms
from soket.publishing.texts import Extras, Shown, field_of
from soket.publishing.views.desk_parts import found_article, open_lock, steps_context

SAID = (*checking.FIELDS, "byline", "source")
"""Fields of words in which a suggestion may be put; those of photographs besides."""


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
        return _page(request, article, head, _written(request, article, head, None) if writes else None)
    if not writes:
        raise Http404
    text = _written(request, article, head, request.POST)
    if "find" not in request.POST and text.form.is_valid() and _saved(request, article, head, text):
        return redirect("publishing:edit", slug)
    return _page(request, article, head, text)


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
        for name, text in checking.fixed({name: data[name] for name in data if name in SAID or name.startswith("anh")}, data["fix"]).items():
            data[name] = text
    written = _written(request, article, head, data)
    if request.headers.get("X-Partial") == "check":
        context = {**_looked(article, head, written), "article": article, "looked": True, "shown": written.shown, "partial": True}
        return render(request, "publishing/editor/check.html", context)
    for form in (written.form, *written.shown):
        form.errors.clear()  # nothing is refused here: it is only looked at
    return _page(request, article, head, written, looked=True)


@require_POST
@login_required
def paste(request: HttpRequest) -> JsonResponse:
    """What was copied from Word or a page, as text with our marks."""
    if not queries.may_begin(request.user, today()):
        raise Http404
    return JsonResponse({"text": pasting.from_html(request.POST.get("html", ""))})


@require_GET
@login_required
def pick(request: HttpRequest, slug: str) -> HttpResponse:
    """The office's photographs with the words asked for, to put into the text: a fragment for the page's script, else the library itself."""
    article = found_article(request, slug)
    if not rules.may_write(request.user, article.office_id, today()):
        raise Http404
    words = request.GET.get("q", "").strip()[:200]
    if request.headers.get("X-Partial") != "photographs":
        return redirect(f"{reverse('publishing:photos')}?{urlencode({'q': words, 'co-quan': article.office_id})}")
    return render(request, "publishing/editor/photographs.html", {"offered_photos": choosing.offered(article, words), "photo_words": words})


@dataclass(frozen=True)
class Written:
    """The text as it stands in the page: its form, and one form for each of its photographs."""

    form: TextForm
    shown: list[ShownForm]

    def is_whole(self) -> bool:
        """Whether every photograph has what it needs."""
        return all(one.is_valid() for one in self.shown if one.is_bound)


def _written(request: HttpRequest, article: Article, head: Revision | None, data: QueryDict | None) -> Written:
    """The forms with what the reader typed, else with what was saved."""
    extras = queries.extras_of(head)
    form = _form(request, article, head, extras, data)
    placed = choosing.placed(article, form.texts["body"], whole(str(form["photo"].value() or "")))
    return Written(form, shown_forms(placed, extras, data))


def _form(request: HttpRequest, article: Article, head: Revision | None, extras: Extras, data: QueryDict | None) -> TextForm:
    initial: dict[str, Any] = {"base": head.number if head else 0, "category": extras.category, "byline": extras.byline, "source": extras.source}
    initial |= {"photo": extras.photo, "tags": [f"{kind}:{key}" for kind, key, _label in extras.tags]}
    if head is not None:
        initial |= {"title": head.title, "lead": head.lead, "body": head.body}
        if queries.state_of(head) not in {"published", "corrected"}:
            initial["note"] = head.note
    also = whole(data.get("photo", "")) if data is not None else None
    photos = [(str(one.id), _photo_words(one)) for one in choosing.photographs(article, extras, also)]
    return TextForm(
        data, initial=initial, corrects=queries.latest_release(article) is not None, categories=choosing.categories(extras), photos=photos,
        tags=_tag_choices(request, extras, data),
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


def _extras(request: HttpRequest, head: Revision | None, text: Written) -> Extras:
    """What the form says beside the texts. Raises Refused at tag."""
    data, before = text.form.cleaned_data, queries.extras_of(head)
    old = {f"{kind}:{key}": (kind, key, label) for kind, key, label in before.tags}
    wanted = data.get("tags", [])
    new = choosing.tags_of([value for value in wanted if value not in old], request.user, today())
    tags = [*(old[value] for value in wanted if value in old), *new]
    if data["tag"].strip() and not new:
        one = choosing.tag_named(data["tag"], request.user, today())
        if one is None:
            raise Refused(_("Press “Find” and tick what you mean, or leave this box empty."), field="tag")
        tags.append(one)
    return Extras(category=data["category"], byline=data["byline"], source=data["source"], photo=data["photo"], shown=_shown(text), tags=tags)


def _shown(text: Written) -> list[Shown]:
    return [told for one in text.shown if (told := one.shown) is not None]


def _saved(request: HttpRequest, article: Article, head: Revision | None, text: Written) -> bool:
    data = text.form.cleaned_data
    try:
        if not text.is_whole():
            raise Refused(_("A photograph lacks its credit or its alternative text."), field="photo")
        revision = actions.save_revision(
            article=article, title=data["title"], lead=data["lead"], body=data["body"], note=data.get("note", ""), base=data["base"],
            extras=_extras(request, head, text), by=request.user, at=now(),
        )  # fmt: skip
    except Refused as refused:
        _refused(article, head, text, refused)
        return False
    messages.success(request, _("Revision %(number)s was saved.") % {"number": revision.number})
    return True


def _refused(article: Article, head: Revision | None, text: Written, refused: Refused) -> None:
    """Every refusal at its field; of a text at fault all that is wrong with it, not the first alone."""
    told, errors = checking.checked(article, head, text.form.texts, _beside(head, text), now()), dict(refused.errors or {"": refused.message})
    for field in checking.FIELDS:
        faults = told.words(field) if text.form.texts[field].strip() else [str(EMPTY)]
        first = [str(errors[field])] if field in errors and str(errors[field]) not in faults else []
        if words := first + faults:
            errors[field] = words[:12]
    for one in text.shown:
        for name in one.fields:
            if (message := errors.pop(field_of(one.placed.choice.id, name), None)) is not None:
                one.add_error(name, message)
    show(text.form, errors)


def _looked(article: Article, head: Revision | None, text: Written | None) -> dict[str, Any]:
    """What is to be said of the text in the form, or of the saved one, and how it will read. Photographs are drawn from the library."""
    checked: Checked | None = None
    if text is not None and (head is not None or text.form.is_bound):
        checked = checking.checked(article, head, text.form.texts, _beside(head, text), now())
    if text is not None and text.form.is_bound and checked is not None:
        content: Any = checked.content
    else:
        content = queries.copy_of(article, head, queries.latest_release(article), now()) if head else None
    return {"checked": checked, "preview": showing.told(content, "", "", showing.desk_address) if content else None}


def _beside(head: Revision | None, text: Written) -> Extras:
    """What stands beside the text, for the preview; what cannot be read is left out."""
    form, before = text.form, queries.extras_of(head)
    if not form.is_bound:
        return before
    numbers = {name: whole(str(form[name].value() or "")) for name in ("category", "photo")}
    said = {name: str(form[name].value() or "").strip() for name in ("byline", "source")}
    return Extras(category=numbers["category"], photo=numbers["photo"], shown=_shown(text), tags=before.tags, **said)


def _page(request: HttpRequest, article: Article, head: Revision | None, text: Written | None, *, looked: bool = False) -> HttpResponse:
    """The page. `text` None: the reader may look and take steps, but not write."""
    context = {
        **steps_context(request, article, head), **_looked(article, head, text), "form": text.form if text else None,
        "shown": text.shown if text else [], "looked": looked, "outdated": queries.is_outdated(article),
        "office": queries.office_names([article.office_id], today())[article.office_id], "title": queries.title_of(head) or article.slug,
    }  # fmt: skip
    if text is not None:
        context |= {
            "figures": choosing.figures(article, get_language() or "vi"), "offered_photos": choosing.offered(article), "photo_words": "",
            "offered": choosing.programme_names(request.user),
        }  # fmt: skip
    return render(request, "publishing/edit.html", context)

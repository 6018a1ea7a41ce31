"""People and their posts, for those who administer; one's own posts for everyone."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.accounts import actions, queries
from soket.accounts.forms import EndForm, PersonForm, PostForm, show
from soket.accounts.models import Person
from soket.kernel.actor import Office
from soket.kernel.clock import now, today
from soket.kernel.door import Refused


def _administrator(request: HttpRequest) -> None:
    if not queries.administers(request.user, today()):
        raise Http404


def _person(request: HttpRequest, person_id: int) -> Person:
    found = queries.people_visible_to(request.user, today()).filter(pk=person_id).first()
    if found is None:
        raise Http404
    return found


def _crumbs(last: str) -> list[tuple[str, str]]:
    return [(_("People and posts"), reverse("accounts:people")), (last, "")]


@require_GET
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Accounts within reach, fifty a page."""
    _administrator(request)
    found = queries.search_people(queries.people_visible_to(request.user, today()), request.GET.get("q", ""))
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "q": request.GET.get("q", "")})


@require_http_methods(["GET", "POST"])
@login_required
def new_person(request: HttpRequest) -> HttpResponse:
    _administrator(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.create_person(by=request.user, at=now(), **form.cleaned_data)
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
        else:
            messages.success(request, _("The account was opened."))
            return redirect("accounts:person", person.pk)
    return render(request, "accounts/new_person.html", {"form": form, "crumbs": _crumbs(_("Open an account"))})


@require_http_methods(["GET", "POST"])
@login_required
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One account: its posts over time; an administrator gives another here."""
    found = _person(request, person_id)
    may = queries.administers(request.user, today())
    form = PostForm(request.POST or None) if may else None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_post(
                person=found, unit_id=data["unit"], office=Office(data["office"]), title=data["title"],
                valid_from=data["valid_from"], basis=data["basis"], by=request.user, at=now(),
            )
        except Refused as refused:
            show(form, refused.errors or {"": refused.message})
        else:
            messages.success(request, _("The post was given."))
            return redirect("accounts:person", found.pk)
    context = {"person": found, "posts": queries.history_of(found), "form": form, "end_form": EndForm(), "may": may}
    context["crumbs"] = _crumbs(found.label) if may else []
    return render(request, "accounts/person.html", context)


@require_POST
@login_required
def end_post(request: HttpRequest, person_id: int, post_id: int) -> HttpResponse:
    _administrator(request)
    found = _person(request, person_id)
    post = next((item for item in queries.history_of(found) if item.pk == post_id), None)
    if post is None:
        raise Http404
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the first day without the post."))
        return redirect("accounts:person", found.pk)
    try:
        actions.end_post(post=post, valid_to=form.cleaned_data["valid_to"], by=request.user, at=now())
        messages.success(request, _("The post was ended."))
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("accounts:person", found.pk)

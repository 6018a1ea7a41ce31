"""The categories of the newspaper, for those who keep them."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from soket.kernel.clock import now, today
from soket.publishing import rules
from soket.publishing.actions import shelves
from soket.publishing.desk_forms import CategoryForm
from soket.publishing.queries import flow
from soket.publishing.views.desk.steps import tried


@require_http_methods(["GET", "POST"])
@login_required
def categories(request: HttpRequest) -> HttpResponse:
    """All categories in their order, and a form for one more."""
    if not rules.may_shelve(request.user, today()):
        raise Http404
    form = CategoryForm(request.POST if request.method == "POST" else None, fresh=True)
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: shelves.add_category(by=request.user, at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("The category was added."))
        return redirect("publishing:categories")
    return render(request, "publishing/categories.html", {"rows": flow.categories(), "form": form})


@require_http_methods(["GET", "POST"])
@login_required
def category(request: HttpRequest, pk: int) -> HttpResponse:
    """Names, place and whether it takes new articles."""
    found = flow.category(request.user, pk, today())
    if found is None:
        raise Http404
    rows = flow.categories()
    initial = {"name": found.name, "name_en": found.name_en, "place": rows.index(found) + 1, "closed": found.closed}
    form = CategoryForm(request.POST if request.method == "POST" else None, fresh=False, initial=initial)
    if request.method == "POST" and form.is_valid() and tried(
        form, lambda: shelves.change_category(category=found, by=request.user, at=now(), **form.cleaned_data)
    ):
        messages.success(request, _("The category was changed."))
        return redirect("publishing:categories")
    return render(request, "publishing/category.html", {"form": form, "category": found, "last": len(rows)})

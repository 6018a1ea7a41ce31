"""The awards of the conference's reviews, given to the sites where they are handed over."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soket.commendations.models import Award
from soket.commendations.queries.register import form_name
from soket.conferences import actions
from soket.conferences.forms.awards import PlanForm
from soket.conferences.models import Conference
from soket.conferences.queries import awards as queries
from soket.conferences.queries import scope
from soket.conferences.views.shared import crumbs, done, language, run
from soket.kernel.clock import now
from soket.kernel.text import whole

PAGE = 50
NOWHERE = "0"


@require_http_methods(["GET", "POST"])
@login_required
def planning(request: HttpRequest, slug: str) -> HttpResponse:
    """Each award with its site; those without one are given the site that fits best by one button."""
    conference = run(request, slug)
    asked = request.GET.get("diem-cau", "")
    sites = [(str(site.pk), site.name) for site in scope.sites(conference)]
    page = Paginator(_asked(conference, asked), PAGE).get_page(request.GET.get("page"))
    rows = queries.rows(conference, page.object_list)
    open_ = [row for row in rows if not row.settled]
    form = PlanForm(request.POST or None, awards=[(row.award.pk, row.plan.site_id if row.plan else None) for row in open_], sites=sites)
    if request.method == "POST" and request.POST.get("what") == "fit":
        return _told(request, done(form, lambda: actions.plan_awards(conference=conference, places=_fitting(conference), by=request.user, at=now())) or 0)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        count = done(form, lambda: actions.plan_awards(
            conference=conference, places=form.places(), handed_by=data["handed_by"], by=request.user, at=now()
        ))  # fmt: skip
        if count is not None:
            return _told(request, count)
    context = {
        "conference": conference, "page": page, "form": form, "sites": sites, "asked": asked, "counts": queries.counts(conference),
        "rows": [(row, form_name(row.award.decision.campaign_form.form, language()), _field(form, row)) for row in rows],
        "crumbs": crumbs(conference, (_("Awards handed over at the sites"), "")),
    }  # fmt: skip
    return render(request, "conferences/planning/awards.html", context)


def _asked(conference: Conference, asked: str) -> QuerySet[Award]:
    rows = queries.of(conference)
    if asked == NOWHERE:
        return rows.filter(stage="granted").exclude(planned_at__site__withdrawn_at=None, planned_at__site__conference=conference)
    site = whole(asked)
    return rows.filter(planned_at__site=site) if site is not None else rows


def _field(form: PlanForm, row: queries.Row) -> BoundField | None:
    return None if row.settled else form[f"site-{row.award.pk}"]


def _fitting(conference: Conference) -> dict[int, int | None]:
    """The best site of each award that has none yet and still stands."""
    rows = queries.rows(conference, queries.of(conference).filter(stage="granted"))
    return {row.award.pk: row.fits.pk for row in rows if row.plan is None and row.fits is not None and not row.settled}


def _told(request: HttpRequest, count: int) -> HttpResponse:
    said = ngettext("%(count)s award was given another site.", "%(count)s awards were given another site.", count)
    messages.success(request, said % {"count": count})
    return redirect(request.get_full_path())

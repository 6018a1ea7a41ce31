"""The dossier of a nomination: papers made here in the right layout, papers brought back."""
from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from soket.commendations import actions, rules
from soket.commendations.forms.nominating import PaperForm
from soket.commendations.models import Nomination
from soket.commendations.queries import dossier, nomination_papers, scope
from soket.commendations.queries import nominating as queries
from soket.commendations.views.nominating import acts_open, list_crumbs, title_of, way_to
from soket.commendations.views.shared import actor, done, scoped, scoped_nomination
from soket.documents.core import Paper
from soket.documents.errors import PaperError
from soket.documents.queries import render_docx, render_pdf
from soket.files.actions import Upload
from soket.files.core import MAX_BYTES
from soket.kernel.actor import Office
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import whole

RENDER = {"pdf": render_pdf, "docx": render_docx}
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def _made(found: Nomination, kind: str) -> Paper:
    """The paper of that kind, drafted. Raises PaperError when it cannot be set."""
    if kind == "proposal":
        return nomination_papers.proposal([found], queries.confirming_unit_of(found, today()), today())
    return nomination_papers.achievement(found, today())


def _sent(paper: Paper, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(RENDER[form](paper), content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f'{"inline" if form == "pdf" else "attachment"}; filename="{name}.{form}"'
    return answer


@never_cache
@require_GET
@login_required
def paper(request: HttpRequest, pk: UUID, kind: str, form: str) -> HttpResponse:
    """A paper of the dossier as it would be set now: a draft to print, sign and bring back."""
    found = scoped_nomination(request, pk)
    code = next((one for one, slug in dossier.SLUGS.items() if slug == kind), "")
    if not code or form not in RENDER:
        raise Http404
    try:
        return _sent(_made(found, code), form, f"{kind}-{found.campaign_form.campaign.slug}-{found.number}")
    except PaperError as error:
        messages.error(request, f"{_('The paper cannot be set')}: {error}")
        return redirect("commendations:nomination", pk)


@never_cache
@require_GET
@login_required
def proposal(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The Tờ trình of a unit for all that it has confirmed in the campaign, of one form or of all."""
    campaign, day = scoped(request, slug), today()
    unit, wanted = whole(request.GET.get("don-vi", "")), request.GET.get("hinh-thuc", "")
    found = nomination_papers.confirmed_lists(actor(request), campaign, wanted, day)
    if form not in RENDER or unit not in found or not rules.held_at(actor(request), nomination_papers.MAKES_LISTS, [unit], day):
        raise Http404
    try:
        return _sent(nomination_papers.proposal(found[unit], unit, day), form, f"to-trinh-{slug}")
    except PaperError as error:
        messages.error(request, f"{_('The paper cannot be set')}: {error}")
        return redirect("commendations:nominations", slug)


@require_http_methods(["GET", "POST"])
@login_required
def bring_proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the signed Tờ trình of a unit to all dossiers of its list that still take papers."""
    campaign, day = scoped(request, slug), today()
    unit, wanted = whole(request.GET.get("don-vi", "")), request.GET.get("hinh-thuc", "")
    found = nomination_papers.confirmed_lists(actor(request), campaign, wanted, day)
    if unit not in found or not rules.held_at(actor(request), (Office.DECIDE,), [unit], day):
        raise Http404
    listed = [one for one in found[unit] if one.state in dossier.TAKES_PAPERS]
    form = PaperForm(request.POST or None, request.FILES or None, initial={"title": dossier.KINDS["proposal"]})
    del form.fields["kind"]
    if request.method == "POST" and form.is_valid():
        data, sent = dict(form.cleaned_data), form.cleaned_data["file"]
        del data["file"]
        upload = Upload(sent.read(MAX_BYTES + 1), sent.name)
        if done(form, lambda: actions.attach_to_many(nominations=listed, kind="proposal", upload=upload, by=request.user, at=now(), **data)):
            told = ngettext("The paper was put in %(count)s dossier.", "The paper was put in %(count)s dossiers.", len(listed))
            messages.success(request, told % {"count": len(listed)})
            return redirect("commendations:nominations", slug)
    heading, url = _("Bring the signed submission of a list"), reverse("commendations:nominations", args=[slug])
    context = {
        "form": form, "heading": heading, "label": _("Put in the dossiers"), "upload": True, "back": url, "crumbs": list_crumbs(campaign, (heading, "")),
        "facts": [(_("Unit"), scope.unit_names([unit], day)[unit]), (_("Nominations"), ", ".join(str(one.number) for one in listed) or "–")],
    }  # fmt: skip
    return render(request, "commendations/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Bring a paper to the dossier, or keep one that is made here."""
    found = scoped_nomination(request, pk)
    if "papers" not in acts_open(request, found):
        raise Http404
    if request.method == "POST" and request.POST.get("keep") in dossier.SLUGS:
        return _keep(request, found, request.POST["keep"])
    given = request.GET.get("loai", "")
    form = PaperForm(request.POST or None, request.FILES or None, initial={"kind": given, "title": dossier.KINDS.get(given, "")})
    if request.method == "POST" and form.is_valid() and _brought(request, found, form) is not None:
        messages.success(request, _("The paper was put in the dossier."))
        return redirect("commendations:nomination", pk)
    heading = _("Bring a paper to the dossier")
    context = {
        "form": form, "heading": f"{heading}: {title_of(found)}", "label": _("Put in the dossier"), "upload": True,
        "back": reverse("commendations:nomination", args=[pk]), "crumbs": way_to(found, (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/form.html", context)


def _brought(request: HttpRequest, found: Nomination, form: PaperForm) -> object:
    data = dict(form.cleaned_data)
    sent = data.pop("file")
    upload = Upload(sent.read(MAX_BYTES + 1), sent.name)  # more is refused, whatever its size
    return done(form, lambda: actions.attach(nomination=found, upload=upload, by=request.user, at=now(), **data))


def _keep(request: HttpRequest, found: Nomination, kind: str) -> HttpResponse:
    """Set the paper as it stands now and keep it as a file of the dossier."""
    try:
        upload = Upload(render_pdf(_made(found, kind)), f"{dossier.SLUGS[kind]}-{found.number}.pdf")
        with override("vi"):  # the dossier's own words, whoever keeps it
            title = _("%(paper)s, draft made here") % {"paper": dossier.KINDS[kind]}
        actions.attach(nomination=found, kind=kind, title=title, upload=upload, by=request.user, at=now(), dated=today())
        messages.success(request, _("The paper was put in the dossier."))
    except (Refused, PaperError) as error:
        messages.error(request, str(error))
    return redirect("commendations:nomination", found.pk)

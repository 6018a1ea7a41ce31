"""One duty with its history and the acts that are open to the reader; the claims that wait for a decision."""
from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from soket.files import core as file_kinds
from soket.files import queries as files
from soket.files.actions import store
from soket.files.models import StoredFile
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.programmes import actions, queries
from soket.programmes.forms import ClaimForm, DecideForm, ExcuseForm, ReleaseForm, show
from soket.programmes.models import Duty
from soket.programmes.views.asked import actor

PER_PAGE = 100
FORMS: dict[str, type[Form]] = {"claim": ClaimForm, "decide": DecideForm, "excuse": ExcuseForm, "release": ReleaseForm}


@require_http_methods(["GET", "POST"])
@login_required
def duty(request: HttpRequest, duty_id: int) -> HttpResponse:
    """A duty: state, documents, everything that happened, and what the reader may do now."""
    found = queries.duty_seen(actor(request), duty_id, now())
    if found is None:
        raise Http404
    may = queries.open_acts(actor(request), found, now())
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act and act not in may:
        _too_late(request, found, act)
        return redirect("programmes:duty", duty_id)
    shown = {name: FORMS[name](**_bound(request, name, act)) for name in may}
    if act and _done(request, found, act, shown[act]):
        return redirect("programmes:duty", duty_id)
    page = queries.duty_page(found, today())
    programme = found.obligation.programme
    crumbs = [
        (_("Programmes"), reverse("programmes:list")),
        (str(programme), reverse("programmes:detail", args=[programme.slug])),
        (found.obligation.code, reverse("programmes:obligation", args=[programme.slug, found.obligation.code])),
        (page.unit_name, ""),
    ]
    context = {"duty": found, "page": page, "obligation": found.obligation, "programme": programme, "crumbs": crumbs}
    return render(request, "programmes/duty.html", {**context, "forms": shown, "kept": _kept_name(request, found, shown, act)})


def _too_late(request: HttpRequest, found: Duty, act: str) -> None:
    """The act is no longer open. A claim sent twice is answered as it was the first time."""
    if act == "claim" and _done(request, found, act, ClaimForm(request.POST, request.FILES)):
        return
    messages.error(request, _("This duty has changed meanwhile. Read its present state below."))


def _bound(request: HttpRequest, name: str, act: str) -> dict[str, Any]:
    if name == act:
        return {"data": request.POST, "files": request.FILES, "prefix": None, "auto_id": f"id_{name}_%s"}
    initial = {"id": uuid.uuid4()} if name == "claim" else {}
    return {"initial": initial, "auto_id": f"id_{name}_%s"}


def _done(request: HttpRequest, found: Duty, act: str, form: Form) -> bool:
    """Carry the act out; False leaves the form with its messages."""
    try:
        if act == "claim":
            return _claim(request, found, form)
        if not form.is_valid():
            return False
        words = _answer(request, found, act, form.cleaned_data)
    except Refused as refused:
        show(form, refused)
        return False
    messages.success(request, words)
    return True


def _answer(request: HttpRequest, found: Duty, act: str, data: dict[str, Any]) -> str:
    who, at = actor(request), now()
    if act == "excuse":
        actions.excuse(duty=found, reason=data["reason"], on=data["on"], by=who, at=at)
        return _("The unit was excused.")
    if act == "release":
        claim = queries.accepted_claim(found)
        if claim is None:
            raise Refused(_("Only the document of an accepted claim can be made public."))
        actions.release_evidence(claim=claim, reason=data["reason"], by=who, at=at)
        return _("The document is public.")
    if data["verdict"] == "return":
        actions.return_claim(duty=found, reason=data["reason"], by=who, at=at)
        return _("The claim was returned.")
    actions.accept_claim(duty=found, remarks=data["reason"], by=who, at=at)
    return _("The claim was accepted.")


def _claim(request: HttpRequest, found: Duty, form: Form) -> bool:
    """Send a claim. A file that came with a faulty form is kept, so that it need not be chosen again."""
    whole = form.is_valid()
    try:
        file = _file(request, found, form)
    except Refused as refused:
        show(form, refused)
        return False
    if not whole:
        return False
    data = form.cleaned_data
    actions.claim(
        id=data["id"], duty=found, number=data["number"], dated=data["dated"], note=data["note"], file=file, by=actor(request), at=now()
    )
    messages.success(request, _("The claim was sent and waits for a decision."))
    return True


def _salt(request: HttpRequest, found: Duty) -> str:
    return f"programmes.claim.{found.pk}.{actor(request).actor_id}"


def _file(request: HttpRequest, found: Duty, form: Form) -> StoredFile | None:
    upload = request.FILES.get("file")
    if upload is not None:
        if upload.size and upload.size > file_kinds.MAX_BYTES:
            raise Refused(_("The file is larger than 10 MB."), field="file")
        file = store(content=upload.read(), name=upload.name or "", allowed=file_kinds.EVIDENCE, by=actor(request), at=now())
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["kept"] = signing.dumps(file.sha256, salt=_salt(request, found))  # type: ignore[index]
        return file
    return _kept(form.data.get("kept", ""), request, found)


def _kept(token: str, request: HttpRequest, found: Duty) -> StoredFile | None:
    """The file that this person sent for this duty with an earlier, faulty form."""
    if not token:
        return None
    try:
        return files.find(signing.loads(token, salt=_salt(request, found), max_age=8 * 3600))
    except signing.BadSignature:
        raise Refused(_("Choose the file again."), field="file") from None


def _kept_name(request: HttpRequest, found: Duty, shown: dict[str, Form], act: str) -> str:
    if act != "claim":
        return ""
    try:
        file = _kept(shown["claim"].data.get("kept", ""), request, found)
    except Refused:
        return ""
    return file.name if file else ""


@require_http_methods(["GET", "POST"])
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """Claims of the units directly below, to be accepted one by one or several at once."""
    claimed = queries.claims_waiting(actor(request), now())
    chosen = request.GET.get("nv", "")
    found = [one for one in claimed if whole(chosen) is None or one.obligation_id == whole(chosen)]
    if request.method == "POST" and _accept(request, found):
        return redirect(request.get_full_path())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.waiting_rows(list(page), today())
    crumbs = [(_("Programmes"), reverse("programmes:list")), (_("Claims that wait for your decision"), "")]
    return render(request, "programmes/waiting.html", {"page": page, "rows": rows, "nv": chosen, "crumbs": crumbs})


def _accept(request: HttpRequest, found: list[Duty]) -> bool:
    marked = set(request.POST.getlist("duty"))
    duties = [one for one in found if str(one.pk) in marked]
    if not duties:
        messages.error(request, _("Mark at least one claim that still waits."))
        return False
    try:
        actions.accept_many(duties=duties, by=actor(request), at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
        return False
    words = ngettext("%(count)s claim was accepted.", "%(count)s claims were accepted.", len(duties))
    messages.success(request, words % {"count": len(duties)})
    return True

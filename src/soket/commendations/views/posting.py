"""Posted lists: posting one, reading it, objecting, answering."""
from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from soket.commendations import actions, rules
from soket.commendations.forms.council import AnswerForm, ObjectionForm
from soket.commendations.models import Objection, Posting
from soket.commendations.queries import posting as queries
from soket.commendations.queries.register import form_name
from soket.commendations.queries.scope import unit_names
from soket.commendations.views.shared import actor, done, language, sent
from soket.kernel.clock import now, today
from soket.kernel.door import Refused


def _scoped(request: HttpRequest, pk: int) -> Posting:
    """The posted list, or 404 for who may not read it."""
    found = queries.visible(actor(request), today()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _answers(request: HttpRequest, posting: Posting) -> bool:
    return rules.appraises(actor(request), posting.campaign_form.issuer_id, today())


@require_POST
@login_required
def post(request: HttpRequest, form_id: int) -> HttpResponse:
    """Post those put forward for a form."""
    form = queries.form_to_post(form_id)
    if form is None or not rules.appraises(actor(request), form.issuer_id, today()):
        raise Http404
    try:
        made = actions.post_list(campaign_form=form, by=actor(request), at=now())
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("commendations:campaign", form.campaign.slug)
    messages.success(request, _("The list was posted."))
    return redirect("commendations:posting", made.pk)


@require_http_methods(["GET", "POST"])
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """A posted list; while it hangs, one objects to a nomination on it."""
    found, day, who = _scoped(request, pk), today(), actor(request)
    rows, answers = queries.rows(found, day), _answers(request, found)
    open_rows = [row for row in rows if row.nomination.state == "chosen"]
    offered = [(str(row.nomination.pk), f"{row.nomination.number}. {row.label}") for row in open_rows]
    takes = day <= found.until and bool(offered)
    form = ObjectionForm(sent(request), choices={"nomination": offered}) if takes else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and done(form, lambda: _object(request, found, form.cleaned_data, open_rows)):
            messages.success(request, _("The objection was sent. The authority answers it before any decision."))
            return redirect("commendations:posting", pk)
    name, campaign = form_name(found.campaign_form.form, language()), found.campaign_form.campaign
    heading = _("List posted for objections")
    home = reverse("commendations:campaign", args=[campaign.slug])
    context = {
        "posting": found, "campaign": campaign, "rows": rows, "form": form, "name": name, "answers": answers, "over": day > found.until, "heading": heading,
        "issuer": unit_names([found.campaign_form.issuer_id], day)[found.campaign_form.issuer_id],
        "objections": queries.objections(found, who, answers or rules.runs(who, campaign, day)), "count": queries.objection_count(found),
        "crumbs": [(_("Commendations"), reverse("commendations:list")), (campaign.title, home), (heading, "")],
    }  # fmt: skip
    return render(request, "commendations/council/posting.html", context)


def _object(request: HttpRequest, posting: Posting, data: dict[str, str], rows: list[queries.Row]) -> Objection:
    nomination = next(row.nomination for row in rows if str(row.nomination.pk) == data["nomination"])
    given = {"text": data["text"], "document": data["document"]}
    return actions.object_to(posting=posting, nomination=nomination, by=actor(request), at=now(), **given)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The issuer answers an objection."""
    found = queries.objection(pk)
    if found is None or not rules.appraises(actor(request), found.posting.campaign_form.issuer_id, today()):
        raise Http404
    form, back = AnswerForm(sent(request)), reverse("commendations:posting", args=[found.posting_id])
    if hasattr(found, "answer"):
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        given = {"upheld": form.cleaned_data["upheld"] == "yes", "reason": form.cleaned_data["reason"]}
        if done(form, lambda: actions.answer_objection(objection=found, by=actor(request), at=now(), **given)):
            messages.success(request, _("The answer was kept."))
            return redirect(back)
    heading = _("Answer the objection")
    facts = [
        (_("Nomination"), f"{found.nomination.number}. {queries.labels([found.nomination], today())[found.nomination_id]}"), (_("Objection"), found.text),
        (_("Raised by"), found.by_label), (_("Their letter"), found.document or "–"),
    ]  # fmt: skip
    way = [(_("Commendations"), reverse("commendations:list")), (_("List posted for objections"), back), (heading, "")]
    context = {"form": form, "heading": heading, "facts": facts, "label": _("Keep the answer"), "back": back, "crumbs": way, "seal": True}
    return render(request, "commendations/form.html", context)

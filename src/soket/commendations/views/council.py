"""A council: setting it up, its page, its members, planning a meeting, the order after the vote."""
from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from soket.commendations import actions, rules
from soket.commendations.forms.council import CouncilForm, MeetingForm, MemberForm, PromoteForm, RankForm
from soket.commendations.models import CampaignForm, Council, Nomination
from soket.commendations.models.appraising import MemberRole
from soket.commendations.models.campaign import RecipientKind
from soket.commendations.queries import meetings as queries
from soket.commendations.queries import posting, ranking, ruling
from soket.commendations.queries.recipients import labels
from soket.commendations.queries.register import form_name
from soket.commendations.queries.scope import unit_names
from soket.commendations.views.shared import actor, crumbs, done, language, scoped, sent
from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.organisations import queries as organisations

FORM = "commendations/form.html"


def scoped_council(request: HttpRequest, pk: int) -> Council:
    """The council, or 404 when this reader does not see it."""
    found = queries.council(actor(request), pk, today())
    if found is None:
        raise Http404
    return found


def kept_council(request: HttpRequest, pk: int) -> Council:
    """The council, or 404 when this reader does not keep it."""
    found = scoped_council(request, pk)
    if not queries.keeps(actor(request), found, today()):
        raise Http404
    return found


def way(council: Council, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back; the campaign is left out for a member who does not see it."""
    return [(_("Commendations"), reverse("commendations:list")), (council.name, reverse("commendations:council", args=[council.pk]) if more else ""), *more]


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, slug: str, authority_id: int) -> HttpResponse:
    """Set up the council of an authority for a campaign."""
    campaign, day = scoped(request, slug), today()
    authority = organisations.unit_by_id(authority_id)
    if authority is None or authority_id not in rules.authorities_of(campaign) or not rules.appraises(actor(request), authority_id, day):
        raise Http404
    form = CouncilForm(sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done(form, lambda: actions.set_up_council(
            campaign=campaign, authority=authority, name=data["name"], members=_drafts(data["members"]), by=actor(request), at=now()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("The council was set up."))
            return redirect("commendations:council", made.pk)
    rule, heading = ruling.rule_for("council", authority_id, day), _("Set up the council")
    facts = [(_("Authority"), unit_names([authority_id], day)[authority_id]), (_("Rule in force"), rule.citation if rule else _("none is recorded"))]
    if rule and rule.doubt:
        facts.append((_("Doubt"), rule.doubt))
    back = reverse("commendations:campaign", args=[slug])
    context = {
        "form": form, "heading": heading, "lead": campaign.title, "facts": facts, "label": heading, "back": back,
        "crumbs": crumbs((heading, ""), campaign=campaign),
    }  # fmt: skip
    return render(request, FORM, context)


def _drafts(text: str) -> list[actions.MemberDraft]:
    """Members from the lines of a text. Raises Refused at members, naming the line."""
    roles = {name: role for role in MemberRole for name in (role.value, str(role.label).lower())}
    found = []
    for place, line in enumerate(filter(str.strip, text.splitlines()), 1):
        parts = [part.strip() for part in line.split("|")]
        person, role = queries.person_called(parts[0]), roles.get((parts[2] if len(parts) > 2 else "member").lower())
        if person is None:
            raise Refused(_("Line %(line)s: there is no account “%(name)s”.") % {"line": place, "name": parts[0]}, field="members")
        if len(parts) < 2 or not parts[1] or role is None:
            raise Refused(_("Line %(line)s: write account | post | role.") % {"line": place}, field="members")
        found.append(actions.MemberDraft(person, parts[1], role))
    return found


@require_GET
@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A council: its rules, members, meetings, what waits for a vote, the order after it, posted lists."""
    council, day = scoped_council(request, pk), today()
    keeps, waiting = queries.keeps(actor(request), council, day), queries.candidates(council)
    forms = list(council.campaign.forms.filter(issuer=council.authority).select_related("form", "campaign").order_by("order", "pk"))
    context = {
        "council": council, "rule": queries.rules_of(council), "members": queries.members(council), "meetings": list(council.meetings.order_by("number")),
        "waiting": waiting, "called": labels(waiting, day), "keeps": keeps, "to_rank": _to_rank(council, forms) if keeps else [],
        "placed": [(form_name(form.form, language()), form, *rest) for form, *rest in ranking.placed_rows(council, day)],
        "postings": [(form_name(row.form, language()), row, posting.postings_of(row), len(posting.unlisted(row))) for row in forms],
        "window": posting.window(council.campaign), "authority": unit_names([council.authority_id], day)[council.authority_id], "crumbs": way(council),
    }  # fmt: skip
    return render(request, "commendations/council/council.html", context)


def _to_rank(council: Council, forms: list[CampaignForm]) -> list[dict[str, Any]]:
    """Forms and kinds of recipient with somebody voted on who has no place yet."""
    found = [ranking.standing(form, kind) for form in forms for kind in RecipientKind.values]
    return [
        {"name": form_name(one.campaign_form.form, language()), "kind": one.kind, "count": len(one.voted),
         "url": reverse("commendations:ranking", args=[council.pk, one.campaign_form.pk, one.recipient])}
        for one in found if one.voted
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def member_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Seat one more member."""
    council = kept_council(request, pk)
    form = MemberForm(sent(request))
    if request.method == "POST" and form.is_valid() and done(form, lambda: _seat(request, council, form.cleaned_data)):
        messages.success(request, _("The member was seated."))
        return redirect("commendations:council", pk)
    heading = _("Add a member")
    context = {
        "form": form, "heading": heading, "lead": council.name, "label": heading, "back": reverse("commendations:council", args=[pk]),
        "crumbs": way(council, (heading, "")),
    }  # fmt: skip
    return render(request, FORM, context)


def _seat(request: HttpRequest, council: Council, data: dict[str, str]) -> object:
    person = queries.person_called(data["account"])
    if person is None:
        raise Refused(_("There is no such account."), field="account")
    draft = actions.MemberDraft(person, data["post"], data["role"])
    return actions.add_member(council=council, draft=draft, by=actor(request), at=now())


@require_POST
@login_required
def member_leave(request: HttpRequest, pk: int, member_id: int) -> HttpResponse:
    council = kept_council(request, pk)
    member = next((one for one in queries.members(council) if one.pk == member_id), None)
    if member is None:
        raise Http404
    try:
        actions.member_leaves(member=member, by=actor(request), at=now())
        messages.success(request, _("%(member)s left the council.") % {"member": member.post})
    except Refused as refused:
        messages.error(request, str(refused.message))
    return redirect("commendations:council", pk)


@require_http_methods(["GET", "POST"])
@login_required
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting on nominations that wait."""
    council = kept_council(request, pk)
    rows = {str(row.pk): row for row in queries.candidates(council)}
    called, tallied = labels(rows.values(), today()), queries.latest_tallies(rows.values())
    offered = [(key, _agenda_words(row, called[row.pk])) for key, row in rows.items()]
    initial = {"secret": "yes" if queries.rules_of(council).secret else "no", "nominations": [key for key in rows if key not in tallied]}
    form = MeetingForm(sent(request), choices={"nominations": offered}, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = [row for key, row in rows.items() if key in data["nominations"]]
        made = done(form, lambda: actions.plan_meeting(
            council=council, held_at=data["held_at"], place=data["place"], secret=data["secret"] == "yes", nominations=chosen, by=actor(request), at=now()
        ))  # fmt: skip
        if made is not None:
            messages.success(request, _("The meeting was planned."))
            return redirect("commendations:meeting", made.pk)
    heading = _("Plan a meeting")
    context = {
        "form": form, "heading": heading, "lead": council.name, "label": heading, "back": reverse("commendations:council", args=[pk]),
        "crumbs": way(council, (heading, "")),
    }  # fmt: skip
    return render(request, FORM, context)


def _agenda_words(row: Nomination, label: str) -> str:
    said = {"number": row.number, "recipient": label, "form": form_name(row.campaign_form.form, language())}
    return _("No. %(number)s: %(recipient)s (%(form)s)") % said


def _own_form(council: Council, form_id: int) -> CampaignForm:
    found = council.campaign.forms.filter(issuer=council.authority, pk=form_id).select_related("campaign", "form", "issuer").first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def rank(request: HttpRequest, pk: int, form_id: int, kind: str) -> HttpResponse:
    """The order after the vote, with its ties, and what it leads to."""
    council = kept_council(request, pk)
    if kind not in RecipientKind.values:
        raise Http404
    campaign_form = _own_form(council, form_id)
    found = ranking.standing(campaign_form, kind)
    called = labels((row for row, _tally in found.voted), today())
    numbers = {str(row.pk): f"{row.number}. {called[row.pk]}" for row, _tally in found.voted}
    form = RankForm(sent(request), tied=[(one.key, numbers[one.key]) for group in found.tied for one in group])
    if request.method == "POST" and form.is_valid():
        given = {"campaign_form": campaign_form, "recipient": kind, "order": form.order(), "reason": form.cleaned_data.get("reason", "")}
        if done(form, lambda: actions.rank_nominations(by=actor(request), at=now(), **given)):
            messages.success(request, _("The order was kept."))
            return redirect("commendations:council", pk)
    result = found.ranking()
    places = {key: place for place, key in enumerate(result.order, ranking.last_rank(campaign_form, kind) + 1)}
    rows = [{"row": row, "label": called[row.pk], "tally": tally, "place": places.get(str(row.pk)), "chosen": str(row.pk) in result.chosen,
             "tied": any(one.key == str(row.pk) for group in found.tied for one in group)} for row, tally in found.voted]  # fmt: skip
    rows.sort(key=lambda one: (one["place"] is None, one["place"] or one["row"].number))
    heading = _("Order after the vote")
    context = {
        "council": council, "found": found, "name": form_name(campaign_form.form, language()), "rows": rows, "form": form, "heading": heading,
        "back": reverse("commendations:council", args=[pk]), "crumbs": way(council, (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/council/ranking.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def promote(request: HttpRequest, pk: int, nomination_id: UUID) -> HttpResponse:
    """Move one up from reserve; the next in line needs no reason."""
    council = kept_council(request, pk)
    nomination = ranking.in_reserve(council, nomination_id)
    if nomination is None:
        raise Http404
    form, first = PromoteForm(sent(request)), ranking.reserve(nomination.campaign_form, nomination.recipient)[0]
    form.fields["reason"].required = first.pk != nomination.pk
    given: dict[str, Any] = {"nomination": nomination, "by": actor(request), "at": now()}
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.promote(reason=form.cleaned_data["reason"], **given)):
        messages.success(request, _("Moved up from reserve."))
        return redirect("commendations:council", pk)
    heading, free = _("Move up from reserve"), ranking.free_places(nomination.campaign_form, nomination.recipient)
    facts = [
        (_("Nomination"), f"{nomination.number}. {labels([nomination], today())[nomination.pk]}"), (_("Rank"), nomination.rank),
        (_("Free places"), _("no quota") if free is None else free), (_("Next in line"), f"{first.number}. {labels([first], today())[first.pk]}"),
    ]  # fmt: skip
    context = {
        "form": form, "heading": heading, "facts": facts, "label": heading, "back": reverse("commendations:council", args=[pk]),
        "crumbs": way(council, (heading, "")), "seal": first.pk != nomination.pk,
    }  # fmt: skip
    return render(request, FORM, context)

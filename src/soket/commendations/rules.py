"""Who runs a campaign, proposes, confirms, appraises, decides, hands over, and who sees what.

A unit that has ended is acted for by the unit that took over from it. What one may not see is not there for one (404).
"""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from soket.commendations.core.states import BEFORE_AUTHORITIES
from soket.commendations.models import AwardForm, Campaign, CampaignForm, Decision, Member, Nomination, PaperCount
from soket.files.models import StoredFile
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.clock import today
from soket.organisations import queries as organisations
from soket.organisations.models import Level

LOOKING = (Office.REPORT, Office.DECIDE, Office.COMMEND, Office.PROGRAMME, Office.SIGN, Office.EDIT, Office.PUBLISH, Office.ADMINISTER)
AUTHORITY = (Office.COMMEND, Office.SIGN)
DECIDED = (Office.COMMEND, Office.SIGN, Office.PROGRAMME, Office.PUBLISH)  # who reads a decision before its names are open


def keeps_rules(actor: Actor, day: date) -> bool:
    """Rules hold for the whole country: they are kept by who administers everything."""
    return actor.reach(Office.ADMINISTER, day).everything


def begins_at(actor: Actor, unit_id: int, day: date) -> bool:
    """Runs the programme office at the unit that begins a campaign."""
    return organisations.acts_for(actor, Office.PROGRAMME, unit_id, day)


def runs(actor: Actor, campaign: Campaign, day: date) -> bool:
    """Runs the campaign's office."""
    return begins_at(actor, campaign.office_id, day)


def reports_for(actor: Actor, unit_id: int, day: date) -> bool:
    """Writes nominations for the unit."""
    return organisations.acts_for(actor, Office.REPORT, unit_id, day)


def confirms_for(actor: Actor, unit_id: int, day: date) -> bool:
    """Confirms what the unit proposes: decides at it or above it. Nobody confirms what they wrote; that is the action's to see."""
    return organisations.acts_for(actor, Office.DECIDE, unit_id, day)


def appraises(actor: Actor, authority_id: int, day: date) -> bool:
    """Appraises for the authority and keeps its council."""
    return organisations.acts_for(actor, Office.COMMEND, authority_id, day)


def decides(actor: Actor, issuer_id: int, day: date) -> bool:
    """Signs decisions of the issuer; a person, never a job."""
    return actor.actor_kind == "person" and organisations.acts_for(actor, Office.SIGN, issuer_id, day)


def designs(actor: Actor, form: AwardForm, day: date) -> bool:
    """Appraises at a centre that gives the form: its certificates are set as that centre wants them."""
    if form.level != Level.CENTRE:
        return False
    centres = {node.id for node in organisations.units_of(form.line.code, Level.CENTRE, None, day)}
    return not centres.isdisjoint(actor.reach(Office.COMMEND, day).units)


def seats(actor: Actor) -> QuerySet[Member]:
    """The council seats that the actor holds now; none for who acts without an account."""
    account = actor.actor_kind == "person" and actor.actor_id.isascii() and actor.actor_id.isdigit()
    return Member.objects.filter(person_id=int(actor.actor_id), left_at=None) if account else Member.objects.none()


def seen_units(actor: Actor, day: date) -> Reach:
    """The units that any office held that day reaches."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def authorities_of(campaign: Campaign) -> list[int]:
    """The issuers of a campaign, each once, in order."""
    return list(dict.fromkeys(CampaignForm.objects.filter(campaign=campaign).values_list("issuer_id", flat=True)))


def held_at(actor: Actor, offices: Iterable[Office], unit_ids: Iterable[int], day: date) -> set[int]:
    """Those of the units at which the actor holds one of the offices, or at whose heirs."""
    kinds = list(offices)
    return {unit for unit in set(unit_ids) if any(organisations.acts_for(actor, office, unit, day) for office in kinds)}


def campaigns(actor: Actor, day: date) -> Q:
    """Decided campaigns for everyone; the others for their office, their issuers and, once open, the units of the lines that may propose."""
    public = Q(stage__in=["decided", "closed"])
    reach = seen_units(actor, day)
    if reach.everything:
        return Q()
    if not reach.units:
        return public
    offices = held_at(actor, (Office.PROGRAMME,), Campaign.objects.values_list("office_id", flat=True).distinct(), day)
    issuers = held_at(actor, AUTHORITY, CampaignForm.objects.values_list("issuer_id", flat=True).distinct(), day)
    lines = {line.code for line in organisations.unit_lines(reach.units).values()}
    opened = Q(proposers__line__code__in=lines) & ~Q(stage="planning")
    return public | Q(office_id__in=offices) | Q(forms__issuer_id__in=issuers) | opened


def nominations(actor: Actor, day: date) -> Q:
    """A nomination is seen by who reports for the proposing unit or decides above it and, once confirmed, by the campaign's office, its
    appraisers and the members of the council that votes on it."""
    reach = seen_units(actor, day)
    if reach.everything:
        return Q()
    voting = Q(questions__meeting__council_id__in=seats(actor).values("council_id"))
    if not reach.units:
        return voting
    confirmed = Q(state__in=BEFORE_AUTHORITIES) | Q(state="withdrawn", appraisals__isnull=False)
    offices = held_at(actor, (Office.PROGRAMME,), Campaign.objects.values_list("office_id", flat=True).distinct(), day)
    issuers = held_at(actor, AUTHORITY, CampaignForm.objects.values_list("issuer_id", flat=True).distinct(), day)
    mine = Q(proposer_id__in=_reached(actor.reach(Office.REPORT, day) | actor.reach(Office.DECIDE, day), day))
    told = Q(campaign_form__campaign__office_id__in=offices) | Q(appraisals__authority_id__in=issuers) | Q(campaign_form__issuer_id__in=issuers)
    return mine | (confirmed & told) | voting


def _reached(reach: Reach, day: date) -> set[int]:
    """Proposing units in reach, or whose heir is."""
    known = Nomination.objects.values_list("proposer_id", flat=True).distinct()
    return {unit for unit in known if unit in reach.units or organisations.unit_heir(unit, day) in reach.units}


def works_on(actor: Actor, decision: Decision, offices: Iterable[Office], day: date) -> bool:
    """Holds one of the offices at the decision's issuer or at the campaign's office."""
    return bool(held_at(actor, offices, [decision.issuer_id, decision.campaign_form.campaign.office_id], day))


def hands_over(actor: Actor, decision: Decision, day: date) -> bool:
    """Keeps where and when the decision's awards were handed over, and what was taken back."""
    return works_on(actor, decision, (Office.COMMEND, Office.PROGRAMME), day)


def opens_names(actor: Actor, decision: Decision, day: date) -> bool:
    """Opens the names of a decision to the public: a person of the issuer or the campaign's office, never the one who signed it."""
    return actor.actor_kind == "person" and actor.actor_id != decision.by_id and works_on(actor, decision, (Office.PUBLISH, Office.PROGRAMME), day)


def decisions(actor: Actor, day: date) -> Q:
    """The decisions of issuers and campaign offices that the actor works for. The public reads the register of awards instead."""
    if seen_units(actor, day).everything:
        return Q()
    pairs = set(Decision.objects.values_list("issuer_id", "campaign_form__campaign__office_id").distinct())
    held = held_at(actor, DECIDED, {unit for pair in pairs for unit in pair}, day)
    return Q(issuer_id__in=held) | Q(campaign_form__campaign__office_id__in=held)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """A paper of a dossier that the actor sees, a decision's paper, a print run of an issuer that the actor works for, or the tellers' minutes
    of a council on which the actor sits or for whose authority the actor works."""
    day = today()
    if Nomination.objects.filter(nominations(actor, day), attachments__file=file).exists():
        return True
    counted = PaperCount.objects.filter(file=file).select_related("meeting__council").first()
    if counted is not None:
        body = counted.meeting.council
        seated = seats(actor).filter(council=body).exists()
        return seated or bool(held_at(actor, AUTHORITY, [body.authority_id], day))
    found = Decision.objects.filter(Q(papers__file=file) | Q(batches__file=file)).first()
    return found is not None and bool(held_at(actor, (*AUTHORITY, Office.PROGRAMME), [found.issuer_id, found.campaign_form.campaign.office_id], day))

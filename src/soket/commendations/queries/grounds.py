"""Figures that moved under a nomination or an award: who is to judge them, what the law says of cancelling, what is still to come back."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.commendations import rules
from soket.commendations.models import Appraisal, Award, Cancellation, GroundFlag, GroundVerdict, Nomination, Recovery
from soket.commendations.models.deciding import GroundKind
from soket.commendations.queries import ruling, scope
from soket.commendations.queries.decision_facts import head, head_of, proposer, recipients
from soket.commendations.queries.scope import unit_names
from soket.documents.core import Paper
from soket.documents.kinds import cancellation as kind
from soket.documents.kinds.shared import Recipient
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.reviews.models import CitationFlag
from soket.ui.work import WorkItem

JUDGED = ("confirmed", "incomplete", "agreed", "chosen", "reserve", "decided")  # what an authority still answers for


@dataclass(frozen=True)
class LegalGround:
    """A ground of the law: code, its words and where they stand, what is not certain about it."""

    code: str
    text: str
    citation: str
    doubt: str = ""


def legal_ground(code: str, day: date) -> LegalGround:
    """The ground as the dated rule "ground.CODE" words it, else as the law did when it took force. Raises KeyError for an unknown code."""
    kept = ruling.rule(f"ground.{code}", day)
    if kept is not None:
        return LegalGround(code, str(kept.value["text"]), kept.citation, kept.doubt)
    known = kind.GROUNDS[code]
    return LegalGround(code, known.text, known.citation)


def legal_grounds(day: date) -> list[LegalGround]:
    """The four of them in the order of the law."""
    return [legal_ground(code, day) for code in GroundKind.values]


@dataclass(frozen=True)
class Flag:
    """A moved figure with what each authority of the nomination made of it; `open` are those that have not judged it."""

    flag: GroundFlag
    verdicts: list[tuple[str, GroundVerdict]]
    open: list[tuple[int, str]]


def flags(nomination: Nomination, day: date) -> list[Flag]:
    """Every moved figure below a nomination, oldest first."""
    rows = list(nomination.flags.prefetch_related("verdicts"))
    if not rows:
        return []
    units = list(Appraisal.objects.filter(nomination=nomination).order_by("-lead", "pk").values_list("authority_id", flat=True))
    names = unit_names([*units, *(one.authority_id for row in rows for one in row.verdicts.all())], day)
    found = []
    for row in rows:
        judged = {one.authority_id: one for one in row.verdicts.all()}
        waiting = [(unit, names[unit]) for unit in units if unit not in judged]
        found.append(Flag(row, [(names[unit], one) for unit, one in judged.items()], waiting if nomination.state in JUDGED else []))
    return found


def nomination_by_id(pk: UUID) -> Nomination | None:
    return Nomination.objects.filter(pk=pk).select_related("campaign_form__campaign").first()


def citation_flag(citation: int, edition: int) -> CitationFlag | None:
    """What reviews kept when that edition touched that citation."""
    joined = ("citation__edition__review", "edition__review")
    return CitationFlag.objects.filter(citation=citation, edition=edition).select_related(*joined).first()


def flag(actor: Actor, flag_id: int, day: date) -> GroundFlag | None:
    """A moved figure below a nomination that the actor may see."""
    joined = ("nomination__campaign_form__campaign", "nomination__campaign_form__form")
    found = GroundFlag.objects.filter(pk=flag_id).select_related(*joined).first()
    return found if found is not None and scope.nomination(actor, found.nomination_id, day) is not None else None


def judges(actor: Actor, flag: GroundFlag, day: date) -> list[tuple[int, str]]:
    """The authorities (id, name) for which the actor may judge it now: appraisers of the nomination that have not yet."""
    if flag.nomination.state not in JUDGED:
        return []
    done = set(flag.verdicts.values_list("authority_id", flat=True))
    units = Appraisal.objects.filter(nomination=flag.nomination).exclude(authority_id__in=done).order_by("-lead", "pk").values_list("authority_id", flat=True)
    mine = [unit for unit in units if rules.appraises(actor, unit, day)]
    names = unit_names(mine, day)
    return [(unit, names[unit]) for unit in mine]


def resting_alike(award: Award) -> list[Award]:
    """Other awards of the same form that stand and rest on a figure that moved under this one: they may go by the same decision."""
    moved = award.nomination.flags.values_list("code", "old_edition", "new_edition")
    same = Q(pk__in=[])
    for code, old, new in moved:
        same |= Q(nomination__flags__code=code, nomination__flags__old_edition=old, nomination__flags__new_edition=new)
    rows = Award.objects.filter(same, decision__campaign_form=award.decision.campaign_form_id, stage="granted").exclude(pk=award.pk)
    return list(rows.select_related("decision__entry", "nomination").defer("decision__body").distinct().order_by("decision__dated", "place"))


def cancellation_of(award: Award) -> Cancellation | None:
    rows = Cancellation.objects.filter(award=award).select_related("decision__entry", "award__decision__entry")
    return rows.defer("decision__body", "award__decision__body").prefetch_related("recoveries").first()


def recovered(cancellation: Cancellation) -> int:
    """Whole đồng taken back so far."""
    rows = Recovery.objects.filter(cancellation=cancellation, what="money")
    return sum(dong or 0 for dong in rows.values_list("dong", flat=True))


def owed_back(award: Award) -> int | None:
    """Whole đồng that went with the award by the rules; None while that is unknown."""
    found = json.loads(award.money).get("dong")
    return found if isinstance(found, int) else None


def cancel_body(
    awards: Sequence[Award], ground: LegalGround, finding: str, day: date, signer_post: str, return_by: date | None, return_to: str, authority: str = ""
) -> dict[str, Any]:
    """The facts of a decision that cancels these awards of one form."""
    form = awards[0].decision.campaign_form
    named = recipients([row.nomination for row in awards], day)
    told = [
        {
            "award": row.pk, "recipient": _as_decided(row, named[row.nomination_id]), "decision": row.decision.entry.notation,
            "decided_on": row.decision.dated.isoformat(), "gold": row.gold.number if row.gold else None, "money": owed_back(row),
        }
        for row in awards
    ]  # fmt: skip
    return {
        "kind": "cancel", "head": head(form, day, signer_post, authority), "authority": authority, "power": form.form.decided_by,
        "bases": [f"Căn cứ {ground.citation}"], "proposer": proposer(form, day),
        "ground": {"code": ground.code, "text": ground.text, "citation": ground.citation}, "finding": finding, "form": form.form.name_vi, "awards": told,
        "return_by": return_by.isoformat() if return_by else None, "return_to": return_to, "carried_out_by": [],
    }  # fmt: skip


def _as_decided(award: Award, now: Recipient) -> dict[str, Any]:
    """The recipient in the words of the decision that is cancelled."""
    if award.recipient == "person":
        return {"kind": "person", "name": award.name, "post": award.detail, "unit": ""}
    return {"kind": "collective", "name": award.name, "post": "", "unit": now.unit}


def cancel_paper(body: dict[str, Any]) -> Paper:
    """The cancelling decision as a paper. Raises documents.core.PaperError."""
    awards = tuple(
        kind.Cancelled(
            Recipient(**one["recipient"]), body["form"], one["decision"], date.fromisoformat(one["decided_on"]), one["gold"], "", one["money"]
        )
        for one in body["awards"]
    )  # fmt: skip
    facts = kind.CancellationFacts(
        head=head_of(body), power=body["power"], bases=tuple(body["bases"]), proposer=body["proposer"], ground=kind.Ground(**body["ground"]),
        finding=body["finding"], awards=awards, return_by=date.fromisoformat(body["return_by"]) if body["return_by"] else None,
        return_to=body["return_to"], carried_out_by=tuple(body["carried_out_by"]),
    )  # fmt: skip
    return kind.cancellation_paper(facts)


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Moved figures that an authority of the person has not judged."""
    day, items = day_of(at), []
    units = set(Appraisal.objects.filter(nomination__flags__isnull=False, nomination__state__in=JUDGED).values_list("authority_id", flat=True))
    mine = rules.held_at(person, (Office.COMMEND,), units, day)
    if not mine:
        return []
    rows = GroundFlag.objects.filter(nomination__appraisals__authority_id__in=mine, nomination__state__in=JUDGED).distinct()
    judged = set(GroundVerdict.objects.filter(authority_id__in=mine).values_list("flag_id", "authority_id"))
    asked = set(Appraisal.objects.filter(authority_id__in=mine, nomination__flags__isnull=False).values_list("nomination_id", "authority_id"))
    for row in rows.select_related("nomination__campaign_form__campaign").order_by("at", "pk"):
        if any(nomination == row.nomination_id and (row.pk, unit) not in judged for nomination, unit in asked):
            said = {"number": row.nomination.number, "campaign": row.nomination.campaign_form.campaign.title}
            title = _("Nomination %(number)s, %(campaign)s") % said
            detail = _("A figure it rests on was corrected: judge whether the ground still bears it")
            items.append(WorkItem(title=title, detail=detail, url=reverse("commendations:ground", args=[row.pk])))
    return items

"""The facts of a decision to commend as plain data: what is kept with it, and from which its paper is set, before signing and for ever after.

The keys are those of `documents.kinds.decision`; texts are Vietnamese, as papers are. What is not known is left out, never guessed.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from soket.commendations.models import CampaignForm, Council, GroundFigure, Meeting, Nomination, Wording
from soket.commendations.queries import ruling
from soket.commendations.queries.nomination_papers import occasion
from soket.commendations.queries.recipients import on_paper
from soket.documents.core import Paper
from soket.documents.kinds import decision as kind
from soket.documents.kinds.shared import Head, Recipient
from soket.kernel.clock import VIETNAM, day_of
from soket.organisations.queries.units import lives

BATCH = 500


def chunks(ids: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The ids in pieces that one query holds."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def in_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """As decisions list them: collectives before persons, each by the council's ranking, those without one last by number."""
    return sorted(nominations, key=lambda one: (one.recipient != "collective", one.rank is None, one.rank or 0, one.number))


def recipients(nominations: Iterable[Nomination], day: date) -> dict[UUID, Recipient]:
    """Each as papers name it that day."""
    return {row.pk: on_paper(row, day) for row in nominations}


def grounds_of(nominations: Sequence[UUID]) -> dict[UUID, list[GroundFigure]]:
    """The frozen figures on which the newest wording of each nomination rests, by code."""
    found: dict[UUID, list[GroundFigure]] = {pk: [] for pk in nominations}
    for part in chunks(list(nominations)):
        newest = Wording.objects.filter(nomination__in=part).order_by().values_list("nomination_id").annotate(Max("number"))
        last = dict(newest)
        rows = GroundFigure.objects.filter(wording__nomination__in=part).select_related("wording", "edition__review").order_by("edition_id", "code")
        for row in rows:
            if row.wording.number == last[row.wording.nomination_id]:
                found[row.wording.nomination_id].append(row)
    return found


def usual_bases(form: CampaignForm, day: date) -> list[str]:
    """The legal bases that a decision opens with: the dated rule where one is kept, else the source of the form; and the council's meeting."""
    kept = ruling.rule_for("bases.decision", form.issuer_id, day)
    lines = [str(line) for line in kept.value["lines"]] if kept else [f"Căn cứ {form.form.citation}"]
    met = Meeting.objects.filter(council__campaign=form.campaign, council__authority=form.issuer_id, stage="counted").select_related("council").last()
    return [*lines, f"Căn cứ kết quả họp ngày {day_of(met.held_at):%d/%m/%Y} của {met.council.name}"] if met else lines


def proposer(form: CampaignForm, day: date) -> str:
    """On whose proposal the issuer decides: its council, else the office that runs the campaign; empty while neither is another than itself."""
    council = Council.objects.filter(campaign=form.campaign, authority=form.issuer_id).first()
    life = lives().nearest(form.campaign.office_id, day) if form.campaign.office_id != form.issuer_id else None
    return council.name if council else life.name if life else ""


def head(form: CampaignForm, day: date, signer_post: str, authority: str) -> dict[str, Any]:
    """What the paper carries of its issuer. Number and day come with the register's entry."""
    known = lives()
    life = known.nearest(form.issuer_id, day)
    above = known.nearest(life.parent, day) if life and life.parent else None
    return {
        "family": form.form.family, "issuer": life.name if life else "", "superior": above.name if above else "", "symbol": form.form.symbol,
        "place": form.campaign.place, "post": signer_post, "authority": authority, "synthetic": form.campaign.synthetic, "number": None, "dated": None,
        "drawn_up": day.isoformat(), "signed": "",
    }  # fmt: skip


def issuer_name(form: CampaignForm, day: date) -> str:
    """The issuer as it is called that day."""
    life = lives().nearest(form.issuer_id, day)
    return life.name if life else ""


def moneys(form: CampaignForm, day: date) -> dict[str, dict[str, Any]]:
    """What goes with the form for each kind of recipient, by the rules of the day: {dong, rule, citation, doubt}, dong None while unknown."""
    return {recipient: ruling.money_for(form.form, recipient, day) for recipient in ("collective", "person")}


def award_body(
    form: CampaignForm, nominations: Sequence[Nomination], day: date, signer_post: str, authority: str = "", bases: Sequence[str] = ()
) -> dict[str, Any]:
    """The facts of the decision over these nominations in their order, without number, day and gold-book numbers yet."""
    named, grounds, money = recipients(nominations, day), grounds_of([row.pk for row in nominations]), moneys(form, day)
    awards = [
        {
            "nomination": str(row.pk), "recipient": vars(named[row.pk]), "achievement": row.brief, "gold": None, "money": money[row.recipient],
            "grounds": [{"code": f"{one.edition.review.code}-{one.code}", "display": one.display, "sha256": one.sha256} for one in grounds[row.pk]],
        }
        for row in nominations
    ]  # fmt: skip
    return {
        "kind": "award", "head": head(form, day, signer_post, authority), "authority": authority, "power": form.form.decided_by,
        "bases": list(bases) or usual_bases(form, day), "proposer": proposer(form, day), "occasion": f"đã {occasion(form.campaign)}", "form": form.form.name_vi,
        "awards": awards, "fund": "", "carried_out_by": [],
    }  # fmt: skip


def signed_note(at: datetime) -> str:
    """What stands in the place of the signature."""
    local = at.astimezone(VIETNAM)
    return f"(đã ký trên hệ thống\nlúc {local:%H:%M:%S} ngày {local:%d/%m/%Y}, GMT+7)"


def head_of(body: Mapping[str, Any]) -> Head:
    """The head as the paper kinds take it."""
    told = dict(body["head"])
    dated = told.pop("dated")
    return Head(**{**told, "dated": date.fromisoformat(dated) if dated else None, "drawn_up": date.fromisoformat(told["drawn_up"])})


def money_lines(awards: Sequence[Mapping[str, Any]]) -> list[kind.Money]:
    """One line for each kind of recipient; none at all while the money of any award is unknown, for then no total can be stated."""
    if any(one["money"]["dong"] is None for one in awards):
        return []
    words = {"collective": "tập thể", "person": "cá nhân"}
    groups: dict[tuple[str, int, str], int] = {}
    for one in awards:
        key = (one["recipient"]["kind"], one["money"]["dong"], one["money"]["rule"].replace(" (", " ").removesuffix(")"))
        groups[key] = groups.get(key, 0) + 1
    return [kind.Money(words[whom], count, each, rule) for (whom, each, rule), count in groups.items() if each]


def award_paper(body: Mapping[str, Any]) -> Paper:
    """The decision as a paper. Raises documents.core.PaperError."""
    awards = tuple(kind.Award(Recipient(**one["recipient"]), body["form"], one["achievement"], one["gold"]) for one in body["awards"])
    facts = kind.DecisionFacts(
        head=head_of(body), power=body["power"], bases=tuple(body["bases"]), proposer=body["proposer"], occasion=body["occasion"], awards=awards,
        money=tuple(money_lines(body["awards"])), fund=body["fund"], carried_out_by=tuple(body["carried_out_by"]),
    )  # fmt: skip
    return kind.decision_paper(facts)

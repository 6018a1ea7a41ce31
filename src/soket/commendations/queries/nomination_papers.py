"""The facts of the papers that propose: Tờ trình of the level that submits, and the achievement report of the proposer."""
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from soket.commendations.core.states import COUNTED
from soket.commendations.models import Campaign, Move, Nomination
from soket.commendations.queries import binding, campaigns, nominating, ruling, scope
from soket.commendations.queries.recipients import on_paper
from soket.documents.core import Paper
from soket.documents.kinds.achievement import AchievementFacts, Confirmation, achievement_paper
from soket.documents.kinds.proposal import ProposalFacts, Request, proposal_paper
from soket.documents.kinds.shared import Figure, Head, joined
from soket.kernel.actor import Actor, Office
from soket.kernel.text import whole
from soket.organisations import queries as organisations
from soket.programmes.models import Programme
from soket.reviews.queries import FrozenFigure
from soket.ui.core import seal_code

SPAN = re.compile(r"[0-9]{4} ?[–-] ?[0-9]{4}")
MAKES_LISTS = (Office.DECIDE, Office.REPORT, Office.COMMEND, Office.SIGN, Office.PROGRAMME)


def _family(unit_id: int) -> str:
    """The layout of a unit's papers: the Front has its own, every other line that of state bodies."""
    line = organisations.unit_lines([unit_id]).get(unit_id)
    return "front" if line is not None and line.code == "front" else "state"


def _head(unit_id: int, day: date, *, synthetic: bool) -> Head:
    """What is known of a unit's head of paper; symbol, place and signer's post are filled in by hand, so they stay dotted."""
    path = campaigns.placed(unit_id, day)
    name = path[-1].name if path else scope.unit_names([unit_id], day)[unit_id]
    above = path[-2].name if len(path) > 1 else ""
    return Head(family=_family(unit_id), issuer=name, superior=above, symbol="", place="", post="", drawn_up=day, synthetic=synthetic)


def occasion(campaign: Campaign) -> str:
    """What the commendation is for, as papers go on with it: “có thành tích xuất sắc trong thực hiện Chương trình … giai đoạn …”."""
    rows = list(campaign.review.programmes.select_related("programme").order_by("order"))
    named = [" ".join(filter(None, (_programme(row.programme), _span(row.span_text)))) for row in rows]
    return f"có thành tích xuất sắc trong thực hiện {joined(named)}" if named else "có thành tích xuất sắc"


def _programme(programme: Programme) -> str:
    """“Chương trình số 09/CTr-BCA-MTTW phối hợp giữa …”; a title that begins with the word keeps its own order."""
    title, symbol = programme.title, programme.symbol
    if title.lower().startswith("chương trình"):
        return f"{title} (số {symbol})" if symbol else title
    number = f" số {symbol}" if symbol else ""
    return f"Chương trình{number} {title[:1].lower()}{title[1:]}"


def _span(text: str) -> str:
    """“giai đoạn 2013–2018”; a span that is told in other words is left to the programme's own page."""
    return f"giai đoạn {text}" if SPAN.fullmatch(text.strip()) else ""


def proposal(nominations: Sequence[Nomination], unit_id: int, day: date) -> Paper:
    """The Tờ trình of the unit for these nominations, addressed to whoever decides. Raises PaperError when there are none."""
    requests = tuple(Request(on_paper(one, day), one.campaign_form.form.name_vi, one.brief) for one in nominations)
    campaign = nominations[0].campaign_form.campaign if nominations else None
    facts = ProposalFacts(
        head=_head(unit_id, day, synthetic=any(one.synthetic for one in nominations)),
        addressees=tuple(dict.fromkeys(one.campaign_form.form.decided_by for one in nominations)),
        bases=_bases(nominations), occasion=occasion(campaign) if campaign else "", requests=requests,
        enclosures=("Báo cáo thành tích của tập thể, cá nhân được đề nghị", "Biên bản họp Hội đồng thi đua - khen thưởng"),
    )  # fmt: skip
    return proposal_paper(facts)


def _bases(nominations: Sequence[Nomination]) -> tuple[str, ...]:
    """The sources of the forms asked for, as the rules cite them."""
    return tuple(dict.fromkeys(f"Căn cứ {one.campaign_form.form.citation}" for one in nominations))


def achievement(nomination: Nomination, day: date) -> Paper:
    """The achievement report of the proposer, with the figures it rests on and the confirmation of the level that submits."""
    campaign, told = nomination.campaign_form.campaign, nominating.confirmation(nomination)
    above = nominating.confirming_unit_of(nomination, day)
    wording = nominating.newest_wording(nomination)
    office = scope.unit_names([above], day)[above]
    facts = AchievementFacts(
        head=_head(nomination.proposer_id, day, synthetic=nomination.synthetic), recipient=on_paper(nomination, day),
        form=nomination.campaign_form.form.name_vi, occasion=occasion(campaign), text=wording.summary if wording else "",
        figures=_figures(nomination), addressees=tuple(dict.fromkeys([office, nomination.campaign_form.form.decided_by])),
        confirmation=Confirmation(office=office, on=told.on if told else None, clear=told.clear if told else None, signed=_signed(told)),
    )  # fmt: skip
    return achievement_paper(facts)


def _signed(told: nominating.Confirmed | None) -> str:
    return f"(đã xác nhận trên hệ thống\nngày {told.on:%d/%m/%Y})" if told else ""


def _figures(nomination: Nomination) -> tuple[Figure, ...]:
    rows = binding.figures_of(binding.grounds(nominating.newest_wording(nomination)))
    cut = [f"{row.edition.review.code}, bản\u00a0{one.edition}" for row, one in rows]
    return tuple(
        Figure(one.printed, _counted(one), one.display("vi"), edition, seal_code(one.digest)) for (_row, one), edition in zip(rows, cut, strict=True)
    )


def _counted(one: FrozenFigure) -> str:
    """What is counted, with its unit of measure; the text names the unit itself."""
    return f"{one.label('vi')} ({one.measure('vi')})" if one.measure("vi") else one.label("vi")


def confirmed_lists(actor: Actor, campaign: Campaign, form: str, day: date) -> dict[int, list[Nomination]]:
    """The nominations that still stand, seen by the actor, by the unit that confirmed them; of one form when one is named."""
    seen, wanted = scope.nominations(actor, day, campaign).filter(state__in=COUNTED), whole(form)
    rows = {row.pk: row for row in (seen if wanted is None else seen.filter(campaign_form_id=wanted))}
    found: dict[int, list[Nomination]] = {}
    for move in Move.objects.filter(nomination__in=list(rows), kind="confirmed").order_by("nomination__number"):
        row = rows[move.nomination_id]
        found.setdefault(nominating.confirmed(move, row).unit_id, []).append(row)
    return found


def cited_rule(day: date) -> ruling.InForce | None:
    """The rule about discipline that asks for the declaration, while it is in force."""
    rule = ruling.rule("no_discipline", day)
    return rule if rule is not None and rule.value.get("enforced") else None

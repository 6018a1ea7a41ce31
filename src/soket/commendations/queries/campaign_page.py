"""What a campaign's page shows: its terms in words, quotas with what is used, its history."""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.audit.queries import events_about
from soket.commendations import rules
from soket.commendations.core import course
from soket.commendations.models import AwardForm, Campaign, CampaignForm, Quota
from soket.commendations.models.campaign import RecipientKind, Stage
from soket.commendations.queries import ruling
from soket.commendations.queries.campaign_counts import not_handed
from soket.commendations.queries.campaigns import PENDING, QuotaState, counted, placed, spread
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.organisations import queries as organisations
from soket.organisations.models import Level, Line, Unit
from soket.reviews import queries as reviews
from soket.ui import core as ui

DAY_NAMES = {
    "opens_on": gettext_lazy("Opens"), "nominate_until": gettext_lazy("Nominations until"), "appraise_until": gettext_lazy("Appraisal until"),
    "decide_until": gettext_lazy("Decision until"),
}  # fmt: skip
PAPER_NAMES = {
    "proposal": gettext_lazy("proposal (Tờ trình)"), "achievement": gettext_lazy("achievement report"), "minutes": gettext_lazy("minutes of the council"),
}  # fmt: skip
STEP_NAMES = {
    "opening": gettext_lazy("Opening of nominations"), "nominating": gettext_lazy("Nominations"), "appraising": gettext_lazy("Appraisal and council"),
    "deciding": gettext_lazy("Decision"), "closing": gettext_lazy("Closing"),
}  # fmt: skip
ACT_NAMES = {
    "begun": gettext_lazy("Begun"), "opened": gettext_lazy("Opened for nominations"), "appraising": gettext_lazy("Nominations closed, appraisal begun"),
    "decided": gettext_lazy("Decided"), "closed": gettext_lazy("Campaign closed"), "moved": gettext_lazy("Calendar moved"),
    "changed": gettext_lazy("Terms changed"),
}  # fmt: skip


@dataclass(frozen=True)
class FormRow:
    """A form given in the campaign, in words. `days` are the working days of its clock, None while no rule is recorded."""

    given: CampaignForm
    issuer_name: str
    papers: list[str]
    days: int | None
    money: list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class QuotaRow:
    """A limit of a form for a kind of recipient, with the units shown and how many of that level have nothing confirmed."""

    form: CampaignForm
    quota: Quota
    states: list[QuotaState]

    @property
    def level_words(self) -> str:
        return level_words(self.quota.level)


@dataclass(frozen=True)
class QuotaCell:
    """A box of the quota table. `limit` None: no limit."""

    form: CampaignForm
    level: int
    recipient: str
    limit: int | None

    @property
    def field(self) -> str:
        """Its name in the form, the same under which an action refuses it."""
        return f"q-{self.form.pk}-{self.level}-{self.recipient}"

    @property
    def words(self) -> str:
        """What the box says to who cannot see the table."""
        return f"{self.form.form.name_vi}, {level_words(self.level)}, {RecipientKind(self.recipient).label}"


@dataclass(frozen=True)
class ActRow:
    """One act of the campaign; `moved` are the days that changed: name, before, after."""

    name: Any
    reason: str
    at: datetime
    by_label: str
    moved: list[tuple[Any, date, date]]


def terms_day(campaign: Campaign, day: date) -> date:
    """The day whose rules the campaign's page shows: today while it runs, the day on which it was decided ever after."""
    if campaign.stage not in (Stage.DECIDED, Stage.CLOSED):
        return day
    told = campaign.acts.filter(kind="decided").first()
    return day_of(told.at) if told is not None else min(day, campaign.decide_until)


def forms_of(campaign: Campaign) -> list[CampaignForm]:
    """The forms given, in order."""
    return list(campaign.forms.select_related("form__line", "issuer").prefetch_related("quotas"))


def form_rows(forms: list[CampaignForm], day: date) -> list[FormRow]:
    """The forms in words, as the rules stand on the day."""
    names = unit_names([row.issuer_id for row in forms], day)
    return [
        FormRow(row, names[row.issuer_id], papers_of(row.form), _days(row.form, day), _money(row.form, day)) for row in forms
    ]


def papers_of(form: AwardForm) -> list[str]:
    """The papers of the dossier, in words."""
    return [str(PAPER_NAMES.get(paper, paper)) for paper in json.loads(form.dossier)]


def _days(form: AwardForm, day: date) -> int | None:
    found = ruling.rule(ruling.decide_clock(form, day), day)
    return int(found.value["working_days"]) if found else None


def _money(form: AwardForm, day: date) -> list[tuple[str, dict[str, Any]]]:
    kinds = [kind for kind in RecipientKind if form.recipients in ("both", kind.value)]
    return [(kind.value, ruling.money_for(form, kind.value, day)) for kind in kinds]


def own_units(actor: Actor, day: date) -> set[int]:
    """The units at which the person holds a post that day."""
    return {post.unit_id for post in posts_of(actor, day)} if isinstance(actor, Person) else set()


def sees_all_quotas(actor: Actor, campaign: Campaign, day: date) -> bool:
    """The office and the issuers read every unit's use; others their own."""
    return rules.runs(actor, campaign, day) or bool(rules.held_at(actor, rules.AUTHORITY, rules.authorities_of(campaign), day))


def quota_rows(campaign: Campaign, forms: list[CampaignForm], actor: Actor, day: date) -> list[QuotaRow]:
    """Every limit with its use: for the office and the issuers each unit that has used some; for others their own units, those above them
    and those below that have used some."""
    own = None if sees_all_quotas(actor, campaign, day) else own_units(actor, day)
    used = counted(forms)
    return [
        QuotaRow(form, quota, _states(quota, spread(used.get((form.pk, quota.recipient), Counter()), [quota.level], day), own, day))
        for form in forms
        for quota in form.quotas.all()
    ]


def limits(forms: list[CampaignForm]) -> list[QuotaRow]:
    """Every limit without its use, as the public reads it."""
    return [QuotaRow(form, quota, []) for form in forms for quota in form.quotas.all()]


def _states(quota: Quota, used: Counter[tuple[int, int | None]], own: set[int] | None, day: date) -> list[QuotaState]:
    if quota.level == Level.CENTRE:
        return [QuotaState(0, None, "", quota.limit, used[0, None])]
    units = {unit for level, unit in used if level == quota.level and unit is not None}
    if own is not None:
        units = {unit for unit in units if own & {node.id for node in placed(unit, day)}}
        units |= {node.id for unit in own for node in placed(unit, day) if node.level == quota.level}
    names = unit_names(units, day)
    rows = [QuotaState(quota.level, unit, names[unit], quota.limit, used[quota.level, unit]) for unit in units]
    return sorted(rows, key=lambda row: (-row.used, row.unit_name))


def level_words(level: int) -> str:
    """Of whom a limit of that level speaks."""
    words = {0: _("whole campaign"), 1: _("each province"), 2: _("each district"), 3: _("each commune")}
    return words[level]


def quota_cells(forms: list[CampaignForm], levels: Iterable[int]) -> list[QuotaCell]:
    """A box for every form, level and kind of recipient that the form is given to, with its limit."""
    found = []
    for form in forms:
        limits = {(quota.level, quota.recipient): quota.limit for quota in form.quotas.all()}
        kinds = [kind.value for kind in RecipientKind if form.form.recipients in ("both", kind.value)]
        found += [QuotaCell(form, level, kind, limits.get((level, kind))) for level in levels for kind in kinds]
    return found


def quota_levels(campaign: Campaign, day: date) -> list[int]:
    """The levels for which a limit makes sense: the whole campaign and those at which a system that proposes has units on the day."""
    codes = {row.line.code for row in campaign.proposers.select_related("line")} or {line.code for line in organisations.lines()}
    found = {level for code in codes for level in (1, 2, 3) if organisations.unit_tree(code, day).at_level(level)}
    held = set(Quota.objects.filter(campaign_form__campaign=campaign).values_list("level", flat=True))
    return sorted({0} | found | held)


def proposer_rows(campaign: Campaign) -> list[tuple[Line, list[str]]]:
    """Who may propose: each system with its levels in words."""
    found: dict[int, tuple[Line, list[str]]] = {}
    for row in campaign.proposers.select_related("line").order_by("line__order", "line__code", "level"):
        found.setdefault(row.line_id, (row.line, []))[1].append(str(Level(row.level).label))
    return list(found.values())


def acts_of(campaign: Campaign) -> list[ActRow]:
    """Everything the office did with the campaign, newest first; a moved calendar shows the days before and after, as the record holds them."""
    moves = {}
    for event in events_about("commendations.campaign", str(campaign.pk)).filter(name="commendations.campaign_moved"):
        told = json.loads(event.body)["payload"]
        moves[told["act"]] = [
            (DAY_NAMES[name], date.fromisoformat(was), date.fromisoformat(now))
            for name, was, now in zip(course.DAYS, told["was"], told["now"], strict=True)
            if was != now
        ]
    rows = campaign.acts.order_by("-number")
    return [ActRow(ACT_NAMES.get(row.kind, row.kind), row.reason, row.at, row.by_label, moves.get(row.number, [])) for row in rows]


def step_rows(steps: Iterable[course.Step]) -> list[dict[str, Any]]:
    """The parts of the way with their names."""
    return [{"step": step, "name": STEP_NAMES[step.key]} for step in steps]


def next_words(campaign: Campaign, day: date) -> str:
    """What comes next, in one sentence."""
    until = {name: ui.day(getattr(campaign, name), _language()) for name in course.DAYS}
    if campaign.stage == Stage.PLANNING:
        return _("The office prepares the campaign; nominations are to open on %(day)s.") % {"day": until["opens_on"]}
    if campaign.stage == Stage.OPEN and day < campaign.opens_on:
        return _("Nominations are taken from %(day)s.") % {"day": until["opens_on"]}
    if campaign.stage == Stage.OPEN and day > campaign.nominate_until:
        return _("The last day for nominations was %(day)s; the office closes them and appraisal begins.") % {"day": until["nominate_until"]}
    if campaign.stage == Stage.OPEN:
        left = (campaign.nominate_until - day).days
        rest = ngettext("%(left)s day left", "%(left)s days left", left) % {"left": left} if left else _("today is the last day")
        return _("Nominations are taken until %(day)s (%(left)s).") % {"day": until["nominate_until"], "left": rest}
    if campaign.stage == Stage.APPRAISING:
        told = {"appraise": until["appraise_until"], "decide": until["decide_until"]}
        return _("Authorities appraise until %(appraise)s; decisions are due by %(decide)s.") % told
    if campaign.stage == Stage.DECIDED:
        return _("The awards are decided; they are handed over and kept in the register.")
    return _("The campaign is closed. Its awards stay in the register.")


def step_words(kind: str) -> str:
    """The next step as its page and its button call it."""
    words = {
        "opened": _("Open the campaign for nominations"), "appraising": _("Close the nominations"), "decided": _("Record the campaign as decided"),
        "closed": _("Close the campaign"),
    }  # fmt: skip
    return words[kind]


def consequences(campaign: Campaign, kind: str, states: Mapping[str, int], day: date) -> list[str]:
    """What follows from the next step, in words."""
    told = {
        "from": ui.day(campaign.opens_on, _language()), "until": ui.day(campaign.nominate_until, _language()), "draft": states.get("draft", 0),
        "submitted": states.get("submitted", 0), "on": sum(states.get(state, 0) for state in PENDING), "awards": states.get("decided", 0),
        "reserve": states.get("reserve", 0), "left": not_handed(campaign) if kind == "closed" else 0,
    }  # fmt: skip
    words = {
        "opened": [
            _("Units that may propose see the campaign and send nominations from %(from)s until %(until)s."),
            _("Its forms and issuers no longer change; a change of its calendar or standards needs a reason that everyone reads."),
        ],
        "appraising": [
            _("No nomination is sent or confirmed any more: %(draft)s still being written and %(submitted)s waiting for confirmation stay behind."),
            _("%(on)s confirmed nominations go on to appraisal."),
        ],
        "decided": [
            _("Everyone may read the campaign: its standards, calendar, forms, quotas and numbers. A name is read only once it is approved."),
            _("%(awards)s awards are decided; %(reserve)s nominations stay in reserve."),
        ],
        "closed": [_("Nothing changes any more but what is handed over, taken back or cancelled."), _("%(left)s awards are not handed over yet.")],
    }
    return [line % told for line in words[kind]]


def _language() -> Literal["vi", "en"]:
    return "en" if get_language() == "en" else "vi"


def form_choices_for_office(campaign: Campaign, day: date) -> list[tuple[str, str]]:
    """The forms in force when the campaign opens."""
    rows = sorted(ruling.forms_on(max(campaign.opens_on, day)), key=lambda row: (row.level, row.line.order, row.kind))
    return [(row.code, row.name_en if _language() == "en" else row.name_vi) for row in rows]


def form_called(code: str, campaign: Campaign, day: date) -> AwardForm | None:
    """The row of the form in force when the campaign opens."""
    return next((row for row in ruling.forms_on(max(campaign.opens_on, day)) if row.code == code), None)


def central_issuer(campaign: Campaign, form: AwardForm, day: date) -> Unit | None:
    """The one central unit of the form's line: a party of the review, or its heir, before any other. None when none or several fit."""
    if form.level != Level.CENTRE:
        return None
    centres = {node.id for node in organisations.units_of(form.line.code, Level.CENTRE, None, day)}
    parties = {party.signer_id for party in reviews.parties_of(campaign.review, day) if party.signer_id in centres and party.signer_id is not None}
    fits = parties or centres
    return organisations.unit_by_id(fits.pop()) if len(fits) == 1 else None

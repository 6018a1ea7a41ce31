"""The terms of a campaign: which forms by whom, who may propose, how many."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.campaign import act, explained, require_runs
from soket.commendations.actions.shared import campaign_ref, locked_campaign
from soket.commendations.models import AwardForm, Campaign, CampaignForm, Proposer, Quota
from soket.commendations.models.campaign import RecipientKind, Stage
from soket.commendations.models.ruling import Recipients
from soket.commendations.queries.campaigns import used_by
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Level, Line, Unit

MOST = 100_000


@dataclass(frozen=True)
class QuotaLine:
    """A limit for units of a level (0: the whole campaign) and a kind of recipient. `limit` 0: none may be proposed; None: no limit."""

    campaign_form_id: int
    level: int
    recipient: str
    limit: int | None

    @property
    def field(self) -> str:
        """The name under which a refusal stands."""
        return f"q-{self.campaign_form_id}-{self.level}-{self.recipient}"


def _preparing(campaign: Campaign, by: Actor, at: datetime) -> Campaign:
    found = locked_campaign(campaign)
    require_runs(by, found, at)
    if found.stage != Stage.PLANNING:
        raise Refused(_("The campaign is open: its forms no longer change."))
    return found


@action
def take_form(*, campaign: Campaign, form: AwardForm, issuer: Unit, by: Actor, at: datetime) -> CampaignForm:
    """The issuer gives the form in this campaign. Raises Refused at form (not in force when it opens, or taken already) or issuer (another
    line or level, or not there on that day)."""
    campaign = _preparing(campaign, by, at)
    day = max(campaign.opens_on, day_of(at))
    if form.valid_from > day or (form.valid_to is not None and form.valid_to <= day):
        raise Refused(_("This form is not in force when the campaign opens."), field="form")
    node, line = organisations.unit_at(issuer.pk, day), organisations.unit_lines([issuer.pk])[issuer.pk]
    if node is None:
        raise Refused(_("The unit does not exist on that day."), field="issuer")
    if (line.pk, node.level) != (form.line_id, form.level):
        told = {"form": form.name_vi, "by": form.decided_by}
        raise Refused(_("“%(form)s” is decided by %(by)s; this unit is of another system or level.") % told, field="issuer")
    if CampaignForm.objects.filter(campaign=campaign, form__code=form.code, issuer=issuer).exists():
        raise Refused(_("This unit gives this form in the campaign already."), field="form")
    last = campaign.forms.order_by("-order").values_list("order", flat=True).first()
    made = CampaignForm(campaign=campaign, form=form, issuer=issuer, order=0 if last is None else last + 1)
    made.save(force_insert=True)
    payload = {"form": form.name_vi, "code": form.code, "issuer": node.name}
    record(event=events.campaign.FORM_TAKEN, by=by, subject=campaign_ref(campaign), at=at, payload=payload)
    return made


@action
def drop_form(*, campaign_form: CampaignForm, by: Actor, at: datetime) -> None:
    """Take a form out while the campaign is prepared, with its quotas. Again is harmless."""
    campaign = _preparing(campaign_form.campaign, by, at)
    names = unit_names([campaign_form.issuer_id], day_of(at))
    if CampaignForm.objects.filter(pk=campaign_form.pk, campaign=campaign).delete()[0]:
        payload = {"form": campaign_form.form.name_vi, "code": campaign_form.form.code, "issuer": names[campaign_form.issuer_id]}
        record(event=events.campaign.FORM_DROPPED, by=by, subject=campaign_ref(campaign), at=at, payload=payload)


@action
def set_proposers(*, campaign: Campaign, wanted: Sequence[tuple[Line, int]], by: Actor, at: datetime, reason: str = "") -> int:
    """Units of these lines and levels may propose, and no others. Once open, more may be let in with a reason, none shut out.

    Returns how many changed. Raises Refused at proposers (none, or one shut out while open), reason, or once nominations are closed.
    """
    campaign = locked_campaign(campaign)
    require_runs(by, campaign, at)
    if campaign.stage not in (Stage.PLANNING, Stage.OPEN):
        raise Refused(_("Nominations are closed: who may propose no longer changes."))
    pairs = {(line.pk, level) for line, level in wanted}
    if not pairs or any(level not in Level.values for _line, level in pairs):
        raise Refused(_("Choose at least one system and level."), field="proposers")
    held = {(row.line_id, row.level): row for row in campaign.proposers.all()}
    gone, fresh = [row for key, row in held.items() if key not in pairs], pairs - set(held)
    if gone and campaign.stage == Stage.OPEN:
        raise Refused(_("The campaign is open: a level that may propose is not shut out any more."), field="proposers")
    if not gone and not fresh:
        return 0
    reason = explained(campaign, reason)
    Proposer.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Proposer.objects.bulk_create([Proposer(campaign=campaign, line_id=line, level=level) for line, level in sorted(fresh)])
    if campaign.stage != Stage.PLANNING:
        act(campaign, "changed", by, at, reason)
    units = [f"{row.line.code}:{row.level}" for row in campaign.proposers.select_related("line")]
    record(event=events.campaign.PROPOSERS_SET, by=by, subject=campaign_ref(campaign), at=at, payload={"units": units}, reason=reason)
    return len(gone) + len(fresh)


@action
def set_quotas(*, campaign: Campaign, lines: Sequence[QuotaLine], by: Actor, at: datetime, reason: str = "") -> int:
    """Write the limits given; a line without a limit takes it away, a limit not named stays. Returns how many changed.

    Raises Refused, all wrong lines at once under their names (not of this campaign, outside 0 to 100,000, below what is confirmed already,
    a form not given to that kind), at reason once open, or once nominations are closed.
    """
    campaign = locked_campaign(campaign)
    require_runs(by, campaign, at)
    if campaign.stage not in (Stage.PLANNING, Stage.OPEN):
        raise Refused(_("Nominations are closed: quotas no longer change."))
    forms = {row.pk: row for row in campaign.forms.select_related("form")}
    rows = Quota.objects.filter(campaign_form__in=forms).select_related("campaign_form__form")
    held = {(row.campaign_form_id, row.level, row.recipient): row for row in rows}
    was = _listed(held.values())
    changed = [line for line in lines if _limit(held.get((line.campaign_form_id, line.level, line.recipient))) != line.limit]
    wrong = {line.field: told for line in changed if (told := _fault(line, forms.get(line.campaign_form_id), at))}
    if wrong:
        raise Refused(_("Some quotas were not understood."), errors=wrong)
    if not changed:
        return 0
    reason = explained(campaign, reason)
    for line in changed:
        _write(line, held.get((line.campaign_form_id, line.level, line.recipient)))
    if campaign.stage != Stage.PLANNING:
        act(campaign, "changed", by, at, reason)
    payload = {"was": was, "now": _listed(rows.all())}
    record(event=events.campaign.QUOTAS_SET, by=by, subject=campaign_ref(campaign), at=at, payload=payload, reason=reason)
    return len(changed)


def _limit(row: Quota | None) -> int | None:
    return row.limit if row is not None else None


def _listed(rows: Iterable[Quota]) -> list[str]:
    return sorted(f"{row.campaign_form.form.code} {row.level} {row.recipient}: {row.limit}" for row in rows)


def _fault(line: QuotaLine, of: CampaignForm | None, at: datetime) -> Any:
    """What is wrong with a line; empty when nothing is."""
    if of is None or line.level not in Level.values or line.recipient not in RecipientKind.values:
        return _("There is no such quota in this campaign.")
    if line.limit is None:
        return ""
    if of.form.recipients not in (Recipients.BOTH, line.recipient):
        return _("This form is not given to recipients of this kind.")
    if not 0 <= line.limit <= MOST:
        return _("Enter a whole number from 0 to 100,000, or leave it empty for no limit.")
    used = max((count for (level, _unit), count in used_by(of, line.recipient, [line.level], day_of(at)).items() if level == line.level), default=0)
    return _("%(used)s nominations are confirmed already under one unit.") % {"used": used} if used > line.limit else ""


def _write(line: QuotaLine, row: Quota | None) -> None:
    if line.limit is None:
        if row is not None:
            row.delete()
    elif row is None:
        Quota(campaign_form_id=line.campaign_form_id, level=line.level, recipient=line.recipient, limit=line.limit).save(force_insert=True)
    else:
        row.limit = line.limit
        row.save(update_fields=["limit"])

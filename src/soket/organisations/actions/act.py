"""One succession act while it is being written: it applies a plan and records itself.

Rows are ended, changed and opened only here, so each carries the act that made it and an undo finds them.
"""
from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.audit.registry import EventType
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.memo import forget
from soket.kernel.references import Ref
from soket.organisations import rules
from soket.organisations.core.naming import forms
from soket.organisations.core.plan import Opening, Plan
from soket.organisations.models import (
    Area,
    AreaLink,
    AreaVersion,
    Code,
    Succession,
    SuccessionKind,
    TreeVersion,
    Unit,
    UnitLink,
    UnitVersion,
)
from soket.organisations.queries.current import Subject, checked_day, clean

QD19 = "qd19-2025"


class Act:
    """An act of `kind` on the day `on`, by an administrator of all its subjects. Raises Refused."""

    def __init__(self, kind: SuccessionKind, subjects: list[Any], on: date, basis: str, by: Actor, at: datetime, note: str = "") -> None:
        allowed = [rules.may_administer(by, subject, day_of(at)) for subject in subjects]
        if not all(allowed or [rules.administers_everything(by, day_of(at))]):
            raise Refused(_("Only who administers these units may do this."))
        self.on, self.by, self.at = checked_day(on, at), by, at
        self.basis = clean(basis, "basis", 400)
        self.row = Succession(
            kind=kind, on=self.on, basis=self.basis, recorded_at=at, by_label=by.actor_label[:200],
            note=clean(note, "note", 400, required=False),
        )  # fmt: skip
        self.made: dict[int, Area | Unit] = {}
        self.names: list[str] = []

    def apply(self, plan: Plan) -> list[Subject]:
        """Write the plan: what ends first, so that no two rows of one subject meet. Returns what was formed."""
        self.begin(plan.title)
        for version in plan.touched():
            self.close(version)
        for version in plan.endings:
            self.end_codes(version)
        formed = [self._open(opening) for opening in plan.openings]
        for opening, new in zip(plan.openings, formed, strict=True):
            self._links(opening, new)
        for change in plan.changes:
            self.reopen(change.version, self._resolved(change.values))
        for old, new_id, share in plan.follows:
            self._link(UnitLink, old, new_id, share)
        self.names = [version.name for version in plan.touched() if isinstance(version, UnitVersion)]
        return formed

    def begin(self, title: str) -> Succession:
        """Store the act itself, under the names before and after."""
        self.row.title = title[:400]
        self.row.save(force_insert=True)
        return self.row

    def close(self, version: Any) -> None:
        """The row's last day is the day before the act."""
        version.valid_to, version.closed_by = self.on, self.row
        version.save(update_fields=["valid_to", "closed_by"])

    def reopen(self, version: Any, values: dict[str, Any]) -> Any:
        """A new row from the act's day on, equal to `version` but for `values`."""
        fields = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields if not field.primary_key}
        fields |= {"valid_from": self.on, "valid_to": None, "opened_by_id": self.row.pk, "closed_by_id": None}
        if "start_known" in fields:
            fields["start_known"] = True
        row = type(version)(**(fields | values))
        row.save(force_insert=True)
        return row

    def uncover(self, version: Any) -> None:
        """A row goes on as if the undone act had never ended it."""
        version.valid_to, version.closed_by = None, None
        version.save(update_fields=["valid_to", "closed_by"])

    def end_codes(self, version: Any) -> None:
        own = {"area": version.area} if isinstance(version, AreaVersion) else {"unit": version.unit}
        for code in Code.objects.filter(valid_to=None, **own):
            self.close(code)

    def _key(self, value: int | Opening | None) -> int | None:
        return self.made[id(value)].pk if isinstance(value, Opening) else value

    def _resolved(self, values: dict[str, Any]) -> dict[str, Any]:
        return {name: self._key(value) if isinstance(value, Opening) else value for name, value in values.items()}

    def _open(self, opening: Opening) -> Subject:
        common: dict[str, Any] = {
            "valid_from": self.on, "opened_by": self.row, "level": opening.level, "parent_id": self._key(opening.parent),
            **forms(opening.name, opening.sort_text or opening.name),
        }  # fmt: skip
        new: Subject
        if opening.line is None:
            new = Area(key=f"act:{uuid4().hex[:24]}")
            new.save(force_insert=True)
            AreaVersion(area=new, kind=opening.kind, **common).save(force_insert=True)
            self._give_code(new, opening.code)
        else:
            new = Unit(key=f"act:{uuid4().hex[:24]}", line_id=opening.line)
            new.save(force_insert=True)
            UnitVersion(unit=new, area_id=self._key(opening.area), **common).save(force_insert=True)
        self.made[id(opening)] = new
        return new

    def _give_code(self, area: Area, code: str) -> None:
        if not code:
            return
        value = clean(code, "code", 40)
        taken = Code.objects.filter(scheme=QD19, code=value, valid_to=None).exists()
        if taken or not value.isdigit():
            message = _("The code %(code)s is in use.") if taken else _("A code is made of digits only.")
            raise Refused(message % {"code": value} if taken else message, field="code")
        Code(area=area, scheme=QD19, code=value, valid_from=self.on, opened_by=self.row).save(force_insert=True)

    def _links(self, opening: Opening, new: Subject) -> None:
        model = AreaLink if isinstance(new, Area) else UnitLink
        for old, share in opening.follows:
            self._link(model, old, new.pk, share)

    def _link(self, model: type[AreaLink] | type[UnitLink], old: int, new: int, share: Fraction | None) -> None:
        num, den = (share.numerator, share.denominator) if share is not None else (None, None)
        model(succession=self.row, old_id=old, new_id=new, share_num=num, share_den=den).save(force_insert=True)

    def done(self, event: EventType, subject: Ref, **payload: Any) -> Succession:
        """Record the event and count the tree on."""
        body = {"on": self.on.isoformat(), "basis": self.basis, **payload}
        record(event=event, by=self.by, subject=subject, at=self.at, payload=body)
        _touch_tree()
        return self.row


def _touch_tree() -> None:
    """Count the tree on and give it a token that never was."""
    row, _created = TreeVersion.objects.get_or_create(pk=1, defaults={"token": ""})
    row = TreeVersion.objects.select_for_update().get(pk=1)
    row.number, row.token = row.number + 1, uuid4().hex
    row.save()
    forget()


def ref(subject: Subject, name: str) -> Ref:
    """How the record points at an area or a unit."""
    return Ref("organisations.area" if isinstance(subject, Area) else "organisations.unit", str(subject.pk), name)

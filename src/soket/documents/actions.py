"""The only writes of this room: numbers are taken from registers. Who may take one is for the calling room to decide."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record_many
from soket.documents import events
from soket.documents.checks import SYMBOL
from soket.documents.models import Entry, Register
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.kernel.text import nfc, showable

KIND = "documents.entry"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Taking:
    """One thing to be numbered: its subject line and the key that finds it again."""

    subject: str
    reference: str


def ref(entry: Entry) -> Ref:
    """How the record names a number."""
    return Ref(KIND, str(entry.pk), f"Số {entry.notation}")


@action
def take_number(
    *, issuer: str, issuer_label: str, series: str, on: date, symbol: str, subject: str, kind: str, reference: str, by: Actor, at: datetime
) -> Entry:
    """Take the next number of the issuer's series in the year of `on`. A thing that has a number is given that one again, whatever else is said.

    Raises Refused at dated (a day to come, or before the day of the last number), issuer, series, symbol, kind, subject or reference.
    """
    return _take(issuer, issuer_label, series, on, symbol, kind, [Taking(subject, reference)], by, at)[0]


@action
def take_many(
    *, issuer: str, issuer_label: str, series: str, on: date, symbol: str, kind: str, takings: Sequence[Taking], by: Actor, at: datetime
) -> list[Entry]:
    """Take numbers for many things of one day, all or none, in their order; each as `take_number` would. Raises Refused as it does."""
    return _take(issuer, issuer_label, series, on, symbol, kind, takings, by, at)


def _take(
    issuer: str, issuer_label: str, series: str, on: date, symbol: str, kind: str, takings: Sequence[Taking], by: Actor, at: datetime
) -> list[Entry]:
    issuer, issuer_label = _clean(issuer, "issuer", 64), _clean(issuer_label, "issuer", 200)
    _coded(series, "series")
    wanted = [_clean(one.reference, "reference", 100) for one in takings]
    known = _known(issuer, series, wanted)
    if not known.keys() >= set(wanted):
        register = _locked(issuer, issuer_label, series, on.year)
        known = _known(issuer, series, wanted)  # again: another may have taken them while we waited for the register
        fresh = {reference: one for one, reference in zip(takings, wanted, strict=True) if reference not in known}
        known |= _enter(register, fresh, on, symbol, kind, by, at)
    return [known[reference] for reference in wanted]


def _known(issuer: str, series: str, references: Iterable[str]) -> dict[str, Entry]:
    """Numbers given before, in whatever year: an act repeated after New Year takes no second one."""
    rows = Entry.objects.filter(register__issuer=issuer, register__series=series, reference__in=set(references)).select_related("register")
    return {row.reference: row for row in rows}


def _locked(issuer: str, issuer_label: str, series: str, year: int) -> Register:
    """The year's register, opened when it is missing; every year's is locked, so that numbers of a series are given one at a time."""
    Register.objects.get_or_create(issuer=issuer, series=series, year=year, defaults={"issuer_label": issuer_label})
    rows: list[Register] = list(Register.objects.select_for_update().filter(issuer=issuer, series=series).order_by("year"))
    return next(row for row in rows if row.year == year)


def _enter(register: Register, fresh: dict[str, Taking], on: date, symbol: str, kind: str, by: Actor, at: datetime) -> dict[str, Entry]:
    """Enter things that have no number yet under the next numbers, with one event for each."""
    symbol = _clean(symbol, "symbol", 30, required=False)
    if symbol and not SYMBOL.fullmatch(symbol):
        raise Refused(_("A symbol has no blanks and joins its groups by hyphens, for example QĐ-BCA."), field="symbol")
    _coded(kind, "kind")
    last = Entry.objects.filter(register=register).order_by("-number").first()
    _in_order(on, last, at)
    first = last.number + 1 if last else 1
    rows = [
        Entry(
            register=register, number=number, symbol=symbol, dated=on, subject=_clean(one.subject, "subject", 500), kind=kind, reference=reference, at=at,
            by_label=by.actor_label[:200],
        )
        for number, (reference, one) in enumerate(fresh.items(), first)
    ]  # fmt: skip
    made = Entry.objects.bulk_create(rows, batch_size=1000)
    record_many(drafts=[_event(row, by, at) for row in made])
    return {row.reference: row for row in made}


def _in_order(on: date, last: Entry | None, at: datetime) -> None:
    if on > day_of(at):
        raise Refused(_("The day lies in the future: a number is taken on the day of issue, not before it."), field="dated")
    if last is not None and on < last.dated:
        said = _("Number {number} of this series is dated {day}: numbers run with the days.").format(number=last.number, day=f"{last.dated:%d/%m/%Y}")
        raise Refused(said, field="dated")


def _event(row: Entry, by: Actor, at: datetime) -> EventDraft:
    register = row.register
    payload = {
        "issuer": register.issuer_label, "series": register.series, "year": register.year, "number": row.number, "dated": row.dated.isoformat(),
        "what": row.subject, "reference": row.reference,
    }  # fmt: skip
    return EventDraft(events.NUMBER_TAKEN, by, ref(row), at, payload)


def _clean(text: str, name: str, limit: int, *, required: bool = True) -> str:
    try:
        done = nfc(text).strip()
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=name) from None
    if done != showable(done):
        raise Refused(_("This text contains a character that cannot be stored."), field=name)
    if required and not done:
        raise Refused(_("This field is required."), field=name)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=name)
    return done


def _coded(code: str, name: str) -> None:
    if len(code) > 40 or not _SLUG.fullmatch(code):
        raise Refused(_("A code holds small letters, digits and hyphens."), field=name)

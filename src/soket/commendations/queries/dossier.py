"""The dossier of a nomination: which papers are asked for, which are there; its texts and everything that happened."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.commendations.core.wording import Piece, compared
from soket.commendations.models import Attachment, Nomination, Remark, Wording

KINDS: dict[str, Any] = {
    "proposal": _("Submission (Tờ trình)"), "achievement": _("Achievement report"), "minutes": _("Minutes of the emulation council"), "other": _("Other paper"),
}  # fmt: skip
SLUGS = {"proposal": "to-trinh", "achievement": "bao-cao-thanh-tich"}  # those that are made here, as their addresses call them
TAKES_PAPERS = frozenset({"draft", "submitted", "confirmed", "incomplete"})
MOVES: dict[str, Any] = {
    "drafted": _("Nomination written"), "submitted": _("Sent to be confirmed"), "returned": _("Returned to the proposer"),
    "confirmed": _("Confirmed by the level that submits"), "asked": _("An authority asked for it to be completed"),
    "completed": _("Completed by the proposer"), "agreed": _("Agreed by the authorities"),
    "declined": _("Not agreed"), "chosen": _("Put forward by the council"), "reserved": _("Put in reserve by the council"),
    "left_out": _("Not put forward by the council"), "promoted": _("Moved up from the reserve"), "decided": _("Awarded by decision"),
    "withdrawn": _("Withdrawn by who proposed"), "cancelled": _("Cancelled by decision"),
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """A kind of paper in the dossier. `wanted`: the form of commendation asks for it; `papers`: what is there, the newest first."""

    kind: str
    name: Any
    wanted: bool
    papers: list[Attachment]

    @property
    def missing(self) -> bool:
        return self.wanted and not self.papers

    @property
    def slug(self) -> str:
        """As the address of the paper made here calls it; empty when it is not made here."""
        return SLUGS.get(self.kind, "")


def checklist(nomination: Nomination) -> list[Item]:
    """The papers that the form asks for, then what else is there."""
    wanted = [str(one) for one in json.loads(nomination.campaign_form.form.dossier)]
    rows = list(Attachment.objects.filter(nomination=nomination).select_related("file").order_by("-pk"))
    kinds = [*wanted, *(kind for kind in KINDS if kind not in wanted)]
    found = [Item(kind, KINDS.get(kind, kind), kind in wanted, [row for row in rows if row.kind == kind]) for kind in kinds]
    return [item for item in found if item.wanted or item.papers]


def missing(items: Sequence[Item]) -> list[Any]:
    """The names of those asked for that are not there."""
    return [item.name for item in items if item.missing]


def remarks(nomination: Nomination) -> list[Remark]:
    return list(nomination.remarks.all())


@dataclass(frozen=True)
class Moment:
    """Something that happened: its words, when, by which office, and the reason that was given."""

    kind: str
    title: Any
    at: datetime
    by: str
    reason: str = ""
    wording: int = 0


def history(nomination: Nomination, wordings: Sequence[Wording]) -> list[Moment]:
    """The moves of the nomination and the later versions of its text, in order."""
    found = [Moment(row.kind, MOVES.get(row.kind, row.kind), row.at, row.by_label, row.reason) for row in nomination.moves.order_by("number")]
    found += [Moment("worded", _("The text was changed"), row.at, row.by_label, wording=row.number) for row in wordings if row.number > 1]
    return sorted(found, key=lambda one: one.at)


def wordings(nomination: Nomination) -> list[Wording]:
    """All versions of the text, the newest first."""
    return list(nomination.wordings.order_by("-number"))


def against(rows: Sequence[Wording], number: int, base: int) -> tuple[Wording, Wording, list[Piece]] | None:
    """(the version of that number, the one it is compared with, the comparison); None when there is no such version."""
    known = {row.number: row for row in rows}
    if number not in known or base not in known:
        return None
    return known[number], known[base], compared(known[base].summary, known[number].summary)

"""Who must sign: the parties of the review's programmes, or their recorded successors."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.organisations import queries as organisations
from soket.programmes.models import Party, PartyRole
from soket.reviews.models import Review

SIGNING = (PartyRole.LEAD, PartyRole.COSIGNER)


@dataclass(frozen=True)
class SigningParty:
    """A party of one or more of the programmes. `signer_id` is the party while it stands, else its one recorded
    successor; None when it ended and no successor (or more than one) is recorded: `candidates` names those."""

    unit_id: int
    name: str
    role: str
    signed_as: str
    programmes: tuple[str, ...]
    signer_id: int | None
    signer_name: str
    basis: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        return self.signer_id is not None and self.signer_id != self.unit_id


def _rows(review: Review) -> list[Party]:
    wanted = Party.objects.filter(programme__reviews__review=review, role__in=SIGNING).select_related("programme")
    return list(wanted.order_by("programme__reviews__order", "order", "id"))


def party_ids(review: Review) -> list[int]:
    """The units that are party to one of the programmes, whatever their role."""
    rows = Party.objects.filter(programme__reviews__review=review)
    return sorted(set(rows.values_list("unit_id", flat=True)))


def parties_of(review: Review, day: date) -> list[SigningParty]:
    """Each signing party once, the lead of the first programme first, as they stand on the day."""
    found: dict[int, list[Party]] = {}
    for row in sorted(_rows(review), key=lambda row: row.role != PartyRole.LEAD):
        found.setdefault(row.unit_id, []).append(row)
    return [_signing(unit, rows, day) for unit, rows in found.items()]


def _signing(unit: int, rows: list[Party], day: date) -> SigningParty:
    known = organisations.unit_nearest(unit, day)
    signer, basis, candidates = _standing(unit, day)
    node = organisations.unit_at(signer, day) if signer is not None else None
    return SigningParty(
        unit_id=unit,
        name=known.name if known else "",
        role=rows[0].role,
        signed_as=next((row.signed_as for row in rows if row.signed_as), ""),
        programmes=tuple(dict.fromkeys(row.programme.symbol or row.programme.title for row in rows)),
        signer_id=signer,
        signer_name=node.name if node else "",
        basis=basis,
        candidates=candidates,
    )


def _standing(unit: int, day: date) -> tuple[int | None, str, tuple[str, ...]]:
    """The unit that acts for `unit` on the day, by what act, and the successors to choose among when none can."""
    bases: list[str] = []
    seen: set[int] = set()
    while organisations.unit_at(unit, day) is None:
        steps = [step for step in organisations.unit_successors(unit) if step.on <= day]
        if len(steps) != 1 or unit in seen:
            return None, "", tuple(step.name for step in steps)
        seen.add(unit)
        unit = steps[0].unit_id
        bases.append(steps[0].basis)
    return unit, "; ".join(bases), ()

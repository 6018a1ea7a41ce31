"""Who may draft and sign, who may see, and what a spec and a draft text must be."""
from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from soket.documents.errors import PaperError
from soket.documents.queries import figure_codes, figure_runs, printable
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.door import Refused
from soket.kernel.text import nfc, whole
from soket.organisations import queries as organisations
from soket.reviews.models import Review

RESERVED = frozenset({"moi"})
CODE = re.compile(r"[0-9A-ZĐ][0-9A-ZĐ.\-]{0,18}")
FIGURE_CODE = re.compile(r"[0-9]{2}[A-Z]?")
WHOLE = re.compile(r"-?[0-9]{1,18}")
LOOKING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME, Office.SIGN, Office.EDIT, Office.PUBLISH, Office.ADMINISTER)
PARTS = ("rate", "accepted", "owed")
PRECISIONS = ("", "over", "nearly", "about")


def may_draft(actor: Actor, office_id: int, day: date) -> bool:
    """Holds the programme office at the review's own unit, or at the unit that took over from it."""
    if actor.holds(Office.PROGRAMME, day, office_id):
        return True
    heir = organisations.unit_heir(office_id, day)
    return heir is not None and actor.holds(Office.PROGRAMME, day, heir)


def may_sign(actor: Actor, unit_id: int, day: date) -> bool:
    """A person who holds the signing office at the unit; a job never signs."""
    return actor.actor_kind == "person" and actor.holds(Office.SIGN, day, unit_id)


def seen_units(actor: Actor, day: date) -> Reach:
    """The units that any office held that day reaches."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def may_see_draft(actor: Actor, review: Review, party_ids: Collection[int], day: date) -> bool:
    """The parties of the review's programmes, their successors and all units below them, and its own office."""
    reach = seen_units(actor, day)
    if reach.everything or reach.covers(review.office_id):
        return True
    if not reach.units:
        return False
    heirs = {heir for unit in party_ids if (heir := organisations.unit_heir(unit, day)) is not None}
    lines = organisations.unit_lines(heirs)
    for heir in heirs:
        tree = organisations.unit_tree(lines[heir].code, day)
        if heir in reach.units or (heir in tree and not reach.units.isdisjoint(tree.subtree(heir))):
            return True
    return False


def clean(text: str, field: str, limit: int, *, required: bool = True) -> str:
    """NFC text that a paper can print, or a refusal at the field."""
    try:
        done = printable(nfc(text), field)
    except PaperError as error:
        raise Refused(said(error), field=field) from None
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if required and not done:
        raise Refused(_("This field is required."), field=field)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=field)
    return done


def said(error: PaperError) -> str:
    """A paper's complaint in the reader's language."""
    return error.en if (get_language() or "vi").startswith("en") else error.vi


def checked_text(text: str, codes: Collection[str], field: str) -> str:
    """A section's text whose tokens all name figures of the review. Raises Refused at the field."""
    done = clean(text, field, 40_000, required=False)
    unknown = [code for code in figure_codes(done) if code not in codes]
    if unknown:
        known = ", ".join(sorted(codes)) or "–"
        message = gettext("No figure of this review has the code %(unknown)s. Codes that can be used: %(known)s.")
        raise Refused(message % {"unknown": ", ".join(unknown), "known": known}, field=field)
    try:
        for line in done.split("\n"):
            figure_runs(line, dict.fromkeys(codes, "0"), where=field)
    except PaperError as error:
        raise Refused(said(error), field=field) from None
    return done


def checked_spec(spec: Mapping[str, Any]) -> dict[str, Any]:
    """The spec with exactly the members of its kind, each refusal at the member's own field."""
    kind = str(spec.get("kind", ""))
    checker = {"indicator": _indicator, "completeness": _completeness, "coverage": _coverage, "external": _external}.get(kind)
    if checker is None:
        raise Refused(_("Choose a kind of figure."), field="kind")
    return {"kind": kind, **checker(spec)}


def _indicator(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {"indicator": clean(str(spec.get("indicator", "")), "indicator", 20), **_rounds(spec)}


def _completeness(spec: Mapping[str, Any]) -> dict[str, Any]:
    return _rounds(spec)


def _rounds(spec: Mapping[str, Any]) -> dict[str, Any]:
    rounds = [clean(str(item), "rounds", 60) for item in spec.get("rounds") or ()]
    if not rounds:
        raise Refused(_("Name at least one reporting round."), field="rounds")
    boundary = str(spec.get("boundary") or "reported")
    if boundary != "reported":
        boundary = _day(boundary, "boundary")
    return {"rounds": rounds, "lines": _lines(spec), "area": _area(spec), "boundary": boundary}


def _coverage(spec: Mapping[str, Any]) -> dict[str, Any]:
    part = str(spec.get("part") or "rate")
    if part not in PARTS:
        raise Refused(_("Choose what is shown: the rate, the accepted or the owed."), field="part")
    return {
        "programme": clean(str(spec.get("programme", "")), "programme", 60),
        "obligation": clean(str(spec.get("obligation", "")), "obligation", 20),
        "on": _day(str(spec.get("on", "")), "on"),
        "area": _area(spec),
        "lines": _lines(spec),
        "part": part,
    }


def _external(spec: Mapping[str, Any]) -> dict[str, Any]:
    value, scale, precision = str(spec.get("value", "")).strip(), spec.get("scale") or 0, str(spec.get("precision") or "")
    if not WHOLE.fullmatch(value):
        raise Refused(_("Enter the value as a whole number without dots, for example 410000."), field="value")
    if not isinstance(scale, int) or not 0 <= scale <= 6:
        raise Refused(_("The number of decimals lies between 0 and 6."), field="scale")
    if precision not in PRECISIONS:
        raise Refused(_("Choose a precision mark from the list."), field="precision")
    texts = {name: clean(str(spec.get(name, "")), name, limit) for name, limit in (("measure_vi", 40), ("measure_en", 40), ("citation", 600))}
    return {"value": value, "scale": scale, "precision": precision, **texts, "edges": clean(str(spec.get("edges", "")), "edges", 200, required=False)}


def _day(text: str, field: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(_("Enter the day as year-month-day, for example 2025-07-01."), field=field) from None


def _lines(spec: Mapping[str, Any]) -> list[str]:
    lines, known = [str(item) for item in spec.get("lines") or ()], {line.code for line in organisations.lines()}
    if unknown := [line for line in lines if line not in known]:
        raise Refused(gettext("There is no line of units called %(line)s.") % {"line": unknown[0]}, field="lines")
    return lines


def _area(spec: Mapping[str, Any]) -> int | None:
    area = spec.get("area")
    if area is None or area == "":
        return None
    found = None if isinstance(area, bool) else whole(str(area))
    if found is None:
        raise Refused(_("Enter the number of the area as in the address of its page."), field="area")
    return found

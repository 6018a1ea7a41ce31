"""Units by name, as a proposer writes them: its own first, since communes of many provinces share a name."""
from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from soket.commendations.queries import campaigns
from soket.kernel.door import Refused
from soket.kernel.text import canonical_text
from soket.organisations import queries as organisations
from soket.organisations.models import Unit

LISTED = 400  # names that a page offers to choose from


class UnitBook:
    """The units that a proposer may name that day: itself, those below, those of other lines on its area and below them."""

    def __init__(self, proposer_id: int, day: date) -> None:
        self._day = day
        self._units: list[tuple[str, int]] = []
        self._known: dict[str, list[int]] = {}
        path = campaigns.placed(proposer_id, day)
        seats = [path[-1].id, *(node.id for node in organisations.counterparts(path[-1].id, day))] if path else []
        lines = organisations.unit_lines(seats)
        for seat in seats:
            tree = organisations.unit_tree(lines[seat].code, day)
            self._units += [(tree.node(unit).name, unit) for unit in tree.subtree(seat)] if seat in tree else []

    def called(self, name: str, field: str = "unit") -> Unit:
        """The unit of that name. Raises Refused at the field."""
        try:
            own = self._called(canonical_text(name))
        except ValueError:
            raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
        if not name.strip():
            raise Refused(_("This field is required."), field=field)
        if len(own) == 1:
            return Unit.objects.get(pk=own[0])
        if own:
            raise Refused(_("Several of your units are called “%(name)s”.") % {"name": name.strip()}, field=field)
        return organisations.unit_called(name, field, self._day)

    def _called(self, name: str) -> list[int]:
        if not self._known:
            found: dict[str, list[int]] = defaultdict(list)
            for words, unit in self._units:
                found[canonical_text(words)].append(unit)
            self._known = dict(found)
        return self._known.get(name, [])

    @property
    def offered(self) -> list[str]:
        """Names to choose from; none when they are too many for a page."""
        return [name for name, _unit in self._units] if len(self._units) <= LISTED else []

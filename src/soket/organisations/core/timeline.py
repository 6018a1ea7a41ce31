"""Dated facts of the lists laid on one time line: areas first, then each line's units on them."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from soket.organisations.core.naming import FRONT, MASS, PEOPLE, POLICE, unit_name
from soket.organisations.core.published import Published

PROVINCES_FROM = date(2008, 8, 1)
SNAPSHOT = date(2025, 1, 1)
POLICE_DISTRICTS_END = date(2025, 3, 1)
REFORM = date(2025, 7, 1)
DONG_NAI_CITY = date(2026, 4, 30)
CENTRE_BOARDS_MERGED = date(2025, 1, 24)
MERGED_ON = {"82": date(2025, 2, 6)}
"""Old province code → day its two boards merged, where the source gives another than 1 March 2025."""
DATED_MERGERS = {"82", "12", "24"}
"""Tiền Giang, Lai Châu, Bắc Giang: the provinces whose merger the source dates."""
WITHOUT_POLICE = {"old:498", "old:576", "old:22736", "old:22737", "old:22739", "new:20333", "new:22736"}
"""Hoàng Sa and Trường Sa with the communes of the latter: inferred from the published counts."""


@dataclass(frozen=True)
class Span:
    """One dated version: [starts, ends). `act` and `end_act` name the acts that opened and closed it."""

    name: str
    kind: str
    level: int
    parent: str | None
    starts: date
    ends: date | None
    start_known: bool = True
    act: str = ""
    end_act: str = ""
    area: str | None = None
    note: str = ""

    def holds(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass
class AreaLine:
    """An area's key and its spans, oldest first."""

    key: str
    spans: list[Span] = field(default_factory=list)

    def at(self, day: date) -> Span | None:
        return next((span for span in self.spans if span.holds(day)), None)


def province_of(lists: Published, new_code: str) -> str:
    return lists.new[new_code].parent or new_code


def new_key(lists: Published, code: str) -> str:
    """Our key for an area of the new list: that of the old one when it goes on."""
    return f"old:{lists.new[code].continues}" if lists.new[code].continues else f"new:{code}"


def area_lines(lists: Published) -> dict[str, AreaLine]:
    """Every area with its spans. Keys: `old:CODE` of the list until 30 June 2025, `new:CODE` after it."""
    found: dict[str, AreaLine] = {}
    for code, row in lists.old.items():
        start = PROVINCES_FROM if row.level == 1 else SNAPSHOT
        parent = f"old:{row.parent}" if row.parent else None
        goes_on = lists.kept_codes.get(code)
        ends = REFORM if goes_on is None or row.level == 3 else None
        span = Span(row.full_name, row.kind, row.level, parent, start, ends, start_known=False, end_act=_end_act(lists, code))
        found[f"old:{code}"] = AreaLine(f"old:{code}", [span])
    for code, row in lists.new.items():
        key, parent = new_key(lists, code), new_key(lists, row.parent) if row.parent else None
        act = "district" if row.continues else f"province:{code}" if row.level == 1 else f"commune:{row.parent}"
        if not (row.continues and row.level == 1):
            span = Span(row.full_name, row.kind, row.level, parent, REFORM, None, act=act)
            found.setdefault(key, AreaLine(key)).spans.append(span)
    if "old:46" in found:
        _cut(found["old:46"], SNAPSHOT, "hue", before=("tỉnh Thừa Thiên Huế", "tỉnh"))
    if "new:75" in found:
        _cut(found["new:75"], DONG_NAI_CITY, "dong-nai", after=("thành phố Đồng Nai", "thành phố"))
    return found


def _end_act(lists: Published, code: str) -> str:
    row = lists.old[code]
    target = dict(lists.province_links)[lists.old_province(code)]
    if row.level == 1:
        return f"province:{target}"
    if row.level == 3 and code not in lists.kept_codes:
        return f"commune:{target}"
    return "district"


def _cut(line: AreaLine, day: date, act: str, before: tuple[str, str] | None = None, after: tuple[str, str] | None = None) -> None:
    """Divide the last span: another name and type before the day, or from it on."""
    span = line.spans.pop()
    values = {name: getattr(span, name) for name in span.__dataclass_fields__}
    old_name, old_kind = before or (span.name, span.kind)
    new_name, new_kind = after or (span.name, span.kind)
    line.spans.append(Span(**(values | {"name": old_name, "kind": old_kind, "ends": day, "end_act": act})))
    line.spans.append(Span(**(values | {"name": new_name, "kind": new_kind, "starts": day, "act": act, "start_known": True})))


class UnitLines:
    """The units of one line: key → spans. Keys are `LINE:AREA KEY`; a board of both fields ends in `:tg`."""

    def __init__(self, line: str, root: str, areas: dict[str, AreaLine]) -> None:
        self.line, self.root, self.areas = line, root, areas
        self.spans: dict[str, list[Span]] = {}
        self.steps: list[tuple[str, str, date]] = []
        """Named successions: old unit, new unit, day."""
        for key, area in areas.items():
            if line == MASS:
                self._boards(key, area)
            elif line != POLICE or key not in WITHOUT_POLICE:
                self._seat(key, area)

    def _seat(self, key: str, area: AreaLine) -> None:
        districts_end = self.line == POLICE and area.spans[0].level == 2
        spans = [piece for span in area.spans for piece in self._pieces(key, span, POLICE_DISTRICTS_END if districts_end else None)]
        self.spans[f"{self.line}:{key}"] = _joined(spans)
        if districts_end:
            self.steps.append((f"{self.line}:{key}", f"{self.line}:{area.spans[0].parent}", POLICE_DISTRICTS_END))

    def _pieces(self, key: str, span: Span, cut: date | None) -> list[Span]:
        """The unit over one span of its area, divided where its superior changes."""
        ends = cut or span.ends
        days = [span.starts]
        if self.line == POLICE and span.level == 3 and span.holds(POLICE_DISTRICTS_END):
            days.append(POLICE_DISTRICTS_END)
        pieces = []
        for at, day in enumerate(days):
            last = at == len(days) - 1
            pieces.append(
                Span(
                    unit_name(self.line, span.name, span.kind, day), span.kind, span.level, self._above(span, day), day,
                    ends if last else days[at + 1], span.start_known if at == 0 else True,
                    span.act if at == 0 else "police-district",
                    self._end_act(span, cut) if last else "police-district", key,
                )  # fmt: skip
            )
        return pieces

    def _end_act(self, span: Span, cut: date | None) -> str:
        if cut:
            return "police-district"
        return "front-district" if self.line == FRONT and span.level == 2 else span.end_act

    def _above(self, span: Span, day: date) -> str:
        """The unit of the line on the nearest area above that has one on that day."""
        parent = span.parent
        while parent is not None:
            above = self.areas[parent].at(day) or self.areas[parent].spans[0]
            if not (self.line == POLICE and (parent in WITHOUT_POLICE or (above.level == 2 and day >= POLICE_DISTRICTS_END))):
                return f"{self.line}:{parent}"
            parent = above.parent
        return self.root

    def _boards(self, key: str, area: AreaLine) -> None:
        """Mass mobilisation has boards at province and district; in 2025 they merged with propaganda."""
        first = area.spans[0]
        if first.level == 3:
            return
        own = _Merging.of(key, first.level)
        above = _Merging.of(first.parent, 1) if first.parent else _Merging(CENTRE_BOARDS_MERGED, "mass-centre")
        spans = [piece for span in area.spans for piece in self._board_pieces(key, span, own, above)]
        before, after = [s for s in spans if s.starts < own.day], [s for s in spans if s.starts >= own.day]
        self.spans[f"{MASS}:{key}:tg"] = after
        if before:
            self.spans[f"{MASS}:{key}"] = before
            self.steps.append((f"{MASS}:{key}", f"{MASS}:{key}:tg", own.day))

    def _board_pieces(self, key: str, span: Span, own: _Merging, above: _Merging) -> list[Span]:
        """The board over one span of its area, divided where it or the board above it merged."""
        acts = {above.day: above.act, own.day: own.act, span.starts: span.act}
        days = sorted(day for day in acts if span.holds(day))
        committee = unit_name(MASS, span.name, span.kind, date.min).removeprefix("Ban Dân vận ")
        pieces = []
        for at, day in enumerate(days):
            last = at == len(days) - 1
            name = f"{'Ban Tuyên giáo và Dân vận' if day >= own.day else 'Ban Dân vận'} {committee}"
            tail = ":tg" if day >= above.day else ""
            parent = f"{MASS}:{span.parent}{tail}" if span.parent else f"{self.root}{tail}"
            pieces.append(
                Span(
                    name, span.kind, span.level, parent, day, span.ends if last else days[at + 1],
                    span.start_known if at == 0 else True, acts[day], span.end_act if last else acts[days[at + 1]], key,
                    _UNDATED if day == own.day and own.act in {"mass-province", "mass-district"} else "",
                )  # fmt: skip
            )
        return pieces


@dataclass(frozen=True)
class _Merging:
    """When a board merged and by which act. The centre's day is that of the conclusion; three provinces
    have a day of their own in the source."""

    day: date
    act: str

    @classmethod
    def of(cls, area_key: str, level: int) -> _Merging:
        code = area_key.removeprefix("old:")
        if level == 2:
            return cls(POLICE_DISTRICTS_END, "mass-district")
        return cls(MERGED_ON.get(code, POLICE_DISTRICTS_END), f"mass-{code}" if code in DATED_MERGERS else "mass-province")


_UNDATED = "Nguồn không nêu ngày hợp nhất của ban này; ghi theo mốc chung 01/03/2025."


def _joined(spans: list[Span]) -> list[Span]:
    """Neighbouring spans that differ in nothing but their days become one."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and last.ends == span.starts and (last.name, last.parent, last.kind) == (span.name, span.parent, span.kind):
            values = {name: getattr(last, name) for name in last.__dataclass_fields__}
            found[-1] = Span(**(values | {"ends": span.ends, "end_act": span.end_act}))
        else:
            found.append(span)
    return found


LINES = {POLICE: "police:root", FRONT: "front:root", MASS: "mass:root", PEOPLE: "people:root"}

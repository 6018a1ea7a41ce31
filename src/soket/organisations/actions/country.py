"""Loading the country: the published lists of areas and the units of four lines, as dated rows and acts.

Done once, on an empty room, in one transaction; about 14,000 areas and 44,000 units.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.kernel.statistics import refresh_statistics
from soket.kernel.text import canonical_text, folded, sort_keys
from soket.organisations import events, rules
from soket.organisations.actions.act import QD19, _touch_tree
from soket.organisations.actions.choices import choose_source
from soket.organisations.actions.country_acts import CHOICE_BASIS, KNOWN, SOURCES, act_texts
from soket.organisations.core.naming import FRONT, MASS, PEOPLE, POLICE, area_sort_text, unit_sort_text
from soket.organisations.core.published import Published, read
from soket.organisations.core.timeline import (
    CENTRE_BOARDS_MERGED,
    LINES,
    PROVINCES_FROM,
    REFORM,
    SNAPSHOT,
    AreaLine,
    Span,
    UnitLines,
    area_lines,
    new_key,
)
from soket.organisations.models import (
    Area,
    AreaLink,
    AreaVersion,
    Code,
    KnownFrom,
    Level,
    Line,
    Source,
    Succession,
    Unit,
    UnitLink,
    UnitVersion,
)

GSO = "gso-old"
BATCH = 4000
LINE_NAMES = {
    POLICE: ("Hệ thống công an", "Public security"),
    FRONT: ("Hệ thống Mặt trận", "Fatherland Front"),
    MASS: ("Hệ thống dân vận", "Mass mobilisation"),
    PEOPLE: ("Ủy ban nhân dân", "People's Committees"),
}
CENTRE = {
    POLICE: ["Bộ Công an", "Đảng ủy Công an Trung ương"],
    FRONT: ["Ủy ban Trung ương MTTQ Việt Nam"],
    MASS: ["Ban Dân vận Trung ương"],
    PEOPLE: ["Chính phủ"],
}
Progress = Callable[[str], None]


@action
def load_country(*, by: Actor, at: datetime, progress: Progress | None = None, only: Iterable[str] | None = None) -> dict[str, int]:
    """Load the lists; `only` keeps the provinces of 1 July 2025 with these codes. Returns the counts.

    Raises Refused when something is loaded already. Codes, spellings and doubts are those of the sources.
    """
    if not rules.administers_everything(by, day_of(at)):
        raise Refused(_("Only who administers the whole country may do this."))
    if Area.objects.exists() or Line.objects.exists():
        raise Refused(_("The country is loaded already."))
    lists = read(only)
    loader = _Loader(lists, by, at, progress or (lambda _text: None))
    counts = loader.run()
    files = {name: str(meta["sha256"]) for name, meta in lists.files.items()}
    payload = {**{name: counts[name] for name in ("areas", "units", "acts")}, "files": files}
    subject = Ref("organisations.country", "VN", "Việt Nam")
    record(event=events.COUNTRY_LOADED, by=by, subject=subject, at=at, payload=payload)
    choose_source(source=loader.sources["mapping-a"], basis=CHOICE_BASIS, by=by, at=at)
    return counts


class _Loader:
    """Builds all rows in memory, level by level of dependence, and stores each kind at once."""

    def __init__(self, lists: Published, by: Actor, at: datetime, say: Progress) -> None:
        self.lists, self.by, self.at, self.say = lists, by, at, say
        self.sources: dict[str, Source] = {}
        self.acts: dict[str, Succession] = {}
        self.areas: dict[str, Area] = {}
        self.units: dict[str, Unit] = {}
        self.lines: dict[str, Line] = {}

    def run(self) -> dict[str, int]:
        self._sources()
        self._lines()
        self._acts()
        on_map = area_lines(self.lists)
        self._areas(on_map)
        self._codes()
        self._area_links()
        refresh_statistics(Area, AreaVersion, Code, AreaLink, Succession)
        for line, root in LINES.items():
            self._units(UnitLines(line, root, on_map))
            refresh_statistics(Unit, UnitVersion, UnitLink)
        _touch_tree()
        return {"areas": len(self.areas), "units": len(self.units), "acts": len(self.acts), "links": AreaLink.objects.count()}

    def _sources(self) -> None:
        for code, text in SOURCES.items():
            file = self.lists.files.get(text.file, {})
            row = Source(
                code=code, title=text.title, citation=text.citation, doubt=text.doubt, version=file.get("version", ""),
                licence=file.get("licence", ""), sha256=file.get("sha256", ""),
            )  # fmt: skip
            row.save(force_insert=True)
            self.sources[code] = row

    def _lines(self) -> None:
        for order, (code, (name_vi, name_en)) in enumerate(LINE_NAMES.items(), 1):
            self.lines[code] = Line(code=code, name_vi=name_vi, name_en=name_en, order=order)
            self.lines[code].save(force_insert=True)
        for line in (None, *self.lines.values()):
            for level, citation in KNOWN.items():
                absent = {Level.CENTRE} if line is None else {Level.COMMUNE} if line.code == MASS else set()
                if level not in absent:
                    day = PROVINCES_FROM if level <= Level.PROVINCE else SNAPSHOT
                    KnownFrom(line=line, level=level, day=day, citation=citation).save(force_insert=True)

    def _acts(self) -> None:
        by = self.by.actor_label[:200]
        for name, text in act_texts(self.lists).items():
            row = Succession(
                kind=text.kind, on=text.on, basis=text.basis[:400], title=text.title[:400], note=text.note, recorded_at=self.at,
                by_label=by, source=self.sources[text.source],
            )  # fmt: skip
            row.save(force_insert=True)
            self.acts[name] = row

    def _dated(self, model: Any, spans: list[tuple[Span, str, dict[str, Any]]]) -> None:
        """Store versions: each with the text it is sorted by and its own fields."""
        keys = dict(zip(texts := list({text for _, text, _ in spans}), sort_keys(texts), strict=True))
        rows = [
            model(
                valid_from=span.starts, valid_to=span.ends, start_known=span.start_known, name=span.name, level=span.level,
                canonical=canonical_text(span.name), folded=folded(span.name), sort_key=keys[text],
                opened_by=self.acts.get(span.act), closed_by=self.acts.get(span.end_act) if span.ends else None, **own,
            )
            for span, text, own in spans
        ]  # fmt: skip
        model.objects.bulk_create(rows, batch_size=BATCH)

    def _areas(self, on_map: dict[str, AreaLine]) -> None:
        stored = Area.objects.bulk_create([Area(key=key) for key in on_map], batch_size=BATCH)
        self.areas = {area.key: area for area in stored}
        spans = []
        for key, line in on_map.items():
            for span in line.spans:
                parent = self.areas[span.parent] if span.parent else None
                spans.append((span, area_sort_text(span.name, span.kind), {"area": self.areas[key], "kind": span.kind, "parent": parent}))
        self._dated(AreaVersion, spans)
        self.say(f"{len(self.areas)} areas")

    def _codes(self) -> None:
        rows = []
        for code, row in self.lists.old.items():
            since = PROVINCES_FROM if row.level == Level.PROVINCE else SNAPSHOT
            rows.append(Code(scheme=GSO, code=code, area=self.areas[f"old:{code}"], valid_from=since, valid_to=REFORM))
        rows += [Code(scheme=QD19, code=code, area=self.areas[new_key(self.lists, code)], valid_from=REFORM) for code in self.lists.new]
        Code.objects.bulk_create(rows, batch_size=BATCH)

    def _area_links(self) -> None:
        rows = []
        for old, new in self.lists.province_links:
            if f"province:{new}" in self.acts:
                rows.append(self._link(AreaLink, self.areas[f"old:{old}"], self.areas[f"new:{new}"], self.acts[f"province:{new}"]))
        for source, pairs in (("mapping-a", self.lists.mapping_a), ("mapping-b", self.lists.mapping_b)):
            rows += self._mapped(self.sources[source], pairs)
        AreaLink.objects.bulk_create(rows, batch_size=BATCH)
        self.say(f"{len(rows)} steps between areas")

    def _mapped(self, source: Source, pairs: list[tuple[str, str]]) -> list[AreaLink]:
        heirs: dict[str, list[str]] = {}
        for old, new in pairs:
            heirs.setdefault(old, []).append(new)
        rows = []
        for old, news in heirs.items():
            for new in news:
                key = new_key(self.lists, new)
                if key != f"old:{old}":
                    act = self.acts[f"commune:{self.lists.new[new].parent}"]
                    rows.append(self._link(AreaLink, self.areas[f"old:{old}"], self.areas[key], act, whole=len(news) == 1, source=source))
        return rows

    def _link(self, model: Any, old: Any, new: Any, act: Succession, *, whole: bool = True, source: Source | None = None) -> Any:
        share = 1 if whole else None
        return model(old=old, new=new, succession=act, share_num=share, share_den=share, source=source)

    def _centre(self, line: str, root: str) -> dict[str, list[Span]]:
        """The central units; that of mass mobilisation is followed by the merged board."""
        found = {}
        for at, name in enumerate(CENTRE[line]):
            key = root if at == 0 else f"{root}:{at}"
            found[key] = [Span(name, "", Level.CENTRE, None, PROVINCES_FROM, None, start_known=False)]
        if line == MASS:
            day, act = CENTRE_BOARDS_MERGED, "mass-centre"
            found[root] = [Span("Ban Dân vận Trung ương", "", Level.CENTRE, None, PROVINCES_FROM, day, start_known=False, end_act=act)]
            found[f"{root}:tg"] = [Span("Ban Tuyên giáo và Dân vận Trung ương", "", Level.CENTRE, None, day, None, act=act)]
        return found

    def _units(self, line: UnitLines) -> None:
        listed = self._centre(line.line, line.root) | line.spans
        steps = [(f"{line.root}", f"{line.root}:tg", CENTRE_BOARDS_MERGED)] if line.line == MASS else []
        stored = Unit.objects.bulk_create([Unit(key=key, line=self.lines[line.line]) for key in listed], batch_size=BATCH)
        units = {unit.key: unit for unit in stored}
        self.units |= units
        spans = []
        for key, own in listed.items():
            for span in own:
                seat = self._seat_span(line, span)
                text = unit_sort_text(span.name, seat.name, seat.kind) if seat else unit_sort_text(span.name)
                parent = units[span.parent] if span.parent else None
                area = self.areas[span.area] if span.area else None
                spans.append((span, text, {"unit": units[key], "parent": parent, "area": area, "note": span.note}))
        self._dated(UnitVersion, spans)
        links = [self._link(UnitLink, units[old], units[new], self._step_act(listed[old])) for old, new, _day in [*steps, *line.steps]]
        UnitLink.objects.bulk_create(links, batch_size=BATCH)
        self.say(f"{len(units)} units: {LINE_NAMES[line.line][0]}")

    def _seat_span(self, line: UnitLines, span: Span) -> Span | None:
        return line.areas[span.area].at(span.starts) if span.area else None

    def _step_act(self, spans: list[Span]) -> Succession:
        return self.acts[spans[-1].end_act]

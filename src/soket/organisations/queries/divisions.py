"""The published mappings side by side: what each divides, and what was decided about it."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from soket.organisations.core.lives import ONE_DAY
from soket.organisations.models import AreaLink, AreaVersion, Level, ShareDecision, Source, SourceChoice
from soket.organisations.queries.cache import kept
from soket.organisations.queries.links import COMMUNES_2025, chosen_source, decided_shares, in_force
from soket.organisations.queries.trees import area_tree


@dataclass(frozen=True)
class Heir:
    """Where an area went by one source, or from where it came. `share` None while undecided; `whole` says
    that this source sends it to one place only."""

    area_id: int
    name: str
    on: date
    share: Fraction | None
    whole: bool


@dataclass
class Version:
    """What one source says about one area. `source` None: the act itself says so."""

    source: Source | None
    chosen: bool
    heirs: list[Heir] = field(default_factory=list)

    @property
    def divided(self) -> bool:
        return len(self.heirs) > 1


@dataclass(frozen=True)
class Decision:
    """The latest decision of shares for one area."""

    office: str
    basis: str
    at: object


@dataclass(frozen=True)
class DividedArea:
    """An old area that at least one source divides, with the number of successors by source code."""

    id: int
    name: str
    parts: dict[str, int]


@dataclass(frozen=True)
class Mapping:
    """One published mapping: how many areas it divides and reaches, and its choice if it was ever chosen."""

    source: Source
    divided: int
    steps: int
    chosen: bool

    @property
    def short(self) -> str:
        """The title up to its colon."""
        return self.source.title.split(":")[0]


def _last_names(keys: set[int]) -> dict[int, str]:
    return dict(AreaVersion.objects.filter(area_id__in=keys).order_by("valid_from").values_list("area_id", "name"))


def successors_by_source(area_id: int) -> list[Version]:
    """Where the area went, source by source, the chosen one first."""
    return _by_source(area_id, "old", "new")


def predecessors_by_source(area_id: int) -> list[Version]:
    """From where the area came, source by source, the chosen one first."""
    return _by_source(area_id, "new", "old")


def _by_source(area_id: int, own: str, other: str) -> list[Version]:
    links = in_force(AreaLink.objects.filter(**{own: area_id})).select_related("source", "succession").order_by("succession__on", "id")
    found = list(links)
    if not found:
        return []
    chosen, decided = chosen_source(), decided_shares()
    names = _last_names({getattr(link, f"{other}_id") for link in found})
    versions: dict[int | None, Version] = {}
    for link in found:
        key = getattr(link, f"{other}_id")
        share = Fraction(link.share_num, link.share_den) if link.share_num is not None and link.share_den else decided.get((link.old_id, link.new_id))
        counts = link.source is None or (chosen is not None and link.source_id == chosen.pk)
        version = versions.setdefault(link.source_id, Version(link.source, counts))
        version.heirs.append(Heir(key, names[key], link.succession.on, share, link.share_num == link.share_den and link.share_num is not None))
    for version in versions.values():
        order = {key: at for at, key in enumerate(area_tree(version.heirs[0].on if own == "old" else version.heirs[0].on - ONE_DAY).order)}
        version.heirs.sort(key=lambda heir: order.get(heir.area_id, 0))
    return sorted(versions.values(), key=lambda version: (not version.chosen, version.source.code if version.source else ""))


def decision_on(area_id: int) -> Decision | None:
    """Who last decided the shares of an area, and on what basis."""
    row = ShareDecision.objects.filter(old_id=area_id).order_by("-id").first()
    return Decision(row.by_label, row.basis, row.at) if row else None


def mappings() -> list[Mapping]:
    """Every source that holds a mapping, in the order of their codes."""
    chosen = chosen_source()
    found = []
    for source in Source.objects.filter(arealink__isnull=False).distinct().order_by("code"):
        steps = AreaLink.objects.filter(source=source)
        divided = steps.filter(share_num=None).values("old_id").distinct().count()
        found.append(Mapping(source, divided, steps.count(), chosen is not None and chosen.pk == source.pk))
    return found


def choices(topic: str = COMMUNES_2025) -> list[SourceChoice]:
    """The recorded choices, newest first."""
    return list(SourceChoice.objects.filter(topic=topic).select_related("source").order_by("-id"))


def sources() -> list[Source]:
    """Every source with its licence, hash and doubts."""
    return list(Source.objects.order_by("id"))


def source_by_code(code: str) -> Source | None:
    return Source.objects.filter(code=code).first()


def divided_by_province() -> list[tuple[str, int, list[DividedArea]]]:
    """(province, its id, divided areas) for every province in which a source divides an area, in order."""
    return kept(("divided",), _divided_by_province)


def _divided_by_province() -> list[tuple[str, int, list[DividedArea]]]:
    rows = AreaLink.objects.filter(share_num=None).exclude(source=None)
    parts: dict[int, dict[str, int]] = {}
    for (old, code), count in sorted(Counter(rows.values_list("old_id", "source__code")).items()):
        parts.setdefault(old, {})[code] = count
    dates = set(rows.values_list("succession__on", flat=True))
    if not dates:
        return []
    tree = area_tree(min(dates) - ONE_DAY)
    found = []
    for root in tree.roots:
        listed = [
            DividedArea(key, ", ".join(node.name for node in tree.path(key)[1:][::-1]), parts[key])
            for key in tree.at_level(Level.COMMUNE, root)
            if key in parts
        ]
        if listed:
            found.append((tree.node(root).name, root, listed))
    return found

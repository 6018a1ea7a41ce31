"""Areas and units over time. Ids are ours; names, parents, types and codes are dated rows.

All ranges are half-open: [valid_from, valid_to). `valid_to` empty means still so. `start_known`
False means that the row is known from that day on and the true beginning is not loaded.
"""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import LockedModel, SealedModel


class Level(models.IntegerChoices):
    CENTRE = 0, _("Central level")
    PROVINCE = 1, _("Province level")
    DISTRICT = 2, _("District level")
    COMMUNE = 3, _("Commune level")


class Source(LockedModel):
    """Where loaded facts came from: package or decree, version, licence, hash, doubts."""

    code = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    citation = models.CharField(max_length=600)
    version = models.CharField(max_length=40, blank=True)
    licence = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    doubt = models.TextField(blank=True)


class Line(LockedModel):
    """A system of units over the map (hệ thống): police, Front, mass mobilisation, People's Committees."""

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)


class KnownFrom(LockedModel):
    """From which day a level of the map (line empty) or of a line is loaded; before it pages say so."""

    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="known_from")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    day = models.DateField()
    citation = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "level"], name="organisations_known_once"),
            models.UniqueConstraint(fields=["level"], condition=models.Q(line=None), name="organisations_map_known_once"),
        ]


class Area(LockedModel):
    """A piece of the country (địa bàn). `key` is our own stable name, used by loaders only."""

    key = models.CharField(max_length=40, unique=True)


class Unit(LockedModel):
    """A body of one line. A unit whose name or territory was decided anew is another unit."""

    key = models.CharField(max_length=60, unique=True)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="units")


class SuccessionKind(models.TextChoices):
    RENAME = "rename", _("Renamed")
    RETYPE = "retype", _("Changed type")
    MOVE = "move", _("Moved to another parent")
    MERGE = "merge", _("Formed by merging")
    SPLIT = "split", _("Divided")
    DISSOLVE = "dissolve", _("Ended")
    CREATE = "create", _("Created")
    UNDO = "undo", _("Act undone")


class Succession(LockedModel):
    """An act with a date and a legal basis that changes areas or units. An act is undone by a counter-act.

    `source` is set when the act came with published lists instead of being recorded here.
    """

    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    on = models.DateField()
    basis = models.CharField(max_length=400)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")
    recorded_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    title = models.CharField(max_length=400)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="acts")
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["on"], name="organisations_succession_on")]


class ByAct(LockedModel):
    """A range of days with the acts that opened and closed it; empty when the loaded lists merely state it."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    opened_by = models.ForeignKey(Succession, null=True, on_delete=models.PROTECT, related_name="%(class)s_opened")
    closed_by = models.ForeignKey(Succession, null=True, on_delete=models.PROTECT, related_name="%(class)s_closed")

    class Meta:
        abstract = True


class Dated(ByAct):
    """A name, level and existence for a range of days, with its search and sort forms."""

    start_known = models.BooleanField(default=True)
    name = models.CharField(max_length=200)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    canonical = models.CharField(max_length=200)
    folded = models.CharField(max_length=200)
    sort_key = models.BinaryField(max_length=600)

    class Meta:
        abstract = True


class AreaVersion(Dated):
    """`name` is the full name with its type ("xã An Phú"); `kind` is the type alone (xã, phường, tỉnh…)."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=20)
    parent = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="child_versions")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="organisations_area_range",
            )
        ]
        indexes = [
            models.Index(fields=["folded"], name="organisations_area_folded"),
            models.Index(fields=["parent", "valid_from"], name="organisations_area_under"),
        ]


class UnitVersion(Dated):
    """Where the unit stands in its line and on the map for a range of days."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    parent = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="child_versions")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="unit_versions")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")),
                name="organisations_unit_range",
            )
        ]
        indexes = [
            models.Index(fields=["folded"], name="organisations_unit_folded"),
            models.Index(fields=["parent", "valid_from"], name="organisations_unit_parent"),
            models.Index(fields=["area", "valid_from"], name="organisations_unit_on_area"),
        ]


class Code(ByAct):
    """A dated code of an area or a unit, unique per scheme, code and range; the same digits may be given anew."""

    scheme = models.CharField(max_length=30)  # gso-old | qd19-2025 | qd20-2020
    code = models.CharField(max_length=40)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="codes")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="codes")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area=None, unit__isnull=False) | models.Q(area__isnull=False, unit=None),
                name="organisations_code_of_one",
            )
        ]
        indexes = [models.Index(fields=["code"], name="organisations_code_find")]


class Link(LockedModel):
    """Predecessor → successor. A share is num/den; both empty means not decided. `source` names the
    published mapping the link comes from (empty: the act itself says so)."""

    succession = models.ForeignKey(Succession, on_delete=models.PROTECT, related_name="%(class)ss")
    share_num = models.BigIntegerField(null=True)
    share_den = models.BigIntegerField(null=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share_num=None, share_den=None)
                | models.Q(share_num__isnull=False, share_den__isnull=False, share_num__gt=0, share_den__gt=0, share_num__lte=models.F("share_den")),
                name="%(app_label)s_%(class)s_share",
            )
        ]


class AreaLink(Link):
    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successor_links")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="predecessor_links")


class UnitLink(Link):
    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successor_links")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessor_links")


class SourceChoice(SealedModel):
    """Which of several published mappings counts for a topic, by whom, on what basis; the latest row counts."""

    topic = models.CharField(max_length=40)  # communes-2025
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    basis = models.CharField(max_length=400)


class ShareDecision(SealedModel):
    """A named office's decision on how a divided area's figures are carried; the latest row per pair counts."""

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="share_decisions")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    num = models.BigIntegerField()
    den = models.BigIntegerField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    basis = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(num__gte=0, den__gt=0, num__lte=models.F("den")), name="organisations_decided_share"
            )
        ]


class TreeVersion(LockedModel):
    """Counts the changes to the tree, so that dossiers can name the tree they used.

    `token` is new with every change and never comes back, so a cache keyed by it cannot serve a tree
    of a transaction that was rolled back.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32)

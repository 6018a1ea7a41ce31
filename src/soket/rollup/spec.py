"""The address of a figure: everything that decides its value, as data.

A spec is stored with a review, named in addresses, and is the same whether a page, a paper or a bench asks.
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from urllib.parse import urlencode

KINDS = ("indicator", "coverage", "completeness", "external")
REPORTED = "reported"
SHORT = {
    "kind": "loai", "indicator": "chi-tieu", "rounds": "ky", "lines": "he", "area": "dia-ban", "boundary": "ranh-gioi",
    "programme": "chuong-trinh", "obligation": "nghia-vu", "on": "ngay", "part": "phan",
}


class BadSpec(ValueError):
    """A figure's address that cannot be read; the message names the part."""


@dataclass(frozen=True)
class Spec:
    """`rounds` and `lines` are slugs and line codes; `area` an area id, None for the country; `boundary` is
    "reported" or a day (ISO). `part` of a coverage: rate, accepted or owed. An external figure carries its
    own value with its citation."""

    kind: str
    indicator: str = ""
    rounds: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    area: int | None = None
    boundary: str = REPORTED
    programme: str = ""
    obligation: str = ""
    on: str = ""
    part: str = "rate"
    value: str = ""
    scale: int = 0
    precision: str = ""
    measure_vi: str = ""
    measure_en: str = ""
    citation: str = ""
    edges: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadSpec(f"kind: {self.kind!r}")
        if self.kind == "indicator" and not (self.indicator and self.rounds):
            raise BadSpec("indicator and rounds are needed")
        if self.kind == "coverage" and not (self.programme and self.obligation and self.on):
            raise BadSpec("programme, obligation and on are needed")
        for name, text in (("boundary", self.boundary if self.boundary != REPORTED else ""), ("on", self.on)):
            if text:
                try:
                    date.fromisoformat(text)
                except ValueError:
                    raise BadSpec(f"{name}: {text!r} is not a day") from None

    @property
    def boundary_day(self) -> date | None:
        """The day of the boundaries, None for as reported."""
        return None if self.boundary == REPORTED else date.fromisoformat(self.boundary)

    def to_json(self) -> str:
        """Only what differs from the defaults, in a fixed order."""
        blank = {item.name: item.default for item in fields(self)}
        kept = {key: value for key, value in asdict(self).items() if key == "kind" or value != blank[key]}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Spec:
        """Raises BadSpec on anything but a known spec."""
        try:
            data: dict[str, Any] = json.loads(text)
            for name in ("rounds", "lines"):
                data[name] = tuple(data.get(name) or ())
            return cls(**data)
        except (TypeError, ValueError, AttributeError) as error:
            raise error if isinstance(error, BadSpec) else BadSpec(str(error)) from None

    def query(self) -> str:
        """The spec as a query string for a live figure's address."""
        pairs = []
        for name, short in SHORT.items():
            value = getattr(self, name)
            text = ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
            if text:
                pairs.append((short, text))
        return urlencode(pairs)

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Spec:
        """Read `query()` back. Raises BadSpec."""
        data: dict[str, Any] = {name: query.get(short, "") for name, short in SHORT.items() if query.get(short)}
        for name in ("rounds", "lines"):
            data[name] = tuple(item for item in data.get(name, "").split(",") if item)
        if "area" in data:
            if not (data["area"].isascii() and data["area"].isdigit()) or len(data["area"]) > 9:
                raise BadSpec(f"area: {data['area']!r}")
            data["area"] = int(data["area"])
        if data.get("kind") == "external":
            raise BadSpec("an external figure has no live address")
        try:
            return cls(**data)
        except TypeError as error:
            raise BadSpec(str(error)) from None

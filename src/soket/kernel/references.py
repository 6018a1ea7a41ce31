"""A reference to a thing by kind, id and label: how audit and citations point without foreign keys."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """`kind` names the sort of thing (room.thing), `id` finds it, `label` is how it was called then."""

    kind: str
    id: str
    label: str

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind, "id": self.id, "label": self.label}

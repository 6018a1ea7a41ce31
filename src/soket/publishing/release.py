"""The released copy as plain data: what the public reads of a revision, and nothing else of it.

One JSON object, later stored as its RFC 8785 bytes. Runs are {"kind", "text"}; a claim also has "code" and
"edition" (the digest), and "old" where a correction changed its words. Numbers travel as decimal strings.
"""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soket.publishing.core import Block, Run, codes, words_of

FORMAT = "soket-release/1"
EXACT = ("state", "numerator", "denominator", "upper", "scale", "percent", "precision")


@dataclass(frozen=True)
class Parsed:
    """A revision's three texts as runs, every claim true of its figure."""

    title: tuple[Run, ...]
    lead: tuple[Run, ...]
    body: tuple[Block, ...]

    @property
    def codes(self) -> list[str]:
        """All figures claimed, in reading order."""
        return codes([*self.title, *self.lead, *(run for block in self.body for run in block.runs)])


def build(
    parsed: Parsed, *, head: Mapping[str, Any], figures: Sequence[Mapping[str, Any]], previous: Mapping[str, Any] | None, note: str
) -> dict[str, Any]:
    """The content. `head` holds slug, number, published_at, first_published_at, office, review, edition and
    synthetic; `figures` one entry (see `figure_entry`) for each claimed code; `previous` the content corrected."""
    before = _words_by_code(previous) if previous else {}
    digest = str(head["edition"]["digest"])
    changed = {item["code"] for item in _changes(previous, figures)} if previous else set()

    def told(parts: Sequence[Run]) -> list[dict[str, str]]:
        return [_run(run, digest, before if run.code in changed else {}) for run in parts]

    title = words_of(parsed.title)
    notices = [*previous["notices"], _notice(head, note, title, previous, figures)] if previous else []
    return {
        "format": FORMAT, **head, "title": title, "title_runs": told(parsed.title), "lead": told(parsed.lead),
        "body": [{"kind": block.kind, "runs": told(block.runs)} for block in parsed.body],
        "figures": list(figures), "notices": notices,
    }


def figure_entry(body: Mapping[str, Any], display_vi: str, display_en: str, kind: str) -> dict[str, Any]:
    """A claimed figure: its codes, labels, printed values and exact value. `kind` as pages draw it."""
    return {
        "code": body["code"], "printed": body["printed"], "label": dict(body["label"]), "measure": dict(body["measure"]),
        "display": {"vi": display_vi, "en": display_en}, "kind": kind, "exact": {name: body[name] for name in EXACT},
    }


def _run(run: Run, digest: str, before: Mapping[str, list[str]]) -> dict[str, str]:
    if run.kind != "claim":
        return {"kind": run.kind, "text": run.text}
    told = {"kind": "claim", "text": run.text, "code": run.code, "edition": digest}
    said = before.get(run.code, [])
    return {**told, "old": said[0]} if said and run.text not in said else told


def _words_by_code(content: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in [content["title_runs"], content["lead"], *(block["runs"] for block in content["body"])]:
        for run in part:
            if run["kind"] == "claim":
                found.setdefault(run["code"], []).append(run["text"])
    return found


def _notice(
    head: Mapping[str, Any], note: str, title: str, previous: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    renamed = {"old": previous["title"], "new": title} if previous["title"] != title else None
    return {
        "number": head["number"], "at": head["published_at"], "note": note, "edition": head["edition"]["number"],
        "figures": _changes(previous, figures), "title": renamed,
    }


def _changes(previous: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every figure claimed before or now whose exact value differs; "" on the side where it is not claimed."""
    was, now = {item["code"]: item for item in previous["figures"]}, {item["code"]: item for item in figures}
    found = []
    for code in sorted(was.keys() | now.keys()):
        old, new = was.get(code), now.get(code)
        if old is None or new is None or old["exact"] != new["exact"]:
            known = new or old or {}
            told_old, told_new = (item["display"]["vi"] if item else "" for item in (old, new))
            if old and new and told_old == told_new:
                told_old, told_new = _with_parts(old), _with_parts(new)
            found.append({"code": code, "printed": known["printed"], "label": known["label"], "old": told_old, "new": told_new})
    return found


def _with_parts(item: Mapping[str, Any]) -> str:
    """Two shares that print alike are told apart by their integers."""
    exact = item["exact"]
    return f"{item['display']['vi']} ({exact['numerator']}/{exact['denominator'] or '1'})"

"""The released copy as plain data: what the public reads of a revision, and nothing else of it.

One JSON object, later stored as its RFC 8785 bytes. Runs are {"kind", "text"}; a claim also has "code" and
"edition" (the digest), and "old" where a correction changed its words; "strong", "em" and "href" stand where they are set.
Blocks are told apart by "kind"; a photograph and a chart carry all that a page needs. Numbers travel as decimal strings.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from soket.publishing.core import Run, codes, words_of
from soket.publishing.markup import Block
from soket.ui.core import number

FORMAT = "soket-release/2"
EXACT = ("state", "numerator", "denominator", "upper", "scale", "percent", "precision")


@dataclass(frozen=True)
class Parsed:
    """A revision's three texts as runs, every claim true of its figure."""

    title: tuple[Run, ...]
    lead: tuple[Run, ...]
    body: tuple[Block, ...]

    @property
    def codes(self) -> list[str]:
        """All figures claimed or charted, in reading order."""
        found = codes([*self.title, *self.lead])
        for block in self.body:
            found += [*codes(tuple(block.every_run())), *block.codes]
        return list(dict.fromkeys(found))


def build(
    parsed: Parsed, *, head: Mapping[str, Any], figures: Sequence[Mapping[str, Any]], previous: Mapping[str, Any] | None, note: str,
    photos: Mapping[int, Mapping[str, Any]],
) -> dict[str, Any]:
    """The content. `head` holds slug, number, published_at, first_published_at, office, review, edition, synthetic,
    category, byline, source, tags, photo (the one under the lead, or None) and imported; `review`, `edition` and `category` may be
    None. `figures` is one entry (see `figure_entry`) for each claimed code; `photos` the entries (see `photo_entry`) of the
    photographs placed in the body, by id; `previous` the content that this corrects."""
    before = _words_by_code(previous) if previous else {}
    digest = str(head["edition"]["digest"]) if head["edition"] else ""
    changed = {item["code"] for item in _changes(previous, figures)} if previous else set()

    def told(parts: Sequence[Run]) -> list[dict[str, Any]]:
        return [_run(run, digest, before if run.code in changed else {}) for run in parts]

    title = words_of(parsed.title)
    notices = [*previous["notices"], _notice(head, note, title, previous, figures)] if previous else []
    return {
        "format": FORMAT, **head, "title": title, "title_runs": told(parsed.title), "lead": told(parsed.lead),
        "body": [_block(block, told, photos) for block in parsed.body],
        "figures": list(figures), "notices": notices,
    }


def _block(block: Block, told: Callable[[Sequence[Run]], list[dict[str, Any]]], photos: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    if block.kind == "list":
        items = [{"depth": item.depth, "ordered": item.ordered, "number": item.number, "runs": told(item.runs)} for item in block.items]
        return {"kind": "list", "items": items}
    if block.kind == "table":
        return {"kind": "table", "rows": [[told(cell) for cell in row] for row in block.rows]}
    if block.kind == "photo":
        return {"kind": "photo", **photos[block.photo]}
    if block.kind == "chart":
        return {"kind": "chart", "codes": list(block.codes)}
    words: dict[str, Any] = {"kind": block.kind, "runs": told(block.runs)}
    return {**words, "level": block.level} if block.kind == "heading" else words


def photo_entry(
    *, asset: int, caption: str, credit: str, alt: str, decorative: bool, sizes: Sequence[tuple[str, int, int, str, int]]
) -> dict[str, Any]:
    """A photograph as it was approved. `sizes`: (SHA-256, width, height, media type, bytes), smallest first; pixels and bytes are small integers."""
    names = ("sha256", "width", "height", "media_type", "bytes")
    return {
        "asset": str(asset), "caption": caption, "credit": credit, "alt": alt, "decorative": decorative,
        "sizes": [dict(zip(names, size, strict=True)) for size in sizes],
    }


def every_run(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All runs of a released copy, of either format, in reading order."""
    yield from content["title_runs"]
    yield from content["lead"]
    for block in content["body"]:
        yield from block.get("runs", ())
        for item in block.get("items", ()):
            yield from item["runs"]
        for row in block.get("rows", ()):
            for cell in row:
                yield from cell


def every_photo(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The photograph under the lead, then those of the body."""
    lead = [content["photo"]] if content.get("photo") else []
    return [*lead, *(block for block in content["body"] if block["kind"] == "photo")]


def plain_text(content: Mapping[str, Any]) -> str:
    """What a voice reads and a search finds: title, lead and body as words, one block a line."""

    def words(parts: Sequence[Mapping[str, Any]]) -> str:
        return "".join(" " if run["kind"] == "break" else run["text"] for run in parts).strip()

    lines = [content["title"], words(content["lead"])]
    for block in content["body"]:
        lines += [words(block["runs"])] if "runs" in block else []
        lines += [words(item["runs"]) for item in block.get("items", ())]
        lines += ["; ".join(words(cell) for cell in row) for row in block.get("rows", ())]
        lines += [block["caption"]] if block["kind"] == "photo" and block["caption"] else []
    return "\n".join(line for line in lines if line)


def figure_entry(body: Mapping[str, Any], display_vi: str, display_en: str, kind: str) -> dict[str, Any]:
    """A claimed figure: its codes, labels, printed values and exact value. `kind` as pages draw it. A share has no unit of measure but its sign."""
    measure = dict.fromkeys(body["measure"], "") if body["percent"] else dict(body["measure"])
    return {
        "code": body["code"], "printed": body["printed"], "label": dict(body["label"]), "measure": measure,
        "display": {"vi": display_vi, "en": display_en}, "kind": kind, "exact": {name: body[name] for name in EXACT},
    }


def _run(run: Run, digest: str, before: Mapping[str, list[str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": run.kind, "text": run.text}
    told |= {name: True for name in ("strong", "em") if getattr(run, name)}
    if run.href:
        told["href"] = run.href
    if run.kind != "claim":
        return told
    told |= {"code": run.code, "edition": digest}
    said = before.get(run.code, [])
    return {**told, "old": said[0]} if said and run.text not in said else told


def _words_by_code(content: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for run in every_run(content):
        if run["kind"] == "claim":
            found.setdefault(run["code"], []).append(run["text"])
    return found


def _notice(
    head: Mapping[str, Any], note: str, title: str, previous: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    renamed = {"old": previous["title"], "new": title} if previous["title"] != title else None
    return {
        "number": head["number"], "at": head["published_at"], "note": note, "edition": head["edition"]["number"] if head["edition"] else 0,
        "figures": _changes(previous, figures), "title": renamed,
    }


def _changes(previous: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Every figure claimed before or now that is another value, counts something else or is named otherwise; "" on the side where it is not claimed."""
    was, now = {item["code"]: item for item in previous["figures"]}, {item["code"]: item for item in figures}
    found = []
    for code in sorted(was.keys() | now.keys()):
        old, new = was.get(code), now.get(code)
        known = new or old or {}
        told_old, told_new = _told_apart(old, new) if old and new else (item["display"]["vi"] if item else "" for item in (old, new))
        if told_old != told_new:
            found.append({"code": code, "printed": known["printed"], "label": known["label"], "old": told_old, "new": told_new})
    return found


def _told_apart(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str]:
    """Both values as printed, with so much beside them as tells them apart; equal where nothing a reader is told has changed."""
    pairs = [
        [item["display"]["vi"] for item in (old, new)], [_with_parts(item) for item in (old, new)],
        [f"{item['display']['vi']} {item['measure']['vi']}".strip() for item in (old, new)],
        [f"{item['display']['vi']} ({item['label']['vi']})" for item in (old, new)],
    ]
    before, after = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])
    return before, after


def parts_of(exact: Mapping[str, Any]) -> str:
    """Both numbers of a share or a mean as they are written, "3.268/3.319"; empty where the figure is none."""
    if exact["denominator"] is None or exact["numerator"] is None:
        return ""
    scale = 0 if exact.get("percent") else int(exact.get("scale") or 0)  # a share's two numbers are counts; a mean's sum has its decimals
    return f"{number(int(exact['numerator']), scale)}/{number(int(exact['denominator']))}"


def _with_parts(item: Mapping[str, Any]) -> str:
    """Two shares that print alike are told apart by their two numbers."""
    pair = parts_of(item["exact"])
    return f"{item['display']['vi']} ({pair})" if pair else str(item["display"]["vi"])

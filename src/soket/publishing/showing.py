"""A released copy as a page draws it. The public's pages and the desk's preview go through here, so they cannot differ.

Runs become pairs of kind (text, plain, claim, break) and `Piece`; nothing here reads a table. What is not released yet has no public
address: the desk asks for its own addresses of photographs (`desk_address`), the public's pages never do.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from soket.ui.core import language
from soket.ui.panel import FigureRef


@dataclass(frozen=True)
class Piece:
    """A run: its words, the figure where it is a claim, and its marks."""

    kind: str
    text: str
    figure: FigureRef | None = None
    strong: bool = False
    em: bool = False
    href: str = ""


Pieces = list[Piece]


@dataclass(frozen=True)
class Image:
    """A photograph: the address of each size with its width, and the size that stands in `src`."""

    src: str
    srcset: str
    width: int
    height: int
    caption: str
    credit: str
    alt: str
    decorative: bool
    largest: str = ""


@dataclass(frozen=True)
class Bar:
    """One figure of a chart. `length` is that of its bar in thousandths of the axis; None where there is none to draw, and `gap` says why:
    "zero", "missing", "not_applicable", "range" (it has no single value) or "below" (less than nought)."""

    figure: FigureRef
    label: str
    length: int | None
    gap: str = ""


@dataclass(frozen=True)
class Drawn:
    """One block. `kind`: paragraph, heading, list, quote, table, photo or chart. `axis`: what the whole width of a chart stands for."""

    kind: str
    pieces: Pieces
    level: int = 2
    items: Sequence[Mapping[str, Any]] = ()
    rows: Sequence[Sequence[Pieces]] = ()
    image: Image | None = None
    bars: Sequence[Bar] = ()
    axis: str = ""


@dataclass(frozen=True)
class ReleasedNotice:
    """One correction: when, why, and each figure with its old and its new value. `edition` 0: the article has no review."""

    number: int
    at: datetime
    note: str
    edition: int
    figures: Sequence[tuple[str, FigureRef]]
    old_title: str = ""


@dataclass(frozen=True)
class Released:
    """A released copy ready for a page. `edition` is 0 and the review's words empty where the article has no review."""

    slug: str
    number: int
    digest: str
    raw: str
    title: str
    lead: Pieces
    body: Sequence[Drawn]
    photo: Image | None
    published_at: datetime
    first_published_at: datetime
    office: str
    byline: str
    source: str
    category: tuple[str, str]
    tags: Sequence[Mapping[str, str]]
    review_title: str
    review_slug: str
    edition: int
    edition_digest: str
    imported: bool
    synthetic: bool
    codes: frozenset[str]
    notices: Sequence[ReleasedNotice]
    title_pieces: Sequence[Piece] = ()

    @property
    def lead_words(self) -> str:
        return "".join(piece.text for piece in self.lead)


def image_url(sha256: str, media_type: str) -> str:
    """The public address of a released size of a photograph."""
    return reverse("publishing:file", args=[sha256, {"image/webp": "webp", "image/png": "png"}.get(media_type, "jpg")])


Address = Callable[[Mapping[str, Any], Mapping[str, Any]], str]
"""The address of one size of a photograph, from its entry and the size."""


def public_address(_entry: Mapping[str, Any], size: Mapping[str, Any]) -> str:
    """Where the public reads a size: by its digest, once it is released."""
    return image_url(size["sha256"], size["media_type"])


def desk_address(entry: Mapping[str, Any], size: Mapping[str, Any]) -> str:
    """Where those of the desk see it, released or not: in the library."""
    return reverse("publishing:photo_file", args=[int(entry["asset"]), size["width"]])


def image(entry: Mapping[str, Any], address: Address = public_address) -> Image:
    """A photograph's entry as a page needs it. The size nearest 960 pixels stands in `src`."""
    sizes = entry["sizes"]
    middle = min(sizes, key=lambda size: abs(size["width"] - 960))
    addresses = [(address(entry, size), size["width"]) for size in sizes]
    return Image(
        src=address(entry, middle), srcset=", ".join(f"{url} {width}w" for url, width in addresses),
        width=middle["width"], height=middle["height"], caption=entry["caption"], credit=entry["credit"], alt=entry["alt"],
        decorative=entry["decorative"], largest=addresses[-1][0],
    )


class _Showing:
    """One copy in one language."""

    def __init__(self, content: Mapping[str, Any], address: Address) -> None:
        self.content, self.lang, self.address = content, language(get_language()), address
        self.figures = {item["code"]: item for item in content["figures"]}

    def pieces(self, runs: Sequence[Mapping[str, Any]]) -> Pieces:
        return [
            Piece(
                run["kind"], run["text"], self.claim(run) if run["kind"] == "claim" else None,
                strong=bool(run.get("strong")), em=bool(run.get("em")), href=str(run.get("href", "")),
            )
            for run in runs
        ]

    def title(self) -> Pieces:
        """The title's claims open like every other, but print their value alone: the title reads as it is listed."""
        found = self.pieces(self.content["title_runs"])
        return [replace(piece, figure=replace(piece.figure, state="bound", old_display="")) if piece.figure else piece for piece in found]

    def url(self, code: str) -> str:
        return reverse("publishing:figure", args=[self.content["slug"], code])

    def claim(self, run: Mapping[str, Any]) -> FigureRef:
        figure = self.figures[run["code"]]
        return FigureRef(
            label=figure["label"][self.lang], display=run["text"], unit=figure["measure"][self.lang], code=figure["printed"],
            state="corrected" if "old" in run else figure["kind"], old_display=run.get("old", ""), url=self.url(run["code"]),
        )

    def block(self, block: Mapping[str, Any]) -> Drawn:
        kind = block["kind"]
        if kind == "list":
            return Drawn(kind, [], items=[{**item, "pieces": self.pieces(item["runs"])} for item in block["items"]])
        if kind == "table":
            return Drawn(kind, [], rows=[[self.pieces(cell) for cell in row] for row in block["rows"]])
        if kind == "photo":
            return Drawn(kind, [], image=image(block, self.address))
        if kind == "chart":
            return self.chart(block["codes"])
        return Drawn(kind, self.pieces(block["runs"]), level=int(block.get("level", 2)))

    def chart(self, codes: Sequence[str]) -> Drawn:
        """Shares are drawn against the whole, 100 %, everything else against the largest; the axis is told in words."""
        figures = [self.figures[code] for code in codes]
        amounts = [_amount(figure["exact"]) for figure in figures]
        shares = all(figure["exact"]["percent"] for figure in figures)
        longest = max([amount for amount in amounts if amount is not None] + [Fraction(1 if shares else 0)])
        bars = [self.bar(figure, amount, longest) for figure, amount in zip(figures, amounts, strict=True)]
        drawn = any(bar.length is not None for bar in bars)
        largest = next((figure for figure, amount in zip(figures, amounts, strict=True) if amount == longest), None)
        return Drawn("chart", [], bars=bars, axis=("100 %" if longest == 1 and shares else self.said(largest) if largest else "") if drawn else "")

    def bar(self, figure: Mapping[str, Any], amount: Fraction | None, longest: Fraction) -> Bar:
        ref = FigureRef(
            label=figure["label"][self.lang], display=figure["display"][self.lang], unit=figure["measure"][self.lang], code=figure["printed"],
            state=figure["kind"], url=self.url(figure["code"]),
        )
        gap = _gap(figure["exact"], amount)
        return Bar(ref, figure["label"][self.lang], None if gap or amount is None else max(2, round(amount * 1000 / longest)), gap)

    def said(self, figure: Mapping[str, Any]) -> str:
        """A figure's value with its unit of measure."""
        return f"{figure['display'][self.lang]} {figure['measure'][self.lang]}".strip()

    def notice(self, item: Mapping[str, Any]) -> ReleasedNotice:
        changed = []
        for change in item["figures"]:
            words = {"label": change["label"][self.lang], "display": change["new"], "old_display": change["old"], "code": change["printed"]}
            ref = FigureRef(state="corrected", url=self.url(change["code"]) if change["code"] in self.figures else "", **words)
            if not (change["old"] and change["new"]):
                ref = replace(ref, state="bound" if change["new"] else "plain", display=change["new"] or change["old"])
            changed.append(("" if change["old"] and change["new"] else "added" if change["new"] else "dropped", ref))
        return ReleasedNotice(
            item["number"], datetime.fromisoformat(item["at"]), item["note"], item["edition"], changed,
            old_title=item["title"]["old"] if item["title"] else "",
        )


def _amount(exact: Mapping[str, Any]) -> Fraction | None:
    """A figure's exact value, for the length of a bar: a share as a part of one. None where there is no single value."""
    if exact["numerator"] is None or exact["upper"] is not None or exact["state"] not in {"value", "zero"}:
        return None
    if exact["denominator"] is not None:
        whole = int(exact["denominator"]) * (1 if exact["percent"] else 10 ** int(exact["scale"] or 0))  # a mean's sum has its decimals
        return Fraction(int(exact["numerator"]), whole) if whole else None
    value = Fraction(int(exact["numerator"]), 10 ** int(exact["scale"] or 0))
    return value / 100 if exact["percent"] else value


def _gap(exact: Mapping[str, Any], amount: Fraction | None) -> str:
    """Why there is no bar; empty where there is one."""
    if amount is not None:
        return "" if amount > 0 else "below" if amount < 0 else "zero"
    if exact["upper"] is not None:
        return "range"
    return "not_applicable" if exact["state"] in {"not_applicable", "not_expected", "excused"} else "missing"


def told(content: Mapping[str, Any], digest: str, raw: str, address: Address = public_address) -> Released:
    """A copy's content in the reader's language where it has both."""
    showing = _Showing(content, address)
    review, edition, category = content["review"] or {}, content["edition"] or {}, content["category"]
    return Released(
        slug=content["slug"], number=content["number"], digest=digest, raw=raw, title=content["title"], lead=showing.pieces(content["lead"]),
        body=[showing.block(block) for block in content["body"]], photo=image(content["photo"], address) if content["photo"] else None,
        published_at=datetime.fromisoformat(content["published_at"]), first_published_at=datetime.fromisoformat(content["first_published_at"]),
        office=content["office"]["name"], byline=content["byline"], source=content["source"],
        category=(category["slug"], category["name"][showing.lang]) if category else ("", ""), tags=content["tags"],
        review_title=review.get("title", ""), review_slug=review.get("slug", ""), edition=edition.get("number", 0),
        edition_digest=edition.get("digest", ""), imported=content["imported"], synthetic=content["synthetic"],
        codes=frozenset(showing.figures), notices=[showing.notice(item) for item in reversed(content["notices"])],
        title_pieces=showing.title(),
    )

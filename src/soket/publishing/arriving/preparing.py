"""What would be taken of one item: title, lead, text with our marks, photographs; and what would not. Pure."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit

from soket.kernel.text import nfc
from soket.publishing import markup
from soket.publishing.arriving.html import apart, plain, ready
from soket.publishing.arriving.items import GRAVE, Fault, Item, Picture
from soket.publishing.beginning import slug_of
from soket.publishing.pasting import from_html, literal

TITLE, LEAD, BODY, WORDS = 200, 1200, 40_000, 200
_TOKEN = re.compile(r"\{\{ảnh (\d+)\}\}")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[\wÀ-ỹ“\"(])")
_MARKED = re.compile(r"(?:#{1,6} |[-+*] |> ?|\|\s|\d{1,9}[.)] |\{\{)")


@dataclass(frozen=True)
class Prepared:
    """`body` holds `{{ảnh n}}` for the nth of `pictures`; `featured` stands under the lead. A grave fault keeps it from being taken."""

    title: str
    lead: str
    body: str
    slug: str
    pictures: tuple[Picture, ...]
    featured: Picture | None
    byline: str
    source: str
    faults: tuple[Fault, ...]

    @property
    def grave(self) -> bool:
        """Whether the article cannot be taken at all."""
        return any(code in GRAVE for code, _words in self.faults)


def prepared(item: Item, now: datetime) -> Prepared:
    """All that can be said of an item without its photographs' bytes and without what else was taken."""
    faults: list[Fault] = list(item.faults)
    title = _line(plain(item.title), TITLE, "long_title", faults)
    html, found, told = ready(item.body, item.url)
    faults += told
    body = _alone(from_html(html), faults)
    extra = [f"{{{{ảnh {len(found) + number}}}}}" for number in range(1, len(item.pictures) + 1)]
    lead = apart(safe(plain(item.lead)))
    if len(body) <= 2 * BODY:  # what is far too long is refused below: to read its marks could take minutes
        lead, body = _led(lead, body)
    faults += _whole(item, title, lead, body, now)
    body = "\n\n".join([part for part in [body] if part] + extra)
    if len(body) > BODY:
        faults.append(("long_body", str(len(body))))
    pictures = (*found, *(Picture(urljoin(item.url, one.src), one.alt, one.caption, one.credit) for one in item.pictures))
    return Prepared(
        title=title, lead=lead, body=body, slug=_slug(item.url, title), pictures=pictures, featured=item.featured,
        byline=_line(plain(item.byline), WORDS, "long_byline", faults), source=_line(plain(item.source), WORDS, "long_source", faults),
        faults=tuple(dict.fromkeys(faults)),
    )


def without_pictures(body: str, kept: Sequence[int] = ()) -> str:
    """The text without the marks of photographs that are not among those kept."""
    parts = [part for part in body.split("\n\n") if not (mark := _TOKEN.fullmatch(part.strip())) or int(mark[1]) in kept]
    return "\n\n".join(parts)


def numbered(body: str, ids: dict[int, int]) -> str:
    """The text with the marks' own numbers in place of the order in which they stood."""
    return _TOKEN.sub(lambda mark: f"{{{{ảnh {ids[int(mark[1])]}}}}}", body)


def _whole(item: Item, title: str, lead: str, body: str, now: datetime) -> list[Fault]:
    """What keeps the article as a whole from being taken."""
    found: list[Fault] = []
    if not title:
        found.append(("no_title", ""))
    if item.at is None:
        found.append(("no_date", ""))
    elif item.at > now:
        found.append(("future", item.at.isoformat()))
    if not plain(without_pictures(body)):
        found.append(("short" if lead else "no_text", ""))
    return found


def safe(text: str) -> str:
    """NFC without signs that cannot be stored."""
    try:
        return nfc(text)
    except ValueError:
        return nfc("".join(ch for ch in text if ch == " " or ch.isprintable() and not 0xE000 <= ord(ch) <= 0xF8FF and ch != "\ufffd"))


def _line(text: str, limit: int, code: str, faults: list[Fault]) -> str:
    """One line that fits; what is longer ends at a word with an ellipsis, and is told."""
    done = apart(safe(text))
    if done != safe(text):
        faults.append(("brackets", ""))
    if len(done) <= limit:
        return done
    faults.append((code, done[:500]))
    return f"{done[: limit - 1].rsplit(' ', 1)[0]}…"


def _alone(body: str, faults: list[Fault]) -> str:
    """Marks of photographs that ended up inside a line are taken out and told: only alone on its line is one placed."""
    done = []
    for line in body.split("\n"):
        marks = list(_TOKEN.finditer(line))
        if marks and not _TOKEN.fullmatch(line.strip()):
            faults.append(("picture_placed", ""))
            line = re.sub(r"\s{2,}", " ", _TOKEN.sub("", line)).rstrip()
        done.append(line)
    return "\n".join(done).strip()


def _led(lead: str, body: str) -> tuple[str, str]:
    """(lead, body). Without a lead the first paragraph is it; of a single paragraph its first sentence. What stands in the lead does not stand twice."""
    parts = [part for part in body.split("\n\n") if part.strip()]
    at = next((place for place, part in enumerate(parts) if not _MARKED.match(part.strip())), None)
    if at is None:
        return _fitted(lead)[0], body
    words = _words(parts[at])
    rest = [*parts[:at], *parts[at + 1 :]]
    if lead and (lead.rstrip("…. []") != words.rstrip("…. []") or not plain(without_pictures("\n\n".join(rest)))):
        return _spill(lead, parts)
    if plain(without_pictures("\n\n".join(rest))):
        return _spill(words, rest)
    first, *others = _SENTENCE.split(parts[at])
    if others and f"{_words(first)} {_words(' '.join(others))}" != words:  # a mark would be cut in two: the rest goes on without marks
        first, *others = _SENTENCE.split(words)
        others = [literal(" ".join(others))] if others else []
        first = literal(first)
    return (_words(first), "\n\n".join([*parts[:at], " ".join(others), *parts[at + 1 :]])) if others else (words, "")


def _words(line: str) -> str:
    """A line with our marks as it reads."""
    return apart(safe(" ".join(" ".join(markup.lines(line)).split())))


def _spill(lead: str, parts: list[str]) -> tuple[str, str]:
    """A lead that is too long goes on in the text."""
    head, tail = _fitted(lead)
    return head, "\n\n".join([*([literal(tail)] if tail else []), *parts])


def _fitted(lead: str) -> tuple[str, str]:
    if len(lead) <= LEAD:
        return lead, ""
    cut = max((match.start() for match in _SENTENCE.finditer(lead) if match.start() <= LEAD), default=0) or lead[:LEAD].rfind(" ")
    cut = cut if cut > 0 else LEAD
    return lead[:cut].strip(), lead[cut:].strip()


def _slug(url: str, title: str) -> str:
    """The last step of the old address as far as it can stay, else one made from the title."""
    try:
        last = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    except ValueError:
        last = ""
    name = re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", last, flags=re.IGNORECASE)
    made = slug_of(safe(name)) if re.search(r"[a-zA-Z]{2}", name) and not re.fullmatch(r"index|default|news|detail|view", name) else ""
    return made or slug_of(title) or "bai"

"""Names of bodies in a text, held against the register of organisations. Pure.

The register is given as a mapping from a name's key (`key`: without marks, in the short form of abbreviations) to the bodies that ever bore it.
What the register does not hold is no fault: nothing is said of it.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soket.kernel.text import canonical_text, folded
from soket.publishing.typography import Advice, placed

SHORT = {
    "UBND": "Ủy ban nhân dân", "MTTQ": "Mặt trận Tổ quốc", "HĐND": "Hội đồng nhân dân", "BCA": "Bộ Công an", "CAND": "Công an nhân dân",
    "ANTQ": "an ninh Tổ quốc", "ANTT": "an ninh, trật tự", "CBCS": "cán bộ, chiến sĩ", "CLB": "câu lạc bộ", "BDV": "Ban Dân vận", "LLVT": "lực lượng vũ trang",
}  # fmt: skip
"""Abbreviations that a reader of a newspaper is told in full once."""
LONGEST = 16  # words in a name
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_BREAK = re.compile(r"[\n.,;:!?(){}\[\]|]")
_SHORT = re.compile(r"(?<!\w)(" + "|".join(SHORT) + r")(?!\w)")
_CONTRACTED = [(folded(full), short.lower().replace("đ", "d")) for short, full in SHORT.items()]


@dataclass(frozen=True)
class Body:
    """A body under one of its names: [starts, ends)."""

    unit: int
    name: str
    starts: date
    ends: date | None

    def stands(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)


Register = Mapping[str, Sequence[Body]]
Heirs = Callable[[int], Sequence[str]]


def key(name: str) -> str:
    """What two spellings of one name have in common."""
    return short_key(folded(name))


def short_key(plain: str) -> str:
    """The key of a name that is already folded."""
    found = " ".join(_WORD.findall(plain))
    for full, short in _CONTRACTED:
        if full in found:
            found = found.replace(full, short)
    return found


def advices(text: str, register: Register, day: date, heirs: Heirs, beside: str = "") -> list[Advice]:
    """Names spelled otherwise than the register has them, bodies that stand no more that day, abbreviations never told in full.

    `heirs` names the bodies that followed one; `beside` is what else the reader has before them, where a name may be told in full.
    """
    spans: list[tuple[int, int]] = []
    found = []
    for start, end, bodies in _named(text, register):
        spans.append((start, end))
        if (one := _held(text[start:end], start, end, bodies, day, heirs)) is not None:
            found.append(one)
    found += _abbreviated(text, spans, beside)
    return [placed(one, text) for one in sorted(found, key=lambda one: one.start)]


def _named(text: str, register: Register) -> Iterator[tuple[int, int, Sequence[Body]]]:
    """The longest names that the register knows, from left to right, none inside another."""
    words = [(match.start(), match.end(), folded(match[0])) for match in _WORD.finditer(text)]
    index = 0
    while index < len(words):
        step = 1
        for count in range(min(LONGEST, len(words) - index), 1, -1):
            start, end = words[index][0], words[index + count - 1][1]
            if _BREAK.search(text, start, end):
                continue
            if bodies := register.get(short_key(" ".join(word for _s, _e, word in words[index : index + count]))):
                yield start, end, bodies
                step = count
                break
        index += step


def _held(said: str, start: int, end: int, bodies: Sequence[Body], day: date, heirs: Heirs) -> Advice | None:
    """What is to be said of one name."""
    if not said[0].isupper():
        return None  # "công an xã" as a common word
    plain = re.sub(r"\s+", " ", said)
    standing = [body for body in bodies if body.stands(day)]
    same = [body for body in standing if canonical_text(body.name) == canonical_text(plain)]
    if not standing:
        last = max(bodies, key=lambda body: body.ends or date.max)
        if last.ends is None:
            return None  # it is still to begin
        if canonical_text(last.name) == canonical_text(plain):
            return Advice("gone", start, end, said, ", ".join(heirs(last.unit)), sure=False, note=last.ends.isoformat())
        return None
    if any(_alike(body.name, plain) for body in same):
        return None
    names = list(dict.fromkeys(body.name for body in same or standing))
    if len(names) > 1:
        return None  # several bodies are called much like it: nobody can tell which is meant
    short = any(word in SHORT for word in plain.split()) and key(names[0]) == key(plain) and len(names[0]) > len(plain)
    return Advice("abbreviation" if short else "name", start, end, said, names[0])


def _alike(name: str, said: str) -> bool:
    """The same letters, whichever placement of tone marks either has (the advice on tone marks speaks of that)."""
    return canonical_text(name) == canonical_text(said) and [c.isupper() for c in name] == [c.isupper() for c in said]


def _abbreviated(text: str, named: Sequence[tuple[int, int]], beside: str) -> Iterator[Advice]:
    """The first use of each abbreviation that is never told in full, outside the names of the register."""
    seen: set[str] = set()
    plain = canonical_text(f"{text} {beside}".replace("\n", " ")) if _SHORT.search(text) else ""
    for match in _SHORT.finditer(text):
        short = match[0]
        if short in seen or any(start <= match.start() < end for start, end in named):
            continue
        seen.add(short)
        if f"({short.lower()})" not in plain and canonical_text(SHORT[short]) not in plain:
            yield Advice("abbreviation", match.start(), match.end(), short, f"{SHORT[short]} ({short})")

"""Claims in a text: reading them, holding their words against the figure, finding numbers bound to nothing. Pure.

`{{01}}` prints figure 01 as it was frozen; `{{01|hơn 12 nghìn}}` prints those words, which must be true of it.
`[[12 buổi]]` marks a number that does not come from the roll-up. Values are exact fractions, never floats.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

TOKEN = re.compile(r"\{\{([^{}|\n]*)(?:\|([^{}\n]*))?\}\}|\[\[([^\[\]{}\n]*)\]\]")
_STRAY = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_SCALES = {"": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_WORDS = re.compile(
    r"(?:(?P<mark>hơn|trên|gần|khoảng) )?(?P<number>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"
    r"(?: (?P<size>nghìn|ngàn|triệu|tỷ|tỉ))?(?P<percent> ?%| phần trăm)?"
)
LONGEST = 200  # letters of words that may stand for a figure
_MARKS = {"hơn": "over", "trên": "over", "gần": "nearly", "khoảng": "about"}
UNITS = (
    "%", "‰", "phần trăm", "nghìn", "ngàn", "triệu", "tỷ", "tỉ", "đồng", "buổi", "cuộc", "lớp", "đợt", "phiên", "hội nghị", "hội thi",
    "lượt", "người", "cá nhân", "tập thể", "cán bộ", "chiến sĩ", "hội viên", "đoàn viên", "hộ", "gia đình", "mô hình", "câu lạc bộ",
    "tổ", "đội", "nhóm", "đơn vị", "cơ quan", "cơ sở", "địa bàn", "điểm cầu", "công an", "ủy ban", "xã", "phường", "thị trấn", "đặc khu",
    "huyện", "quận", "tỉnh", "thành phố", "chương trình", "quy chế", "kế hoạch", "văn bản", "báo cáo", "tin", "bài", "vụ", "việc",
    "ý kiến", "kiến nghị", "công trình", "giấy khen", "bằng khen", "danh hiệu",
)
_UNBOUND = re.compile(
    r"(?<![\w/.,–-])(?P<number>\d(?:[\d.,/–-]*\d)?)[\s-]*(?P<unit>" + "|".join(map(re.escape, UNITS)) + r")(?!\w)", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}/(?:\d{1,2}/)?\d{4}")
_YEARS = re.compile(r"\d{4}(?:[–-]\d{4})?")
_CALENDAR = re.compile(r"(?:năm|giai đoạn|ngày|tháng|quý|điều|khoản)\s+$", re.IGNORECASE)

Fault = Literal["stray", "unknown", "empty", "drift", "unbound", "link", "placed", "photo", "chart"]


@dataclass(frozen=True)
class Value:
    """A frozen figure as far as wording is concerned.

    `amount` is its exact value in units of measure (a share in per cent), None when only its printed words may
    stand (a range, "không phát sinh"). `mark` is the precision its source gives: "", over, nearly or about.
    """

    code: str
    display: str
    amount: Fraction | None = None
    percent: bool = False
    mark: str = ""
    measure: str = ""


@dataclass(frozen=True)
class Run:
    """A piece of a line: `text`, a `claim` on the figure `code`, a `plain` number not from the roll-up, or a line `break`."""

    kind: Literal["text", "claim", "plain", "break"]
    text: str
    code: str = ""
    href: str = ""
    strong: bool = False
    em: bool = False


class TextFault(Exception):
    """A text that may not be saved. `found` is the piece at fault, `expected` what would be right, if one thing is.

    `line` counts from 1 in a text of several lines (0: the text has one). `token` is the token at fault as it was written.
    """

    def __init__(self, fault: Fault, found: str, expected: str = "", *, token: str = "") -> None:
        super().__init__(f"{fault}: {found}")
        self.fault, self.found, self.expected, self.token, self.line = fault, found, expected, token, 0


def runs(line: str, values: Mapping[str, Value], *, bound: bool = True) -> tuple[Run, ...]:
    """One line as runs, every claim held against its figure. Raises TextFault.

    `bound`: a number with a unit word must be a claim or marked. False only for what came with an older newspaper's archive.
    """
    found: list[Run] = []
    end = 0
    for match in TOKEN.finditer(line):
        found += _text(line[end : match.start()], bound)
        found.append(token_run(match, values))
        end = match.end()
    return tuple(found + _text(line[end:], bound))


def token_run(match: re.Match[str], values: Mapping[str, Value]) -> Run:
    """One token (a match of TOKEN) as the run it stands for. Raises TextFault."""
    try:
        return _plain(match[3]) if match[3] is not None else _claim(match[1].strip(), match[2], values)
    except TextFault as fault:
        fault.token = match[0]
        raise


def line_faults(line: str, values: Mapping[str, Value], *, bound: bool = True) -> list[TextFault]:
    """Everything that `runs` would refuse in the line, not the first alone."""
    found: list[TextFault] = []
    end = 0
    for match in [*TOKEN.finditer(line), None]:
        text = line[end : match.start() if match else len(line)]
        found += text_faults(text, bound=bound)
        if match is not None:
            end = match.end()
            try:
                token_run(match, values)
            except TextFault as fault:
                found.append(fault)
    return found


def text_faults(text: str, *, bound: bool) -> list[TextFault]:
    """Stray brackets, then numbers bound to nothing, of a text without tokens."""
    found = [TextFault("stray", stray)] if (stray := stray_in(text)) else []
    return found + ([TextFault("unbound", loose[0]) for loose in loose_numbers(text)] if bound else [])


def stray_in(text: str) -> str:
    """The first bracket of a token that is not whole, with the words around it; empty when there is none."""
    stray = _STRAY.search(text)
    return text[max(0, stray.start() - 20) : stray.end() + 20].strip() if stray else ""


def codes(parts: Sequence[Run]) -> list[str]:
    """The figures claimed, in order of first use, each once."""
    return list(dict.fromkeys(run.code for run in parts if run.kind == "claim"))


def words_of(parts: Sequence[Run]) -> str:
    """The line as it reads."""
    return "".join(run.text for run in parts)


def _text(text: str, bound: bool) -> list[Run]:
    if stray := stray_in(text):
        raise TextFault("stray", stray)
    if bound and (loose := unbound(text)):
        raise TextFault("unbound", loose)
    return [Run("text", text)] if text else []


def _plain(text: str) -> Run:
    if not text.strip():
        raise TextFault("empty", "[[ ]]")
    return Run("plain", text.strip())


def _claim(code: str, words: str | None, values: Mapping[str, Value]) -> Run:
    if code not in values:
        raise TextFault("unknown", code, ", ".join(sorted(values)))
    value = values[code]
    if words is None:
        return Run("claim", value.display, code)
    if not words.strip():
        raise TextFault("empty", f"{{{{{code}|}}}}", value.display)
    if not true_of(words, value):
        raise TextFault("drift", words.strip(), value.display)
    return Run("claim", words.strip(), code)


def unbound(text: str) -> str:
    """The first number with a unit word in a text outside tokens; empty when there is none. Dates are none."""
    return next((match[0] for match in loose_numbers(text)), "")


def loose_numbers(text: str) -> Iterator[re.Match[str]]:
    """Every number with a unit word in a text outside tokens."""
    for match in _UNBOUND.finditer(text):
        number, before = match["number"], text[: match.start()]
        if not _DATE.fullmatch(number) and not (_CALENDAR.search(before) and (_YEARS.fullmatch(number) or re.fullmatch(r"\d{1,2}", number))):
            yield match


def marked(text: str) -> str:
    """A text without tokens, every number with a unit word marked as not from the roll-up."""
    done, end = "", 0
    for match in loose_numbers(text):
        done, end = f"{done}{text[end : match.start()]}[[{match[0]}]]", match.end()
    return done + text[end:]


def rewordings(found: str, value: Value) -> list[str]:
    """Ways of writing the figure as a token, the printed value first; the others are true of it and rounded as `found` is."""
    ways = [f"{{{{{value.code}}}}}"]
    match = _WORDS.fullmatch(_plain_spaces(found[:LONGEST]))
    if match is None or value.amount is None or value.mark or not match["mark"]:
        return ways
    _number, step = _written(match["number"], match["size"] or "")
    scale = _SCALES[match["size"] or ""]
    floor = value.amount // step * step
    for word, rounded in (("hơn", floor), ("gần", floor + step), ("khoảng", floor), ("khoảng", floor + step)):
        words = " ".join(filter(None, [word, _digits(Fraction(rounded) / scale), match["size"], "%" if match["percent"] else ""]))
        if true_of(words, value):
            ways.append(f"{{{{{value.code}|{words}}}}}")
    return ways[:3]


def _digits(number: Fraction) -> str:
    """A number as it is written: dots for thousands, a comma before decimals (three at most)."""
    whole, rest = divmod(number * 1000, 1000)
    decimals = f"{int(rest):03d}".rstrip("0")
    return f"{whole:,}".replace(",", ".") + (f",{decimals}" if decimals else "")


def _plain_spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()


def true_of(words: str, value: Value) -> bool:
    """Whether the words may stand for the figure.

    The printed value may, and the same number in other words. "hơn N": the value lies above N by less than one
    step of the last figure written; "gần N": below by half a step at most; "khoảng N": within half a step; none
    further than a tenth of the value. "hơn 12 nghìn" has steps of a thousand. A source's own mark is kept.
    """
    if len(words) > LONGEST:
        return False
    said = _plain_spaces(words)
    if said == _plain_spaces(value.display):
        return True
    if value.measure and said.endswith(f" {_plain_spaces(value.measure)}"):
        said = said[: -len(_plain_spaces(value.measure))].strip()
    match = _WORDS.fullmatch(said)
    if match is None or value.amount is None or bool(match["percent"]) != value.percent:
        return False
    number, step = _written(match["number"], match["size"] or "")
    mark = _MARKS.get(match["mark"] or "", "")
    if value.mark:
        return mark == value.mark and (number == value.amount or (mark == "over" and _near(mark, number, step, value.amount)))
    return number == value.amount if not mark else _near(mark, number, step, value.amount)


def _written(digits: str, size: str) -> tuple[Fraction, Fraction]:
    """The number written, and the step of its last figure that is not a nought."""
    whole, _, rest = digits.replace(".", "").partition(",")
    number = Fraction(int(whole + rest), 10 ** len(rest)) * _SCALES[size]
    step = Fraction(_SCALES[size], 10 ** len(rest))
    while number and number % (step * 10) == 0:
        step *= 10
    return number, step


def _near(mark: str, number: Fraction, step: Fraction, amount: Fraction) -> bool:
    gap = amount - number
    if abs(gap) * 10 > abs(amount):
        return False
    if mark == "over":
        return 0 < gap < step
    if mark == "nearly":
        return 0 < -gap <= step / 2
    return abs(gap) <= step / 2

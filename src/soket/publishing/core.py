"""Claims in a text: reading them, holding their words against the figure, finding numbers bound to nothing. Pure.

`{{01}}` prints figure 01 as it was frozen; `{{01|hơn 12 nghìn}}` prints those words, which must be true of it.
`[[12 buổi]]` marks a number that does not come from the roll-up. Values are exact fractions, never floats.
"""
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

TOKEN = re.compile(r"\{\{([^{}|\n]*)(?:\|([^{}\n]*))?\}\}|\[\[([^\[\]{}\n]*)\]\]")
_STRAY = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_SCALES = {"": 1, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_WORDS = re.compile(
    r"(?:(?P<mark>hơn|trên|gần|khoảng) )?(?P<number>[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|(?:0|[1-9][0-9]*)(?:,[0-9]+)?)"
    r"(?: (?P<size>nghìn|ngàn|triệu|tỷ|tỉ))?(?P<percent> ?%| phần trăm)?"
)
LONGEST = 200  # letters of words that may stand for a figure
_MARKS = {"hơn": "over", "trên": "over", "gần": "nearly", "khoảng": "about"}
UNITS = (
    "%", "‰", "phần trăm", "phần nghìn", "điểm phần trăm", "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ", "đồng", "buổi", "cuộc", "lớp", "đợt",
    "phiên", "hội nghị", "hội thi", "hội thảo", "tọa đàm", "toạ đàm", "lượt", "lần", "người", "đại biểu", "đồng chí", "cá nhân", "tập thể", "cán bộ",
    "chiến sĩ", "hội viên", "đoàn viên", "học sinh", "sinh viên", "em", "cháu", "đối tượng", "hộ", "gia đình", "mô hình", "câu lạc bộ", "tổ", "đội",
    "nhóm", "chốt", "camera", "đơn vị", "cơ quan", "cơ sở", "tổ chức", "doanh nghiệp", "trường", "địa bàn", "điểm", "điểm cầu", "công an", "ủy ban",
    "uỷ ban", "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "tỉnh", "thành phố", "thôn", "ấp", "bản", "khu phố", "khu dân cư", "tổ dân phố",
    "chương trình", "quy chế", "kế hoạch", "văn bản", "nghị quyết", "chỉ thị", "quyết định", "công văn", "báo cáo", "nội dung", "nhiệm vụ", "chỉ tiêu",
    "tiêu chí", "tin", "nguồn tin", "bài", "vụ", "việc", "trường hợp", "mâu thuẫn", "ý kiến", "kiến nghị", "đơn", "số", "công trình", "nhà", "căn", "suất",
    "phần quà", "tờ", "băng rôn", "cuốn", "khẩu", "viên", "giấy khen", "bằng khen", "cờ", "kỷ niệm chương", "danh hiệu", "giải", "km", "m", "m²", "ha",
    "kg", "tấn",
)
_ANY_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_UNBOUND = re.compile(
    r"(?<![\w/])(?<!\d[.,])(?<!\w[–-])(?P<number>\d(?:[\d.,/–-]{0,60}\d)?)\+?\)?(?:\s{0,3}\([^()\d\n]{1,60}\))?[\s-]*"
    rf"(?P<unit>{_ANY_UNIT})(?!\w)", re.IGNORECASE
)
_DATE = re.compile(r"\d{1,2}/(?:\d{1,2}/)?\d{4}")
_DAYS = re.compile(r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|mùng|dịp)\s+(?:\d{1,2}(?:/\d{1,2})?(?:,|\s+và|\s*[–-]|\s+đến)\s*)*$", re.IGNORECASE)
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:/(?:0?[1-9]|1[0-2]))?")
_YEARS = re.compile(r"(?:năm|giai đoạn|nhiệm kỳ)\s+(?:\d{4}(?:,|\s+và|\s*[–-]|\s+đến)\s*)*$", re.IGNORECASE)
_YEAR = re.compile(r"[12]\d{3}(?:[–-][12]\d{3})?")
_ORDER = re.compile(r"(?<!mỗi )(?<!hằng )(?<!hàng )(?<!từng )(?:tháng|quý|điều|khoản|thứ)\s+$", re.IGNORECASE)
_EACH = re.compile(r"(?:mỗi|hằng|hàng|từng)\s+(?:ngày|sáng|trưa|chiều|tối|đêm)\s+$", re.IGNORECASE)
_BEFORE = 200  # letters before a number in which words of the calendar are looked for; in a whole text it would take minutes
_WITHIN = {
    "đơn vị": ("tỉnh", "thành phố", "xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "cơ quan", "cơ sở", "tổ chức", "công an", "ủy ban", "địa bàn"),
    "người": ("đại biểu", "đồng chí", "cá nhân", "cán bộ", "chiến sĩ", "hội viên", "đoàn viên", "học sinh", "sinh viên", "em", "cháu", "đối tượng"),
    "văn bản": ("chương trình", "quy chế", "kế hoạch", "nghị quyết", "chỉ thị", "quyết định", "công văn", "báo cáo"),
}
_SAID_BEFORE = re.compile(
    r"(?:[\w<>~≈±]|\d[.,:/–-]|(?:^|[\s(])[−–+-])$|[<>~≈±]\s*$|(?<!\w)(?:(?<!nhiều )(?<!ít )(?<!cao )(?<!thấp )(?<!lớn )(?<!nhỏ )hơn|trên|gần|khoảng|"
    r"dưới|ngót|xấp xỉ|quá|âm|ít nhất|tối thiểu|tối đa|chưa đến|chưa tới|không dưới)\s+$", re.IGNORECASE
)
_SAID_AFTER = re.compile(
    r"\s*(?:%|‰)|\s*(?:phần trăm|phần nghìn|điểm phần trăm|trăm|nghìn|ngàn|vạn|triệu|(?:tỷ|tỉ)(?! (?:lệ|trọng|số|suất)))(?!\w)", re.IGNORECASE
)
_BESIDE = 120  # letters on each side of a claim that are looked at
_BETWEEN = {"–", "-", "—", "/"}
_OTHERWISE = {"số", "tin", "giải", "bản", "đơn", "việc", "điểm", "tổ chức"}  # behind a figure they may be a verb or begin another word
_COUNTED = re.compile(rf"\s+({_ANY_UNIT})(?!\w)", re.IGNORECASE)

Fault = Literal["stray", "unknown", "empty", "drift", "unbound", "seam", "link", "placed", "photo", "chart"]


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
    found += _text(line[end:], bound)
    for fault in seams(found, values):
        raise fault
    return tuple(found)


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
    parts: list[Run] = []
    end = 0
    for match in [*TOKEN.finditer(line), None]:
        text = line[end : match.start() if match else len(line)]
        found += text_faults(text, bound=bound)
        parts += [Run("text", text)] if text else []
        if match is not None:
            end = match.end()
            try:
                parts.append(token_run(match, values))
            except TextFault as fault:
                found.append(fault)
    return found + list(seams(parts, values))


def seams(parts: Sequence[Run], values: Mapping[str, Value]) -> Iterator[TextFault]:
    """Claims to which the words beside them give another value or another unit: "1{{01}}", "hơn {{01}}", "{{01}} triệu", "{{01}} người" over buổi.

    The token alone is true; what a reader reads is the line.
    """
    for at, run in enumerate(parts):
        if run.kind != "claim":
            continue
        before, after = _beside(parts[:at][::-1])[::-1], _beside(parts[at + 1 :])
        lead, tail = "".join(before)[-_BESIDE:], "".join(after)[:_BESIDE]
        joined = at > len(before) and parts[at - 1 - len(before)].kind == "claim"  # another claim comes before the words between
        value = values[run.code]
        if (joined and not lead) or (not (joined and lead.strip() in _BETWEEN) and (_SAID_BEFORE.search(lead) or _grouped(lead, run.text))):
            glued = ' '.join(lead.split(' ')[-2:]).lstrip() if lead else parts[at - 1].text
            yield TextFault("seam", f"{glued}{run.text}", run.text)
        elif behind := _changed_behind(tail, value, run.text):
            right = run.text if value.percent or _plain_spaces(run.text).endswith(_plain_spaces(value.measure)) else f"{run.text} {value.measure}"
            yield TextFault("seam", f"{run.text}{behind}", right)


def _beside(parts: Sequence[Run]) -> list[str]:
    """The words next to a claim, across marks such as bold, as far as the next claim or the end of the line."""
    return [run.text for run in itertools.takewhile(lambda run: run.kind not in {"claim", "break"}, parts)]


def _grouped(before: str, text: str) -> bool:
    """Whether a short number before a blank would join the claim into one: "1 345"."""
    short = re.search(r"(?<![\w.,/])\d{1,3}[ \u00a0\u202f]$", before)
    return bool(short and re.match(r"\d{3}(?!\d)", text) and not _of_calendar(short[0].strip(), before[: short.start()]))


def _changed_behind(after: str, value: Value, text: str) -> str:
    """The words right behind a claim that make it another number or count something else; empty when they do not."""
    measure = "" if value.percent else _plain_spaces(value.measure)
    if measure and after[:1].isspace() and re.match(rf"{re.escape(measure)}(?!\w)", _plain_spaces(after)):
        return ""
    if re.match(r"\w|[.,:/–-]\d", after):
        return after.split()[0]
    if found := _SAID_AFTER.match(after):
        return found[0]
    unit = _COUNTED.match(after)
    if unit is None or not measure or value.amount is None or _plain_spaces(text).endswith(measure):
        return ""
    name = _plain_spaces(unit[1])
    if name in _SCALES or name in _OTHERWISE:
        return ""
    same = measure.startswith(name) or name in _WITHIN.get(measure, ()) or measure in _WITHIN.get(name, ())
    return "" if same else unit[0]


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
        if not _of_calendar(match["number"], text[max(0, match.start() - _BEFORE) : match.start()]):
            yield match


def _of_calendar(number: str, before: str) -> bool:
    """Whether the number names a day, a month, a year or a paragraph of a law. "mỗi tháng 12 buổi" does not."""
    if _DATE.fullmatch(number):
        return True
    if _YEARS.search(before) and _YEAR.fullmatch(number):
        return True
    if _DAYS.search(before) and not _EACH.search(before) and _DAY.fullmatch(number):
        return True
    return bool(_ORDER.search(before) and re.fullmatch(r"\d{1,3}", number))


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


def _one_percent(text: str) -> str:
    """The sign for per cent in one way of writing."""
    return re.sub(r" (?:%|phần trăm)$", "%", text)


def true_of(words: str, value: Value) -> bool:
    """Whether the words may stand for the figure.

    The printed value may, and the same number in other words. "hơn N": the value lies above N by less than one
    step of the last figure written; "gần N": below by half a step at most; "khoảng N": within half a step; none
    further than a tenth of the value. "hơn 12 nghìn" has steps of a thousand. A source's own mark is kept.
    What is not the whole is never "khoảng 100 %", and "gần 100 %" from 99,5 on.
    """
    if len(words) > LONGEST:
        return False
    said = _plain_spaces(words)
    if _one_percent(said) == _one_percent(_plain_spaces(value.display)):
        return True
    if value.measure and not value.percent and said.endswith(f" {_plain_spaces(value.measure)}"):
        said = said[: -len(_plain_spaces(value.measure))].strip()
    match = _WORDS.fullmatch(said)
    if match is None or value.amount is None or bool(match["percent"]) != value.percent:
        return False
    number, step = _written(match["number"], match["size"] or "")
    mark = _MARKS.get(match["mark"] or "", "")
    if value.percent and number == 100 and mark in {"nearly", "about"}:
        if mark == "about":
            return value.amount == 100
        step = Fraction(1)  # the whole is no rounded number: "gần 100 %" begins at 99,5
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

"""Advice on how a Vietnamese text is set. Pure; it finds and proposes, and never changes a text.

Positions count code points from 0 in the text as it was given. Tokens (`{{01}}`) and addresses are left alone.
Kinds: tone (both placements of tone marks in one text), spaces, before_mark, after_mark, nfc, date, quotes, repeated, thousands,
missing (a syllable that hardly ever stands alone); of names of bodies (see `bodies`): abbreviation, name, gone.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from soket.publishing.core import TOKEN


@dataclass(frozen=True)
class Advice:
    """One thing to look at: where it stands, what it is, and what could stand there ("": nothing that could be put in its place).

    `sure`: putting the suggestion there is right whenever the advice is; else it is only an example. `note` holds a name or a day.
    """

    kind: str
    start: int
    end: int
    found: str
    suggestion: str = ""
    line: int = 1
    sure: bool = True
    note: str = ""


_HIDDEN = re.compile(rf"https?://[^\s)]+|\]\([^)\s]{{0,500}}\)|{TOKEN.pattern}")
_MASK = "\ufffc"
_PAIRS = {
    "oa": ("òa óa ỏa õa ọa", "oà oá oả oã oạ"), "oe": ("òe óe ỏe õe ọe", "oè oé oẻ oẽ oẹ"), "uy": ("ùy úy ủy ũy ụy", "uỳ uý uỷ uỹ uỵ"),
}  # fmt: skip
_NEW = {old: new for olds, news in _PAIRS.values() for old, new in zip(olds.split(), news.split(), strict=True)}
_OLD = {new: old for old, new in _NEW.items()}
_OPEN = re.compile(r"(?<![qQ])(" + "|".join([*_NEW, *_OLD]) + r")(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*")
_SPACES = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_BEFORE = re.compile(r"(?<=\S)[ \t\u00a0]+(?=[,;:!?…)”’»]|\.(?![\w.]))")
_INSIDE = re.compile(r"(?<=[(“‘«])[ \t\u00a0]+(?=\S)")
_AFTER = re.compile(r"(?<=[\w”)])(?P<mark>[,;:!?])(?=[^\W\d_])|(?<=[^\W\d_A-ZĐÀ-Ỹ])(?P<stop>\.)(?=[A-ZĐÀ-ỸƠƯ][^\W\d_])")
_ISO = re.compile(r"(?<![\d/.-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/-])")
_DASHED = re.compile(r"(?<![\d/.,-])(\d{1,2})([-.])(\d{1,2})\2(\d{4})(?![\d/-])")
_SLASHED = re.compile(r"(?<![\w/.-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/-]|/\w)")
_DAY = re.compile(r"\bngày\s+(\d{1,2})/(\d{1,2})(?![\d/]|,\d)", re.IGNORECASE)
_STRAIGHT = re.compile(r'"')
_REPEATED = re.compile(r"(?<![\w-])(?P<word>[^\W\d_]+(?: [^\W\d_]+){0,2})(?P<gap>[ \t\u00a0]+)(?P=word)(?![\w-])", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w.,/–-])(?P<number>[1-9]\d{4,17})(?![\w/–-]|\.\d)(?!,\d{3}(?!\d))")
DOUBLED = frozenset(
    "luôn thường đời ngày người nhà mãi dần rất từ đều ai nơi song riêng lần đêm ngành chiều hằng nhanh xa sâu ngàn muôn nghìn năm ba to nho "
    "sơ vừa càng chung khắp tầng lớp từng sáng xanh cao dài mau rõ hay đâu gì nào tháng đông thi ào rào hoàn".split()
)  # said twice on purpose
PARTNERS: Mapping[str, tuple[str, str]] = {
    "thực": (
        "hiện tế tiễn chất trạng thi sự phẩm lực hành địa hư lòng nghiệm tại tập thể túc vật quyền tài giá chi thu nhận lĩnh học làm ra thà dân đơn "
        "nghĩa hóa hoá thụ là hiên thanh quản chứng tình từ tâm tế", "hiện thiết trung chân xác chứng sự có đích kết không sẽ đúng rất ẩm nuôi lương là",
    ),
    "lãnh": ("đạo thổ hải sự địa tụ lương nhận án hội chúa cung nguyên binh", "thống bảo nhận đóng giá băng ớn lĩnh tướng"),
    "triển": ("khai vọng lãm", "phát tiến"),
    "tuyên": ("truyền dương bố thệ án giáo ngôn chiến huấn phạt đọc quang hóa hoá", "ban khen"),
    "củng": ("cố", ""),
    "bồi": ("dưỡng thường đắp thẩm hoàn tích tụ bổ bút", "được phù tiếp"),
    "giám": ("sát đốc định khảo hộ mục thị sinh hiệu", "tổng phó thanh quốc gia đại tiến"),
    "nghiêm": ("túc minh trọng cấm ngặt chỉnh trị khắc nghị lệnh trang huấn", "trang tôn uy tự giới thâm cực"),
    "phối": ("hợp kết cảnh ngẫu trí khí màu bộ giống liệu", "phân chi điều giao hôn cung"),
    "hưởng": ("ứng thụ lợi dụng lương chế trợ phụ ưu chính", "ảnh thụ được thừa vui âm hoan"),
}
"""For syllables of official language that hardly ever stand alone: what follows them, and what they follow."""
EXAMPLES = {
    "thực": "thực hiện", "lãnh": "lãnh đạo", "triển": "triển khai", "tuyên": "tuyên truyền", "củng": "củng cố", "bồi": "bồi dưỡng", "giám": "giám sát",
    "nghiêm": "nghiêm túc", "phối": "phối hợp", "hưởng": "hưởng ứng",
}  # fmt: skip


def advices(text: str, *, older: bool | None = None) -> list[Advice]:
    """Everything worth a look, in the order of the text. `older`: as `keeps_older` says of all the fields it stands among; None: of itself."""
    shown = _shown(text)
    found = [
        *_tones(shown, older), *_spaces(shown), *_marks(shown), *_broken_letters(shown), *_dates(shown), *_quotes(shown), *_repeated(shown),
        *_thousands(shown), *_missing(shown),
    ]
    told = sorted(found, key=lambda one: (one.start, one.end, one.kind))
    return [placed(one, text) for one in told]


def together(texts: Mapping[str, str]) -> dict[str, list[Advice]]:
    """The advice on each field of one text. A reader sees them side by side, so one placement of tone marks holds for all of them."""
    older = keeps_older(texts.values())
    return {name: advices(text, older=older) for name, text in texts.items()}


def keeps_older(texts: Iterable[str]) -> bool | None:
    """Whether the texts place tone marks rather in the older way (also where both are used alike). None: they use one way alone."""
    uses = [old for text in texts for _word, _match, old in _placings(_shown(text))]
    return None if len(set(uses)) < 2 else sum(uses) * 2 >= len(uses)


def _shown(text: str) -> str:
    return _HIDDEN.sub(lambda match: _MASK * len(match[0]), text)


def placed(one: Advice, text: str) -> Advice:
    """The advice with its line."""
    return Advice(one.kind, one.start, one.end, one.found, one.suggestion, text.count("\n", 0, one.start) + 1, one.sure, one.note)


def _placings(text: str) -> list[tuple[re.Match[str], re.Match[str], bool]]:
    """Each word that has the choice, where in it, and whether it is placed in the older way."""
    return [(word, match, match[1].lower() in _NEW) for word in _WORD.finditer(text) if (match := _OPEN.search(word[0]))]


def _tones(text: str, older: bool | None) -> Iterator[Advice]:
    """Words of the placement that is used less, where both are used."""
    keep = keeps_older([text]) if older is None else older
    for word, match, old in _placings(text) if keep is not None else ():
        if old != keep:
            other = _cased((_NEW if old else _OLD)[match[1].lower()], match[1])
            yield Advice("tone", word.start(), word.end(), word[0], word[0][: match.start()] + other + word[0][match.end() :])


def _cased(new: str, old: str) -> str:
    if old.isupper():
        return new.upper()
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the place where it begins; rows of tables, which are set with blanks, are left out."""
    at = 0
    for line in text.split("\n"):
        if not line.lstrip().startswith("|"):
            yield at, line
        at += len(line) + 1


def _spaces(text: str) -> Iterator[Advice]:
    for at, line in _lines(text):
        for match in _SPACES.finditer(line):
            if not re.fullmatch(r"\s*(?:[-+*>]|#{1,6}|\d+[.)])", line[: match.start()]):
                yield Advice("spaces", at + match.start(), at + match.end(), match[0], " ")


def _marks(text: str) -> Iterator[Advice]:
    for at, line in _lines(text):
        for match in (*_BEFORE.finditer(line), *_INSIDE.finditer(line)):
            yield Advice("before_mark", at + match.start(), at + match.end(), match[0], "")
        for match in _AFTER.finditer(line):
            yield Advice("after_mark", at + match.start(), at + match.end(), match[0], f"{match[0]} ")


def _broken_letters(text: str) -> Iterator[Advice]:
    """Words whose letters are spelled with loose marks (not NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in re.finditer(r"[\w\u0300-\u036f]+", text):
        if not unicodedata.is_normalized("NFC", match[0]):
            yield Advice("nfc", match.start(), match.end(), match[0], unicodedata.normalize("NFC", match[0]))


def _dates(text: str) -> Iterator[Advice]:
    for match in _ISO.finditer(text):
        yield _dated(match, match[3], match[2], match[1])
    for match in _DASHED.finditer(text):
        yield _dated(match, match[1], match[3], match[4])
    for match in _SLASHED.finditer(text):
        if not _real(match[1], match[2], match[3]):
            yield Advice("date", match.start(), match.end(), match[0])
    for match in _DAY.finditer(text):
        if not _real(match[1], match[2], "2000"):  # a leap year: 29/2 may be a day
            yield Advice("date", match.start(1), match.end(), text[match.start(1) : match.end()])


def _dated(match: re.Match[str], day: str, month: str, year: str) -> Advice:
    right = f"{int(day):02d}/{int(month):02d}/{year}" if _real(day, month, year) else ""
    return Advice("date", match.start(), match.end(), match[0], right)


def _real(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def _quotes(text: str) -> Iterator[Advice]:
    """Straight quotation marks in a text that also has curly ones."""
    if not re.search("[“”]", text):
        return
    for match in _STRAIGHT.finditer(text):
        before = text[match.start() - 1 : match.start()] if match.start() else ""
        yield Advice("quotes", match.start(), match.end(), '"', "“" if not before or before.isspace() or before in "(“[" else "”")


def _repeated(text: str) -> Iterator[Advice]:
    for match in _REPEATED.finditer(text):
        first = match["word"].lower().split()[0]
        if match["word"].lower() not in DOUBLED and first not in {"từng", "ngày", "năm"}:
            yield Advice("repeated", match.start(), match.end(), match[0], match["word"])


def _thousands(text: str) -> Iterator[Advice]:
    for match in _LONG.finditer(text):
        yield Advice("thousands", match.start(), match.end(), match[0], f"{int(match['number']):,}".replace(",", "."))


def _missing(text: str) -> Iterator[Advice]:
    """A syllable that needs a partner, followed on its line by another word."""
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words[:-1]):
        known = PARTNERS.get(word[0].lower())
        after = words[index + 1]
        if known is None or text[word.end() : after.start()].strip(" \t\u00a0") or "\n" in text[word.end() : after.start()]:
            continue
        before = words[index - 1] if index and not text[words[index - 1].end() : word.start()].strip(" \t\u00a0") else None
        if before is not None and (before[0].lower() in known[1].split() or (word[0].istitle() and before[0].istitle())):
            continue
        if after[0].lower() not in known[0].split():
            yield Advice("missing", word.start(), word.end(), word[0], EXAMPLES[word[0].lower()], sure=False)

"""Vietnamese text as a voice should say it: numbers, dates, times, units, abbreviations and document numbers in words. Pure.

A voice engine reads "12.345" as a decimal and "09/CTr-BCA" as letters; what it is given is therefore words alone. What is not known stays as
it is written. Worked examples: docs/algorithms/speech.md.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from soket.publishing.speech_words import ABBREVIATIONS, BEFORE_A_NAME, LETTERS, ROADS, SYMBOLS, UNITS

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 10**9
LONGEST = 15  # digits; what is longer is a code, not a number
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_NUMBER = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?)"
_WHOLE = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?![0-9])"
_END = r"(?![\w.]*\w)"
_ROMAN = rf"(?=[IVXLC])(?:XC|XL|L?X{{0,3}})(?:IX|IV|V?I{{0,3}}){_END}"
_AFTER_ROMAN = r"khóa|khoá|đại hội|quý|chương|thế kỷ|phần|mục|hạng|loại|nhóm|kỳ|tập|giai đoạn|thứ|phụ lục|cấp|bậc"
_DATE_BEFORE = r"(?:ngày|mùng|hôm|sáng|trưa|chiều|tối|đêm|thứ \w+,?|chủ nhật,?)"


def spoken(text: str) -> str:
    """The text in words, one line for each of its lines. Holds no digit 0–9."""
    lines = (_line(line) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)


def integer(value: int) -> str:
    """A whole number in words: 12345 → "mười hai nghìn ba trăm bốn mươi lăm"."""
    if value < 0:
        return f"âm {integer(-value)}"
    if value == 0:
        return DIGITS[0]
    billions, rest = divmod(value, BILLION)
    words = [f"{integer(billions)} tỷ"] if billions else []
    groups = [(rest // 10**6, "triệu"), (rest // 1000 % 1000, "nghìn"), (rest % 1000, "")]
    for group, name in groups:
        if group:
            words.append(f"{_group(group, full=bool(words))} {name}".strip())
    return " ".join(words)


def _group(value: int, *, full: bool) -> str:
    """Up to three digits; `full` says the hundreds even when there are none, as after a greater unit."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    words = [f"{DIGITS[hundreds]} trăm"] if hundreds or full else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words.append(f"{DIGITS[tens]} mươi")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append({1: "mốt", 4: "tư"}.get(ones, "") if tens > 1 and ones in {1, 4} else "lăm" if tens and ones == 5 else DIGITS[ones])
    return " ".join(words)


def digits(text: str) -> str:
    """Digit by digit, as a code or a telephone number is read."""
    return " ".join(DIGITS[int(one)] for one in text if one in "0123456789")


def number(text: str) -> str:
    """A number as written in Vietnamese: "1.234,5" → "một nghìn hai trăm ba mươi tư phẩy năm"; one that begins with 0 is a code."""
    whole, _comma, part = text.replace(".", "").partition(",")
    said = digits(whole) if len(whole) > LONGEST or (len(whole) > 1 and whole[0] == "0") else integer(int(whole))
    if not part:
        return said
    return f"{said} phẩy {digits(part) if part[0] == '0' or len(part) > 2 else integer(int(part))}"


def roman(text: str) -> int:
    """The value of a Roman numeral that is written as it should be."""
    values = [ROMAN[letter] for letter in text]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def ordinal(value: int) -> str:
    """What follows "thứ": nhất and tư have words of their own."""
    return {1: "nhất", 4: "tư"}.get(value) or integer(value)


def _line(line: str) -> str:
    text = re.sub(r"[\s\u00a0\u202f\u200b]+", " ", line).strip()
    text = re.sub(r"^[-–—•*+] ", "", text)
    text = re.sub(r"^([0-9]{1,3})[.)] (?=\S)", lambda found: f"{integer(int(found[1]))}. ", text)
    text = re.sub(rf"^({_ROMAN})\. (?=\w\w)", lambda found: f"{integer(roman(found[1]))}. ", text)
    for pattern, words in RULES:
        text = pattern.sub(words, text)
    return re.sub(r"\s+", " ", text).strip()


def _document(found: re.Match[str], between: str = " trên ") -> str:
    parts = [digits(found[1]) if found[1][0] == "0" else integer(int(found[1]))]
    parts += [integer(int(found[2]))] if found[2] else []
    return between.join([*parts, _symbols(found[3])])


def _symbols(text: str) -> str:
    return ", ".join(SYMBOLS.get(part) or _assembly(part) or _spelled(part) for part in re.split(r"[-&/]", text) if part)


def _assembly(text: str) -> str:
    """QH15: the National Assembly's fifteenth term; empty for other symbols."""
    found = re.fullmatch(r"(QH|UBTVQH)([0-9]{1,2})", text)
    return f"{SYMBOLS[found[1]]} khóa {integer(int(found[2]))}" if found else ""


def _spelled(text: str) -> str:
    """Letters by their names, numbers in words: "X03" → "ích không ba"."""
    pieces = re.findall(r"[0-9]+|[^0-9]", text)
    return " ".join(number(piece) if piece[0] in "0123456789" else LETTERS.get(piece.upper(), piece) for piece in pieces)


def _dated(before: str, day: str, month: str, year: str | None) -> str:
    """`before` is the word "ngày" when the text has it already."""
    said = f"{before or 'ngày '}{integer(int(day))} tháng {_month(month)}"
    return f"{said} năm {integer(int(year))}" if year else said


def _month(text: str) -> str:
    return "tư" if int(text) == 4 else integer(int(text))


def _is_day(day: str, month: str) -> bool:
    return len(day) <= 2 and 1 <= int(day) <= 31 and len(month) <= 2 and 1 <= int(month) <= 12


def _full_date(found: re.Match[str]) -> str:
    if not _is_day(found[2], found[3]):
        return found[0]
    return _dated(found[1] or "", found[2], found[3], found[4])


def _after_date_word(found: re.Match[str]) -> str:
    if not _is_day(found[2], found[3]):
        return found[0]
    word = found[1]
    return _dated(word if word.lower() in {"ngày ", "mùng "} else f"{word}ngày ", found[2], found[3], None)


def _fraction(found: re.Match[str]) -> str:
    """Without a word beside it 11/3 is a day, 3/4 a share, 34/34 a count out of another."""
    over, under = (int(part.replace(".", "")) for part in found.groups())
    if over > under and _is_day(found[1], found[2]):
        return _dated("", found[1], found[2], None)
    if 0 < over < under <= 10:
        return f"{integer(over)} phần {'tư' if under == 4 else integer(under)}"
    return f"{number(found[1])} trên {number(found[2])}"


def _time(found: re.Match[str]) -> str:
    hours, minutes, seconds = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if hours > 24 or minutes > 59 or seconds > 59:
        return found[0]
    said = f"{integer(hours)} giờ"
    said += f" {integer(minutes)} phút" if minutes or seconds else ""
    return said + (f" {integer(seconds)} giây" if seconds else "")


def _romans(found: re.Match[str]) -> str:
    say = ordinal if found[1].lower().endswith("thứ") else integer
    return f"{found[1]} {re.sub(_ROMAN, lambda one: say(roman(one[0])), found[2])}"


def _measured(found: re.Match[str]) -> str:
    return f"{_signed(found[1], found[2])} {UNITS[found[3]]}{' trên ' if found[4] else ''}"


def _signed(sign: str | None, value: str) -> str:
    return f"{'âm ' if sign and sign in '-−' else 'cộng ' if sign else ''}{number(value)}"


def _dotted(found: re.Match[str]) -> str:
    parts = found[0].split(".")
    if parts[0].startswith("0") and len(parts) > 2:
        return digits(found[0])
    return " chấm ".join(number(part) for part in parts)


def _named(found: re.Match[str]) -> str:
    short = found[1]
    return f"{BEFORE_A_NAME[short]} " if found[2] or short in {"TP", "Tp", "TX"} else found[0]


def _any_of(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


Words = str | Callable[[re.Match[str]], str]
_PER = "năm|tháng|ngày|tuần|quý|người|hộ|buổi|lượt|suất"
_SIGNS = {"<": "dưới", ">": "trên", "≤": "nhỏ hơn hoặc bằng", "≥": "lớn hơn hoặc bằng", "±": "cộng trừ", "≈": "khoảng", "~": "khoảng"}
_TABLE: list[tuple[str, Words]] = [
    (rf"(?<!\w)ĐH(?= (?:{_ROMAN}|lần|Đảng|đại biểu))", "Đại hội"),
    # 0912.345.678, (024) 3825 6789, 1900 1234, đường dây nóng 113: digit by digit
    (r"(?<![\w/.,])\(?0[0-9]{1,3}\)?(?:[ .-]?[0-9]{3,4}){2}(?![\w]|[.,][0-9])", lambda found: digits(found[0])),
    (r"(?<![\w/.,])1[89]00[ .-]?[0-9]{4,6}(?![\w]|[.,][0-9])", lambda found: digits(found[0])),
    (r"((?i:đường dây nóng|tổng đài|số máy|điện thoại|gọi|số điện thoại)(?: số)?:? )(11[1-9])(?![\w/]|[.,][0-9])",
     lambda found: f"{found[1]}{digits(found[2])}"),
    # 18-NQ/TW, 38-CTr/BDVTW-BCA
    (r"(?<![\w/])([0-9]{1,6})()-((?=[A-ZĐ])[A-ZĐ][\wĐđ]*(?:[-&][A-ZĐ][\wĐđ]*)*/[A-ZĐ][\wĐđ]*(?:[-&/][A-ZĐ][\wĐđ]*)*)", lambda found: _document(found, ", ")),
    # 09/CTr-BCA-MTTW, 30/2020/NĐ-CP, 5/BC-X03
    (r"(?<![\w/])([0-9]{1,6})(?:/([0-9]{4}))?/((?=[A-ZĐ])[A-ZĐ][\wĐđ]*(?:[-&/][A-ZĐ][\wĐđ]*)*)", _document),
    (r"\b([0-9]{1,2})[/-]([0-9]{1,2})([/-][0-9]{4})?\s*[–—-]\s*(?=[0-9]{1,2}/[0-9]{1,2})", r"\1/\2\3 đến ngày "),
    (r"(?<![\w/.,])([Nn]gày )?([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})(?![\w/])", _full_date),
    (rf"(?<!\w)((?i:{_DATE_BEFORE}) )([0-9]{{1,2}})[/-]([0-9]{{1,2}})(?![\w/])", _after_date_word),
    (r"(?<![\w/.,])(tháng |Tháng )?([1-9]|0[1-9]|1[0-2])/([12][0-9]{3})(?![\w/])",
     lambda found: f"{found[1] or 'tháng '}{_month(found[2])} năm {integer(int(found[3]))}"),
    (r"(?<!\w)(tháng|Tháng) 0?([1-9]|1[0-2])(?![\w/.,]\w|\w)", lambda found: f"{found[1]} {_month(found[2])}"),
    (r"(?<=[0-9])(h(?:[0-5][0-9])?|:[0-5][0-9])\s*[–—-]\s*(?=[0-9]{1,2}[h:])", r"\1 đến "),
    (r"(?<![\w:])([0-9]{1,2})(?: ?(?:h|giờ) ?|g)([0-5][0-9])(?:'|p| phút)?(?![\w])()", _time),
    (r"(?<![\w:.,])([0-9]{1,2}):([0-5][0-9])(?::([0-5][0-9]))?(?![\w:])", _time),
    (r"(?<![\w:])([0-9]{1,2})h()()(?!\w)", _time),
    (r"(?<=[0-9]):(?=[0-9])", " trên "),
    (rf"(?<!\w)((?i:mục|phần|chương|phụ lục)) ({_ROMAN.removesuffix(_END)})\.(?=[0-9])", lambda found: f"{found[1]} {integer(roman(found[2]))} chấm "),
    (rf"(?<!\w)((?i:{_AFTER_ROMAN})) ((?:{_ROMAN})(?:(?:, | và |[–-]){_ROMAN})*)", _romans),
    (r"(?<!\w)(quý|Quý) ([1-4])(?!\w)", lambda found: f"{found[1]} {integer(int(found[2]))}"),
    (r"(?<=\w)/([12][0-9]{3})(?!\w)", lambda found: f" năm {integer(int(found[1]))}"),
    (r"(?<!\w)(thứ|Thứ) ([0-9]{1,4})(?![\w/]|[.,][0-9])", lambda found: f"{found[1]} {ordinal(int(found[2]))}"),
    (rf"(?<![\w/.,])({_WHOLE})/({_WHOLE})(?![\w/]|[.,][0-9])", _fraction),
    (r"(?<![\w.])(Q|P)\. ?(?=[0-9]{1,2}(?![\w.,]*\w))", lambda found: f"{BEFORE_A_NAME[found[1]]} "),
    (r"(?<!\w)(QL|ĐT|TL|ĐH) ?\.? ?(?=[0-9])", lambda found: f"{ROADS[found[1]]} "),
    (r"[<>≤≥±≈~] ?(?=[-−]?[0-9])", lambda found: f"{_SIGNS[found[0][0]]} "),
    (rf"(?<=[0-9%‰]) ?[–—-] ?(?={_NUMBER})", " đến "),
    (rf"(?:(?<![\w.,)])([-−+]))?(?<![\w.,])({_NUMBER}) ?({_any_of(UNITS)})(?:(/)(?=[^\W\d])|(?![\w²³]))", _measured),
    (r"(?<![\w.,])[0-9]+(?:\.[0-9]+)*\.(?:[0-9]{1,2}|[0-9]{4,})(?![\w]|[.,][0-9])", _dotted),
    (rf"(?<![\w.,)])([-−+])({_NUMBER})", lambda found: _signed(found[1], found[2])),
    (rf"(?<=[^\W\d_])[-–]?({_NUMBER})(?=([^\W\d_])?)", lambda found: f" {number(found[1])}{' ' if found[2] else ''}"),
    (rf"(?<![0-9])({_NUMBER})(?=[^\W\d_])", lambda found: f"{number(found[1])} "),
    (_NUMBER, lambda found: number(found[0])),
    (rf"(?<![\w.])({_any_of(ABBREVIATIONS)})(?!\w)", lambda found: ABBREVIATIONS[found[1]]),
    (rf"(?<![\w.])({_any_of(BEFORE_A_NAME)})(?:(\.) ?| )(?=[A-ZĐÂÊÔƠƯ][\w])", _named),
    (r"và/hoặc", "và hoặc"),
    (rf"(?<=[^\W\d])/(?=(?:{_PER})(?!\w))", " trên "),
    (r"(?<=đồng)/(?=[^\W\d])", " trên "),
    (r"(?<=[^\W\d])/(?=[^\W\d])", ", "),
    (r"(?<=\w) ?& ?(?=\w)", " và "),
    (r"(?<=\w) [–—-] (?=\w)", ", "),
]
RULES: list[tuple[re.Pattern[str], Words]] = [(re.compile(pattern), words) for pattern, words in _TABLE]

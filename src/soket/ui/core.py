"""Numbers, shares, dates and codes as they are printed, in Vietnamese and in English.

Pure and exact: whole numbers in, text out, no floats. Vietnamese writes 1.234.567,8 and
11/03/2019; English writes 1,234,567.8 and 11 March 2019. Times are printed in Viet Nam's zone.
"""
from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

Language = Literal["vi", "en"]

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2014"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_MARKS: dict[Language, tuple[str, str]] = {"vi": (".", ","), "en": (",", ".")}
_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SIZES = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


def language(code: str | None) -> Language:
    """The printing language for a language code; anything but English is Vietnamese."""
    return "en" if (code or "").startswith("en") else "vi"


def half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to the quotient, halves away from zero. Raises ZeroDivisionError."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def number(value: int, scale: int = 0, lang: Language = "vi", places: int | None = None) -> str:
    """A scaled integer as text: 12345678 at scale 1 is "1.234.567,8".

    `scale` is the count of decimal digits held in the integer; `places` how many are printed
    (default: all), rounding half away from zero. A value that rounds to nothing carries no minus
    sign. Raises ValueError for a negative scale or count of places.
    """
    shown = scale if places is None else places
    if scale < 0 or shown < 0:
        raise ValueError("scale and places are counts of digits and cannot be negative")
    units = half_up(value, 10 ** (scale - shown)) if shown < scale else value * 10 ** (shown - scale)
    group, point = _MARKS[lang]
    digits = str(abs(units)).rjust(shown + 1, "0")
    whole, rest = (digits[:-shown], digits[-shown:]) if shown else (digits, "")
    grouped = f"{int(whole):,}".replace(",", group)
    return (MINUS if units < 0 else "") + grouped + (point + rest if rest else "")


def percent(numerator: int, denominator: int, lang: Language = "vi", places: int = 1) -> str:
    """A share in per cent: 3268 of 3319 is "98,5 %" (no-break space), English "98.5%".

    Rounded half up, with three refusals: what is not the whole never rounds to 100 (99,9 at most;
    100,1 at least when above it), the whole prints as 100 without decimals, and what is not nothing
    never rounds to 0 but prints as "< 0,1 %". Raises ZeroDivisionError when the denominator is 0
    and ValueError when it is negative.
    """
    if denominator == 0:
        raise ZeroDivisionError("a share of nothing has no value")
    if denominator < 0:
        raise ValueError("a denominator counts things and cannot be negative")
    sign = "%" if lang == "en" else f"{NBSP}%"
    if numerator == 0 or abs(numerator) == denominator:
        return number(100 if numerator > 0 else 0 if numerator == 0 else -100, 0, lang) + sign
    step = 10**places
    scaled = half_up(numerator * 100 * step, denominator)
    if scaled == 0:
        return f"{'<' if numerator > 0 else '>'}{NBSP}{number(1 if numerator > 0 else -1, places, lang)}{sign}"
    if abs(scaled) == 100 * step:
        nearer = 100 * step + (1 if abs(numerator) > denominator else -1)
        scaled = nearer if scaled > 0 else -nearer
    return number(scaled, places, lang) + sign


def day(value: date, lang: Language = "vi") -> str:
    """A calendar day: "11/03/2019", English "11 March 2019". An instant gives its day in Viet Nam."""
    if isinstance(value, datetime):
        value = _local(value).date()
    if lang == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day:02}/{value.month:02}/{value.year:04}"


def instant(value: datetime, lang: Language = "vi", *, weekday: bool = True, seconds: bool = True) -> str:
    """An instant: "Thứ Hai, 11/03/2019, 18:22:28 (GMT+7)". Raises ValueError when it has no zone.

    Without `weekday` the zone is left out as well: the short form for tables, "11/03/2019, 18:22:28".
    """
    local = _local(value)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    if not weekday:
        return f"{day(local.date(), lang)}, {clock}"
    return f"{_WEEKDAYS[lang][local.weekday()]}, {day(local.date(), lang)}, {clock} (GMT+7)"


def _local(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant without a zone cannot be printed")
    return value.astimezone(VIETNAM)


def seal_code(digest: str) -> str:
    """The first 16 hexadecimal digits of a digest in groups of four: "7F3A-91C2-0B4E-D8A6".

    Raises ValueError when there are not 16 hexadecimal digits at the front.
    """
    head = digest.strip()[:16]
    if len(head) != 16 or any(sign not in "0123456789abcdefABCDEF" for sign in head):
        raise ValueError("a digest has at least 16 hexadecimal digits")
    return "-".join(head[at : at + 4] for at in range(0, 16, 4)).upper()


def file_size(size: int, lang: Language = "vi") -> str:
    """Size of a file from its bytes: "640 KB", "1,8 MB" (1024 steps, one decimal from MB on)."""
    if size < 0:
        raise ValueError("a size cannot be negative")
    for limit, name in _SIZES:
        if size >= limit:
            places = 0 if name == "KB" else 1
            return f"{number(half_up(size * 10**places, limit), places, lang)}{NBSP}{name}"
    return f"{number(size, 0, lang)}{NBSP}B"


def bar_lengths(value: int, total: int, full: int = 1000) -> tuple[int, int]:
    """Lengths (reached, left open) of a bar that never hides a gap nor a beginning.

    Any gap is drawn at least 3 % long and any beginning at least 1 %, so that 98,5 % does not look
    like 100 %. Raises ValueError unless 0 <= value <= total; a total of 0 gives an empty bar.
    """
    if not 0 <= value <= total:
        raise ValueError("a bar shows a part of a whole")
    if total == 0 or value == 0:
        return 0, full
    if value == total:
        return full, 0
    reached = max(full // 100, min(full - full * 3 // 100, half_up(value * full, total)))
    return reached, full - reached



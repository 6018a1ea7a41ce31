"""Money that goes with an award: whole đồng, multiples as pairs of integers, never a float."""
from __future__ import annotations

Multiple = tuple[int, int]  # (15, 10): one and a half times


def owed(multiple: Multiple, base: int) -> int:
    """The multiple of the base salary (đồng a month) in whole đồng, half up. Raises ValueError on a multiple that is none.

    >>> owed((15, 10), 2_340_000)
    3510000
    """
    top, bottom = multiple
    if top < 0 or bottom <= 0 or base < 0:
        raise ValueError("a multiple is a whole number of parts, a base is not below nothing")
    return (2 * top * base + bottom) // (2 * bottom)


def decimal(multiple: Multiple) -> str:
    """The multiple as it is written in Vietnamese: "1,5"; a pair that has no end as a decimal as "2/3".

    >>> decimal((15, 10)), decimal((30, 10)), decimal((2, 3))
    ('1,5', '3', '2/3')
    """
    top, bottom = multiple
    thousandths, rest = divmod(top * 1000, bottom)
    if rest:
        return f"{top}/{bottom}"
    whole, part = divmod(thousandths, 1000)
    return f"{whole},{part:03d}".rstrip("0") if part else str(whole)


def parsed(text: str) -> Multiple | None:
    """A multiple as a person types it ("1,5", "1.5", "3", "0,6"): at most three places behind the mark, below 1,000. None when it is not one.

    >>> parsed("1,5"), parsed("3"), parsed("một")
    ((1500, 1000), (3, 1), None)
    """
    whole, mark, part = text.strip().replace(".", ",").partition(",")
    digits = whole + part
    if not digits.isascii() or not digits.isdigit() or not whole or len(whole) > 3 or len(part) > 3 or (mark and not part):
        return None
    return (int(whole) * 1000 + int(part.ljust(3, "0")), 1000) if part else (int(whole), 1)


def money_words(dong: int) -> str:
    """An amount as papers print it.

    >>> money_words(3510000)
    '3.510.000 đồng'
    """
    return f"{dong:,} đồng".replace(",", ".")


def parsed_dong(text: str) -> int | None:
    """Whole đồng as a person types it: "2.340.000", "2 340 000", "2340000", "2.340.000 đồng". None when it is not one."""
    bare = text.strip().removesuffix("đồng").removesuffix("đ").strip().replace("\u00a0", " ")
    for mark in (".", " "):
        if mark in bare:
            first, *groups = bare.split(mark)
            if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
                return None
            bare = "".join([first, *groups])
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 12 else None

"""Where two runs of hashes part: altered, missing, extra, duplicated and reordered entries."""
from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"
    DUPLICATED = "duplicated"
    REORDERED = "reordered"


WORDS = {
    Fault.ALTERED: ("đã bị sửa", "was altered"),
    Fault.MISSING: ("bị thiếu", "is missing"),
    Fault.EXTRA: ("là mục chèn thêm", "was inserted"),
    Fault.DUPLICATED: ("bị lặp lại", "stands there twice"),
    Fault.REORDERED: ("không đứng đúng chỗ", "is out of its place"),
}


@dataclass(frozen=True)
class Difference:
    """`expected` is the place in the expected run (None for an extra one), `found` in the file (None when absent)."""

    fault: Fault
    expected: int | None
    found: int | None


def differences(found: Sequence[bytes], expected: Sequence[bytes]) -> list[Difference]:
    """All differences in order of their place, in linear time; empty when the runs are equal.

    An unknown hash is taken for an alteration of the entry due at its place when that entry appears
    nowhere later, else for an extra one.
    """
    return _Walk(found, expected).differences()


class _Walk:
    def __init__(self, found: Sequence[bytes], expected: Sequence[bytes]) -> None:
        self.found, self.expected = found, expected
        self.left_found, self.left_expected = Counter(found), Counter(expected)
        self.first_place = {item: place for place, item in reversed(list(enumerate(expected)))}
        self.moved: Counter[bytes] = Counter()  # passed over at their own place, still to come
        self.at, self.due = 0, 0

    def differences(self) -> list[Difference]:
        result = []
        while self.at < len(self.found) or self.due < len(self.expected):
            step = self._step()
            if step:
                result.append(step)
        return result

    def _step(self) -> Difference | None:
        item = self.found[self.at] if self.at < len(self.found) else None
        wanted = self.expected[self.due] if self.due < len(self.expected) else None
        if item is not None and item == wanted:
            return self._pass(None, found=True, expected=True)
        if item is not None and self.moved[item]:
            self.moved[item] -= 1
            return self._pass(None, found=True)
        if item is not None and item not in self.first_place:
            if wanted is not None and not self.left_found[wanted]:
                return self._pass(Fault.ALTERED, found=True, expected=True)
            return self._pass(Fault.EXTRA, found=True)
        if item is not None and self.left_found[item] > self.left_expected[item]:
            return self._pass(Fault.DUPLICATED, found=True)
        if wanted is not None and self.left_found[wanted]:
            self.moved[wanted] += 1
            return self._pass(Fault.REORDERED, expected=True)
        return self._pass(Fault.MISSING, expected=True)

    def _pass(self, fault: Fault | None, *, found: bool = False, expected: bool = False) -> Difference | None:
        """Step over the found item, the expected one or both, and say what was wrong."""
        at, due = self.at if found else None, self.due if expected else None
        if at is not None:
            self.left_found[self.found[at]] -= 1
            self.at += 1
        if due is not None:
            self.left_expected[self.expected[due]] -= 1
            self.due += 1
        if fault is Fault.DUPLICATED and at is not None:
            due = self.first_place[self.found[at]]
        return Difference(fault, due, at) if fault else None

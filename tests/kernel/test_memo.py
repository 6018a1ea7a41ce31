"""What is remembered for one request or action, and when it is forgotten."""
from __future__ import annotations

from threading import Thread

import pytest

from soket.kernel.door import Refused, action
from soket.kernel.memo import forget, once, remembering


class Counter:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0

    def __call__(self) -> int:
        self.reads += 1
        return self.reads


def test_outside_a_request_nothing_is_remembered() -> None:
    read = Counter()
    assert [once("fact", read), once("fact", read)] == [1, 2]
    forget()


def test_a_fact_is_read_once_per_block() -> None:
    read = Counter()
    for seen in (1, 2):
        with remembering():
            assert {once("fact", read) for _time in range(3)} == {seen}


def test_a_write_forgets() -> None:
    read = Counter()
    with remembering():
        once("fact", read)
        forget()
        assert once("fact", read) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("refuse", [False, True])
def test_an_action_begins_with_nothing_and_leaves_nothing(refuse: bool) -> None:
    read = Counter()

    @action
    def write() -> int:
        seen = once("fact", read)
        if refuse:
            raise Refused("no", field="x")
        return seen

    with remembering():
        assert once("fact", read) == 1
        if refuse:
            with pytest.raises(Refused):
                write()
        else:
            assert write() == 2
        assert once("fact", read) == 3


def test_another_thread_remembers_apart() -> None:
    read, found = Counter(), []
    with remembering():
        once("fact", read)
        other = Thread(target=lambda: found.append(once("fact", read)))
        other.start()
        other.join()
        assert (found, once("fact", read)) == ([2], 1)

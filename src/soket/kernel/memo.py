"""What is read once while one request is answered or one action runs.

Small facts that many reads ask for (which state the tree is in) are remembered for the length of a request
or of an action and no longer: every action begins with an empty memory and empties the one around it when
it ends, done or refused. Outside both nothing is remembered, so a command or a test reads afresh.
"""
from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

T = TypeVar("T")
_memory: ContextVar[dict[Hashable, Any] | None] = ContextVar("soket_memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """An empty memory for the block; the memory around it is emptied after it."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)
        forget()


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once for a key while something is remembered."""
    memory = _memory.get()
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    return cast(T, memory[key])


def forget() -> None:
    """Read afresh from here on; for a write that changes what is remembered."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()

"""The one door for writes.

`@action` makes a function keyword-only, atomic, and the only place where locked rows may be
written. A raw `save()` elsewhere raises `DoorClosed`; the database's own guards stand behind it.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from soket.kernel.memo import remembering

P = ParamSpec("P")
R = TypeVar("R")
_open: ContextVar[bool] = ContextVar("soket_door_open", default=False)


class DoorClosed(Exception):
    """A locked row was written outside an action."""


class Refused(Exception):
    """An action was refused for a reason the user can read and mend.

    `field` names the form field (or cell code) the message belongs to; `errors` holds several.
    Messages are lazily translated strings.
    """

    def __init__(self, message: Any, *, field: str = "", errors: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.errors: dict[str, Any] = errors or ({field: message} if field else {})


@contextmanager
def open_door() -> Iterator[None]:
    """Open the door for the block: actions, migrations' data steps and test factories only."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a write: keyword-only, one transaction, door open inside, nothing remembered from before or for after."""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{function.__name__}: actions take keyword arguments only")
        with remembering(), transaction.atomic(), open_door():
            return function(**kwargs)  # type: ignore[call-arg]

    inner.is_action = True  # type: ignore[attr-defined]
    return inner


def _require(what: str) -> None:
    if not _open.get():
        raise DoorClosed(f"{what}: rows are written only through an action")


class LockedQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        _require(f"{self.model.__name__}.update")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _require(f"{self.model.__name__}.delete")
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        _require(f"{self.model.__name__}.bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _require(f"{self.model.__name__}.bulk_update")
        return super().bulk_update(*args, **kwargs)


class LockedModel(models.Model):
    """A row of state: written inside the door only."""

    objects = LockedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _require(f"{type(self).__name__}.save")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _require(f"{type(self).__name__}.delete")
        return super().delete(*args, **kwargs)


class SealedModel(LockedModel):
    """A row that is inserted once and never changed; a database guard stands behind it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise DoorClosed(f"{type(self).__name__}: sealed rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise DoorClosed(f"{type(self).__name__}: sealed rows are never deleted")

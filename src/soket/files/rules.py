"""Who may read a file. A released file is anyone's; otherwise the rooms that attached it decide.

This room knows no unit and no report, so upper rooms register what they know at start-up.
"""
from __future__ import annotations

from collections.abc import Callable

from soket.files.models import Release, StoredFile
from soket.kernel.actor import Actor

Access = Callable[[Actor, StoredFile], bool]
_access: list[Access] = []


def register_access(function: Access) -> Access:
    """Add a rule that may let an actor read a file; usable as a decorator. Registering twice is harmless."""
    if function not in _access:
        _access.append(function)
    return function


def is_public(file: StoredFile) -> bool:
    """Whether an act has released the file."""
    return Release.objects.filter(file=file).exists()


def may_read(actor: Actor, file: StoredFile) -> bool:
    """Released to all, or allowed to this signed-in actor by one of the registered rules."""
    if is_public(file):
        return True
    return actor.actor_kind != "anonymous" and any(rule(actor, file) for rule in _access)

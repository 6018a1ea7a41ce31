"""Jobs to test with: one that answers, one that is refused, one that breaks, one that breaks for a passing reason."""
from __future__ import annotations

from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from soket.jobs.declare import job
from soket.kernel.door import Refused

calls: list[str] = []


@job
def double(*, number: int) -> int:
    calls.append(f"double {number}")
    return number * 2


@job
def refuse(*, number: int) -> None:
    raise Refused(_("Sign in to release a file."))


@job
def crash(*, number: int) -> None:
    raise ValueError("a fault in the code")


@job
def stumble(*, number: int) -> None:
    calls.append("stumble")
    raise OperationalError("the database is away")

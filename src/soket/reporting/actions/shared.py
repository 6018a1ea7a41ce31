"""What the acts of this room share: how things are named, and refusals that keep something."""
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from soket.kernel.door import Refused
from soket.kernel.references import Ref
from soket.reporting.models import Report, Round, Submission

P = ParamSpec("P")
R = TypeVar("R")


def keeps(function: Callable[P, R | Refused]) -> Callable[P, R]:
    """For an action that may refuse and still keep what came: it returns the Refused, which is raised
    here, after its transaction has been committed. (A raised Refused undoes the transaction.)"""

    @wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        result = function(*args, **kwargs)
        if isinstance(result, Refused):
            raise result
        return result

    return inner


def report_label(report: Report, unit_name: str) -> str:
    return f"{report.round.title_vi} · {unit_name}"


def report_ref(report: Report, unit_name: str) -> Ref:
    return Ref("reporting.report", str(report.pk), report_label(report, unit_name))


def submission_ref(submission: Submission, label: str) -> Ref:
    return Ref("reporting.submission", str(submission.pk), label)


def round_ref(round_: Round) -> Ref:
    return Ref("reporting.round", str(round_.pk), round_.title_vi)

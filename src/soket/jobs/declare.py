"""`@job` turns a function of a room's `tasks.py` into a job."""
from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.utils import translation
from django_tasks.base import Task, task

from soket.kernel.door import Refused
from soket.kernel.memo import remembering


def job(function: Callable[..., Any]) -> Task:
    """Declare a job: keyword arguments that JSON can hold in, a JSON value out, safe to repeat.

    A `Refused` raised inside ends the job as failed, with the refusal kept in every language of the product.
    """

    @wraps(function)
    def inner(**arguments: Any) -> dict[str, Any]:
        try:
            with remembering():
                return {"done": function(**arguments)}
        except Refused as refusal:
            return {"refused": _in_each_language(refusal)}

    return task(inner)


def _in_each_language(refusal: Refused) -> dict[str, str]:
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = str(refusal.message)
    return words

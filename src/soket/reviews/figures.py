"""Turns a figure's spec into what an edition copies. Sources are registered by kind of spec at start-up."""
from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from soket.organisations import queries as organisations
from soket.reviews.core import UNSIGNABLE, Computed, Words, figure_body, units_body
from soket.reviews.models import WantedFigure

Source = Callable[[Mapping[str, Any]], Computed]
_sources: dict[str, Source] = {}


class CannotCompute(Exception):
    """A figure cannot be formed; the message says why, in the reader's language."""


def register(kind: str, source: Source) -> None:
    """Let `source` compute the specs of this kind. A second registration replaces the first."""
    _sources[kind] = source


def kinds() -> frozenset[str]:
    """The kinds of spec that some source computes."""
    return frozenset(_sources)


def compute(spec: Mapping[str, Any]) -> Computed:
    """The figure now. Raises CannotCompute when the kind has no source or the source cannot answer."""
    source = _sources.get(str(spec.get("kind")))
    if source is None:
        raise CannotCompute(_("figures of this kind cannot be computed here"))
    return source(spec)


def bodies(wanted: WantedFigure, *, printed: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two entry bodies of a wanted figure: the figure, and its lists. Raises CannotCompute."""
    spec = json.loads(wanted.spec)
    computed = compute(spec)
    if computed.state in UNSIGNABLE:
        raise CannotCompute(_unsignable(computed.state))
    label = Words(wanted.label_vi, wanted.label_en)
    figure = figure_body(
        computed, code=wanted.code, printed=printed, label=label, spec=spec, tree_version=organisations.tree_version()
    )
    return figure, units_body(computed, wanted.code)


def _unsignable(state: str) -> str:
    return {
        "missing": _("no unit has sent an accepted report yet"),
        "not_expected": _("no unit owes a report for it"),
        "undefined": _("its denominator is 0"),
    }.get(state, _("it is not aggregated over these units"))

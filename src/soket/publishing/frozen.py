"""Frozen figures as this room needs them: the only place that reads them from reviews."""
from __future__ import annotations

from fractions import Fraction

from soket.publishing.core import Value
from soket.reviews import queries as reviews
from soket.reviews.models import Edition
from soket.reviews.queries import FrozenFigure
from soket.ui.panel import FigureState


def value(figure: FrozenFigure) -> Value:
    """What wording is held against."""
    return Value(
        code=figure.code, display=figure.display("vi"), amount=_amount(figure), percent=figure.percent,
        mark=figure.precision, measure="" if figure.percent else figure.measure("vi"),
    )


def _amount(figure: FrozenFigure) -> Fraction | None:
    """The exact value; None for a range, for words and for a share of nothing."""
    if figure.numerator is None or figure.state not in {"value", "zero"} or figure.body["upper"] is not None:
        return None
    if figure.denominator is None:
        return Fraction(figure.numerator, 10**figure.scale)
    if not figure.denominator:
        return None
    share = Fraction(figure.numerator, figure.denominator)
    return share * 100 if figure.percent else share / 10**figure.scale


def figures(edition: Edition) -> dict[str, FrozenFigure]:
    """The edition's figures by code, in the order of the dossier."""
    return {figure.code: figure for figure in reviews.frozen_figures(edition)}


def values(edition: Edition) -> dict[str, Value]:
    """What wording is held against, by code."""
    return {code: value(figure) for code, figure in figures(edition).items()}


def kind_of(figure: FrozenFigure) -> FigureState:
    """How a page draws the figure: external, not_comparable or bound."""
    if figure.external:
        return "external"
    return "not_comparable" if figure.state == "not_comparable" else "bound"

"""The border of a certificate as one small SVG, one unit per millimetre: rules, a meander band and lotus corners, drawn from lines.

No emblem and no flag: those are pre-printed on blanks where the law wants them. Same measures, same bytes.
"""
from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

RED, GOLD, PALE = "#a3152a", "#a8842c", "#f6efdd"
Point = tuple[float, float]
# One hook of the meander in a cell of one by one, standing on the base line y = 1.
_HOOK: tuple[Point, ...] = ((0.0, 1.0), (0.0, 0.0), (0.78, 0.0), (0.78, 0.68), (0.3, 0.68), (0.3, 0.34), (0.52, 0.34))


@lru_cache(maxsize=32)
def frame_svg(width: int, height: int, style: str) -> str:
    """The border whose outer edge is width × height; "" for the style `none`."""
    if style == "none":
        return ""
    body = {"simple": _simple, "double": _double, "ornament": _ornament}[style](width, height)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}mm" height="{height}mm" fill="none">{body}</svg>'


def _simple(width: int, height: int) -> str:
    return _rect(width, height, 0.5, 1.0, RED)


def _double(width: int, height: int) -> str:
    return _rect(width, height, 0.6, 1.2, RED) + _rect(width, height, 2.4, 0.35, GOLD)


def _ornament(width: int, height: int) -> str:
    """Crimson outer rule, gold meander between two hairlines, crimson inner rule; a lotus in each corner square."""
    band = max(5.0, min(width, height) / 34)
    outer, inner = 2.0, 2.0 + band
    parts = [
        _rect(width, height, 0.5, 1.0, RED), _rect(width, height, outer, 0.25, GOLD), _rect(width, height, inner, 0.25, GOLD),
        _rect(width, height, inner + 1.1, 0.5, RED),
    ]  # fmt: skip
    parts.append(f'<path d="{"".join(_bands(width, height, outer, band))}" stroke="{GOLD}" stroke-width="{band * 0.09:.2f}" stroke-linejoin="miter"/>')
    parts += [_corner(x, y, band, outer) for x in (0, width) for y in (0, height)]
    return "".join(parts)


def _bands(width: int, height: int, outer: float, band: float) -> Iterator[str]:
    """Hooks along the four sides between the corner squares, mirrored about the middle of each side."""
    pad = band * 0.16
    deep = band - 2 * pad
    start = outer + band * 1.5
    for length, flip in ((width - 2 * start, False), (height - 2 * start, True)):
        half = max(2, round(length / 2 / (deep * 1.12)))
        cell = length / 2 / half
        for side in (0, 1):
            across = (height if not flip else width)
            for at in range(2 * half):
                mirrored = at >= half
                along = start + (at + mirrored) * cell
                points = []
                for u, v in _HOOK:
                    a = along + (-u if mirrored else u) * cell
                    # The hooks hang from the outer side and stand on a base line at the inner one.
                    b = outer + pad + v * deep
                    points.append((a, b if side == 0 else across - b))
                yield _path([(y, x) for x, y in points] if flip else points)
            base = outer + pad + deep
            line = [(start, base if side == 0 else across - base), (start + length, base if side == 0 else across - base)]
            yield _path([(y, x) for x, y in line] if flip else line)


def _corner(x: float, y: float, band: float, outer: float) -> str:
    """A square on the corner of the band, ground in pale gold, with a lotus of five petals looking inwards."""
    right, down = (1 if x == 0 else -1), (1 if y == 0 else -1)
    side = band * 1.5 + 1.2
    edge = outer - 0.6

    def at(u: float, v: float) -> str:
        return f"{x + right * (edge + u * side):.2f} {y + down * (edge + v * side):.2f}"

    square = f"M{at(0, 0)}L{at(1, 0)}L{at(1, 1)}L{at(0, 1)}Z"
    inset = f"M{at(0.09, 0.09)}L{at(0.91, 0.09)}L{at(0.91, 0.91)}L{at(0.09, 0.91)}Z"
    # From the outer corner: two low petals, two between, the middle one last and over them.
    ink = f'fill="#fff" stroke="{RED}" stroke-width="{side * 0.028:.2f}" stroke-linejoin="round"'
    root = at(*_ROOT)
    petals = "".join(f'<path d="M{root}C{at(*one)} {at(*two)} {at(*tip)}C{at(*three)} {at(*four)} {root}Z" {ink}/>' for one, two, tip, three, four in _PETALS)
    return (
        f'<path d="{square}" fill="#fff" stroke="{RED}" stroke-width="0.5"/><path d="{inset}" fill="{PALE}" stroke="{GOLD}" stroke-width="0.25"/>{petals}'
    )


def _petal(degrees: float, length: float, swell: float) -> tuple[Point, Point, Point, Point, Point]:
    """Control points of a pointed petal from the root: its direction, its length and half its breadth."""
    across, along = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def off(share: float, aside: float) -> Point:
        return _ROOT[0] + across * share * length - along * aside, _ROOT[1] + along * share * length + across * aside

    return off(0.25, swell), off(0.7, swell), off(1, 0), off(0.7, -swell), off(0.25, -swell)


_ROOT = (0.19, 0.19)
_PETALS = [_petal(8, 0.6, 0.13), _petal(82, 0.6, 0.13), _petal(25, 0.68, 0.15), _petal(65, 0.68, 0.15), _petal(45, 0.76, 0.16)]


def _rect(width: int, height: int, inset: float, stroke: float, colour: str) -> str:
    return (
        f'<rect x="{inset:.2f}" y="{inset:.2f}" width="{width - 2 * inset:.2f}" height="{height - 2 * inset:.2f}" '
        f'stroke="{colour}" stroke-width="{stroke}"/>'
    )


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)

"""A certificate as plain frozen data: the design (sizes and lines, for any number of certificates) and one certificate's words.

Every measure is a whole number, millimetres for lengths and points for type, so that a design has one canonical JSON form.
Texts are data and never markup.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Literal, TypeVar, get_args

from soket.documents.errors import PaperError

Slot = Literal[
    "quoc_hieu", "tieu_ngu", "issuer", "verb", "title", "recipient", "unit", "achievement", "place_date", "post", "signer_space",
    "name", "decision", "gold_book", "reissue", "qr", "serial", "text",
]  # fmt: skip
Place = Literal["head", "left", "right"]
Align = Literal["left", "centre", "right"]
Colour = Literal["black", "red", "gold"]
FrameStyle = Literal["none", "simple", "double", "ornament"]

VALUE_SLOTS = ("issuer", "verb", "title", "recipient", "unit", "achievement", "place_date", "post", "name", "decision", "gold_book", "reissue", "serial")
FIXED_SLOTS = ("quoc_hieu", "tieu_ngu", "text")
SPACE_SLOTS = ("signer_space", "qr")
_CHOICES = {
    "Slot": get_args(Slot), "Place": get_args(Place), "Align": get_args(Align), "Colour": get_args(Colour), "FrameStyle": get_args(FrameStyle),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The inner border, centred on the paper: outer size of its rules, style, and the clear space inside it.

    `printed` False leaves the border to a blank that already carries it; its measures still place the lines.
    """

    width: int
    height: int
    style: FrameStyle = "ornament"
    printed: bool = True
    pad_x: int = 14
    pad_top: int = 14
    pad_bottom: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the design, in order within its place: `head` from the top, `left` and `right` at the foot.

    text: the fixed words, or a pattern with one `{}` where the certificate's own value stands. size: points; `least` the smallest
    it may shrink to (0: it never shrinks); most_lines: how many lines it may take. space: millimetres above; height: millimetres of
    a `signer_space` or the side of a `qr`; rule: length of a rule below in per cent of the words (0: none); tracking: hundredths of an em between
    letters. A line with `printed` False takes its place without ink: a blank already carries it.
    """

    slot: Slot
    text: str = ""
    place: Place = "head"
    align: Align = "centre"
    size: int = 16
    least: int = 0
    most_lines: int = 1
    colour: Colour = "black"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    tracking: int = 0
    space: int = 0
    height: int = 0
    rule: int = 0
    printed: bool = True

    @property
    def smallest(self) -> int:
        """The smallest size in points that this line may be set in."""
        return self.least or self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What all certificates of one kind share. `foot_left` is the left column's share of the foot, in per cent.

    `source` cites where the measures come from; `doubts` says in sentences what is not certain about them.
    """

    code: str
    title: str
    width: int
    height: int
    frame: Frame
    lines: tuple[Line, ...]
    foot_left: int = 45
    source: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def orientation(self) -> Literal["landscape", "portrait"]:
        return "landscape" if self.width >= self.height else "portrait"

    def line(self, slot: Slot) -> Line | None:
        """The first line of that slot."""
        return next((line for line in self.lines if line.slot == slot), None)

    def to_json(self) -> dict[str, Any]:
        """Strings, whole numbers, booleans, lists and dicts only; `from_json` gives the same design back."""
        data: dict[str, Any] = {name.name: getattr(self, name.name) for name in fields(self)}
        data["frame"] = {name.name: getattr(self.frame, name.name) for name in fields(Frame)}
        data["lines"] = [{name.name: getattr(line, name.name) for name in fields(Line)} for line in self.lines]
        data["doubts"] = list(self.doubts)
        return data

    @classmethod
    def from_json(cls, data: object) -> Design:
        """A design that can be set. Raises PaperError naming the first field that is unknown, missing, of another kind or out of bounds."""
        from soket.documents.certificates.checks import checked_design

        whole = _object(data, "design")
        frame = _built(Frame, _object(whole.get("frame"), "design.frame"), "design.frame")
        lines = tuple(_built(Line, _object(item, f"design.lines[{at}]"), f"design.lines[{at}]") for at, item in enumerate(_list(whole, "lines")))
        doubts = tuple(_text(item, f"design.doubts[{at}]") for at, item in enumerate(_list(whole, "doubts")))
        return checked_design(_built(cls, {**whole, "frame": frame, "lines": lines, "doubts": doubts}, "design"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The words of one certificate. `label` is its serial: printed where the design has a line for it, and named in errors.

    An empty value takes the design's own text. `reissue` is the note of a copy that supersedes another; `qr` the text of the code;
    `synthetic` prints “BẢN MINH HỌA”. recipient, unit, achievement and post may hold `\\n` where a line must break.
    """

    label: str
    recipient: str
    unit: str = ""
    achievement: str = ""
    issuer: str = ""
    verb: str = ""
    title: str = ""
    place_date: str = ""
    post: str = ""
    name: str = ""
    decision: str = ""
    gold_book: str = ""
    reissue: str = ""
    qr: str = field(default="", repr=False)
    synthetic: bool = False

    @property
    def serial(self) -> str:
        return self.label


_Part = TypeVar("_Part", Frame, Line, Design)


def _object(data: object, where: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise PaperError(where, vi="phải là một nhóm trường", en="must be a group of fields")
    return data


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list | tuple):
        raise PaperError(f"design.{name}", vi="phải là một danh sách", en="must be a list")
    return list(found)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise PaperError(where, vi="phải là chữ", en="must be text")
    return value


def _built(kind: type[_Part], data: Mapping[str, Any], where: str) -> _Part:
    known = {one.name: one for one in fields(kind)}
    for name in data:
        if name not in known:
            raise PaperError(f"{where}.{name}", vi="không có trường này", en="there is no such field")
    for name, one in known.items():
        if name in data:
            _check_kind(data[name], str(one.type), f"{where}.{name}")
        elif one.default is MISSING:
            raise PaperError(f"{where}.{name}", vi="còn thiếu", en="is missing")
    return kind(**data)


def _check_kind(value: object, kind: str, where: str) -> None:
    allowed = _CHOICES.get(kind)
    if allowed and (not isinstance(value, str) or value not in allowed):
        raise PaperError(where, vi=f"phải là một trong: {', '.join(allowed)}", en=f"must be one of: {', '.join(allowed)}")
    if kind == "str":
        _text(value, where)
    elif kind == "int" and (not isinstance(value, int) or isinstance(value, bool)):
        raise PaperError(where, vi="phải là số nguyên", en="must be a whole number")
    elif kind == "bool" and not isinstance(value, bool):
        raise PaperError(where, vi="phải là có hoặc không", en="must be yes or no")

"""Layouts of official papers as dated, cited records: no measure of a decree lives anywhere else.

Sizes are points, lengths millimetres. A slot is a numbered place (ô) of the layout; `low` and `high` are
what the source allows and `size` what we set. Slots without a source are our own choice and say so.
"""
from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from .errors import PaperError

HOUSE = "own choice; the source gives no measure"
MODEL = "place and capitals: mẫu 1.2, Phụ lục III, Nghị định 30/2020/NĐ-CP; size that of the content, our choice"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the layout: its type size in points (allowed `low`–`high`) and its style."""

    code: str
    meaning: str
    low: int
    high: int
    size: int
    bold: bool = False
    italic: bool = False
    caps: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.size <= self.high:
            raise PaperError(
                f"layout.{self.code}",
                vi=f"cỡ chữ {self.size} nằm ngoài khoảng {self.low}–{self.high}",
                en=f"size {self.size} lies outside {self.low}–{self.high}",
            )


@dataclass(frozen=True, slots=True)
class Margins:
    """Millimetres set on each side; the ranges allowed are checked when the layout is made."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A dated layout. `valid_to` is exclusive and None while in force; `doubts` says what is not certain."""

    code: str
    family: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    margins: Margins
    slots: tuple[Slot, ...]
    doubts: tuple[str, ...] = ()
    page_width: int = 210
    page_height: int = 297
    margin_ranges: tuple[tuple[int, int], ...] = ((20, 25), (20, 25), (30, 35), (15, 20))
    word_font: str = "Times New Roman"
    pdf_font: str = "Tinos"
    motto: tuple[str, str] = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    left_share: float = 0.45
    short_rule: float = 0.4
    first_line: float = 12.7
    paragraph_gap: int = 6
    line_spacing: float = 1.15
    lead_signs_right: bool = True

    def __post_init__(self) -> None:
        sides = (self.margins.top, self.margins.bottom, self.margins.left, self.margins.right)
        for side, (low, high) in zip(sides, self.margin_ranges, strict=True):
            if not low <= side <= high:
                raise PaperError(
                    "layout.margins",
                    vi=f"lề {side} mm nằm ngoài khoảng {low}–{high} mm",
                    en=f"a margin of {side} mm lies outside {low}–{high} mm",
                )

    @property
    def text_width(self) -> int:
        """Millimetres between the side margins."""
        return self.page_width - self.margins.left - self.margins.right

    def slot(self, code: str) -> Slot:
        """The slot of that code; KeyError when the layout has none."""
        for slot in self.slots:
            if slot.code == code:
                return slot
        raise KeyError(code)

    def in_force(self, on: date) -> bool:
        """Whether a paper of that day may be set in this layout."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


_A1 = "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I"
_STATE_SLOTS = (
    Slot("page", "số trang", 13, 14, 13, source=f"{_A1}, mục I.7"),
    Slot("1-name", "Quốc hiệu", 12, 13, 12, bold=True, caps=True, source=f"{_A1}, mục II.1"),
    Slot("1-motto", "Tiêu ngữ", 13, 14, 13, bold=True, source=f"{_A1}, mục II.1"),
    Slot("2-superior", "cơ quan chủ quản", 12, 13, 12, caps=True, source=f"{_A1}, mục II.2"),
    Slot("2-issuer", "cơ quan ban hành", 12, 13, 12, bold=True, caps=True, source=f"{_A1}, mục II.2"),
    Slot("3", "số, ký hiệu", 13, 13, 13, source=f"{_A1}, mục II.3"),
    Slot("4", "địa danh, thời gian", 13, 14, 13, italic=True, source=f"{_A1}, mục II.4"),
    Slot("5a-type", "tên loại", 13, 14, 14, bold=True, caps=True, source=f"{_A1}, mục II.5"),
    Slot("5a-summary", "trích yếu", 13, 14, 14, bold=True, source=f"{_A1}, mục II.5"),
    Slot("6-basis", "căn cứ", 13, 14, 14, italic=True, source=f"{_A1}, mục II.6"),
    Slot("6-authority", "thẩm quyền ban hành, “QUYẾT ĐỊNH:”", 13, 14, 14, bold=True, caps=True, source=MODEL),
    Slot("6", "nội dung", 13, 14, 14, source=f"{_A1}, mục II.6"),
    Slot("6-0", "phần", 13, 14, 14, bold=True, source=f"{_A1}, mục II.6, V.6"),
    Slot("6-1", "mục", 13, 14, 14, bold=True, caps=True, source=f"{_A1}, mục V.6b"),
    Slot("6-2", "khoản có tiêu đề", 13, 14, 14, bold=True, source=f"{_A1}, mục V.6b"),
    Slot("6-3", "điểm", 13, 14, 14, source=f"{_A1}, mục V.6b"),
    Slot("6-table", "bảng, biểu", 11, 14, 12, source=HOUSE),
    Slot("7a", "quyền hạn, chức vụ", 13, 14, 14, bold=True, caps=True, source=f"{_A1}, mục II.7"),
    Slot("7b", "họ tên", 13, 14, 14, bold=True, source=f"{_A1}, mục II.7"),
    Slot("7c", "ghi nhận ký trên hệ thống", 10, 11, 10, italic=True, source=HOUSE),
    Slot("9a", "Kính gửi", 13, 14, 14, source=f"{_A1}, mục II.9"),
    Slot("9b-head", "Nơi nhận", 12, 12, 12, bold=True, italic=True, source=f"{_A1}, mục II.9"),
    Slot("9b", "danh sách nơi nhận", 11, 11, 11, source=f"{_A1}, mục II.9"),
    Slot("12", "ký hiệu người soạn thảo", 11, 11, 11, source=f"{_A1}, mục III.3"),
    Slot("app-label", "phụ lục", 14, 14, 14, bold=True, source=f"{_A1}, mục III.1"),
    Slot("app-title", "tên phụ lục", 13, 14, 14, bold=True, caps=True, source=f"{_A1}, mục III.1"),
    Slot("app-reference", "kèm theo văn bản", 13, 14, 14, italic=True, source=f"{_A1}, mục III.1"),
    Slot("verification", "kiểm chứng", 9, 11, 10, source=HOUSE),
    Slot("label", "nhãn số liệu minh họa", 8, 10, 9, source=HOUSE),
)

STATE_2020 = Layout(
    code="nd30-2020",
    family="state",
    title="Thể thức văn bản hành chính của cơ quan nhà nước",
    source="Nghị định 30/2020/NĐ-CP ngày 05/3/2020, Phụ lục I và mẫu 1.4, 2.1 của Phụ lục III",
    valid_from=date(2020, 3, 5),
    valid_to=None,
    margins=Margins(top=20, bottom=20, left=30, right=15),
    slots=_STATE_SLOTS,
    doubts=(
        "Widths 45/55 of the two head columns are inferred from the decree's diagram, which gives no numbers.",
        "The decree has no model of a joint paper: stacked names and the lead signing at the right are usage.",
        "That an appendix hides the number of its own first page is our reading of item I.7.",
    ),
)

FRONT_2013 = replace(
    STATE_2020,
    code="mttq-2013",
    family="front",
    title="Thể thức văn bản của Mặt trận Tổ quốc Việt Nam",
    source="Hướng dẫn 91/HD-MTTW-BTT ngày 08/4/2013; số đo lấy theo Nghị định 30/2020/NĐ-CP",
    doubts=(
        "The guidance keeps the national title and a layout like the State's; its own measures were not found,"
        " so the decree's are used and nothing before the decree is offered.",
        *STATE_2020.doubts,
    ),
)

LAYOUTS: tuple[Layout, ...] = (STATE_2020, FRONT_2013)


def layout_for(family: str, *, on: date | None = None) -> Layout:
    """The layout recorded for a family of issuers (`state`, `front`) on a day; None takes the newest.

    A joint paper takes the family of its lead agency. Raises PaperError when no layout is recorded:
    the Party's layout and those before 5 March 2020 are not.
    """
    family_layouts = sorted((one for one in LAYOUTS if one.family == family), key=lambda one: one.valid_from)
    if not family_layouts:
        known = ", ".join(sorted({one.family for one in LAYOUTS}))
        raise PaperError(
            "layout",
            vi=f"chưa có thể thức cho hệ thống “{family}”; hiện có: {known}",
            en=f"no layout is recorded for the family “{family}”; recorded: {known}",
        )
    if on is None:
        return family_layouts[-1]
    for layout in reversed(family_layouts):
        if layout.in_force(on):
            return layout
    first = family_layouts[0].valid_from
    raise PaperError(
        "layout",
        vi=f"không có thể thức nào có hiệu lực ngày {on:%d/%m/%Y}; sớm nhất từ {first:%d/%m/%Y}",
        en=f"no layout is in force on {on:%d/%m/%Y}; the earliest starts on {first:%d/%m/%Y}",
    )

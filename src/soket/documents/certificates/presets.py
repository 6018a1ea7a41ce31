"""Designs to start from, each with the text its sizes come from and what is not certain about it. All may be changed by the office."""
from __future__ import annotations

from soket.documents.certificates.core import Design, Frame, Line
from soket.documents.errors import PaperError

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_NOW = (
    "Mẫu, kích thước nay do Thủ tướng Chính phủ quy định (Nghị định 152/2025/NĐ-CP); chưa tìm thấy văn bản đó, cần đối chiếu trước khi in chính thức."
)
_TYPE = "Nguồn không nêu cỡ chữ từng dòng: cỡ chữ, khoảng cách ở đây là lựa chọn của hệ thống."
_EMBLEM = "Hệ thống không vẽ Quốc huy; phôi có in sẵn Quốc huy thì tăng khoảng cách phía trên dòng “Cơ quan, người tặng”."
_NO_SIZE = "Không tìm thấy quy định kích thước riêng cho mẫu này: dùng khổ A4 nằm ngang để in được ở mọi nơi."


def _lines(title: str, *, scale: int, verb: str = "TẶNG", title_size: int, issuer: str = "", air: int, signer: int = 35, code: int) -> tuple[Line, ...]:
    """The lines of the decree in its order. `scale` is the size of running lines in points, `air` millimetres above the issuer."""
    big, small = scale * 3 // 2, scale - 2 - scale // 10
    return (
        Line(slot="quoc_hieu", text=NATION, size=scale, bold=True),
        Line(slot="tieu_ngu", text=MOTTO, size=scale + 1, bold=True, rule=100, space=1),
        Line(slot="issuer", text=issuer, size=big, least=scale, bold=True, caps=True, colour="red", space=air),
        Line(slot="verb", text=verb, size=scale + 3, bold=True, tracking=8, space=scale // 6),
        Line(slot="title", text=title, size=title_size, least=title_size * 2 // 3, bold=True, caps=True, colour="red", tracking=4, space=1),
        Line(slot="recipient", size=big + 2, least=scale + 1, most_lines=2, bold=True, space=2),
        Line(slot="unit", size=scale + 2, least=scale - 2, most_lines=2, bold=True, space=1),
        Line(slot="achievement", size=scale + 2, least=scale - 3, most_lines=4, italic=True, space=scale // 5),
        Line(slot="place_date", place="right", size=scale, least=scale - 3, italic=True),
        Line(slot="post", place="right", size=scale, least=scale - 3, most_lines=3, bold=True, caps=True, colour="black", space=1),
        Line(slot="signer_space", place="right", height=signer),
        Line(slot="name", place="right", size=scale + 1, least=scale - 2, bold=True),
        Line(slot="decision", text="Quyết định {}", place="left", align="left", size=small, least=small - 3, most_lines=3),
        Line(slot="gold_book", text="Số sổ vàng: {}", place="left", align="left", size=small, least=small - 3, space=1),
        Line(slot="reissue", place="left", align="left", size=small - 1, least=small - 3, most_lines=2, italic=True, space=1),
        Line(slot="qr", place="left", align="left", height=code, space=3),
        Line(slot="serial", text="Số hiệu: {}", place="left", align="left", size=max(8, small - 4)),
    )


def _a4(code: str, title: str, words: str, *, verb: str = "TẶNG", title_size: int = 42, doubts: tuple[str, ...] = (_NO_SIZE, _TYPE)) -> Design:
    return Design(
        code=code, title=title, width=297, height=210, frame=Frame(width=279, height=192, pad_x=20, pad_top=17, pad_bottom=13), foot_left=46,
        lines=_lines(words, scale=14, verb=verb, title_size=title_size, air=7, signer=30, code=26), doubts=doubts,
    )  # fmt: skip


PRESETS: tuple[Design, ...] = (
    Design(
        code="nd50-2006", title="Bằng khen (400 × 300 mm)", width=400, height=300,
        frame=Frame(width=320, height=230, pad_x=22, pad_top=18, pad_bottom=14),
        lines=_lines("BẰNG KHEN", scale=18, title_size=60, air=9, code=30),
        source="Nghị định 50/2006/NĐ-CP: Bằng khen cấp bộ, tỉnh 400 × 300 mm, viền trong 320 × 230 mm, giấy 150 g/m²",
        doubts=("Nghị định 85/2014/NĐ-CP đã đổi kích thước.", _NOW, _TYPE, _EMBLEM),
    ),
    Design(
        code="nd50-2006-ttg", title="Bằng khen của Thủ tướng Chính phủ (450 × 350 mm)", width=450, height=350,
        frame=Frame(width=365, height=270, pad_x=25, pad_top=20, pad_bottom=16),
        lines=_lines("BẰNG KHEN", scale=20, title_size=70, issuer="Thủ tướng Chính phủ", air=14, code=32),
        source="Nghị định 50/2006/NĐ-CP: Bằng khen của Thủ tướng Chính phủ 450 × 350 mm, viền trong 365 × 270 mm",
        doubts=(_NOW, _TYPE, _EMBLEM),
    ),
    Design(
        code="nd85-2014", title="Bằng khen (360 × 270 mm)", width=360, height=270,
        frame=Frame(width=290, height=210, pad_x=20, pad_top=17, pad_bottom=13),
        lines=_lines("BẰNG KHEN", scale=17, title_size=52, air=6, code=28),
        source="Nghị định 85/2014/NĐ-CP: khổ ngoài 360 × 270 mm, viền trong 290 × 210 mm, cấp bộ và Giấy khen",
        doubts=("Số đo theo trích dẫn lại, chưa đối chiếu với bản gốc của nghị định.", _NOW, _TYPE, _EMBLEM),
    ),
    _a4("bang-khen-a4", "Bằng khen (A4)", "BẰNG KHEN", doubts=("Khổ A4 không phải khổ quy định của Bằng khen: để in thử và gửi bản điện tử.", _NOW, _TYPE)),
    _a4("giay-khen-a4", "Giấy khen (A4)", "GIẤY KHEN"),
    _a4("ky-niem-chuong-a4", "Kỷ niệm chương (A4)", "KỶ NIỆM CHƯƠNG", title_size=36),
)  # fmt: skip


def preset(code: str) -> Design:
    """The preset of that code. Raises PaperError naming the codes there are."""
    for design in PRESETS:
        if design.code == code:
            return design
    known = ", ".join(design.code for design in PRESETS)
    raise PaperError("design.code", vi=f"không có mẫu “{code}”; hiện có: {known}", en=f"no design “{code}”; there are: {known}")

"""A rich sample: an interim report on three programmes, signed by two parties, with two long appendices.

Every figure is made up by a formula and the paper says so; programmes, offices and provinces are real names.
"""
from __future__ import annotations

from dataclasses import replace
from datetime import date

from soket.documents.core import (
    Appendix,
    Column,
    FigureRun,
    FigureText,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    TextRun,
    Verification,
    layout_for,
)

PROVINCES_63 = (
    "An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước, "
    "Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, "
    "Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang, "
    "Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, "
    "Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, "
    "Thái Nguyên, Thanh Hóa, Thành phố Hồ Chí Minh, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, "
    "Vĩnh Phúc, Yên Bái"
).split(", ")
PROVINCES_34 = (
    "An Giang, Bắc Ninh, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, "
    "Hà Nội, Hà Tĩnh, Hải Phòng, Huế, Hưng Yên, Khánh Hòa, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Nghệ An, "
    "Ninh Bình, Phú Thọ, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sơn La, Tây Ninh, Thái Nguyên, Thanh Hóa, "
    "Thành phố Hồ Chí Minh, Tuyên Quang, Vĩnh Long"
).split(", ")

DISPLAYS = {
    "H1-01": "100 %", "H1-02": "63/63", "H1-03": "98,7 %", "H1-04": "685/694", "H1-05": "2.467", "H1-06": "147.561",
    "H1-07": "934", "H1-08": "318", "H1-09": "1.204", "H1-10": "97,1 %", "H1-11": "10.838/11.161", "H1-12": "42", "H1-13": "1.625",
}


def dotted(number: int) -> str:
    """1234567 as 1.234.567."""
    return f"{number:,}".replace(",", ".")


def provinces_table(names: list[str], series: str) -> Table:
    """Six columns of made-up counts, two of them under one head, with a total that really is the sum.

    `series` opens the figure codes of the columns."""
    values = [(20 + 7 * i % 41, 15 + 5 * i % 23, 900 + 137 * i % 3100, 12 + i % 9) for i in range(len(names))]
    body = tuple(
        Row((str(i + 1), name, dotted(v[0]), dotted(v[1]), dotted(v[2]), "không phát sinh" if i % 17 == 8 else str(v[3])))
        for i, (name, v) in enumerate(zip(names, values, strict=True))
    )
    sums = tuple(sum(v[k] for v in values) for k in range(3))
    models = sum(v[3] for i, v in enumerate(values) if i % 17 != 8)
    total = Row(("", "Cộng", *(dotted(s) for s in sums), dotted(models)), kind="total")
    return Table(
        columns=(
            Column("TT", 1, "centre"),
            Column("Tỉnh, thành phố", 4.4),
            Column("Công an", 2, "right", code=f"{series}-05", group="Buổi tuyên truyền"),
            Column("Mặt trận", 2, "right", code=f"{series}-13", group="Buổi tuyên truyền"),
            Column("Lượt người\ntham dự", 2.4, "right", code=f"{series}-06"),
            Column("Mô hình đang\nhoạt động", 2.6, "right", code=f"{series}-07"),
        ),
        rows=(*body, total),
        note="“Không phát sinh” là đơn vị đã báo cáo và xác nhận không có việc; ô trống là chưa có số.",
    )


SECTIONS = (
    Paragraph((
        TextRun("Thực hiện kế hoạch sơ kết năm 2026, Bộ Công an và Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc "
                "Việt Nam báo cáo kết quả ba chương trình theo số liệu do các đơn vị gửi và được cấp trên chấp nhận, "
                "tính đến hết ngày 31/12/2018, trên địa giới 63 tỉnh, thành phố."),
    )),
    Heading(1, "Tình hình chỉ đạo và tổ chức thực hiện"),
    Heading(2, "Ban hành văn bản"),
    FigureText(
        "Đến ngày chốt số liệu, {{H1-01}} công an cấp tỉnh, bằng {{H1-02}} đơn vị, đã ban hành quy chế dân vận. "
        "Ở cấp huyện, tỷ lệ là {{H1-03}}, bằng {{H1-04}} đơn vị; chín đơn vị còn nợ.\n"
        "Danh sách đơn vị phải thực hiện lấy theo cây tổ chức có hiệu lực ngày 31/12/2018. Các đơn vị giải thể "
        "hoặc sáp nhập sau ngày đó vẫn giữ nghĩa vụ của mình trong kỳ.",
        DISPLAYS,
    ),
    Heading(2, "Ký kết chương trình phối hợp"),
    FigureText(
        "Cặp cơ quan cùng cấp ký chương trình được đếm một lần. Toàn quốc có {{H1-11}} cặp đã ký, đạt {{H1-10}}.",
        DISPLAYS,
    ),
    Heading(1, "Kết quả thực hiện các nội dung chương trình"),
    Heading(2, "Tuyên truyền, vận động"),
    FigureText(
        "Công an tổ chức {{H1-05}} buổi, Mặt trận {{H1-13}} buổi, thu hút {{H1-06}} lượt người. Buổi do hai bên cùng tổ chức mang "
        "một mã chung và chỉ tính một lần; lượt người không phải là số người.",
        DISPLAYS,
    ),
    Heading(2, "Xây dựng và nhân rộng mô hình"),
    FigureText(
        "Có {{H1-07}} mô hình đang hoạt động; trong kỳ lập mới {{H1-08}} mô hình. Đã khen thưởng "
        "{{H1-09}} lượt tập thể và cá nhân.",
        DISPLAYS,
    ),
    Paragraph((TextRun("Bảng dưới đây tóm tắt số liệu theo chương trình; số liệu theo tỉnh nêu tại Phụ lục I và Phụ lục II."),)),
    Table(
        columns=(
            Column("Chương trình", 3.4),
            Column("Thời gian sơ kết", 2.2, "centre"),
            Column("Đơn vị phải\nthực hiện", 1.8, "right"),
            Column("Đã hoàn\nthành", 1.8, "right"),
            Column("Tỷ lệ", 1.4, "right"),
        ),
        rows=(
            Row(("09/CTr-BCA-MTTW", "2013 - 2018", "757", "748", (FigureRun("98,8 %", "H1-14"),))),
            Row(("22-CTr/ĐUCA-V28", "2013 - 2018", "63", "63", (FigureRun("100 %", "H1-01"),))),
            Row(("38-CTr/BDVTW-BCA", "2016 - 2018", "757", "742", (FigureRun("98,0 %", "H1-15"),))),
        ),
        caption="Bảng 1. Kết quả ban hành quy chế và ký kết theo chương trình",
    ),
    Heading(1, "Đánh giá chung"),
    Heading(2, "Ưu điểm"),
    Heading(3, "Số liệu của hai lực lượng được đối chiếu theo từng đơn vị trước khi tổng hợp;"),
    Heading(3, "Các đơn vị gửi báo cáo đúng hạn tăng qua từng năm trong kỳ;"),
    Heading(3, "Mô hình được theo dõi theo tên, có ngày lập và ngày kết thúc."),
    Heading(2, "Hạn chế và nguyên nhân"),
    FigureText(
        "Còn {{H1-12}} đơn vị gửi báo cáo sau hạn ít nhất một kỳ. Một số địa bàn ghi lượt người thành số người và đã "
        "được trả lại để chỉnh sửa trước khi chấp nhận.",
        DISPLAYS,
    ),
    Heading(1, "Phương hướng và kiến nghị"),
    Paragraph((
        TextRun("Đề nghị công an và Mặt trận các cấp hoàn thành nghĩa vụ còn nợ, gửi minh chứng cùng báo cáo, và rà soát "
                "danh sách mô hình trước ngày "), TextRun("30/9/2026", bold=True), TextRun("."),
    )),
    Paragraph((
        TextRun("Hai cơ quan phân công đơn vị thường trực theo dõi, đôn đốc và báo cáo kết quả khắc phục trong kỳ sau."),
    )),
)

VERIFICATION = Verification(
    seal_code="7F3A-91C2-0B4E-D8A6",
    digest="7f3a91c20b4ed8a6c1d20f93b67e485a9b1c6d7e20f4a3815e19c07d4482bb0e",
    url="https://soket.example/kiem-chung/7F3A-91C2-0B4E-D8A6/",
    key_fingerprint="3d0c5a77e1b94f28a6c8d2517f9e043bb25c6e81f7a90d34",
    qr="https://soket.example/kiem-chung/7F3A-91C2-0B4E-D8A6/",
    checkpoint="soket.example/nhat-ky\n48211\nq0M4yqfYk8m5wqY1m1m0c2V0b2tldC1kZW1vLXJvb3QtMDE=",
)


def interim_report() -> Paper:
    """Two issuers, two signatures, four sections, an inner table and appendices of 63 and 34 rows."""
    day = date(2026, 7, 9)
    return Paper(
        layout=layout_for("state", on=day),
        issuer="Bộ Công an",
        co_issuers=("Ban Thường trực\nỦy ban Trung ương\nMặt trận Tổ quốc Việt Nam",),
        number="5",
        symbol="BC-BCA-MTTW",
        place="Hà Nội",
        date=day,
        type_name="Báo cáo",
        summary="Sơ kết thực hiện các chương trình số 09/CTr-BCA-MTTW, số 22-CTr/ĐUCA-V28 và số 38-CTr/BDVTW-BCA",
        bases=(
            "Chương trình phối hợp số 09/CTr-BCA-MTTW ngày 01 tháng 8 năm 2013 giữa Bộ Công an và Ban Thường trực "
            "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
            "Chương trình phối hợp số 38-CTr/BDVTW-BCA ngày 15 tháng 6 năm 2016 do Ban Dân vận Trung ương ký với Bộ Công an",
        ),
        blocks=SECTIONS,
        signatures=(
            Signature(post="Bộ trưởng", note="(đã ký trên hệ thống\nlúc 15:58:41 ngày 09/7/2026, GMT+7)"),
            Signature(authority="TM. Ban Thường trực", post="Chủ tịch",
                      note="(đã ký trên hệ thống\nlúc 16:20:07 ngày 09/7/2026, GMT+7)"),
        ),
        recipients=(
            "Ban Bí thư Trung ương Đảng (để báo cáo)",
            "Thủ tướng Chính phủ (để báo cáo)",
            "Công an, Ủy ban Mặt trận Tổ quốc các tỉnh, thành phố trực thuộc trung ương",
        ),
        archive="VT, V05",
        appendices=(
            Appendix("Kết quả tuyên truyền và mô hình\ntheo 63 tỉnh, thành phố, địa giới ngày 31/12/2018",
                     (provinces_table(PROVINCES_63, "H1"),)),
            Appendix("Kết quả tuyên truyền và mô hình\n6 tháng đầu năm 2026, theo 34 tỉnh, thành phố, địa giới ngày 01/7/2025",
                     (provinces_table(PROVINCES_34, "H2"),)),
        ),
        verification=VERIFICATION,
        synthetic=True,
    )


def provincial_report() -> Paper:
    """One issuer reporting to superiors, number and day still blank, no appendix, no seal."""
    return replace(
        interim_report(),
        superior="Bộ Công an",
        issuer="Công an tỉnh Hưng Yên",
        co_issuers=(),
        number=None,
        symbol="BC-CAT-PV05",
        place="Hưng Yên",
        date=None,
        drawn_up=date(2026, 7, 1),
        summary="Kết quả thực hiện chương trình phối hợp số 09/CTr-BCA-MTTW",
        addressees=("Cục Xây dựng phong trào bảo vệ an ninh Tổ quốc", "Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh Hưng Yên"),
        bases=(),
        blocks=SECTIONS[1:6],
        signatures=(Signature(authority="KT. Giám đốc", post="Phó Giám đốc"),),
        recipients=("Các phòng, công an xã, phường",),
        archive="VT, PV05",
        drafter="PL.(12)",
        appendices=(),
        verification=None,
        synthetic=False,
    )

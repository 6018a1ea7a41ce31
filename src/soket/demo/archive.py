"""An older newspaper of the demonstration: its archive moved in, and a second file that waits for approval. Every article is invented."""
from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from soket.accounts.models import Person
from soket.demo.sheets import picture
from soket.files.actions import Upload
from soket.kernel.clock import now
from soket.publishing.actions import arrivals
from soket.publishing.models import Arrival, Category
from soket.publishing.tasks.arrivals import read_archive, take_archive
from soket.reviews.models import Review

PAPER = "Bản tin nội bộ minh họa 2019–2021"
SITE = "https://ban-tin-cu.example.vn"
SECTIONS = {"Tin phong trào": "phong-trao", "Tin chỉ đạo": "chi-dao", "Khen thưởng": "khen-thuong"}
CREDIT = "Soket, thế giới minh họa"
HALL, STREET = "hinh/phong-hop.png", "hinh/tuyen-duong.png"


def _item(path: str, at: str, section: str, title: str, *paragraphs: str, **more: Any) -> dict[str, Any]:
    return {"url": f"{SITE}/{path}", "published_at": at, "category": section, "title": title, "body": "\n\n".join(paragraphs), "byline": "Tổ bản tin", **more}


def _shown(file: str, alt: str, caption: str) -> dict[str, str]:
    return {"picture": file, "picture_alt": alt, "picture_caption": caption, "picture_credit": CREDIT}


MOVED = (
    _item("2019/03/ra-mat-ban-tin.html", "11/03/2019 08:00", "Tin chỉ đạo", "Ra mắt bản tin phối hợp: mỗi tháng một số",
          "Bản tin minh họa ra số đầu, đưa tin về việc ký kết và thực hiện chương trình phối hợp ở cơ sở.",
          "Mỗi số có ba mục: tin chỉ đạo, tin phong trào, trao đổi kinh nghiệm. Bài gửi về được biên tập và trả lời người gửi.",
          **_shown(HALL, "Phòng họp có màn hình và các hàng ghế, không có người", "Phòng họp nơi ra mắt bản tin (hình vẽ thay cho ảnh chụp).")),
    _item("2019/06/tuyen-duong-tu-quan.html", "05/06/2019 09:30", "Tin phong trào", "Tuyến đường tự quản: bảng tên do các hộ cùng đặt",
          "Các hộ trong tuyến chọn tên mô hình và viết quy ước chung.", "Quy ước có bốn điều, dán tại bảng tin và nhắc lại trong buổi họp tháng.",
          **_shown(STREET, "Dãy nhà và bảng tên tuyến đường, không có người", "Tuyến đường có bảng tên (hình vẽ thay cho ảnh chụp).")),
    _item("2019/10/giao-ban-quy.html", "14/10/2019 15:00", "Tin chỉ đạo", "Giao ban quý: việc chưa xong được đọc trước",
          "Cách họp mới bắt đầu từ danh mục việc còn nợ của kỳ trước.", "Đơn vị chủ trì nói rõ vướng mắc; đơn vị phối hợp trả lời ngay hoặc hẹn ngày trả lời."),
    _item("2020/02/hop-truc-tuyen.html", "20/02/2020 10:00", "Tin chỉ đạo", "Lần đầu họp trực tuyến: ba việc phải thử trước",
          "Đường truyền, âm thanh và danh sách người dự được thử trước một ngày.", "Điểm cầu nào lỗi âm thanh thì chuyển sang gọi điện thoại cho thư ký."),
    _item("2020/08/khen-thuong-co-so.html", "27/08/2020 16:10", "Khen thưởng", "Khen thưởng cơ sở: nêu việc đã làm, không nêu tính từ",
          "Bản đề nghị được viết lại theo việc cụ thể và người xác nhận.", "Cấp xét chọn đọc nhanh hơn, hỏi lại ít hơn."),
    _item("2021/04/so-tay-lien-gia.html", "09/04/2021 08:45", "Tin phong trào", "Sổ tay liên gia: một trang cho mỗi việc",
          "Sổ tay ghi việc, người nhận, ngày hẹn và chữ ký khi xong.", "Tổ liên gia giữ sổ tại nhà văn hóa, ai cũng mở xem được."),
)
WAITING = (
    _item("2021/09/tong-dai.html", "03/09/2021 09:00", "Tin phong trào", "Số điện thoại chung của tổ liên gia",
          "Một số máy, trực theo lịch.", "Lịch trực dán ở bảng tin."),
    _item("2021/09/thieu-anh.html", "10/09/2021 09:00", "Tin phong trào", "Bài còn ảnh nằm ở máy chủ cũ",
          "Ảnh của bài không có trong gói ảnh gửi kèm.", "Bài vẫn nhận được.",
          picture="hinh/khong-con.png", picture_alt="Ảnh không còn"),
    _item("2021/10/khong-ngay.html", "", "Tin chỉ đạo", "Bài không còn ngày đăng",
          "Không rõ ngày đăng thì không nhận.", "Người đưa kho bài lên tìm lại ngày rồi gửi lại."),
)


def build(persons: Mapping[str, Person]) -> int:
    """The archive moved in as the worker does it, and another read and left to the secretary. Returns how many articles came in."""
    editor, secretary, at = persons["bientap"], persons["duyetbai"], now()
    shelves = dict(Category.objects.values_list("slug", "pk"))
    arrival = _brought("kho-bai-2019-2021.json", MOVED, _pictures(), editor, at)
    arrivals.approve_arrival(arrival=arrival, sections={name: str(shelves[slug]) for name, slug in SECTIONS.items()}, by=secretary, at=at)
    done: int = take_archive.func(arrival=arrival.pk)["done"]
    _brought("kho-bai-bo-sung.json", WAITING, None, editor, at)
    return done


def _brought(name: str, items: Sequence[Mapping[str, Any]], pictures: bytes | None, by: Person, at: datetime) -> Arrival:
    content = json.dumps({"articles": items}, ensure_ascii=False, indent=1).encode()
    office = Review.objects.get(code="SK-2025").office_id
    arrival: Arrival = arrivals.bring(
        office=office, upload=Upload(content, name), pictures=Upload(pictures, "kho-anh.zip") if pictures else None, paper=PAPER, by=by, at=at, synthetic=True
    )
    read_archive.func(arrival=arrival.pk)
    arrival.refresh_from_db()
    return arrival


def _pictures() -> bytes:
    drawn = {HALL: picture("Ra mắt bản tin", "picture", 160), STREET: picture("Tuyến đường tự quản", "street", 160)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in drawn.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return out.getvalue()

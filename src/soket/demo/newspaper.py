"""The newspaper of the demonstration: categories, drawn pictures in place of photographs, news of a few months, and texts still at the desk.

Every text is written for the demonstration; numbers in it that are not from the roll-up are marked so, as the desk asks.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from soket.accounts.models import Person
from soket.demo.reports import moment
from soket.demo.sheets import picture
from soket.files.actions import Upload
from soket.kernel.clock import now
from soket.publishing import actions, queries, voices
from soket.publishing.actions import photos, shelves, sound
from soket.publishing.models import Article, Category, Narration, NarrationState, Photo, Revision
from soket.publishing.tasks.sound import make_sound
from soket.publishing.texts import Extras
from soket.reviews.models import Review

CATEGORIES = (
    ("so-ket-tong-ket", "Sơ kết, tổng kết", "Reviews"),
    ("phong-trao", "Phong trào thi đua", "Emulation movements"),
    ("khen-thuong", "Khen thưởng", "Commendations"),
    ("chi-dao", "Chỉ đạo", "Directions"),
)
CREDIT = "Soket, thế giới minh họa"
PICTURES = (
    ("Phòng họp trực tuyến", "picture", "Điểm cầu trung tâm trước giờ khai mạc hội nghị (hình vẽ thay cho ảnh chụp)",
     "Phòng họp có màn hình chia ô và các hàng ghế, không có người"),
    ("Tổ liên gia tự quản", "street", "Tuyến đường có bảng ghi tên mô hình tự quản (hình vẽ thay cho ảnh chụp)",
     "Dãy nhà có bảng ghi tên mô hình, không có người"),
    ("Trao tặng Bằng khen", "picture", "Hội trường điểm cầu trước lễ trao tặng Bằng khen (hình vẽ thay cho ảnh chụp)",
     "Hội trường có phông chữ và các hàng ghế, không có người"),
    ("Bảng tin khu dân cư", "board", "Bảng tin của khu dân cư với lịch trực và số điện thoại đường dây nóng (hình vẽ thay cho ảnh chụp)",
     "Bảng tin treo trên tường, có sáu tờ giấy xếp hai hàng, không có người"),
    ("Nhà văn hóa khu dân cư", "yard", "Sân nhà văn hóa trước giờ họp tổ liên gia (hình vẽ thay cho ảnh chụp)",
     "Nhà một tầng có bảng tên trên cửa, trước sân có hai hàng cây, không có người"),
    ("Tuyến đường tự quản", "street", "Tuyến đường sau khi lắp bảng tên mô hình (hình vẽ thay cho ảnh chụp)",
     "Dãy nhà hai bên bảng ghi tên tuyến đường tự quản, không có người"),
)


@dataclass(frozen=True)
class Story:
    """One article. `picture` is an index of PICTURES; `review` a code; `ends` how far it has gone at the desk."""

    slug: str
    day: date
    hour: int
    category: str
    title: str
    lead: str
    body: str
    picture: int | None = None
    review: str = ""
    ends: str = "published"
    byline: str = "Ban biên tập"
    source: str = ""


STORIES = (
    Story(
        "khai-mac-thang-cao-diem", date(2026, 6, 2), 8, "phong-trao", "Phát động tháng cao điểm xây dựng phong trào ở cơ sở",
        "Các đơn vị ký giao ước thi đua, mỗi nơi chọn một việc có địa chỉ cụ thể để làm xong trong tháng.",
        "Sáng 02/6/2026, các cụm thi đua đồng loạt ký giao ước.\n\n## Ba nội dung trọng tâm\n"
        "- Rà soát quy chế phối hợp, bổ sung nội dung còn thiếu.\n- Duy trì lịch giao ban ba bên ở cấp xã.\n"
        "- Chọn mô hình có minh chứng để giới thiệu nhân rộng.\n\n> Làm việc nào, ghi rõ việc ấy: ai chủ trì, ai phối hợp, khi nào xong.\n\n"
        "Kết quả của tháng cao điểm được báo cáo theo mẫu chung, không thu báo cáo riêng.",
        picture=1,
    ),
    Story(
        "giao-ban-ba-ben", date(2026, 6, 19), 15, "phong-trao", "Giao ban ba bên hằng quý: việc nhỏ giữ nếp phối hợp",
        "Lịch giao ban được đưa vào quy chế phối hợp, có biên bản và danh mục việc phải làm sau mỗi kỳ.",
        "Một xã trong diện minh họa đưa giao ban ba bên vào quy chế từ năm 2025.\n\n"
        "Mỗi kỳ có [[3 nội dung]] cố định: việc đã hứa kỳ trước, việc mới phát sinh, việc cần cấp trên giúp.\n\n"
        "| Kỳ | Chủ trì | Phối hợp |\n|---|---|---|\n| Quý I | Công an xã | Ủy ban MTTQ xã |\n| Quý II | Ủy ban MTTQ xã | Công an xã |\n\n"
        "Biên bản lưu cùng minh chứng của đơn vị, mở được từ trang đơn vị.",
    ),
    Story(
        "muc-tieu-ky-bao-cao", date(2026, 7, 1), 9, "chi-dao", "Kỳ báo cáo mới: báo cáo chưa gửi được nêu tên, không tính là số không",
        "Văn phòng chương trình lưu ý các đơn vị phân biệt bốn tình huống khi nhập số liệu.",
        "Từ kỳ này, bảng tổng hợp ghi riêng bốn tình huống: không phát sinh, không áp dụng, chưa gửi và gửi muộn.\n\n"
        "1. **Không phát sinh**: đơn vị có báo cáo, giá trị bằng không.\n2. **Không áp dụng**: chỉ tiêu không thuộc nhiệm vụ của đơn vị.\n"
        "3. **Chưa gửi**: chưa có báo cáo, đơn vị được nêu tên.\n4. **Gửi muộn**: có báo cáo, ghi rõ số ngày muộn.\n\n"
        "Tỷ lệ nào cũng kèm tử số và mẫu số.",
    ),
    Story(
        "hoi-nghi-so-ket-nam-2025", date(2026, 7, 16), 10, "so-ket-tong-ket", "Công bố kết quả sơ kết năm 2025 trên hồ sơ đã ký",
        "Mỗi số liệu trong bài mở được đến đơn vị, báo cáo và minh chứng đã công khai.",
        "Theo hồ sơ sơ kết hai bên đã ký, các đơn vị đã tổ chức {{02}} buổi tuyên truyền; tỷ lệ báo cáo cấp xã nhận được là {{05}}.\n\n"
        "{{ảnh PHOTO1}}\n\n## Ký kết ở cấp xã\nTính đến ngày chốt số liệu, {{01}} đơn vị cấp xã đã ký kết chương trình phối hợp; "
        "{{04}} mô hình phối hợp được duy trì.\n\n{{biểu đồ 01, 05}}\n\nĐơn vị chưa gửi báo cáo được nêu tên tại phụ lục của hồ sơ.",
        picture=0, review="SK-2025",
    ),
    Story(
        "trao-tang-bang-khen", date(2026, 8, 20), 16, "khen-thuong", "Trao tặng Bằng khen tại các điểm cầu: mỗi bằng có mã kiểm tra",
        "Người nhận và người xem đều kiểm tra được quyết định, thành tích và tình trạng của từng tấm bằng.",
        "Mỗi tấm bằng in kèm một mã QR đã ký số. Quét mã mở được quyết định, cơ quan ban hành và căn cứ thành tích.\n\n"
        "Khi số liệu làm căn cứ được đính chính, bằng khen được rà soát lại; nếu bị hủy bỏ, mã nêu rõ quyết định và căn cứ pháp lý.\n\n"
        "Xem [sổ khen thưởng công khai](/khen-thuong/) để tra cứu.",
        picture=2,
    ),
    Story(
        "huong-dan-nhap-bao-cao", date(2026, 6, 10), 10, "chi-dao", "Hướng dẫn nhập báo cáo quý: mười phút cho một xã",
        "Phần việc của cán bộ xã được rút gọn: số liệu kỳ trước hiện sẵn bên cạnh, bản nháp tự lưu, gửi được khi mạng trở lại.",
        "Cán bộ xã mở phiếu, nhập từng chỉ tiêu, đính kèm văn bản làm minh chứng rồi gửi lên cấp trên trực tiếp.\n\n"
        "## Ba điều dễ nhầm\n1. Ô để trống không phải là số không.\n2. Chỉ tiêu lũy kế khác chỉ tiêu trong kỳ.\n"
        "3. Báo cáo bị trả lại vẫn giữ nguyên số đã nhập.\n\nKhi cần, cấp trên trả lại kèm lý do; xã sửa đúng ô được nêu rồi gửi lại.",
    ),
    Story(
        "mo-hinh-co-minh-chung", date(2026, 7, 22), 9, "phong-trao", "Chọn mô hình để nhân rộng: có số trước, số sau và người làm theo",
        "Mô hình được giới thiệu phải có địa chỉ, có minh chứng và có đơn vị khác đã áp dụng.",
        "Trang [điển hình](/dien-hinh/) ghi mỗi mô hình kèm số liệu trước và sau khi thực hiện.\n\n"
        "> Không có minh chứng thì chưa giới thiệu; chưa ai làm theo thì chưa gọi là nhân rộng.\n\n"
        "Đơn vị áp dụng tự đăng ký; bản đồ và đường tăng trưởng vẽ từ các đăng ký đó.",
        picture=1,
    ),
    Story(
        "hoi-dong-bo-phieu-kin", date(2026, 8, 6), 14, "khen-thuong", "Hội đồng bỏ phiếu kín: ai cũng đếm lại được, không ai biết phiếu của ai",
        "Kết quả biểu quyết công bố kèm danh sách phiếu đã che tên, thành viên tự tìm được phiếu của mình.",
        "Mỗi thành viên nhận một mã phiếu. Sau khi chốt, danh sách phiếu được công bố để đếm lại.\n\n"
        "Thành viên có lợi ích liên quan khai báo trước và không biểu quyết trường hợp đó; biên bản ghi rõ.",
    ),
    Story(
        "khong-thu-bao-cao-rieng", date(2026, 8, 27), 8, "chi-dao", "Không thu báo cáo riêng ngoài kỳ: dùng lại số đã duyệt",
        "Các cơ quan cùng ký chương trình dùng chung một bộ số liệu đã được cấp trên chấp nhận.",
        "Yêu cầu số liệu ngoài kỳ được trả lời bằng đường dẫn đến số đã duyệt, kèm ngày chốt.\n\n"
        "Nếu thật sự cần chỉ tiêu mới, văn phòng chương trình bổ sung vào mẫu của kỳ sau.",
    ),
    Story(
        "xa-moi-so-lieu-cu", date(2026, 9, 10), 15, "so-ket-tong-ket", "Xã mới, số liệu cũ: khi nào so sánh được, khi nào không",
        "Sau sắp xếp đơn vị hành chính, có nơi số liệu hai kỳ không đặt cạnh nhau được; bảng tổng hợp nói rõ điều đó.",
        "Khi cả xã cũ nhập trọn vào xã mới, số liệu cộng lại được. Khi địa bàn xã cũ bị chia cho nhiều xã mới, phép cộng không còn ý nghĩa.\n\n"
        "### Cách hệ thống xử lý\n- Cộng theo địa giới đã chọn, mỗi báo cáo tính một lần.\n- Nơi bị chia được ghi “không so sánh được”, không ước lượng.\n\n"
        "Người đọc chọn xem theo địa giới cũ hoặc mới.",
        picture=0,
    ),
    Story(
        "khu-dan-cu-qua-hinh-ve", date(2026, 10, 8), 9, "phong-trao", "Chùm ảnh: nơi tổ liên gia tự quản làm việc mỗi tuần",
        "Bảng tin, nhà văn hóa, tuyến đường: ba nơi mà việc chung của khu dân cư được nói ra và được ghi lại.",
        "Chùm ảnh của thế giới minh họa là hình vẽ, không có người thật, không có địa danh thật.\n\n"
        "## Bảng tin\nLịch trực và việc của tuần được dán vào tối Chủ nhật; ai có ý kiến thì viết vào tờ để trống ở góc dưới.\n\n{{ảnh PHOTO3}}\n\n"
        "## Nhà văn hóa\nTổ liên gia họp vào tối thứ Sáu, biên bản đọc lại trước khi ra về.\n\n{{ảnh PHOTO4}}\n\n"
        "## Tuyến đường\nMỗi hộ nhận một đoạn; bảng tên ghi mô hình và ngày bắt đầu.\n\n{{ảnh PHOTO5}}\n\n"
        "Ảnh nào cũng ghi nguồn và có lời mô tả cho người không nhìn thấy ảnh.",
        picture=1,
    ),
    Story(
        "ban-thao-cho-duyet", date(2026, 11, 20), 9, "chi-dao", "Chuẩn bị hội nghị: danh mục việc mỗi điểm cầu phải xong trước ba ngày",
        "Thư ký hội nghị gửi các điểm cầu danh mục kiểm tra kỹ thuật, tài liệu và nhân sự.",
        "Điểm cầu kiểm tra đường truyền, âm thanh và màn hình; chốt danh sách đại biểu; in thẻ có mã.\n\nMọi vướng mắc ghi vào trang điểm cầu.",
        ends="edited",
    ),
    Story(
        "ghi-nhanh-tu-co-so", date(2026, 11, 24), 14, "phong-trao", "Ghi nhanh từ cơ sở: một tuần của tổ liên gia tự quản",
        "Phóng viên theo chân tổ liên gia trong tuần cao điểm.", "Bản nháp của phóng viên, chưa biên tập.", ends="handed",
    ),
)

CORRECTED = "hoi-nghi-so-ket-nam-2025"
CORRECTION = (
    ("{{02}} buổi tuyên truyền; tỷ lệ", "{{02}} buổi tuyên truyền với {{03}} lượt người tham dự; tỷ lệ"),
    ("Theo hồ sơ sơ kết hai bên đã ký", "Theo hồ sơ sơ kết mà hai bên cùng ký"),
)
CORRECTED_TITLE = "Công bố kết quả sơ kết năm 2025 trên hồ sơ hai bên cùng ký"
NOTE = "Bổ sung số lượt người tham dự và sửa tên bài cho đúng tên hồ sơ. Các số liệu đã nêu không thay đổi."
READ, READ_NOT_GIVEN = "giao-ban-ba-ben", "khong-thu-bao-cao-rieng"
"""The article that the machine reads, and one whose reading waits until someone has listened to it."""


def open_desk(persons: Mapping[str, Person], office: int) -> None:
    """Categories and pictures, before the first article."""
    start = moment(date(2026, 5, 25))
    for slug, name, english in CATEGORIES:
        shelves.add_category(slug=slug, name=name, name_en=english, by=persons["duyetbai"], at=start)
    for number in range(len(PICTURES)):
        _photo(office, number, persons["anhbao"], start)


def build(persons: Mapping[str, Person]) -> int:
    """The stories, one corrected after its release, and two read by the machine where its voice is installed. Returns how many are published."""
    editor, secretary = persons["bientap"], persons["duyetbai"]
    office = Review.objects.get(code="SK-2025").office_id
    kept = {row.slug: row for row in Category.objects.all()}
    shown = list(Photo.objects.filter(office=office).order_by("pk"))
    done = sum(_story(story, office, kept, shown, editor, persons["phongvien"], secretary) for story in STORIES)
    _correct(editor, secretary)
    for slug in (READ, READ_NOT_GIVEN):
        _read(slug, persons["thuam"], secretary if slug == READ else None)
    return done


def _correct(editor: Person, secretary: Person) -> None:
    """A second copy: a figure newly stated, another title, and the reason that readers see."""
    article, at = Article.objects.get(slug=CORRECTED), moment(date(2026, 7, 18), 9)
    head = queries.head_of(article)
    assert head is not None
    body = head.body
    for old, new in CORRECTION:
        body = body.replace(old, new)
    revision = actions.save_revision(article=article, title=CORRECTED_TITLE, lead=head.lead, body=body, note=NOTE, by=editor, at=at)
    actions.send_for_approval(revision=revision, by=editor, at=at)
    actions.approve(revision=revision, by=secretary, at=at + timedelta(minutes=20))
    actions.publish(revision=revision, by=secretary, at=at + timedelta(minutes=25))


def _read(slug: str, by: Person, giver: Person | None) -> None:
    """The article read by the machine as the worker does it, and given to the public by `giver`. Nothing where no voice is installed."""
    voice = next(iter(voices.offered()), None)
    if voice is None:
        return
    row = sound.ask_machine(article=Article.objects.get(slug=slug), voice=voice.key, by=by, at=now())
    make_sound.func(narration=row.pk)
    made = Narration.objects.get(pk=row.pk)
    if giver is not None and made.state == NarrationState.READY:
        sound.release_sound(narration=made, by=giver, at=now())


def _photo(office: int, number: int, by: Person, at: datetime) -> Photo:
    title, scene, caption, alt = PICTURES[number]
    return photos.add_photo(
        office=office, upload=Upload(picture(title, scene, 240), f"anh-minh-hoa-{number + 1}.png"), caption=caption, credit=CREDIT, alt=alt,
        by=by, at=at, synthetic=True,
    )


def _story(
    story: Story, office: int, kept: Mapping[str, Category], shown: list[Photo], editor: Person, reporter: Person, secretary: Person
) -> int:
    at = moment(story.day, story.hour)
    review = Review.objects.get(code=story.review) if story.review else None
    writer = reporter if story.ends == "handed" else editor
    article = actions.create_article(slug=story.slug, review=review, office=office, by=writer, at=at, synthetic=True)
    revision = _revision(story, article, kept, shown, writer, at)
    if story.ends == "handed":
        actions.hand_over(revision=revision, by=writer, at=at)
        return 0
    actions.send_for_approval(revision=revision, by=editor, at=at)
    if story.ends != "published":
        return 0
    actions.approve(revision=revision, by=secretary, at=at + timedelta(minutes=20))
    actions.publish(revision=revision, by=secretary, at=at + timedelta(minutes=30))
    return 1


def _revision(story: Story, article: Article, kept: Mapping[str, Category], shown: list[Photo], by: Person, at: datetime) -> Revision:
    lead = shown[story.picture].pk if story.picture is not None else None
    body = re.sub(r"PHOTO(\d)", lambda found: str(shown[int(found[1])].pk), story.body)
    extras = Extras(category=kept[story.category].pk, byline=story.byline, source=story.source, photo=lead)
    return actions.save_revision(article=article, title=story.title, lead=story.lead, body=body, by=by, at=at, extras=extras)

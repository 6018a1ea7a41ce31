"""A statement to test with: the review of `factories.reviews`, frozen, an office that writes and one that approves."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from soket.accounts.models import Person
from soket.publishing import actions, shelving
from soket.publishing.models import Article, ReleasedCopy, Revision
from soket.reviews import actions as review_actions
from soket.reviews.models import Edition
from tests.factories import reporting as people
from tests.factories import reviews

AT = datetime(2026, 7, 15, 9, 30, tzinfo=UTC)
CORRECTED_AT = datetime(2026, 7, 17, 2, 5, tzinfo=UTC)
TITLE = "Ba phần tư số xã đã ký chương trình phối hợp"
LEAD = "Kết quả lấy từ hồ sơ sơ kết mà hai cơ quan đã cùng ký."
BODY = (
    "Các đơn vị đã tổ chức {{01}} buổi tuyên truyền; {{02}} xã trong diện phải ký đã ký chương trình.\n\n"
    "## Cách tính\nNguồn ngoài nêu {{04|hơn 410 nghìn}} buổi. Cuộc họp có [[12 đơn vị]] dự."
)


@dataclass
class Desk:
    """`editor` and `second` write for the police centre, `publisher` approves there, `stranger` at the Front."""

    world: reviews.World
    edition: Edition
    editor: Person
    publisher: Person
    both: Person
    stranger: Person
    article: Article


def desk(slug: str = "ket-qua-so-ket", world: reviews.World | None = None) -> Desk:
    """An article begun on edition 1, without a revision."""
    world = world or reviews.world()
    reviews.draft(world)
    edition = reviews.frozen(world)
    centre, front = world.land.police["centre"], world.land.front["centre"]
    editor, publisher = people.person("bien-tap", edit=centre), people.person("duyet", publish=centre)
    both, stranger = people.person("ca-hai", edit=centre, publish=centre), people.person("mat-tran", edit=front, publish=front)
    article = actions.create_article(slug=slug, review=world.review, office=centre.pk, by=editor, at=AT)
    return Desk(world, edition, editor, publisher, both, stranger, article)


def revised(desk: Desk, article: Article | None = None, at: datetime = AT, **changes: str) -> Revision:
    """A saved revision of the sample text."""
    text = {"title": TITLE, "lead": LEAD, "body": BODY, **changes}
    return actions.save_revision(article=article or desk.article, by=desk.editor, at=at, **text)


def released(desk: Desk, article: Article | None = None, at: datetime = AT, **changes: str) -> ReleasedCopy:
    """Saved, sent, approved and published, and on the shelf where the public reads."""
    revision = revised(desk, article, at, **changes)
    actions.send_for_approval(revision=revision, by=desk.editor, at=at)
    actions.approve(revision=revision, by=desk.publisher, at=at)
    copy = actions.publish(revision=revision, by=desk.publisher, at=at)
    shelving.shelve(copy.article_id)  # a test's transaction never commits, so nobody is told
    return copy


def second_edition(desk: Desk) -> Edition:
    """Edition 2: the fourth unit's report came in, so 66 sessions became 88 and 3 of 4 reports 4 of 4."""
    reviews.accept(desk.world.round, desk.world.land.front["two"])
    return reviews.frozen(desk.world, reason="Bổ sung báo cáo gửi sau kỳ hạn")


def another_review_text(desk: Desk) -> None:
    """A change of the review's own draft, which no statement may show."""
    review_actions.write_section(review=desk.world.review, heading="Nháp", text="BÍ MẬT CỦA BẢN NHÁP", by=desk.world.office, at=AT)

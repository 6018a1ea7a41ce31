"""A newsroom without figures: one office with every role, and an article about no review."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from soket.accounts.models import Person
from soket.publishing import actions, queries
from soket.publishing.models import Article, Revision
from soket.publishing.models import ArticleStateName as State
from tests.factories import reporting as people

AT = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)
DUE = AT + timedelta(hours=5)
TEXT = {"title": "Giao ban ba bên hằng quý", "lead": "Lịch giao ban có trong quy chế.", "body": "Đoạn một của bài.\n\nĐoạn hai của bài."}
ROLES = ("reporter", "colleague", "editor", "secretary", "photographer", "sound", "stranger")


@dataclass
class Room:
    """`people` by role; `stranger` holds every office of the newsroom, but of the Front. `administrator` administers and writes nothing."""

    land: people.Country
    people: dict[str, Person] = field(default_factory=dict)
    article: Article = None  # type: ignore[assignment]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def office(self) -> int:
        return self.land.police["centre"].pk


def room() -> Room:
    land = people.country()
    centre, front = land.police["centre"], land.front["centre"]
    posts: dict[str, dict[str, Any]] = {
        "reporter": {"write": centre}, "colleague": {"write": centre}, "editor": {"edit": centre}, "secretary": {"publish": centre},
        "photographer": {"picture": centre}, "sound": {"sound": centre}, "chief": {"edit": centre, "publish": centre},
        "stranger": {"write": front, "edit": front, "publish": front, "picture": front, "sound": front}, "administrator": {"administer": centre},
    }
    made = Room(land, {name: people.person(name, **held) for name, held in posts.items()})
    made.article = begun(made)
    return made


def begun(made: Room, slug: str = "giao-ban", by: Person | None = None) -> Article:
    return actions.create_article(slug=slug, review=None, office=made.office, by=by or made.reporter, at=AT)


def written(made: Room, article: Article | None = None, *, by: Person | None = None, at: datetime = AT, **changes: Any) -> Revision:
    return actions.save_revision(article=article or made.article, by=by or made.reporter, at=at, **{**TEXT, **changes})


def brought(made: Room, state: str, article: Article | None = None, **changes: Any) -> Revision:
    """A fresh revision by the reporter, brought to this state (corrected: on top of a published one)."""
    article = article or made.article
    if state == State.CORRECTED:
        brought(made, State.PUBLISHED, article)
        changes = {"note": "Sửa lỗi chính tả.", **changes}
    revision = written(made, article, by=made.reporter, **changes)
    for step in _path(state):
        _take(made, step, revision)
    return revision


def _path(state: str) -> list[str]:
    approved = ["hand", "send", "approve"]
    return {
        State.DRAFT: [], State.HANDED: ["hand"], State.RETURNED: ["hand", "return"], State.EDITED: ["hand", "send"], State.APPROVED: approved,
        State.SCHEDULED: [*approved, "schedule"], State.PUBLISHED: [*approved, "publish"], State.CORRECTED: [*approved, "publish"],
        State.WITHDRAWN: [*approved, "publish", "withdraw"],
    }[State(state)]


def _take(made: Room, step: str, revision: Revision) -> None:
    {
        "hand": lambda: actions.hand_over(revision=revision, by=made.reporter, at=AT),
        "return": lambda: actions.return_draft(revision=revision, reason="Thiếu ý kiến cơ sở", by=made.editor, at=AT),
        "send": lambda: actions.send_for_approval(revision=revision, by=made.editor, at=AT),
        "approve": lambda: actions.approve(revision=revision, by=made.secretary, at=AT),
        "schedule": lambda: actions.schedule(revision=revision, due=DUE, by=made.secretary, at=AT),
        "publish": lambda: actions.publish(revision=revision, by=made.secretary, at=AT),
        "withdraw": lambda: actions.withdraw(article=revision.article, reason="Đăng nhầm", by=made.secretary, at=AT),
    }[step]()


def state(made: Room, article: Article | None = None) -> str:
    """The state of the newest text."""
    head = queries.head_of(article or made.article)
    return queries.state_of(head) if head else ""

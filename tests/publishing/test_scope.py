"""Every address of the desk, asked by each role, by another office, by an administrator and by nobody: who may not gets nothing and learns nothing."""
from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from soket.files.actions import Upload
from soket.kernel.text import nfc
from soket.publishing import urls
from soket.publishing.actions import locks
from soket.publishing.actions import photos as photo_actions
from soket.publishing.actions.shelves import add_category
from tests.factories import publishing_arrivals as arrivals
from tests.factories import publishing_desk as make
from tests.factories import publishing_sound as sounds
from tests.factories.publishing_library import picture

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SECRET = nfc("Tin chưa ai được biết")
DESK = {"reporter", "editor", "secretary", "photographer", "sound"}
WRITES, EDITS, PUBLISHES, PICTURES = {"reporter", "editor"}, {"editor"}, {"secretary"}, {"photographer", "editor"}
SOUNDS = {"sound", "editor"}
ALL = {*DESK, "stranger", "administrator"}
SHELVES = {"secretary", "stranger", "administrator"}
NOBODY: set[str] = set()
# Name of the route → (who may GET, who may POST). `stranger` holds every office of the desk at another unit: what has no object is its own there.
MAY: dict[str, tuple[set[str], set[str]]] = {
    "desk": (ALL, NOBODY), "plan": ({*DESK, "stranger"}, NOBODY), "categories": (SHELVES, SHELVES), "category_edit": (SHELVES, SHELVES),
    "hand_over": (NOBODY, WRITES), "return": ({*EDITS, *PUBLISHES},) * 2, "send": (NOBODY, EDITS), "approve": (NOBODY, PUBLISHES),
    "schedule": (PUBLISHES,) * 2, "unschedule": (NOBODY, PUBLISHES), "publish": (NOBODY, PUBLISHES), "withdraw": (NOBODY,) * 2,
    "times": (PUBLISHES,) * 2, "compare": (DESK, NOBODY), "restore": (WRITES,) * 2, "lock": (NOBODY, WRITES), "lock_give_back": (NOBODY, WRITES),
    "lock_take_over": (PUBLISHES,) * 2, "new": ({*WRITES, "stranger"},) * 2, "paste": (NOBODY, {*WRITES, "stranger"}), "edit": (DESK, WRITES),
    "check": (NOBODY, WRITES), "photos": ({*DESK, "stranger"}, NOBODY), "photo_add": ({*PICTURES, "stranger"},) * 2,
    "photos_same": (NOBODY, {*PICTURES, "stranger"}), "photo": (DESK, PICTURES), "photo_retire": (NOBODY, PICTURES), "photo_original": (PICTURES, NOBODY),
    "photo_file": (DESK, NOBODY), "kit_preview": (DESK, NOBODY), "sound": ({*SOUNDS, *PUBLISHES}, SOUNDS), "sound_machine": (NOBODY, SOUNDS),
    "sound_release": (NOBODY, PUBLISHES), "sound_withdraw": (NOBODY,) * 2, "sound_file": ({*SOUNDS, *PUBLISHES}, NOBODY),
    "arrivals": ({*EDITS, *PUBLISHES, "stranger"}, {*EDITS, "stranger"}), "arrival": ({*EDITS, *PUBLISHES}, NOBODY), "arrival_approve": (NOBODY, PUBLISHES),
    "arrival_decline": (NOBODY, {*EDITS, *PUBLISHES}),
    "arrival_again": (NOBODY, {*EDITS, *PUBLISHES}), "arrival_report": ({*EDITS, *PUBLISHES}, NOBODY), "arrival_item": ({*EDITS, *PUBLISHES}, NOBODY),
    "readership": (DESK, NOBODY), "pick": (WRITES, NOBODY),
}  # fmt: skip


def _patterns() -> dict[str, Any]:
    outside = {pattern.name for pattern in urls.PUBLIC}
    return {pattern.name: pattern for pattern in urls.urlpatterns if pattern.name not in outside}


def _world() -> tuple[make.Room, dict[str, Any]]:
    """An approved text with a secret title, its recording, a photograph, an archive that waits, and a lock: one of everything that has an address."""
    room = make.room()
    make.written(room, title=f"{SECRET} 1")
    make.brought(room, "approved", title=SECRET)
    narration = sounds.kept(room.article, room.people["sound"], reader=SECRET)
    photo = photo_actions.add_photo(
        office=room.office, upload=Upload(picture(), "anh.jpg"), credit="Ảnh: cơ quan", place=SECRET, by=room.people["photographer"], at=make.AT,
    )
    content = f"title,body,url,published_at\n{SECRET},Thân bài,https://cu.example/a,2020-01-01\n"
    arrival = arrivals.brought(room, content.encode(), "kho.csv")
    category = add_category(slug="tin", name="Tin", name_en="News", by=room.secretary, at=make.AT)
    locks.take_lock(article=room.article, by=room.editor, at=make.AT)
    width = photo.renditions.order_by("width")[0].width
    values = {"slug": room.article.slug, "number": 1, "width": width, "kind": "goc"}
    return room, {"values": values, "sound": narration.pk, "photo": photo.pk, "arrival": arrival.pk, "category": category.pk}


def _address(pattern: Any, known: dict[str, Any]) -> str:
    kind = next((one for one in ("photo", "arrival", "category") if pattern.name.startswith(one)), "sound")
    told = {name: known[kind] if name == "pk" else known["values"][name] for name in pattern.pattern.converters}
    return reverse(f"publishing:{pattern.name}", kwargs=told)


def test_who_may_not_is_told_that_there_is_nothing_and_no_title_leaks() -> None:
    patterns = _patterns()
    assert set(patterns) == set(MAY)  # a new address says here who may ask for it
    room, known = _world()
    words, wrong = SECRET.encode(), []
    for who in (None, *sorted(ALL)):
        asker = Client()
        if who is not None:
            asker.force_login(room.people[who])
        for name, pattern in patterns.items():
            address = _address(pattern, known)
            for method, may in zip(("get", "post"), MAY[name], strict=True):
                if who in may and method == "post":
                    continue  # what the step does is another test's
                answer = getattr(asker, method)(address)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if who in may:
                    right = answer.status_code in {200, 302}
                else:
                    right = answer.status_code in ({302, 405} if who is None else {404, 405})
                    right = right and (who is not None or answer.status_code == 405 or answer["Location"].startswith(reverse("account_login")))
                hidden = who in DESK or (words not in body and words not in str(answer.headers).encode())
                if not right or not hidden:
                    wrong.append((who, method, name, answer.status_code, hidden))
    assert wrong == []

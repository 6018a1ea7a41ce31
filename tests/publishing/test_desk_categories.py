"""Categories: who keeps them, what is refused, and that the public's list follows."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.publishing import queries
from soket.publishing.actions import shelves
from soket.publishing.models import Category
from soket.publishing.texts import Extras
from tests.factories import publishing_desk as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
URL = "/toa-soan/chuyen-muc/"


@pytest.fixture
def room(db: None) -> make.Room:
    return make.room()


def _add(room: make.Room, slug: str, name: str, by: Any = None) -> Category:
    return shelves.add_category(slug=slug, name=name, name_en=name.upper(), by=by or room.secretary, at=make.AT)


def _change(room: make.Room, category: Category, **changes: Any) -> Category:
    given = {"name": category.name, "name_en": category.name_en, "place": category.order, "closed": category.closed, **changes}
    return shelves.change_category(category=category, by=room.secretary, at=make.AT, **given)


def refused(act: Callable[[], Any]) -> dict[str, str]:
    with translation.override("vi"):
        with pytest.raises(Refused) as caught:
            act()
        return {name: str(words) for name, words in caught.value.errors.items()} or {"": str(caught.value.message)}


def test_categories_are_added_renamed_moved_and_closed_and_the_store_follows(
    room: make.Room, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        one, two, three = _add(room, "mot", "Một"), _add(room, "hai", "Hai"), _add(room, "ba", "Ba", room.administrator)
        _change(room, three, place=1)
        _change(room, one, name="Một mới", place=2)
        _change(room, two, place=3, closed=True)
    assert list(Category.objects.values_list("slug", "order", "closed")) == [("ba", 1, False), ("mot", 2, False), ("hai", 3, True)]
    shelf = queries.shelf()
    assert shelf is not None and shelf.categories() == [("ba", "Ba", "BA"), ("mot", "Một mới", "MỘT"), ("hai", "Hai", "HAI")]
    told = list(Event.objects.filter(name__startswith="publishing.category").order_by("pk").values_list("name", flat=True))
    assert told == [f"publishing.category_{what}" for what in ("added", "added", "added", "moved", "renamed", "closed")]


def test_what_is_wrong_with_a_category_is_said_at_its_field(room: make.Room) -> None:
    one = _add(room, "mot", "Một")
    assert "đã dùng" in refused(lambda: _add(room, "mot", "Khác"))["slug"]
    assert "chữ thường" in refused(lambda: _add(room, "Chuyên mục", "Khác"))["slug"]
    assert set(refused(lambda: _add(room, "", ""))) == {"slug", "name", "name_en"}
    assert "mang tên này" in refused(lambda: _add(room, "hai", "Một"))["name"]
    assert refused(lambda: _change(room, one, place=2)) == {"place": "Chọn vị trí từ 1 đến 1."}
    for who in (room.editor, room.reporter, room.photographer, room.sound):
        assert "không quản lý chuyên mục" in refused(lambda who=who: _add(room, "hai", "Hai", who))[""]


def test_a_closed_category_takes_no_new_text_but_keeps_its_own(room: make.Room) -> None:
    one = _add(room, "mot", "Một")
    make.written(room, extras=Extras(category=one.pk))
    _change(room, one, closed=True)
    make.written(room, title="Tên khác")
    other = make.begun(room, "khac")
    assert set(refused(lambda: make.written(room, other, extras=Extras(category=one.pk)))) == {"category"}


def test_the_pages_are_for_those_who_keep_categories(room: make.Room, client: LintingClient) -> None:
    category = _add(room, "mot", "Một")
    for who in (room.editor, room.reporter, room.photographer):
        client.force_login(who)
        assert {client.get(URL).status_code, client.post(URL).status_code, client.get(f"{URL}{category.pk}/").status_code} == {404}
    client.force_login(room.secretary)
    assert "Một" in client.get(URL).content.decode()
    assert 'id="id_slug_error"' in client.post(URL, {"name": "Hai", "name_en": "Two", "slug": "Hai!"}).content.decode()
    client.post(URL, {"name": "Hai", "name_en": "Two", "slug": "hai"})
    wrong = client.post(f"{URL}{category.pk}/", {"name": "Một", "name_en": "One", "place": 7})
    assert 'id="id_place_error"' in wrong.content.decode()
    client.post(f"{URL}{category.pk}/", {"name": "Một", "name_en": "One", "place": 2, "closed": "on"})
    assert list(Category.objects.values_list("slug", "name_en", "closed")) == [("hai", "Two", False), ("mot", "One", True)]
    assert "Không nhận bài mới" in client.get(URL).content.decode()
    assert client.get(f"{URL}999/").status_code == 404

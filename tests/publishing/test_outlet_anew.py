"""The whole store made again beside the old one, which is read and written meanwhile."""
from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from soket.kernel.canonical import canonical, hex_digest
from soket.publishing import actions, rebuilding, shelving
from soket.publishing.outlet import anew, schema, stock
from soket.publishing.outlet.shelf import Shelf, open_shelf
from tests.factories import publishing_desk as make
from tests.factories import publishing_public as shelf

pytestmark = pytest.mark.one_database
LATE = 2_000_000_000


def item(number: int, **changes: Any) -> stock.Shelved:
    content = shelf.copy(number, shelf.at(1 + number % 28), **changes)
    return stock.Shelved(id=number, content=canonical(content).decode(), digest=hex_digest(content))


def titles(folder: Path) -> list[str]:
    return sorted(card.title for card in open_shelf(folder).newest(LATE, limit=50))


def stores(folder: Path) -> list[str]:
    """Files of stores in the folder, without what SQLite keeps beside each."""
    return sorted(path.name for path in folder.glob("public*.sqlite3"))


def test_what_was_written_meanwhile_is_in_the_new_store_and_readers_find_it(tmp_path: Path) -> None:
    shelf.put(tmp_path, [shelf.copy(number, shelf.at(number)) for number in (1, 2, 3)])
    reader, generation = open_shelf(tmp_path), open_shelf(tmp_path).generation()
    truth = {1: item(1), 2: item(2), 3: item(3)}
    before = anew.marks_in(tmp_path)
    with anew.new_store(tmp_path) as (link, file):
        assert anew.fill(link, tmp_path, truth.values()) == 3
        truth |= {2: item(2, title="Bài đã đính chính"), 4: item(4)}
        del truth[3]
        with stock.writing(tmp_path) as inside:
            stock.put(inside, tmp_path, truth[2])
            stock.put(inside, tmp_path, truth[4])
            stock.remove(inside, 3)
        assert titles(tmp_path) == ["Bài số 1", "Bài số 4", "Bài đã đính chính"], "the old one counts until the last moment"
        assert anew.swap(tmp_path, link, file, before, truth.get) == 3
    assert titles(tmp_path) == ["Bài số 1", "Bài số 4", "Bài đã đính chính"]
    assert open_shelf(tmp_path) is not reader
    assert open_shelf(tmp_path).generation() > generation + 1, "pages kept of the old store are old"
    assert stores(tmp_path) == sorted([file.name, "public.sqlite3"])
    assert schema.path_in(tmp_path).resolve() == file.resolve()
    assert len(list(tmp_path.glob("*-wal"))) == len(list(tmp_path.glob("*-shm"))) == 1
    assert [card.title for card in reader.newest(LATE, limit=9, offset=2)] == ["Bài số 1"], "who still reads the old one reads it to the end"


def test_a_writer_who_waited_for_the_old_store_writes_into_the_new_one(tmp_path: Path) -> None:
    shelf.put(tmp_path, [shelf.copy(1, shelf.at(1))])
    for number in (2, 3):  # first a plain file gives way to a link, then a link to a link
        before = anew.marks_in(tmp_path)
        thread = threading.Thread(target=shelf.put, args=(tmp_path, [shelf.copy(number, shelf.at(number))]))
        with anew.new_store(tmp_path) as (link, file):
            anew.fill(link, tmp_path, [item(one) for one in range(1, number)])

            def late(_one: int, waiting: threading.Thread = thread) -> None:
                raise AssertionError("nothing changed before the lock was taken")

            fold = stock.fold

            def start_the_writer(new: Any, waiting: threading.Thread = thread, fold: Any = fold) -> None:
                waiting.start()
                waiting.join(0.2)
                assert waiting.is_alive(), "the writer waits for the lock"
                fold(new)

            stock.fold = start_the_writer
            try:
                anew.swap(tmp_path, link, file, before, late)
            finally:
                stock.fold = fold
        thread.join(30)
        assert titles(tmp_path) == [f"Bài số {one}" for one in range(1, number + 1)]


def test_a_rebuild_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    shelf.put(tmp_path, [shelf.copy(1, shelf.at(1))])
    with pytest.raises(ZeroDivisionError), anew.new_store(tmp_path) as (link, _file):
        anew.fill(link, tmp_path, (item(one // 0) for one in (1,)))
    assert (titles(tmp_path), stores(tmp_path)) == (["Bài số 1"], ["public.sqlite3"])
    assert len(list(tmp_path.glob("*-wal"))) == 1


def test_many_articles_go_in_by_the_thousand_and_files_that_nothing_names_are_deleted(tmp_path: Path) -> None:
    before, said = anew.marks_in(tmp_path), list[int]()
    kept, lost = (stock.file_path(tmp_path, name * 64) for name in "ab")
    for path in (kept, lost):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    with anew.new_store(tmp_path) as (link, file):
        assert anew.fill(link, tmp_path, (item(number) for number in range(1, 2502)), said.append) == 2501
        link.execute("INSERT INTO file VALUES (?, 1, 'a.jpg', 'image/jpeg', 1)", ("a" * 64,))
        anew.swap(tmp_path, link, file, before, lambda _one: None)
    assert said == [1000, 2000, 2501]
    assert open_shelf(tmp_path).count(LATE) == 2501
    assert anew.prune(tmp_path) == 1
    assert (kept.exists(), lost.exists()) == (True, False)


def test_the_store_is_made_again_from_what_was_released(db: None, settings: Any) -> None:
    room = make.room()
    make.brought(room, make.State.PUBLISHED)
    make.brought(room, make.State.APPROVED, make.begun(room, "chua-dang"))
    gone = make.begun(room, "go-xuong")
    make.brought(room, make.State.WITHDRAWN, gone)
    said: list[tuple[int, int]] = []
    assert rebuilding.rebuild(lambda done, all_: said.append((done, all_))) == (2, 0)
    assert said == [(2, 2)]
    store = Shelf(settings.PUBLIC)
    assert [card.slug for card in store.newest(LATE, limit=9)] == ["giao-ban"]
    down = store.article("go-xuong", LATE)
    assert down is not None and down.card.state == "withdrawn" and down.raw == ""
    assert store.article("chua-dang", LATE) is None
    assert store.meta("places")
    actions.withdraw(article=room.article, reason="Đăng nhầm", by=room.secretary, at=make.AT)
    shelving.shelve(room.article.pk)
    assert [shelving.shelve_all(), open_shelf(settings.PUBLIC).count(LATE)] == [2, 0]

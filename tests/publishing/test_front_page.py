"""What was read most, on the front page: of those that are shown alone, with its definition, and absent when nobody was counted."""
from __future__ import annotations

import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from soket.publishing.outlet.counting import COUNTED, ROBOT, Hit, Tally, file_in, vietnam_day
from tests.factories import publishing_public as shelf
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database
HOME = "/cong-bo/"
HEADING = "Đọc nhiều trong 7 ngày qua"


def read(folder: Path, **readers: int) -> None:
    """That many distinct readers of each article (its name with _ for -) today; of each also a robot, which counts as nobody."""
    tally = Tally(folder)
    for name, number in readers.items():
        slug = name.replace("_", "-")
        tally.add_many([*(Hit(slug, who=f"10.0.0.{one}\nFirefox\nvi") for one in range(number)), Hit(slug, ROBOT)])


def told(client: LintingClient) -> list[tuple[str, str]]:
    """(title, views) of the list in order; empty when there is none."""
    text = client.get(HOME).content.decode()
    found = re.search(r'<ol class="most">(.*?)</ol>', text)
    assert (HEADING in text) == (found is not None)
    return re.findall(r'lang="vi">(.*?)</a>.*?<span class="n">(.*?)</span>', found[1]) if found else []


def test_the_most_read_are_those_shown_by_readers_of_seven_days(settings: SimpleNamespace, client: LintingClient) -> None:
    folder = Path(settings.PUBLIC)
    shelf.put(folder, [shelf.copy(number, shelf.at(number)) for number in range(1, 8)])
    gone = {"withdrawn": {"at": shelf.at(20, 9).isoformat(), "reason": "Đăng nhầm"}}
    shelf.put(folder, [shelf.copy(8, shelf.at(15), title="ĐÃ GỠ")], state="withdrawn", extra=gone)
    shelf.put(folder, [shelf.copy(9, shelf.at(15), title="HẾT HẠN")], until=shelf.at(16).replace(year=2020))
    assert told(client) == []
    read(folder, bai_2=0)
    assert told(client) == []  # robots are no readers
    read(folder, bai_1=1, bai_2=3, bai_3=2, bai_4=2, bai_5=1, bai_6=1, bai_8=9, bai_9=9)
    with sqlite3.connect(file_in(folder)) as link:
        old = date.fromisoformat(vietnam_day()) - timedelta(days=7)
        link.execute("INSERT INTO hits VALUES ('bai-7', ?, ?, 99)", (old.isoformat(), COUNTED))
        link.execute("INSERT INTO hits VALUES ('bai-6', ?, ?, 4)", ((old + timedelta(days=1)).isoformat(), COUNTED))
    assert told(client) == [("Bài số 6", "5"), ("Bài số 2", "3"), ("Bài số 3", "2"), ("Bài số 4", "2"), ("Bài số 1", "1")]
    text = client.get(HOME).content.decode()
    assert f'{HEADING}</h2><a class="s15" href="/cong-bo/cach-dem/">' in text
    with shelf.reads(folder) as queries:
        client.get(HOME)
    assert len(queries) == 6  # one more than without counts, however many stand there


def test_counts_that_cannot_be_read_leave_the_list_out(settings: SimpleNamespace, client: LintingClient) -> None:
    folder = Path(settings.PUBLIC)
    shelf.put(folder, [shelf.copy(1, shelf.at(1))])
    file_in(folder).parent.mkdir(parents=True, exist_ok=True)
    file_in(folder).write_bytes(b"no database" * 100)
    assert told(client) == []

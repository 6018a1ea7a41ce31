"""Registers of numbers: no gap, no number twice, no day against the order, on both engines."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soket.audit.models import Event
from soket.documents import queries
from soket.documents.actions import Taking, take_many, take_number
from soket.documents.models import Entry, Register
from soket.kernel.actor import SystemActor
from soket.kernel.door import DoorClosed, Refused, open_door

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
CLERK = SystemActor("clerk", "Văn thư Bộ Công an")
AT = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 3, 20)


def take(reference: str, **other: Any) -> Entry:
    told: dict[str, Any] = {
        "issuer": "unit:1", "issuer_label": "Bộ Công an", "series": "van-ban", "on": DAY, "symbol": "QĐ-BCA", "subject": "Tặng Bằng khen",
        "kind": "quyet-dinh", "by": CLERK, "at": AT,
    }  # fmt: skip
    return take_number(reference=reference, **{**told, **other})


def test_numbers_follow_one_another_and_each_is_recorded_once() -> None:
    first, second = take("a", subject="  Tặng Bằng khen  "), take("b")
    assert (first.number, first.notation, first.subject, first.by_label) == (1, "01/QĐ-BCA", "Tặng Bằng khen", "Văn thư Bộ Công an")
    assert (second.notation, queries.next_number("unit:1", "van-ban", 2026)) == ("02/QĐ-BCA", 3)
    assert [row.reference for row in queries.entries("unit:1", "van-ban", 2026)] == ["a", "b"]
    told = Event.objects.filter(name="documents.number_taken").order_by("id")
    assert [(one.subject_label, json.loads(one.body)["payload"]["reference"]) for one in told] == [("Số 01/QĐ-BCA", "a"), ("Số 02/QĐ-BCA", "b")]
    assert json.loads(told[0].body)["payload"] == {
        "issuer": "Bộ Công an", "series": "van-ban", "year": 2026, "number": 1, "dated": "2026-03-20", "what": "Tặng Bằng khen", "reference": "a",
    }  # fmt: skip


def test_issuers_series_and_years_count_apart() -> None:
    take("a")
    assert take("a", issuer="unit:2", issuer_label="Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", symbol="QĐ-MTTW").number == 1
    assert take("a", series="hoi-dong", symbol="BB-HĐTĐKT").number == 1
    gold = take("a", series="so-vang", symbol="")
    assert (gold.number, gold.notation) == (1, "01")
    assert take("b", on=date(2025, 12, 31)).register.year == 2025
    assert take("c").number == 2
    assert sorted(Register.objects.values_list("issuer", "series", "year")) == [
        ("unit:1", "hoi-dong", 2026), ("unit:1", "so-vang", 2026), ("unit:1", "van-ban", 2025), ("unit:1", "van-ban", 2026), ("unit:2", "van-ban", 2026),
    ]  # fmt: skip


def test_the_same_thing_is_given_its_first_number_again_even_after_new_year() -> None:
    first = take("a", on=date(2025, 12, 31))
    again = take("a", on=DAY + timedelta(days=99), subject="khác", symbol="sai ký hiệu", kind="Sai")
    assert (again.pk, again.number, again.symbol, again.register.year) == (first.pk, 1, "QĐ-BCA", 2025)
    assert (Register.objects.count(), Event.objects.filter(name="documents.number_taken").count()) == (1, 1)
    found = queries.entry_of("unit:1", "van-ban", "a")
    assert (found, queries.entry_of("unit:1", "van-ban", "b"), queries.entry_of("unit:2", "van-ban", "a")) == (first, None, None)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"on": DAY + timedelta(days=1)}, "dated"), ({"on": DAY - timedelta(days=1)}, "dated"),
        ({"symbol": "QĐ BCA"}, "symbol"), ({"symbol": "Q" * 31}, "symbol"), ({"series": "Văn bản"}, "series"), ({"series": ""}, "series"),
        ({"series": "a" * 41}, "series"), ({"kind": "Quyết định"}, "kind"), ({"subject": " "}, "subject"), ({"subject": "x" * 501}, "subject"),
        ({"subject": "a\x00b"}, "subject"), ({"reference": ""}, "reference"), ({"reference": "x" * 101}, "reference"), ({"issuer": ""}, "issuer"),
        ({"issuer_label": "\u202eBộ"}, "issuer"), ({"series": "hoi-dong", "kind": ""}, "kind"),
    ],
)  # fmt: skip
def test_a_refused_number_is_not_used_up(other: dict[str, Any], field: str) -> None:
    take("a")
    with pytest.raises(Refused) as refused:
        take(**{"reference": "b", **other})
    assert refused.value.field == field
    assert (Entry.objects.count(), Register.objects.count(), take("c").number) == (1, 1, 2)


def test_the_day_is_the_day_in_viet_nam() -> None:
    assert take("a", at=datetime(2026, 3, 19, 17, 0, tzinfo=UTC)).dated == DAY
    with pytest.raises(Refused):
        take("b", at=datetime(2026, 3, 19, 16, 59, tzinfo=UTC))


def test_many_are_numbered_at_once_and_those_that_have_a_number_keep_it(django_assert_num_queries: Any) -> None:
    take("7", series="so-vang", symbol="")
    takings = [Taking(f"Tặng Bằng khen cho tập thể {index}", str(index)) for index in (*range(1000), 3)]
    bulk = {"issuer": "unit:1", "issuer_label": "Bộ Công an", "series": "so-vang", "on": DAY, "symbol": "", "kind": "so-vang", "by": CLERK, "at": AT}
    made = take_many(takings=takings, **bulk)
    assert [row.number for row in made[:9]] == [2, 3, 4, 5, 6, 7, 8, 1, 9]
    assert ([row.number for row in made[-2:]], made[1000].pk) == ([1000, 5], made[3].pk)
    assert sorted(Entry.objects.values_list("number", flat=True)) == list(range(1, 1001))
    assert Event.objects.filter(name="documents.number_taken").count() == 1000
    with django_assert_num_queries(3):  # savepoint, the known numbers, release
        assert take_many(takings=takings, **bulk) == made
    with pytest.raises(Refused):
        take_many(takings=[Taking("Tặng", "x"), Taking("", "y")], **bulk)
    assert take_many(takings=[], **bulk) == []
    assert Entry.objects.count() == 1000


def test_look_alikes_and_repeated_notations_are_named() -> None:
    first = take("a", subject="Tặng Bằng khen cho Công an tỉnh Hòa Bình")
    take("b", subject="Tặng Bằng khen cho Công an tỉnh Hưng Yên")
    take("c", symbol="TTr-BCA", subject="Tặng Bằng khen cho Công an tỉnh Hòa Bình")
    take("d", issuer="unit:2", subject="Tặng Bằng khen cho Công an tỉnh Hòa Bình")
    assert queries.look_alikes("unit:1", "QĐ-BCA", "TẶNG  bằng khen cho Công an tỉnh Hoà Bình", 2026) == [first]
    assert queries.look_alikes("unit:1", "QĐ-BCA", "Tặng Bằng khen", 2026) == queries.look_alikes("unit:1", "QĐ-BCA", first.subject, 2025) == []
    assert queries.repeats("unit:1", 2026) == []
    other = take("e", series="hoi-dong")
    take("f", series="so-vang", symbol="")
    take("g", series="so-xanh", symbol="")
    assert (other.number, queries.repeats("unit:1", 2026), queries.repeats("unit:2", 2026)) == (1, [first, other], [])


def _row(register: Register, number: int, reference: str = "z", dated: date = DAY) -> Entry:
    return Entry(
        register=register, number=number, symbol="QĐ-BCA", dated=dated, subject="x", kind="quyet-dinh", reference=reference, at=AT, by_label="x"
    )  # fmt: skip


def test_the_database_refuses_gaps_repeats_and_days_against_the_order() -> None:
    register = take("a").register
    other = take("a", issuer="unit:2").register
    take("b", issuer="unit:2")
    before = DAY - timedelta(days=1)
    for row, says in (
        (_row(register, 3), "number before"), (_row(register, 0), "number before"), (_row(register, 2, dated=before), "number before"),
        (_row(other, 4), "number before"), (_row(register, 1), "(?i)unique"), (_row(register, 2, "a"), "(?i)unique"),
    ):  # fmt: skip
        with open_door(), pytest.raises(IntegrityError, match=says), transaction.atomic():
            row.save(force_insert=True)
    with open_door(), pytest.raises(IntegrityError), transaction.atomic():
        Register(issuer="unit:1", issuer_label="x", series="van-ban", year=2026).save(force_insert=True)
    with open_door():
        _row(register, 2).save(force_insert=True)
        _row(other, 3).save(force_insert=True)
    assert Entry.objects.count() == 5


def test_nothing_entered_is_changed_or_deleted() -> None:
    entry = take("a")
    with pytest.raises(DoorClosed):
        Entry.objects.filter(pk=entry.pk).update(subject="khác")
    with open_door():
        for write in (
            lambda: Entry.objects.filter(pk=entry.pk).update(subject="khác"), lambda: Entry.objects.all().delete(),
            lambda: Register.objects.update(year=2025), lambda: Register.objects.filter(pk=entry.register_id)._raw_delete("default"),
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                write()
        with pytest.raises(DoorClosed):
            entry.delete()
    assert take("a").subject == "Tặng Bằng khen"


STEPS = st.tuples(
    st.sampled_from(["unit:1", "unit:2"]), st.sampled_from([date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 3)]),
    st.lists(st.integers(0, 12), max_size=4), st.booleans(),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=10))
def test_whatever_is_asked_in_whatever_order_numbers_have_no_gap_and_stay_with_their_things(db: None, steps: list[Any]) -> None:
    with transaction.atomic():
        given_: dict[tuple[str, int], tuple[int, int]] = {}
        for issuer, on, things, broken in steps:
            takings = [Taking("" if broken and at else "Tặng Bằng khen", str(thing)) for at, thing in enumerate(things)]
            try:
                made = take_many(
                    issuer=issuer, issuer_label=issuer, series="van-ban", on=on, symbol="QĐ-X", kind="quyet-dinh", takings=takings, by=CLERK,
                    at=datetime(2026, 1, 2, tzinfo=UTC),
                )  # fmt: skip
            except Refused:
                continue
            for thing, entry in zip(things, made, strict=True):
                told = (entry.register.year, entry.number)
                assert given_.setdefault((issuer, thing), told) == told
        for register in Register.objects.all():
            rows = list(register.entries.order_by("number"))
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            assert [row.dated for row in rows] == sorted(row.dated for row in rows)
            assert {row.dated.year for row in rows} <= {register.year}
        kept = {(row.register.issuer, int(row.reference)): (row.register.year, row.number) for row in Entry.objects.select_related("register")}
        assert kept == given_
        transaction.set_rollback(True)


def test_takers_at_the_same_moment_get_numbers_without_gap_and_one_for_one_thing(fresh_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ, "DATABASE_URL": fresh_database, "SOKET_DATA": str(tmp_path), "SOKET_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "soket.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.documents.race"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"numbers": list(range(1, 14)), "same": 1, "registers": 1, "events": 13}

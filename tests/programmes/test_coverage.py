"""Coverage on a day: exact figures and names, across the day the map changed. Nothing drops out."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.organisations.models import Level
from soket.programmes import actions, core, queries
from soket.programmes.models import DueRule, DutyState, Obligation
from tests.factories import programmes as make

pytestmark = pytest.mark.django_db
FIRST, LAST_OLD = date(2024, 1, 1), date(2025, 6, 30)
POLICE, FRONT = "Công an", "Ủy ban MTTQ Việt Nam"


@pytest.fixture
def land() -> make.Country:
    return make.country()


@pytest.fixture
def owed(land: make.Country) -> Obligation:
    """Accepted: police An, police and Front Đức. Returned: Front Bình. Excused: Front Cửa. The rest is due by 14/12/2024."""
    row = make.obligation(make.programme(land))
    actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
    make.accepted(make.duty(row, land.police["an"]), dated=date(2024, 5, 6))
    make.accepted(make.duty(row, land.police["duc"]), dated=date(2024, 7, 1))
    make.accepted(make.duty(row, land.front["duc"]), dated=date(2024, 7, 1))
    make.claimed(make.duty(row, land.front["binh"]))
    actions.return_claim(duty=make.duty(row, land.front["binh"]), reason="Thiếu chữ ký", by=make.JOB, at=make.AT)
    actions.excuse(duty=make.duty(row, land.front["cua"]), reason="Kiện toàn", on=date(2024, 3, 1), by=make.JOB, at=make.AT)
    return row


def names(lines: list[queries.DutyLine]) -> list[str]:
    return [line.unit_name for line in lines]


def figures(found: queries.Coverage) -> tuple[int, int, int, int, int]:
    return found.numerator, found.denominator, found.overdue, len(found.excused), len(found.closed)


def test_the_four_lists_by_name_in_the_order_of_the_map(owed: Obligation) -> None:
    found = queries.coverage(owed, LAST_OLD)
    assert figures(found) == (3, 7, 4, 1, 0)
    assert names(found.accepted) == [f"{POLICE} xã An", f"{POLICE} xã Đức", f"{FRONT} xã Đức"]
    assert names(found.outstanding) == [f"{FRONT} xã An", f"{POLICE} xã Bình", f"{FRONT} xã Bình", f"{POLICE} xã Cửa"]
    assert names(found.excused) == [f"{FRONT} xã Cửa"] and found.excused[0].basis == "Kiện toàn"
    first = found.accepted[0]
    assert (first.claim_number, first.claim_dated, first.on, first.place) == ("5/CTr", date(2024, 5, 6), date(2024, 5, 6), "tỉnh Đông")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (FIRST - timedelta(days=1), (0, 0, 0, 0, 0)),
        (FIRST, (0, 8, 0, 0, 0)),
        (date(2024, 2, 29), (0, 8, 0, 0, 0)),
        (date(2024, 3, 1), (0, 7, 0, 1, 0)),
        (date(2024, 5, 5), (0, 7, 0, 1, 0)),
        (date(2024, 5, 6), (1, 7, 0, 1, 0)),
        (date(2024, 7, 1), (3, 7, 0, 1, 0)),
        (date(2024, 12, 14), (3, 7, 0, 1, 0)),
        (date(2024, 12, 15), (3, 7, 4, 1, 0)),
    ],
)
def test_every_state_counts_from_its_own_day(owed: Obligation, on: date, expected: tuple[int, ...]) -> None:
    assert figures(queries.coverage(owed, on)) == expected


def test_by_line_and_level_and_by_province(land: make.Country, owed: Obligation) -> None:
    found = queries.coverage(owed, LAST_OLD)
    parts = {key: (part.accepted, part.owed, part.overdue, part.excused) for key, part in found.by_line_and_level().items()}
    assert parts == {("police", Level.COMMUNE): (2, 4, 2, 0), ("front", Level.COMMUNE): (1, 3, 2, 1)}
    provinces = {key[1]: (part.accepted, part.owed, part.excused) for key, part in found.by_province().items()}
    assert provinces == {"tỉnh Đông": (1, 4, 0), "tỉnh Tây": (2, 3, 1)}


def test_lines_and_areas_narrow_the_coverage(land: make.Country, owed: Obligation) -> None:
    assert figures(queries.coverage(owed, LAST_OLD, lines=["police"])) == (2, 4, 2, 0, 0)
    assert figures(queries.coverage(owed, LAST_OLD, lines=[])) == (3, 7, 4, 1, 0)
    assert figures(queries.coverage(owed, LAST_OLD, under_area=land.areas["west"].pk)) == (2, 3, 1, 1, 0)
    assert names(queries.coverage(owed, LAST_OLD, under_area=land.areas["an"].pk, lines=["front"]).outstanding) == [f"{FRONT} xã An"]
    assert figures(queries.coverage(owed, LAST_OLD, under_area=land.areas["both"].pk)) == (0, 0, 0, 0, 0)


def test_a_unit_that_ended_stays_in_its_list_until_an_act_closes_the_duty(owed: Obligation) -> None:
    found = queries.coverage(owed, make.REFORM)
    assert figures(found) == (3, 7, 4, 1, 0)
    assert [line.unit_name for line in found.accepted + found.outstanding if not line.ended] == [f"{POLICE} xã Đức", f"{FRONT} xã Đức"]


def test_ended_units_close_by_fulfilment_succession_or_lapse(land: make.Country, owed: Obligation) -> None:
    actions.resolve_duties(obligation=owed, on=make.REFORM, by=make.JOB, at=make.AT)
    rows = actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT)
    told = {row.duty.unit.key: (str(row.state), row.successor.key if row.successor else None, row.basis) for row in rows}
    act, nobody = "Nghị quyết 202/2025/QH15", "Đơn vị kết thúc từ ngày 01/07/2025"
    assert told == {
        "police-an": ("fulfilled", "police-an_binh", act),
        "front-an": ("succeeded", "front-an_binh", act),
        "police-binh": ("succeeded", "police-an_binh", act),
        "front-binh": ("succeeded", "front-an_binh", act),
        "police-cua": ("lapsed", None, nobody),
        "front-cua": ("lapsed", None, nobody),
    }
    assert {row.on for row in rows} == {make.REFORM}
    assert actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT) == []
    assert Event.objects.filter(name="programmes.duty_closed").count() == 6


def test_the_day_before_the_change_reads_the_same_after_the_closing(land: make.Country, owed: Obligation) -> None:
    before = queries.coverage(owed, LAST_OLD)
    actions.resolve_duties(obligation=owed, on=make.REFORM, by=make.JOB, at=make.AT)
    actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT)
    assert queries.coverage(owed, LAST_OLD) == before
    after = queries.coverage(owed, make.REFORM)
    assert figures(after) == (2, 4, 0, 0, 6)
    assert names(after.outstanding) == [f"{POLICE} xã An Bình", f"{FRONT} xã An Bình"]
    assert [(line.unit_name, line.state, line.successor) for line in after.closed][:2] == [
        (f"{POLICE} xã An", "fulfilled", f"{POLICE} xã An Bình"), (f"{FRONT} xã An", "succeeded", f"{FRONT} xã An Bình")
    ]  # fmt: skip
    everyone = {line.duty_id for listed in after.lists().values() for line in listed}
    assert everyone == set(owed.duties.values_list("pk", flat=True))


def test_closed_duties_stand_under_the_area_that_took_over(land: make.Country, owed: Obligation) -> None:
    actions.resolve_duties(obligation=owed, on=make.REFORM, by=make.JOB, at=make.AT)
    actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT)
    under = queries.coverage(owed, make.REFORM, under_area=land.areas["an_binh"].pk)
    assert (figures(under), len(under.closed)) == ((0, 2, 0, 0, 4), 4)
    assert figures(queries.coverage(owed, make.REFORM, under_area=land.areas["both"].pk)) == (2, 4, 0, 0, 6)
    assert figures(queries.coverage(owed, make.REFORM, under_area=land.areas["east"].pk)) == (0, 0, 0, 0, 4)


def test_without_the_list_of_the_new_units_a_duty_lapses_and_a_half_open_end_is_respected(land: make.Country, owed: Obligation) -> None:
    assert actions.close_ended(on=LAST_OLD, by=make.JOB, at=make.AT) == []
    rows = actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT, obligation=owed)
    assert {str(row.state) for row in rows if row.duty.unit.key != "police-an"} == {"lapsed"}


def test_who_may_close_and_for_which_day(land: make.Country, owed: Obligation) -> None:
    with pytest.raises(Refused) as caught:
        actions.close_ended(on=date(2026, 3, 3), by=make.JOB, at=make.AT)
    assert caught.value.field == "on"
    stranger = make.holder("x", decide=land.police["centre"])
    assert actions.close_ended(on=make.REFORM, by=stranger, at=make.AT) == []
    with pytest.raises(Refused):
        actions.close_ended(on=make.REFORM, by=stranger, at=make.AT, obligation=owed)
    assert len(actions.close_ended(on=make.REFORM, by=make.holder("vp", programme=land.police["centre"]), at=make.AT)) == 6


def test_a_closed_duty_takes_no_claim(land: make.Country, owed: Obligation) -> None:
    actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT)
    with pytest.raises(Refused) as caught:
        make.claimed(make.duty(owed, land.police["cua"]))
    assert caught.value.field == "duty"


def test_counts_agree_with_the_lists_and_with_the_pure_rule(land: make.Country, owed: Obligation) -> None:
    actions.resolve_duties(obligation=owed, on=make.REFORM, by=make.JOB, at=make.AT)
    actions.close_ended(on=make.REFORM, by=make.JOB, at=make.AT)
    rows = [core.StateRow(*row) for row in DutyState.objects.values_list("duty_id", "id", "state", "on")]
    since = dict(owed.duties.values_list("pk", "since"))
    for on in (FIRST, date(2024, 5, 6), date(2024, 12, 15), LAST_OLD, make.REFORM, date(2026, 3, 2)):
        found, number, pure = queries.coverage(owed, on), queries.counts([owed], on)[owed.pk], core.buckets(rows, on, since)
        assert figures(found) == (number.accepted, number.owed, number.overdue, number.excused, number.closed)
        for name, listed in found.lists().items():
            assert {line.duty_id for line in listed} == getattr(pure, name)


def test_of_every_period_the_last_begun_counts(land: make.Country) -> None:
    row = make.obligation(make.programme(land), ("police", Level.PROVINCE), code="NV-04", due_rule=DueRule.EVERY_ROUND, due_on=None)
    for year, on in (("2024", date(2024, 12, 14)), ("2025", date(2025, 12, 14))):
        actions.resolve_duties(obligation=row, on=on, occasion=year, due_on=on + timedelta(days=6), by=make.JOB, at=make.AT)
    assert names(queries.coverage(row, date(2025, 12, 13)).outstanding) == [f"{POLICE} tỉnh Đông", f"{POLICE} tỉnh Tây"]
    assert names(queries.coverage(row, date(2025, 12, 14)).outstanding) == [f"{POLICE} tỉnh Đông Tây"]
    assert queries.counts([row], date(2025, 12, 31))[row.pk].occasion == "2025"
    assert queries.coverage(row, date(2025, 12, 31), occasion="2024").denominator == 2


def test_an_empty_coverage_has_no_rate_to_divide(land: make.Country) -> None:
    row = make.obligation(make.programme(land))
    found = queries.coverage(row, date(2026, 1, 1))
    assert (found.numerator, found.denominator) == (0, 0)
    assert queries.counts([row], date(2026, 1, 1))[row.pk].owed == 0


def test_coverage_takes_as_many_queries_for_two_duties_as_for_eight(
    land: make.Country, owed: Obligation, django_assert_num_queries: Callable[[int], Any]
) -> None:
    small = make.obligation(owed.programme, ("police", Level.PROVINCE), code="NV-02")
    actions.resolve_duties(obligation=small, on=FIRST, by=make.JOB, at=make.AT)
    queries.coverage(owed, LAST_OLD)
    for row in (owed, small):
        with django_assert_num_queries(6):
            queries.coverage(row, LAST_OLD)
        with django_assert_num_queries(1):
            queries.counts([row, owed], LAST_OLD)

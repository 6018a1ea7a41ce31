"""The pure rules: which state follows which, due dates, coverage on a day, numbers and symbols."""
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.programmes import core
from soket.programmes.core import State, StateRow
from soket.programmes.models import DutyStateName

D = date(2025, 6, 30)
days = st.integers(0, 60).map(lambda n: D + timedelta(days=n))
rows = st.lists(st.tuples(st.integers(1, 8), st.sampled_from(list(State)), days), max_size=40).map(
    lambda listed: [StateRow(duty, place, state, on) for place, (duty, state, on) in enumerate(listed)]
)


def test_the_stored_codes_are_the_states() -> None:
    assert {state.value for state in State} == set(DutyStateName.values)
    assert set(State) == core.OPEN | core.CLOSED and not core.OPEN & core.CLOSED


@pytest.mark.parametrize(
    ("old", "allowed"),
    [
        ("due", {"claimed", "excused", "succeeded", "lapsed"}),
        ("claimed", {"accepted", "returned", "succeeded", "lapsed"}),
        ("returned", {"claimed", "excused", "succeeded", "lapsed"}),
        ("excused", {"claimed", "succeeded", "lapsed"}),
        ("accepted", {"fulfilled"}),
        ("fulfilled", set()),
        ("succeeded", set()),
        ("lapsed", set()),
    ],
)
def test_what_may_follow_what(old: str, allowed: set[str]) -> None:
    assert {new.value for new in State if core.may_follow(old, new)} == allowed


def test_a_state_counts_from_its_day_on_and_not_the_day_before() -> None:
    told = [StateRow(1, 1, State.DUE, D), StateRow(1, 2, State.ACCEPTED, D + timedelta(days=3))]
    assert not core.buckets(told, D - timedelta(days=1)).outstanding
    assert core.buckets(told, D + timedelta(days=2)).outstanding == {1}
    assert core.buckets(told, D + timedelta(days=3)).accepted == {1}


def test_evidence_entered_late_tells_the_past() -> None:
    """Claimed on 1 March 2026, accepted for a document of 1 September 2016: accepted from 2016 on."""
    told = [
        StateRow(1, 1, State.DUE, date(2016, 6, 15)),
        StateRow(1, 2, State.CLAIMED, date(2026, 3, 1)),
        StateRow(1, 3, State.ACCEPTED, date(2016, 9, 1)),
    ]
    assert core.buckets(told, date(2016, 8, 31)).outstanding == {1}
    assert core.buckets(told, date(2018, 12, 31)).accepted == {1}
    assert core.buckets(told, date(2026, 3, 2)).accepted == {1}


def test_excused_and_closed_stand_apart_from_the_denominator() -> None:
    told = [StateRow(n, n, state, D) for n, state in enumerate(State)]
    found = core.buckets(told, D)
    assert (found.numerator, found.denominator, len(found.excused), len(found.closed)) == (1, 4, 1, 3)


@given(rows, days)
def test_the_rate_never_exceeds_one_and_every_duty_is_in_exactly_one_list(told: list[StateRow], on: date) -> None:
    found = core.buckets(told, on)
    lists = [found.accepted, found.outstanding, found.excused, found.closed]
    assert 0 <= found.numerator <= found.denominator
    assert sum(map(len, lists)) == len(frozenset().union(*lists)) == len({row.duty for row in told if row.on <= on})


@given(rows, days, st.randoms(use_true_random=False))
def test_the_order_of_reading_never_matters(told: list[StateRow], on: date, shuffler: object) -> None:
    mixed = list(told)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert core.buckets(mixed, on) == core.buckets(told, on)


@given(rows, days)
def test_a_duty_is_not_counted_before_it_begins(told: list[StateRow], on: date) -> None:
    since = {row.duty: on + timedelta(days=row.duty % 2) for row in told}
    found = core.buckets(told, on, since)
    counted = found.accepted | found.outstanding | found.excused | found.closed
    assert counted == {row.duty for row in told if row.on <= on and row.duty % 2 == 0}


def test_the_due_day_itself_is_in_time_and_a_waiting_claim_is_not_late() -> None:
    assert not core.is_overdue("due", D, D)
    assert core.is_overdue("due", D, D + timedelta(days=1)) and core.is_overdue("returned", D, D + timedelta(days=1))
    assert not core.is_overdue("claimed", D, D + timedelta(days=1))
    assert not core.is_overdue("due", None, D)


SIGNED, BEGAN = date(2023, 8, 1), date(2025, 7, 1)


@pytest.mark.parametrize(
    ("rule", "given_", "expected"),
    [
        ("date", {"due_on": date(2025, 12, 14), "since": BEGAN}, date(2025, 12, 14)),
        ("date", {"due_on": date(2025, 7, 1), "since": BEGAN}, date(2025, 7, 1)),
        ("date", {"due_on": date(2025, 6, 30), "since": BEGAN}, None),
        ("after_signature", {"due_days": 90, "signed_on": SIGNED, "since": date(2013, 1, 1)}, date(2023, 10, 30)),
        ("after_signature", {"due_days": 90, "signed_on": SIGNED, "since": BEGAN}, date(2025, 9, 29)),
        ("after_signature", {"due_days": 90, "signed_on": None, "since": BEGAN}, None),
        ("every_round", {"due_on": date(2025, 12, 20), "since": BEGAN}, date(2025, 12, 20)),
        ("every_round", {"since": BEGAN}, None),
        ("open", {"due_on": date(2025, 12, 20), "since": BEGAN}, None),
    ],
)
def test_due_dates(rule: str, given_: dict[str, object], expected: date | None) -> None:
    assert core.due_date(rule, **given_) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signed", "starts", "span", "first"),
    [
        (SIGNED, None, "2023–2033", SIGNED),
        (SIGNED, date(2023, 1, 1), "", date(2023, 1, 1)),
        (None, None, "2023–2033", date(2023, 1, 1)),
        (None, None, "không rõ", None),
    ],
)
def test_the_first_day_a_document_can_bear(signed: date | None, starts: date | None, span: str, first: date | None) -> None:
    assert core.earliest_day(signed, starts, span) == first


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("45/QC-CAT", "45/QC-CAT"),
        ("  Số: 45 / QC – CAT ", "45/QC-CAT"),
        ("số 12/2024/CTr-BCA", "12/2024/CTr-BCA"),
        ("07-CTr/ĐU", "07-CTr/ĐU"),
        ("7/QĐ\u2011UBND", "7/QĐ-UBND"),
        ("12/QC-U\u0309BND", "12/QC-ỦBND"),
    ],
)
def test_a_document_number_has_one_spelling(typed: str, kept: str) -> None:
    assert core.document_number(typed) == kept
    assert core.document_number(kept) == kept


@pytest.mark.parametrize("typed", ["", "   ", "QC-CAT", "số", "12<b>", "1" * 61, "12\ud800", "12\x00"])
def test_what_is_no_document_number_is_refused(typed: str) -> None:
    with pytest.raises(core.BadNumber):
        core.document_number(typed)


def test_spellings_of_a_symbol_meet_and_make_an_address() -> None:
    spellings = ["22-CTr/ĐUCA-V28", "22/CTrĐUCA-V28", "22-Ctr/ĐUCA-V28", "22 ctr duca v28"]
    assert {core.symbol_key(text) for text in spellings} == {"22ctrducav28"}
    assert core.slug_of("38-CTr/BDVTW-BCA") == "38-ctr-bdvtw-bca"
    assert core.slug_of("—") == ""

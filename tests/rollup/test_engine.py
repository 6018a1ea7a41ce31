"""The table at hand equals one read anew, whatever happened since, and only what happened is read."""
from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from soket.organisations import queries as organisation_queries
from soket.organisations.models import Unit
from soket.reporting import actions
from soket.reporting.models import Round, Submission, Verdict
from soket.rollup import engine, queries, tables
from soket.rollup.columns import read_round, write_round
from tests.factories import organisations
from tests.factories import reporting as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> make.Country:
    return make.country()


@pytest.fixture
def year(country: make.Country) -> Round:
    return make.year_round()


def accept(year: Round, country: make.Country, unit: Unit, sessions: int) -> None:
    """The unit's report, or the correction of it, sent and accepted."""
    report = make.report_of(year, unit)
    receipt = make.submitted(report, base=report.head_id, TT01=sessions)
    by = make.holder("above", decide=country.police["province"])
    actions.decide(submission=Submission.objects.get(pk=receipt.submission_id), verdict=Verdict.ACCEPTED, by=by, at=make.IN_TIME)


def agrees(year: Round) -> int:
    """The table at hand holds what a fresh reading holds; returns the sessions of all units."""
    at_hand, anew = engine.table(year), tables.fresh(year, engine.geography(year.ends))
    for name in ("unit_ids", "area_ids", "line_nos", "days", "decisions", "values", "states"):
        assert np.array_equal(getattr(at_hand, name), getattr(anew, name)), name
    return int(at_hand.values[:, at_hand.column("TT01")].sum())


def test_decisions_are_taken_into_the_table_at_hand(country: make.Country, year: Round) -> None:
    one, two = country.police["one"], country.police["two"]
    assert agrees(year) == 0
    accept(year, country, one, 5)
    assert agrees(year) == 5
    accept(year, country, two, 7)
    accept(year, country, one, 6)
    assert agrees(year) == 13
    actions.excuse_report(report=make.report_of(year, country.front["one"]), reason="Lũ", by=make.OFFICE, at=make.IN_TIME)
    assert agrees(year) == 13


def test_figures_made_before_a_decision_stay_as_they_were(country: make.Country, year: Round) -> None:
    before = engine.table(year)
    accept(year, country, country.police["one"], 5)
    assert int(engine.table(year).values.sum()) != int(before.values.sum()) == 0


def test_a_later_decision_reads_its_own_row_and_not_the_round(country: make.Country, year: Round) -> None:
    engine.table(year)
    accept(year, country, country.police["one"], 5)
    with CaptureQueriesContext(connection) as asked:
        engine.table(year)
    assert not any("first_late" in query["sql"] for query in asked.captured_queries), "only a fresh reading lists every owed report"
    with CaptureQueriesContext(connection) as asked:
        engine.table(year)
    assert len(asked.captured_queries) == 6, "five looks at the ends of indexes and one at the tree"


def test_a_decision_that_was_rolled_back_leaves_nothing_even_when_its_number_is_given_again(country: make.Country, year: Round) -> None:
    accept(year, country, country.police["one"], 5)
    with transaction.atomic():
        accept(year, country, country.police["two"], 40)
        assert agrees(year) == 45
        transaction.set_rollback(True)
    assert agrees(year) == 5
    accept(year, country, country.police["two"], 3)
    assert agrees(year) == 8


def test_a_number_given_again_to_another_unit_with_the_same_content_is_seen(country: make.Country, year: Round) -> None:
    one, two = country.police["one"], country.police["two"]
    assert agrees(year) == 0
    with transaction.atomic():
        accept(year, country, two, 40)
        assert int(engine.table(year).values[engine.table(year).row_of(two.pk), engine.table(year).column("TT01")]) == 40
        transaction.set_rollback(True)
    accept(year, country, one, 40)
    assert agrees(year) == 40


def test_an_act_of_succession_lays_the_rows_down_anew(country: make.Country, year: Round) -> None:
    accept(year, country, country.police["one"], 5)
    first = tables.held(year, engine.geography).number
    organisations.area("Xã Mới", parent=country.areas["province"], since=date(2025, 7, 1))
    assert tables.held(year, engine.geography).number != first
    assert agrees(year) == 5


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a request: what is read is committed, so it may be kept in a file."""
    monkeypatch.setattr(tables, "connection", type("Committed", (), {"in_atomic_block": False}))


def test_another_process_starts_from_the_file_and_takes_in_what_was_decided_since(country: make.Country, year: Round, outside: None) -> None:
    one, two = country.police["one"], country.police["two"]
    accept(year, country, one, 5)
    assert agrees(year) == 5
    engine.forget()
    assert tables.from_file(year, organisation_queries.tree_token()) is not None
    assert agrees(year) == 5
    accept(year, country, two, 7)
    accept(year, country, one, 6)
    engine.forget()
    assert tables.from_file(year, organisation_queries.tree_token()) is not None
    assert agrees(year) == 13


def test_a_file_of_other_reports_another_tree_or_no_sense_is_not_read(country: make.Country, year: Round, outside: None) -> None:
    accept(year, country, country.police["one"], 5)
    assert agrees(year) == 5
    (path,) = (Path(settings.DATA) / "cut").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert tables.from_file(year, "another tree") is None
    actions.excuse_report(report=make.report_of(year, country.front["one"]), reason="Lũ", by=make.OFFICE, at=make.IN_TIME)
    assert tables.from_file(year, organisation_queries.tree_token()) is None
    engine.forget()
    assert agrees(year) == 5
    for broken in (b"", path.read_bytes()[:200], b"x" * 300):
        path.write_bytes(broken)
        engine.forget()
        assert agrees(year) == 5


def test_a_frozen_figure_is_never_made_from_the_file(country: make.Country, year: Round, outside: None) -> None:
    accept(year, country, country.police["one"], 5)
    assert agrees(year) == 5
    (path,) = (Path(settings.DATA) / "cut").iterdir()
    stored = read_round(path)
    stored.table.values[stored.table.row_of(country.police["one"].pk), stored.table.column("TT01")] = 999
    write_round(path, stored)
    engine.forget()
    assert int(engine.table(year).values[:, engine.table(year).column("TT01")].sum()) == 999, "whoever may write the data folder may mislead a page"
    queries.read_anew([year.slug])
    assert agrees(year) == 5

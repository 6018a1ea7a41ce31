"""A small country and an open yearly round."""

from __future__ import annotations

import pytest

from soket.reporting.models import Report, Round
from tests.factories import reporting as make


@pytest.fixture
def country(db: None) -> make.Country:
    return make.country()


@pytest.fixture
def year(country: make.Country) -> Round:
    return make.year_round()


@pytest.fixture
def report(country: make.Country, year: Round) -> Report:
    """The report of the first commune's police."""
    return make.report_of(year, country.police["one"])

"""The real country, loaded once for a module and rolled back after it."""
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from soket.accounts import actions as accounts
from soket.accounts.models import Person
from soket.kernel.actor import Office
from soket.organisations.models import Unit
from tests.factories import organisations as make
from tests.support.client import LintingClient


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """Everything: areas on both sides of 1 July 2025 and the four lines. Gives the loader's counts."""
    with django_db_blocker.unblock(), transaction.atomic():
        counts = make.load()
        connection.check_constraints()  # once for all tests: each of them would check the whole country again
        yield counts
        transaction.set_rollback(True)


def _person(name: str) -> Person:
    password = "mat-khau-thu-nghiem-2026"
    return accounts.create_person(username=name, label=f"Cán bộ {name}", password=password, by=make.LOADER, at=make.AT)


@pytest.fixture
def reader(client: LintingClient) -> Person:
    """Someone signed in who holds no post."""
    person = _person("doc")
    client.force_login(person)
    return person


@pytest.fixture
def appoint(client: LintingClient) -> Callable[..., Person]:
    """Sign in someone who administers the units given."""

    def give(*units: Unit) -> Person:
        person = _person("quantri")
        for unit in units:
            accounts.give_post(
                person=person, unit_id=unit.pk, office=Office.ADMINISTER, title="Quản trị", valid_from=make.LONG_AGO, basis="QĐ 1",
                by=make.LOADER, at=make.AT,
            )  # fmt: skip
        client.force_login(person)
        return person

    return give

"""The real country, loaded once for a module and rolled back after it."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import organisations as make


@pytest.fixture(scope="module")
def country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    """Everything: areas on both sides of 1 July 2025 and the four lines. Gives the loader's counts."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make.load()
        transaction.set_rollback(True)

"""Every URL meets every kind of actor. A URL missing from the matrix fails; so does one that disappears.

Kinds of actor: nobody (anonymous), idle (an account without a post), and, where a world is needed, the rooms'
own tests go deeper. Outcomes for a GET: 200, 302 (to sign in, or onward), 404, 405.
"""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from soket.accounts.models import Person
from tests.support.client import LintingClient

LEDGER = Path(__file__).with_name("urls.json")
UNKNOWN = {"int": "987654321", "str": "khong-co", "slug": "khong-co", "uuid": "00000000-0000-4000-8000-000000000000", "path": "khong-co"}


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            yield from _patterns(item, prefix + str(item.pattern))
        else:
            yield prefix + str(item.pattern), item


def routes() -> list[str]:
    return sorted({"/" + route for route, _ in _patterns(get_resolver()) if not route.startswith("^")})


def _address(route: str) -> str:
    parts = []
    for piece in route.split("<"):
        kind, closed, rest = piece.partition(">")
        parts.append(UNKNOWN[kind.split(":")[0] if ":" in kind else "str"] + rest if closed else piece)
    return "".join(parts)


def _ledger() -> dict[str, dict[str, int]]:
    return json.loads(LEDGER.read_text(encoding="utf-8"))


@pytest.mark.one_database
def test_every_route_is_in_the_ledger_and_none_has_disappeared() -> None:
    assert routes() == sorted(_ledger())


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(json.loads(LEDGER.read_text(encoding="utf-8"))) if LEDGER.exists() else [])
def test_a_route_answers_each_kind_of_actor_as_written(route: str, client: LintingClient) -> None:
    expected = _ledger()[route]
    client.raise_request_exception = True
    answers = {"nobody": client.get(_address(route)).status_code}
    person = Person(username="idle", label="Tài khoản không chức vụ", password="!", active_from=timezone.now())
    person.save()
    client.force_login(person)
    answers["idle"] = client.get(_address(route)).status_code
    assert answers == expected

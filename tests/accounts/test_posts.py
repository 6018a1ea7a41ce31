"""Accounts and posts: access follows dated posts; what lies outside one's posts answers 404."""
from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from soket.accounts import actions, queries
from soket.accounts.models import Person, Post
from soket.kernel.actor import Office, SystemActor
from soket.kernel.clock import now
from soket.kernel.door import Refused, open_door
from soket.organisations.models import Unit
from tests.factories import reporting as make
from tests.support.client import LintingClient

JOB = SystemActor("job", "a job")
SINCE = date(2025, 1, 1)


class Small:
    """The police line of the small country: centre, one province, two communes."""

    def __init__(self) -> None:
        police = make.country().police
        self.centre, self.province, self.commune, self.neighbour = (police[name] for name in ("centre", "province", "one", "two"))


def _person(username: str) -> Person:
    return actions.create_person(username=username, label=f"Cán bộ, {username}", password="mat khau du dai 2026", by=JOB, at=now())


def _give(person: Person, unit: Unit, office: Office, since: date = SINCE) -> Post:
    return actions.give_post(person=person, unit_id=unit.pk, office=office, title="Cán bộ", valid_from=since, basis="Quyết định 1", by=JOB, at=now())


@pytest.mark.django_db
def test_a_post_reaches_from_its_first_day_until_the_day_it_ends() -> None:
    country = Small()
    person = _person("bao-cao")
    post = _give(person, country.commune, Office.REPORT)
    fresh = Person.objects.get(pk=person.pk)
    assert fresh.holds(Office.REPORT, SINCE, country.commune.pk)
    assert not fresh.holds(Office.REPORT, date(2024, 12, 31), country.commune.pk)
    assert not fresh.holds(Office.REPORT, SINCE, country.neighbour.pk)
    assert not fresh.holds(Office.DECIDE, SINCE, country.commune.pk)
    actions.end_post(post=post, valid_to=date(2025, 6, 1), by=JOB, at=now())
    again = Person.objects.get(pk=person.pk)
    assert again.holds(Office.REPORT, date(2025, 5, 31), country.commune.pk)
    assert not again.holds(Office.REPORT, date(2025, 6, 1), country.commune.pk)


@pytest.mark.django_db
def test_a_deciding_post_reaches_what_lies_below_and_nothing_beside() -> None:
    country = Small()
    person = _person("xet-duyet")
    _give(person, country.province, Office.DECIDE)
    reach = queries.reach_of(Person.objects.get(pk=person.pk), Office.DECIDE, SINCE)
    assert reach.units == {country.province.pk, country.commune.pk, country.neighbour.pk}


@pytest.mark.django_db
def test_an_ended_account_reaches_nothing() -> None:
    country = Small()
    person = _person("thoi-viec")
    _give(person, country.commune, Office.REPORT)
    actions.end_person(person=Person.objects.get(pk=person.pk), by=JOB, at=now())
    assert not Person.objects.get(pk=person.pk).holds(Office.REPORT, SINCE, country.commune.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": " "}, "title"), ({"basis": "a\x00b"}, "basis"), ({"unit_id": 10**9}, "unit"), ({"valid_from": date(1900, 1, 1)}, "unit")],
)
def test_a_wrong_post_is_refused_at_its_field(change: dict[str, object], field: str) -> None:
    country = Small()
    given: dict[str, object] = {"unit_id": country.commune.pk, "title": "Cán bộ", "valid_from": SINCE, "basis": "Quyết định 1"} | change
    with pytest.raises(Refused) as refused:
        actions.give_post(person=_person("sai"), office=Office.REPORT, by=JOB, at=now(), **given)  # type: ignore[arg-type]
    assert list(refused.value.errors) == [field]
    assert not Post.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("username", "password", "field"), [("", "mat khau du dai 2026", "username"), ("moi", "ngan", "password")])
def test_a_wrong_account_is_refused_at_its_field(username: str, password: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.create_person(username=username, label="Cán bộ", password=password, by=JOB, at=now())
    assert list(refused.value.errors) == [field]


@pytest.mark.django_db
def test_a_post_given_twice_and_an_end_before_the_beginning_are_refused() -> None:
    country = Small()
    person = _person("hai-lan")
    post = _give(person, country.commune, Office.REPORT)
    with pytest.raises(Refused, match=r".+"):
        _give(person, country.commune, Office.REPORT)
    with pytest.raises(Refused) as refused:
        actions.end_post(post=post, valid_to=SINCE, by=JOB, at=now())
    assert list(refused.value.errors) == ["valid_to"]


@pytest.mark.django_db
def test_the_database_refuses_overlapping_posts() -> None:
    country = Small()
    person = _person("chong")
    _give(person, country.commune, Office.REPORT)
    with open_door(), pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
        Post(person=person, unit=country.commune, office="report", title="x", valid_from=date(2025, 3, 1), basis="x").save()


@pytest.mark.django_db
def test_people_pages_are_for_administrators_and_keep_what_was_typed(client: LintingClient) -> None:
    country = Small()
    administrator, other = _person("quan-tri"), _person("nguoi-khac")
    _give(administrator, country.centre, Office.ADMINISTER)
    _give(other, country.commune, Office.REPORT)
    client.force_login(other)
    assert client.get("/nhan-su/").status_code == 404
    assert client.get(f"/nhan-su/{administrator.pk}/").status_code == 404
    client.force_login(administrator)
    assert "Cán bộ, nguoi-khac" in client.get("/nhan-su/").content.decode()
    refused = client.post("/nhan-su/moi/", {"username": "x-moi", "label": "Cán bộ mới", "password": "ngan"}).content.decode()
    assert 'value="x-moi"' in refused
    assert not Person.objects.filter(username="x-moi").exists()
    client.post("/nhan-su/moi/", {"username": "x-moi", "label": "Cán bộ mới", "password": "mat khau du dai 2026"})
    made = Person.objects.get(username="x-moi")
    data = {"unit": country.commune.pk, "office": "report", "title": "Cán bộ", "valid_from": "2025-02-01", "basis": "Quyết định 2"}
    assert client.post(f"/nhan-su/{made.pk}/", data).status_code == 302
    post = Post.objects.get(person=made)
    assert client.get(f"/nhan-su/{made.pk}/").status_code == 200
    client.post(f"/nhan-su/{made.pk}/chuc-vu/{post.pk}/thoi/", {"valid_to": "2025-03-01"})
    assert Post.objects.get(pk=post.pk).valid_to == date(2025, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_the_same_whatever_its_length(client: LintingClient, django_assert_num_queries: object, rows: int) -> None:
    country = Small()
    administrator = _person("quan-tri")
    _give(administrator, country.centre, Office.ADMINISTER)
    for number in range(rows):
        _person(f"nguoi-{number}")
    client.force_login(administrator)
    client.get("/nhan-su/")
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/nhan-su/")

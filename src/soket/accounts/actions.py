"""The writes of this room: open and end accounts, give and end posts."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from soket.accounts import events, rules
from soket.accounts.models import Person, Post
from soket.audit.actions import EventDraft, record, record_many
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.kernel.text import nfc
from soket.organisations import queries as organisations


def ref(person: Person) -> Ref:
    return Ref("accounts.person", str(person.pk), person.label)


def _clean(text: str, field: str) -> str:
    try:
        value = nfc(text)
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if not value:
        raise Refused(_("This field is required."), field=field)
    return value


@action
def create_person(*, username: str, label: str, password: str, by: Actor, at: datetime, synthetic: bool = False) -> Person:
    """Open an account. Raises Refused on a taken name or a weak password (14 characters, not a common one)."""
    username, label = _clean(username, "username").lower(), _clean(label, "label")
    if Person.objects.filter(username=username).exists():
        raise Refused(_("This account name is already used."), field="username")
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), field="password") from None
    person = Person(username=username, label=label, password=make_password(password), active_from=at, synthetic=synthetic)
    person.save(force_insert=True)
    record(event=events.PERSON_CREATED, by=by, subject=ref(person), at=at, payload={"username": username})
    return person


@action
def end_person(*, person: Person, by: Actor, at: datetime) -> Person:
    """End an account at once; its posts stay in history."""
    if person.ended_at is not None:
        raise Refused(_("This account has already ended."))
    person.ended_at = at
    person.save(update_fields=["ended_at"])
    record(event=events.PERSON_ENDED, by=by, subject=ref(person), at=at, payload={"username": person.username})
    return person


@dataclass(frozen=True)
class PostDraft:
    """A post to be given: who, where, which office, under which title, from when, on what basis."""

    person: Person
    unit_id: int
    office: Office
    title: str
    valid_from: date
    basis: str


@action
def give_posts(*, posts: Sequence[PostDraft], by: Actor, at: datetime) -> list[Post]:
    """Give several posts in one act; each is checked and recorded as if given alone."""
    rows, drafts = [], []
    for draft in posts:
        node = organisations.unit_at(draft.unit_id, draft.valid_from)
        if node is None:
            raise Refused(_("The unit does not exist on that day."), field="unit")
        if not rules.may_give_post(by, draft.unit_id, day_of(at)):
            raise Refused(_("You do not administer this unit."), field="unit")
        row = Post(
            person=draft.person, unit_id=draft.unit_id, office=draft.office, title=_clean(draft.title, "title"),
            valid_from=draft.valid_from, basis=_clean(draft.basis, "basis"),
        )
        held = Post.objects.filter(person=draft.person, unit_id=draft.unit_id, office=draft.office, valid_to=None)
        if held.exists():
            raise Refused(_("This person already holds this office at this unit."), field="office")
        row.save(force_insert=True)
        rows.append(row)
        payload = {"office": draft.office.value, "unit": node.name, "valid_from": draft.valid_from.isoformat()}
        drafts.append(EventDraft(events.POST_GIVEN, by, ref(draft.person), at, payload, draft.basis))
    record_many(drafts=drafts)
    return rows


@action
def give_post(
    *, person: Person, unit_id: int, office: Office, title: str, valid_from: date, basis: str, by: Actor, at: datetime
) -> Post:
    """Give one post. Raises Refused with the field that is wrong."""
    return give_posts(posts=[PostDraft(person, unit_id, office, title, valid_from, basis)], by=by, at=at)[0]


@action
def end_post(*, post: Post, valid_to: date, by: Actor, at: datetime) -> Post:
    """End a post with a day (half-open: the day is the first without it)."""
    if not rules.may_give_post(by, post.unit_id, day_of(at)):
        raise Refused(_("You do not administer this unit."), field="unit")
    if post.valid_to is not None:
        raise Refused(_("This post has already ended."), field="valid_to")
    if valid_to <= post.valid_from:
        raise Refused(_("A post cannot end before it begins."), field="valid_to")
    post.valid_to = valid_to
    post.save(update_fields=["valid_to"])
    node = organisations.unit_at(post.unit_id, post.valid_from)
    payload = {"office": post.office, "unit": node.name if node else "", "valid_to": valid_to.isoformat()}
    record(event=events.POST_ENDED, by=by, subject=ref(post.person), at=at, payload=payload)
    return post

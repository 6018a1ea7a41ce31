"""Reads: which offices a person holds on a day, and which units that reaches."""
from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from soket.accounts.models import OFFICE_WORDS, Person, Post
from soket.kernel.actor import NOWHERE, Office, Reach
from soket.kernel.memo import once
from soket.organisations import queries as organisations

OWN_ONLY = {Office.REPORT, Office.COMMEND, Office.SIGN, Office.WRITE, Office.EDIT, Office.PUBLISH, Office.PICTURE, Office.SOUND}


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))


def posts_of(person: Person, day: date) -> list[Post]:
    """The posts held on `day`, in the order they were given. Read once per person object and day."""
    cache: dict[date, list[Post]] = person.__dict__.setdefault("_posts", {})
    if person.pk is None:
        return []
    if day not in cache:
        held = person.posts.filter(_on(day)).select_related("unit__line").order_by("id")
        cache[day] = once(("accounts.posts", person.pk, day), lambda: list(held))
    return cache[day]


def holders(office: Office, unit_id: int, day: date) -> QuerySet[Person]:
    """Who holds `office` at exactly this unit on `day`."""
    held = Post.objects.filter(_on(day), office=office, unit_id=unit_id).values("person_id")
    return Person.objects.filter(pk__in=held, ended_at=None).order_by("pk")


def _covered(post: Post, office: Office, day: date) -> Reach:
    """An own-unit office reaches the unit and those it succeeded; a deciding one its whole subtree."""
    if office in OWN_ONLY:
        before = organisations.unit_predecessors(post.unit_id)
        return Reach(frozenset([post.unit_id, *(step.unit_id for step in before)]))
    node = organisations.unit_at(post.unit_id, day)
    if node is None:
        return Reach(frozenset([post.unit_id]))
    if node.parent is None and office is Office.ADMINISTER:
        return Reach(everything=True)
    return Reach(frozenset(organisations.unit_tree(post.unit.line.code, day).subtree(post.unit_id)))


def reach_of(person: Person, office: Office, day: date) -> Reach:
    """The union of what the person's posts with `office` cover on `day`."""
    if not person.is_active:
        return NOWHERE
    cache: dict[tuple[Office, date], Reach] = person.__dict__.setdefault("_reach", {})
    if (office, day) not in cache:
        total = NOWHERE
        for post in posts_of(person, day):
            if post.office == office:
                total = total | _covered(post, office, day)
        cache[office, day] = total
    return cache[office, day]


def administers(person: Person, day: date) -> bool:
    """Whether the person holds the administering office anywhere on `day`."""
    return any(post.office == Office.ADMINISTER for post in posts_of(person, day))


def people_visible_to(person: Person, day: date) -> QuerySet[Person]:
    """Administrators see the accounts whose posts lie in their reach; others see only themselves."""
    reach = reach_of(person, Office.ADMINISTER, day)
    if reach.everything:
        return Person.objects.order_by("label", "pk")
    inside = Post.objects.filter(unit_id__in=reach.units).values("person_id")
    return Person.objects.filter(Q(pk=person.pk) | Q(pk__in=inside)).order_by("label", "pk")


def search_people(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Narrowed by a part of the label or the account name."""
    text = text.strip()
    return people.filter(Q(label__icontains=text) | Q(username__icontains=text)) if text else people


def history_of(person: Person) -> list[Post]:
    """Every post the person held or holds, newest first, each with `unit_name` set."""
    posts = list(person.posts.select_related("unit__line").order_by("-valid_from", "-id"))
    for post in posts:
        node = organisations.unit_at(post.unit_id, post.valid_from)
        post.unit_name = node.name if node else ""  # type: ignore[attr-defined]
        post.office_label = OFFICE_WORDS[Office(post.office)]  # type: ignore[attr-defined]
    return posts

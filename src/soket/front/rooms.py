"""What front asks of the rooms: navigation along the chain, worklist items, statements."""
from __future__ import annotations

from datetime import date, datetime

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from soket.accounts import queries as accounts
from soket.accounts.models import Person, Post
from soket.front.worklists import SOURCES
from soket.jobs import queries as jobs
from soket.organisations import queries as organisations
from soket.ui.work import WorkItem


def chain() -> list[tuple[str, str]]:
    """The chain from programme to statement: (label, URL name) in order."""
    return [
        (_("Worklist"), "front:worklist"),
        (_("Units"), "organisations:tree"),
        (_("Programmes"), "programmes:list"),
        (_("Reports"), "reporting:list"),
        (_("Roll-up"), "rollup:board"),
        (_("Reviews"), "reviews:list"),
        (_("Statements"), "publishing:desk"),
        (_("Record"), "audit:log"),
    ]


def navigation(path: str, room: str = "") -> list[tuple[str, str, bool]]:
    """The chain's rooms that exist: (label, url, whether the page lies in it, by its address or its room)."""
    items = []
    for label, name in chain():
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        items.append((label, url, path.startswith(url) or (room != "front" and name.split(":")[0] == room)))
    return items


def waiting_for(person: Person, at: datetime) -> list[tuple[str, list[WorkItem]]]:
    """Worklist items of every room that has some, in the order of the chain."""
    groups = [(str(label), source(person, at)) for label, source in SOURCES]
    return [(label, items) for label, items in groups if items]


def posts(person: Person, day: date) -> list[Post]:
    """Today's posts, each with `unit_name` set."""
    held = accounts.posts_of(person, day)
    for post in held:
        post.unit_name = unit_name(post.unit_id, day)  # type: ignore[attr-defined]
    return held


def pending_migrations(connection: BaseDatabaseWrapper) -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker_state(at: datetime) -> tuple[str, int]:
    """Whether a worker runs, in a word, and how many jobs wait."""
    return "running" if jobs.worker_lives(at) else "not running", jobs.waiting_count()


def unit_name(unit_id: int, day: date) -> str:
    """The unit's name on the day, or the last name it had."""
    node = organisations.unit_nearest(unit_id, day)
    return node.name if node else ""


def map_counts(day: date) -> list[tuple[str, int]]:
    """How many provinces and communes stand on the map that day; empty when nothing is loaded."""
    tree = organisations.area_tree(day)
    return [(_("Provinces and cities"), len(tree.at_level(1))), (_("Communes, wards and special zones"), len(tree.at_level(3)))] if len(tree) else []

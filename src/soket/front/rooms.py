"""What front asks of the rooms: navigation along the chain, worklist items, statements."""
from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from soket.accounts import queries as accounts
from soket.accounts.models import Person, Post
from soket.front.worklists import SOURCES
from soket.jobs import queries as jobs
from soket.kernel.actor import Office
from soket.organisations import queries as organisations
from soket.publishing import queries as publishing
from soket.ui.work import WorkItem

LATEST = 3


def chain() -> list[tuple[str, str]]:
    """The chain from programme to statement: (label, URL name) in order."""
    return [
        (_("Worklist"), "front:worklist"),
        (_("Units"), "organisations:tree"),
        (_("Programmes"), "programmes:list"),
        (_("Reports"), "reporting:list"),
        (_("Roll-up"), "rollup:board"),
        (_("Reviews"), "reviews:list"),
        (_("Conferences"), "conferences:list"),
        (_("Directions"), "directions:list"),
        (_("Commendations"), "commendations:list"),
        (_("Good models"), "exemplars:gallery"),
        (_("Statements"), "publishing:desk"),
        (_("Record"), "audit:log"),
    ]


def navigation(path: str, room: str = "") -> list[tuple[str, str, bool]]:
    """The chain's rooms that exist: (label, url, whether the page lies in it, by its address or its room)."""
    return [(label, url, path.startswith(url) or (room != "front" and name.split(":")[0] == room)) for label, name, url in _existing(chain())]


def public_navigation(path: str) -> list[tuple[str, str, bool]]:
    """What anyone may read: (label, url, whether the page lies in it)."""
    places = [(_("Public statements"), "publishing:articles"), (_("Signed reviews"), "reviews:list"),
              (_("Commendations"), "commendations:register"), (_("Good models"), "exemplars:gallery"), (_("Check a certificate"), "commendations:check"),
              (_("Check a dossier"), "reviews:verify"), (_("Check the record"), "audit:check")]
    return [(label, url, path.startswith(url)) for label, _name, url in _existing(places)]


def _existing(places: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(label, URL name, address) of those that have an address here."""
    found = []
    for label, name in places:
        with suppress(NoReverseMatch):
            found.append((label, name, reverse(name)))
    return found


def usual(held: list[Post]) -> list[tuple[str, str]]:
    """Where each office works most, (label, url) in the order of the chain, whether or not anything waits there."""
    places = [
        (Office.ADMINISTER, _("Accounts and posts"), "accounts:people"),
        (Office.ADMINISTER, _("Units: rename, merge"), "organisations:tree"),
        (Office.PROGRAMME, _("Programmes and their obligations"), "programmes:list"),
        (Office.DECIDE, _("Claims that wait for a decision"), "programmes:waiting"),
        (Office.REPORT, _("Reports of my units"), "reporting:list"),
        (Office.DECIDE, _("Reports that wait for a decision"), "reporting:queue"),
        (Office.PROGRAMME, _("Reporting periods"), "reporting:rounds"),
        (Office.PROGRAMME, _("Figures over the country"), "rollup:board"),
        (Office.PROGRAMME, _("Interim and final reviews"), "reviews:list"),
        (Office.PROGRAMME, _("Directions issued"), "directions:list"),
        (Office.REPORT, _("Nominations of my units"), "commendations:list"),
        (Office.COMMEND, _("Appraisals of my authorities"), "commendations:appraisals"),
        (Office.PROGRAMME, _("Commendation campaigns"), "commendations:list"),
        (Office.SIGN, _("Reviews to sign"), "reviews:list"),
        (Office.SIGN, _("Decisions on commendations"), "commendations:list"),
        (Office.WRITE, _("Statements: drafts"), "publishing:desk"),
        (Office.EDIT, _("Statements: drafts"), "publishing:desk"),
        (Office.EDIT, _("Photographs of the newsroom"), "publishing:photos"),
        (Office.PICTURE, _("Photographs of the newsroom"), "publishing:photos"),
        (Office.SOUND, _("Recordings of the newsroom"), "publishing:desk"),
        (Office.PUBLISH, _("Statements: approval"), "publishing:desk"),
    ]
    offices = {post.office for post in held}
    return list(dict.fromkeys((label, reverse(name)) for office, label, name in places if office in offices))


def statements() -> list[tuple[publishing.Released, list[publishing.Piece]]]:
    """The latest public articles, each with its first passage that holds a figure."""
    found = [one for one in (publishing.release_of(card.slug) for card in publishing.newest(LATEST)) if one is not None]
    return [(one, next((block.pieces for block in one.body if any(piece.figure for piece in block.pieces)), [])) for one in found]


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

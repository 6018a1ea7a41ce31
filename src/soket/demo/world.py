"""Builds the demonstration world on the real units, through the rooms' own actions. Seeded: every build is the same."""
from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from soket.accounts.models import Person
from soket.audit.actions import sequence_pending
from soket.audit.models import Position
from soket.demo import archive, commendations, conference, directions, duties, exemplars, newspaper, people, reports, reviews
from soket.demo.reports import OFFICE, Tally, moment
from soket.kernel.clock import now
from soket.kernel.door import open_door
from soket.organisations.actions.country import load_country
from soket.programmes.actions import close_ended, install_seed_programmes
from soket.reporting.actions import install_catalogue
from soket.reporting.models import PeriodRule, Round
from soket.rollup import engine

Say = Callable[[str], None]


class _Steps:
    """Numbered progress lines with the time each step took."""

    def __init__(self, say: Say, total: int) -> None:
        self.say, self.total, self.at, self.began = say, total, 0, time.monotonic()
        self.mark = self.began

    def done(self, what: str) -> None:
        self.at += 1
        moment_ = time.monotonic()
        self.say(f"[{self.at}/{self.total}] {what} ({moment_ - self.mark:.0f} s)")
        self.mark = moment_


def build(*, say: Say, marker: Path, only: frozenset[str] | None = None) -> dict[str, object]:
    """Build everything in one database; the marker is written last, so a broken build is never taken for whole.

    `only` keeps the provinces of 2025 with these codes: a small world for tests.
    """
    steps = _Steps(say, 12)
    with transaction.atomic(), open_door():
        counts = load_country(by=OFFICE, at=now(), only=only)
        steps.done(f"organisations: {counts['areas']} areas, {counts['units']} units, {counts['acts']} acts of succession")
        engine.forget()
        roles = people.create_all()
        steps.done(f"accounts: {len(roles)}")
        programmes = install_seed_programmes(by=OFFICE, at=moment(people.SINCE))
        owed = sum(duties.resolve(programme) for programme in programmes)
        done = sum(duties.claim_and_accept(programme) for programme in programmes)
        for programme in programmes:
            duties.excuse_some(programme)
        closed = close_ended(on=people.SINCE, by=OFFICE, at=moment(people.SINCE))
        steps.done(f"programmes: {len(programmes)}, duties {owed}, accepted {done}, closed with their units {len(closed)}")
        yearly, quarterly = install_catalogue(by=OFFICE, at=moment(people.SINCE))
        rounds = reports.open_all(yearly, quarterly, PeriodRule.objects.get(code="nd09-2019"))
        tally, own = Tally(), frozenset(people.unit_of(role).id for role in people.ROLES if role.level == 3)
        joint = sum(reports.joint_events(round_, 40) for round_ in (rounds[0], rounds[-1]))
        for round_ in rounds:
            reports.fill(round_, tally, open_last=round_.slug == rounds[-1].slug, left=own if round_.slug == rounds[-1].slug else frozenset())
        steps.done(f"reports: {tally.rounds} rounds, {tally.owed} owed, {tally.sent} sent ({tally.late} late), "
                   f"{tally.missing} missing, {tally.returned} returned; {joint} joint events")
        persons = {person.username: person for person in Person.objects.all()}
        newspaper.open_desk(persons, people.unit_of(next(role for role in people.ROLES if role.username == "bientap")).id)
        for plan in (reviews.EARLIER, reviews.RUNNING):
            reviews.build(plan, persons)
        steps.done("reviews: 2 frozen and signed by their parties, a statement published for each")
        held = conference.build(persons)
        steps.done(f"conference: {held.sites.count()} sites, {held.delegates.count()} delegates, an agenda issued")
        steps.done(f"directions: {len(directions.build(persons))} issued, one closed on its document")
        awards, nominations = commendations.build(persons)
        steps.done(f"commendations: {awards} awards decided in one campaign, {nominations} nominations in another")
        steps.done(f"exemplars: {exemplars.build(persons)} published, with who adopted them")
        news, older = newspaper.build(persons), archive.build(persons)
        steps.done(f"newspaper: {news} articles published, two at the desk, {older} moved in from an older one")
    sequence_pending(at=now(), limit=10_000_000)
    steps.done(f"record: {Position.objects.count()} acts in the hash tree")
    facts: dict[str, object] = {
        "accounts": [[role.username, unit, role.title, role.try_first] for role, unit in roles],
        "rounds": Round.objects.count(), "events": Position.objects.count(), "seconds": round(time.monotonic() - steps.began),
    }
    marker.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    steps.done(f"ready after {facts['seconds']} s")
    return facts


def welcome(marker: Path, port: int) -> str:
    """Where to go and who to be."""
    facts = json.loads(marker.read_text(encoding="utf-8"))
    lines = ["", f"Soket: http://127.0.0.1:{port}/", f"Mật khẩu chung của các tài khoản minh họa: {people.PASSWORD}", ""]
    lines += [f"  {username:10} {title}, {unit}: {hint}" for username, unit, title, hint in facts["accounts"]]
    return "\n".join([*lines, "", "Ctrl-C để dừng."])

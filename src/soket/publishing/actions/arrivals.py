"""An older newspaper's archive moving in: brought, read, approved by another person, and taken over article by article."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.kernel.actor import Actor, SystemActor
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import queries as organisations
from soket.publishing import picturing, rules, signals
from soket.publishing.actions import photos as library
from soket.publishing.actions import shelves
from soket.publishing.actions.base import enter, subject
from soket.publishing.actions.steps import release
from soket.publishing.actions.writing import create_article, save_revision
from soket.publishing.arriving.items import GRAVE, Fault, path_of
from soket.publishing.arriving.preparing import Prepared, numbered, without_pictures
from soket.publishing.arriving.reading import form_of
from soket.publishing.events import arrivals as events
from soket.publishing.models import Arrival, ArrivalRow, Article, ArticleStateName, Category, Photo, Redirect, Revision
from soket.publishing.queries import arrivals as queries
from soket.publishing.queries.library import same_bytes
from soket.publishing.texts import Extras, Shown

NEW, NONE = "moi", ""
"""What a section may become besides a category's id: a new category of its name, or none."""


@dataclass(frozen=True)
class Foreseen:
    """One item as it was read: by `key` it is known again."""

    number: int
    key: str
    title: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Brought:
    """A photograph of an article with its sizes drawn already; `place` as its mark in the text, 0 under the lead."""

    place: int
    upload: Upload
    made: picturing.Pictured
    caption: str
    credit: str
    alt: str


@action
def bring(
    *, office: int, upload: Upload, pictures: Upload | None, paper: str, by: Actor, at: datetime, synthetic: bool = False
) -> Arrival:
    """Keep the file (and the ZIP) for the unit `office` (id); the worker reads it. `paper` names the older newspaper. Raises Refused."""
    if organisations.unit_at(office, day_of(at)) is None or not rules.may_edit(by, office, day_of(at)):
        raise Refused(_("You do not edit texts of this unit."), field="office")
    name = rules.clean(paper, "paper", 200)
    file = store(content=upload.content, name=upload.name, allowed=files.ARCHIVES, by=by, at=at, synthetic=synthetic)
    zipped = None
    if pictures is not None:
        try:
            zipped = store(content=pictures.content, name=pictures.name, allowed=files.PICTURES, by=by, at=at, synthetic=synthetic)
        except Refused as refused:
            raise Refused(refused.message, field="pictures") from refused
    arrival = Arrival(
        office_id=office, file=file, pictures=zipped, form=form_of(upload.content, file.media_type), state="waiting", plan={"paper": name},
        synthetic=synthetic, at=at, by_id=by.actor_id, by_label=by.actor_label,
    )
    arrival.save(force_insert=True)
    record(event=events.BROUGHT, by=by, subject=_ref(arrival), at=at, payload={"paper": name, "sha256": file.sha256})
    _ask(arrival)
    return arrival


@action
def keep_reading(
    *, arrival: Arrival, items: Sequence[Foreseen], sections: Sequence[tuple[str, int]], notes: Sequence[Fault], by: Actor, at: datetime
) -> Arrival:
    """Keep what the worker read. One that was read stays as it is."""
    found = _held(arrival)
    if found.state != "waiting":
        return found
    rows = [
        ArrivalRow(
            arrival=found, number=item.number, old_url=item.key, title=item.title[:300], faults=[list(fault) for fault in item.faults],
            outcome="refused" if any(code in GRAVE for code, _words in item.faults) else "waiting",
        )
        for item in items
    ]
    ArrivalRow.objects.bulk_create(rows, batch_size=500)
    found.state, found.total = "ready", len(rows)
    found.plan = {**found.plan, "sections": [list(pair) for pair in sections], "notes": [list(note) for note in notes]}
    found.save()
    refused = sum(row.outcome == "refused" for row in rows)
    record(event=events.READ, by=by, subject=_ref(found), at=at, payload={"total": len(rows), "refused": refused})
    return found


@action
def fail_reading(*, arrival: Arrival, fault: Mapping[str, str], by: Actor, at: datetime) -> Arrival:
    """The file cannot be read; `fault` says why, by language."""
    found = _held(arrival)
    if found.state == "waiting":
        found.state, found.fault = "failed", dict(fault)
        found.save()
        record(event=events.FAILED, by=by, subject=_ref(found), at=at, payload={"fault": fault["vi"]})
    return found


@action
def approve_arrival(*, arrival: Arrival, sections: Mapping[str, str], by: Actor, at: datetime) -> Arrival:
    """Have it taken over. `sections`: section of the older newspaper → NEW, NONE or the id of an open category.

    Whoever brought the file does not approve it. Raises Refused.
    """
    found = _held(arrival)
    if found.state != "ready":
        raise Refused(_("This archive does not wait for approval."))
    if not rules.may_publish(by, found.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    if by.actor_id == found.by_id:
        raise Refused(_("Whoever brought an archive does not approve it. Ask another holder of the office."))
    known = {name for name, _number in found.plan["sections"]}
    chosen = {name: pk for name in sections if name in known and (pk := _shelf(name, sections[name], by, at))}
    found.state = "approved"
    found.plan = {**found.plan, "shelves": chosen, "approved": [by.actor_id, by.actor_label]}
    found.save()
    names = dict(Category.objects.filter(pk__in=chosen.values()).values_list("pk", "name"))
    told = [f"{name} → {names[pk]}" for name, pk in chosen.items()]
    record(event=events.APPROVED, by=by, subject=_ref(found), at=at, payload={"sections": told})
    _ask(found)
    return found


@action
def decline_arrival(*, arrival: Arrival, reason: str, by: Actor, at: datetime) -> Arrival:
    """Leave it aside for good, with the reason; it can be brought again. Its bringer may, and whoever approves there. Raises Refused."""
    found = _held(arrival)
    if not queries.may_decline(by, found, day_of(at)):
        raise Refused(_("This archive does not wait for approval."))
    words = rules.clean(reason, "reason", 500)
    found.state = "declined"
    found.plan = {**found.plan, "declined": [by.actor_id, by.actor_label, words]}
    found.save()
    record(event=events.DECLINED, by=by, subject=_ref(found), at=at, payload={"reason": words})
    return found


@action
def ask_again(*, arrival: Arrival, by: Actor, at: datetime) -> Arrival:
    """Have the worker go on with what broke off. Raises Refused."""
    found = _held(arrival)
    if not (rules.may_edit(by, found.office_id, day_of(at)) or rules.may_publish(by, found.office_id, day_of(at))):
        raise Refused(_("You do not edit texts of this unit."))
    _ask(found)
    return found


@action
def take_item(*, row: ArrivalRow, text: Prepared, first: datetime, sections: Sequence[str], photos: Sequence[Brought], faults: Sequence[Fault],
              by: Actor, at: datetime) -> ArrivalRow:  # fmt: skip
    """One article with its photographs, released as of the day on which the older newspaper published it. What is decided already stays.

    Raises Refused when a text cannot be kept; then nothing of it was.
    """
    row = ArrivalRow.objects.select_for_update(of=("self",)).select_related("arrival").get(pk=row.pk)
    if row.outcome != "waiting":
        return row
    arrival, found = row.arrival, list(faults)
    slug = queries.free_slug(text.slug)
    if slug != text.slug:
        found.append(("slug", slug))
    article = create_article(slug=slug, review=None, office=arrival.office_id, by=by, at=at, synthetic=arrival.synthetic)
    article.imported = True
    article.save()
    revision = _written(article, arrival, text, sections, photos, found, by, at)
    _released(arrival, revision, row.old_url, first, by, at)
    path = path_of(row.old_url)
    if path and not Redirect.objects.filter(old_path=path).exists():
        Redirect(old_path=path, article=article).save(force_insert=True)
    elif not row.old_url.startswith("urn:"):
        found.append(("no_redirect", row.old_url))
    row.outcome = "partly" if any(code != "slug" for code, _words in found) else "taken"
    row.article, row.faults = article, [list(fault) for fault in found]
    row.save()
    return row


@action
def refuse_item(*, row: ArrivalRow, faults: Sequence[Fault], by: Actor, at: datetime) -> ArrivalRow:
    """One article that is not taken, with everything that keeps it back. The record has their number when all is done."""
    row = ArrivalRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.outcome == "waiting":
        row.outcome, row.faults = "refused", [list(fault) for fault in faults]
        row.save()
    return row


@action
def finish(*, arrival: Arrival, by: Actor, at: datetime) -> Arrival:
    """Everything was decided; the old addresses lead on from now."""
    found = _held(arrival)
    counts = queries.counts(found)
    if found.state != "approved" or counts["waiting"]:
        return found
    found.state = "taken"
    found.save()
    record(event=events.FINISHED, by=by, subject=_ref(found), at=at, payload={name: counts[name] for name in ("taken", "partly", "refused")})
    transaction.on_commit(lambda: signals.frame_changed.send(sender=Redirect))
    return found


def _ref(arrival: Arrival) -> Ref:
    return Ref("publishing.arrival", str(arrival.pk), arrival.file.name)


def _held(arrival: Arrival) -> Arrival:
    found: Arrival = Arrival.objects.select_for_update(of=("self",)).select_related("file").get(pk=arrival.pk)
    return found


def _ask(arrival: Arrival) -> None:
    transaction.on_commit(partial(signals.arrival_asked.send, sender=Arrival, arrival_id=arrival.pk))


def _shelf(name: str, choice: str, by: Actor, at: datetime) -> int | None:
    """The category that a section goes to; made where it is new."""
    if choice == NONE:
        return None
    if choice == NEW:
        same: Category | None = Category.objects.filter(name=name[:100]).first()
        return same.pk if same else shelves.add_category(slug=queries.free_category(name), name=name[:100], name_en=name[:100], by=by, at=at).pk
    category: Category | None = Category.objects.filter(pk=int(choice), closed=False).first() if choice.isdigit() and len(choice) < 10 else None
    if category is None:
        raise Refused(_("Choose an open category."))
    return category.pk


def _written(
    article: Article, arrival: Arrival, text: Prepared, sections: Sequence[str], photos: Sequence[Brought], faults: list[Fault], by: Actor, at: datetime
) -> Revision:
    """The text as a revision of the import's own."""
    ids: dict[int, int] = {}
    shown = []
    for one in photos:
        pk = _photo(arrival, one, by, at)
        if pk in ids.values():
            faults.append(("picture_twice", one.upload.name))
            continue
        ids[one.place] = pk
        shown.append(Shown(pk, one.caption, one.credit, one.alt, False))
    shelf = arrival.plan.get("shelves", {})
    extras = Extras(
        category=next((shelf[name] for name in sections if name in shelf), None), byline=text.byline, source=text.source or arrival.plan["paper"],
        photo=ids.pop(0, None), shown=shown,
    )
    body = numbered(without_pictures(text.body, list(ids)), ids)
    return save_revision(article=article, title=text.title, lead=text.lead, body=body, by=by, at=at, base=0, extras=extras)


def _photo(arrival: Arrival, one: Brought, by: Actor, at: datetime) -> int:
    known = same_bytes(arrival.office_id, files.sha256_of(one.upload.content))
    if known is not None:
        return known
    photo: Photo = library.add_photo(
        office=arrival.office_id, upload=one.upload, by=by, at=at, caption=one.caption, credit=one.credit, alt=one.alt, synthetic=arrival.synthetic,
        made=one.made,
    )
    return photo.pk


def _released(arrival: Arrival, revision: Revision, old: str, first: datetime, by: Actor, at: datetime) -> None:
    """Approved under the name of who approved the archive, then released; nothing of it claims a figure."""
    approver = SystemActor(*arrival.plan["approved"])
    enter(revision, ArticleStateName.APPROVED, approver, at)
    copy = release(revision.article, revision, None, at, first=first)
    enter(revision, ArticleStateName.PUBLISHED, by, at)
    payload: dict[str, Any] = {
        "number": copy.number, "digest": copy.digest, "paper": arrival.plan["paper"], "old": old,
        "first": first.astimezone(VIETNAM).isoformat(timespec="minutes"),
    }
    record(event=events.TAKEN, by=by, subject=subject(revision), at=at, payload=payload)

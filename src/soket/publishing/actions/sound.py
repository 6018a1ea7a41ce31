"""The article as sound: brought or asked for, made by the worker, given to the public, taken from it."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.files import core as files
from soket.files.actions import Upload, store, store_many
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.publishing import rules, signals, voices
from soket.publishing.actions.base import held, subject
from soket.publishing.events import sound as events
from soket.publishing.models import Article, Narration, NarrationKind, NarrationState, Revision
from soket.publishing.queries import sound as queries


@action
def keep_recording(*, article: Article, upload: Upload, reader: str, by: Actor, at: datetime) -> Narration:
    """Keep a recording of the newest approved or released text; the worker makes it ready. Raises Refused at reader or file."""
    revision = _readable(article, by, at)
    name = rules.clean(reader, "reader", 200)
    file = store(content=upload.content, name=upload.name, allowed=files.RECORDINGS, by=by, at=at, synthetic=article.synthetic)
    row = _begun(revision, NarrationKind.RECORDED, by, at, reader=name, original=file)
    record(event=events.KEPT, by=by, subject=subject(revision), at=at, payload={**_named(row), "reader": name})
    return row


@action
def ask_machine(*, article: Article, voice: str, by: Actor, at: datetime) -> Narration:
    """Have the newest approved or released text read by a voice of `voices`, by its key. Raises Refused at voice."""
    revision = _readable(article, by, at)
    engine = voices.VOICES.get(voice)
    if engine is None or not engine.installed():
        raise Refused(_("This voice is not installed on the server."), field="voice")
    row = _begun(revision, NarrationKind.MACHINE, by, at, voice=engine.name)
    record(event=events.ASKED, by=by, subject=subject(revision), at=at, payload={**_named(row), "voice": engine.name})
    return row


@action
def keep_sound(
    *, narration: Narration, mp3: bytes, opus: bytes, duration: int, loudness: int, waveform: list[int], by: Actor, at: datetime
) -> Narration:
    """Keep what the worker made: bytes, milliseconds, hundredths of LUFS, levels 0..100. One that is ready or failed stays as it is."""
    row = _held(narration)
    if row.state != NarrationState.WAITING:
        return row
    given = [Upload(mp3, f"{row.article.slug}.mp3"), Upload(opus, f"{row.article.slug}.opus")]
    kept = store_many(uploads=given, allowed=files.RECORDINGS, by=by, at=at, synthetic=row.article.synthetic)
    row.mp3, row.opus = kept
    row.duration, row.loudness, row.waveform, row.state = duration, loudness, waveform, NarrationState.READY
    row.save()
    payload = {**_named(row), "mp3": kept[0].sha256, "opus": kept[1].sha256}
    record(event=events.READY, by=by, subject=subject(row.revision), at=at, payload=payload)
    return row


@action
def fail_sound(*, narration: Narration, fault: Mapping[str, str], by: Actor, at: datetime) -> Narration:
    """Say why the sound could not be made, in each language of the product."""
    row = _held(narration)
    if row.state != NarrationState.WAITING:
        return row
    row.state, row.fault = NarrationState.FAILED, dict(fault)
    row.save()
    record(event=events.FAILED, by=by, subject=subject(row.revision), at=at, payload={**_named(row), "fault": fault["vi"]})
    return row


@action
def release_sound(*, narration: Narration, by: Actor, at: datetime) -> Narration:
    """Give a reading that is ready to the public, together with the text it reads: never before that text is out. Raises Refused."""
    row = _publishing(narration, by, at)
    if row.state != NarrationState.READY or row.released_at is not None:
        raise Refused(_("Only sound that is ready, and not yet given, can be given to the public."))
    row.released_at = at
    row.save()
    record(event=events.RELEASED, by=by, subject=subject(row.revision), at=at, payload=_named(row))
    _tell(row)
    return row


@action
def withdraw_sound(*, narration: Narration, reason: str, by: Actor, at: datetime) -> Narration:
    """Take a reading from the public for good; the files stay inside. Raises Refused at reason."""
    row = _publishing(narration, by, at)
    if row.released_at is None or row.withdrawn_at is not None:
        raise Refused(_("Only sound that the public has can be taken from it."))
    why = rules.clean(reason, "reason", 500)
    row.withdrawn_at = at
    row.save()
    record(event=events.WITHDRAWN, by=by, subject=subject(row.revision), at=at, payload=_named(row), reason=why)
    _tell(row)
    return row


def _readable(article: Article, by: Actor, at: datetime) -> Revision:
    found = held(article)
    if not rules.may_sound(by, found.office_id, day_of(at)):
        raise Refused(_("You do not keep the recordings of this unit."))
    revision = queries.readable(found)
    if revision is None:
        raise Refused(_("Only an approved or published text is read aloud."))
    return revision


def _begun(revision: Revision, kind: str, by: Actor, at: datetime, **words: Any) -> Narration:
    row = Narration(
        article_id=revision.article_id, revision=revision, kind=kind, text_digest=queries.digest_of(queries.text_of(revision, at)),
        state=NarrationState.WAITING, at=at, by_id=by.actor_id, by_label=by.actor_label, **words,
    )
    row.save(force_insert=True)
    transaction.on_commit(partial(signals.narration_asked.send, sender=Narration, narration_id=row.pk))
    return row


def _held(narration: Narration) -> Narration:
    rows = Narration.objects.select_for_update(of=("self",)).select_related("article", "revision__article", "revision__edition")
    found: Narration = rows.get(pk=narration.pk)
    return found


def _publishing(narration: Narration, by: Actor, at: datetime) -> Narration:
    row = _held(narration)
    if not rules.may_publish(by, row.article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    return row


def _named(row: Narration) -> dict[str, Any]:
    return {"narration": row.pk, "revision": row.revision.number}


def _tell(row: Narration) -> None:
    transaction.on_commit(partial(signals.released.send, sender=Article, article_id=row.article_id))

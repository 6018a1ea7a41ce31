"""The only writes of this room: keep bytes under their hash, and release a file to the public."""
from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record_many
from soket.files import core, events
from soket.files.models import Release, StoredFile
from soket.files.queries import by_hash, path_of, verify
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref


@dataclass(frozen=True)
class Upload:
    """Bytes and the name they came with."""

    content: bytes
    name: str


def ref(file: StoredFile) -> Ref:
    """How other records point at a file: by its hash, under the name it was first stored with."""
    return Ref("files.file", file.sha256, file.name)


@action
def store(
    *, content: bytes, name: str, allowed: frozenset[str], by: Actor, at: datetime, synthetic: bool = False
) -> StoredFile:
    """Keep `content` and return its row; the same bytes give the same row again.

    `allowed` are media types (see `core`). Raises Refused at field "file" for a wrong kind, size or name.
    """
    return store_many(uploads=[Upload(content, name)], allowed=allowed, by=by, at=at, synthetic=synthetic)[0]


@action
def store_many(
    *, uploads: Sequence[Upload], allowed: frozenset[str], by: Actor, at: datetime, synthetic: bool = False
) -> list[StoredFile]:
    """`store` for many: one row per distinct content, in the order given; all or none."""
    fresh = [_described(upload, allowed, by, at, synthetic) for upload in uploads]
    known = by_hash(row.sha256 for row in fresh)
    added: dict[str, StoredFile] = {}
    for row, upload in zip(fresh, uploads, strict=True):
        if row.sha256 not in known and row.sha256 not in added:
            added[row.sha256] = row
        if not path_of(row.sha256).is_file() or (row.sha256 in known and not verify(row.sha256)):
            _write(row.sha256, upload.content)
    # A concurrent store of the same bytes wins by the unique hash; its row is then used.
    StoredFile.objects.bulk_create(list(added.values()), batch_size=500, ignore_conflicts=True)
    known |= by_hash(added)
    record_many(
        drafts=[
            EventDraft(
                events.STORED, by, ref(row), at, {"sha256": row.sha256, "size": row.size, "media_type": row.media_type}
            )
            for row in added.values()
        ]
    )
    return [known[row.sha256] for row in fresh]


@action
def release(*, file: StoredFile, reason: str, by: Actor, at: datetime) -> Release:
    """Make a file public, once and with a reason. Whether `by` may do so is decided by the room that attached it.

    Raises Refused at field "reason" when it is empty; releasing again returns the first release.
    """
    return release_many(files=[file], reason=reason, by=by, at=at)[0]


@action
def release_many(*, files: Sequence[StoredFile], reason: str, by: Actor, at: datetime) -> list[Release]:
    """`release` for many with one reason: each is released once and recorded by itself, in the order given."""
    if by.actor_kind == "anonymous":
        raise Refused(_("Sign in to release a file."))
    text = reason.strip()[:300]
    if not text:
        raise Refused(_("Give the reason for releasing the file."), field="reason")
    known = _released([file.pk for file in files])
    wanted = {file.pk: file for file in files if file.pk not in known}
    Release.objects.bulk_create([Release(file=file, at=at, by_label=by.actor_label[:200], reason=text) for file in wanted.values()], batch_size=500)
    record_many(drafts=[EventDraft(events.RELEASED, by, ref(file), at, {"sha256": file.sha256}, text) for file in wanted.values()])
    known |= _released(list(wanted))
    return [known[file.pk] for file in files]


def _released(file_ids: Sequence[int]) -> dict[int, Release]:
    """The first release of each of these files that has one."""
    found: dict[int, Release] = {}
    for start in range(0, len(file_ids), 500):
        for row in Release.objects.filter(file_id__in=file_ids[start : start + 500]).order_by("id"):
            found.setdefault(row.file_id, row)
    return found


def _described(upload: Upload, allowed: frozenset[str], by: Actor, at: datetime, synthetic: bool) -> StoredFile:
    try:
        media_type = core.check(upload.content, allowed)
        name = core.clean_name(upload.name, media_type)
    except core.BadFile as bad:
        raise Refused(_message(bad.fault, allowed), field="file") from bad
    return StoredFile(
        sha256=core.sha256_of(upload.content),
        size=len(upload.content),
        media_type=media_type,
        name=name,
        stored_at=at,
        stored_by=by.actor_label[:200],
        synthetic=synthetic,
    )


def _message(fault: core.Fault, allowed: frozenset[str]) -> Promise:
    kinds = core.names_of(allowed)
    texts = {
        core.Fault.TOO_LARGE: _("The file is larger than 10 MB. Make it smaller, or divide it, and choose: {kinds}."),
        core.Fault.EMPTY: _("The file is empty. Choose a file of one of these kinds: {kinds}."),
        core.Fault.DAMAGED: _("The file is damaged or incomplete. Save it again, then choose it: {kinds}."),
        core.Fault.ENCRYPTED: _("The file is locked with a password. Remove the password, then choose it: {kinds}."),
        core.Fault.MACROS: _("The file contains macros. Save it without macros, then choose it: {kinds}."),
        core.Fault.BROKEN_NAME: _("The file name contains characters that cannot be read. Rename the file: {kinds}."),
    }
    other = _("This kind of file is not accepted here. Choose a file of one of these kinds: {kinds}.")
    return format_lazy(texts.get(fault, other), kinds=kinds)


def _write(sha256: str, content: bytes) -> None:
    """Write beside, flush to disk, then rename: a reader sees the whole file or none, also after a power cut."""
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o640)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

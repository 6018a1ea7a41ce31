"""Reading stored files: the bytes, where they lie, whether they are still what they were."""
from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from soket.files import rules
from soket.files.models import Release, StoredFile
from soket.kernel.actor import Actor

_HASH = re.compile(r"[0-9a-f]{64}")
BATCH = 500


class FileDamaged(Exception):
    """The bytes on disk are missing or no longer have the hash they were stored under."""


def path_of(sha256: str) -> Path:
    """Where bytes with that hash lie: DATA/files/ab/cdef…"""
    return Path(settings.DATA) / "files" / sha256[:2] / sha256[2:]


def open_path(file: StoredFile) -> Path:
    """The path of the file's bytes. Raises FileDamaged when they are missing."""
    path = path_of(file.sha256)
    if not path.is_file():
        raise FileDamaged(f"{file.sha256}: missing")
    return path


def read(file: StoredFile) -> bytes:
    """The bytes, checked against their hash. Raises FileDamaged."""
    content = open_path(file).read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileDamaged(f"{file.sha256}: changed on disk")
    return content


def verify(sha256: str) -> bool:
    """Whether bytes with that hash are on disk and unchanged; False also for what is not a hash."""
    if _HASH.fullmatch(sha256) is None or not path_of(sha256).is_file():
        return False
    with path_of(sha256).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


def is_public(file: StoredFile) -> bool:
    """Whether an act has released the file."""
    return rules.is_public(file)


def public_ids(file_ids: Iterable[int]) -> set[int]:
    """Those of the given file ids that have been released, in one query."""
    return set(Release.objects.filter(file_id__in=list(file_ids)).values_list("file_id", flat=True))


def find(sha256: str) -> StoredFile | None:
    """The stored file with that hash, whoever may read it."""
    return StoredFile.objects.filter(sha256=sha256).first() if _HASH.fullmatch(sha256) else None


def by_hash(hashes: Iterable[str]) -> dict[str, StoredFile]:
    """The stored files with these hashes, whoever may read them."""
    wanted = sorted(set(hashes) - {""})
    found: dict[str, StoredFile] = {}
    for start in range(0, len(wanted), BATCH):
        found.update((row.sha256, row) for row in StoredFile.objects.filter(sha256__in=wanted[start : start + BATCH]))
    return found


def visible(actor: Actor, sha256: str) -> StoredFile | None:
    """The file, if there is one and this actor may read it."""
    file = find(sha256)
    return file if file is not None and rules.may_read(actor, file) else None


def storage_fault() -> str:
    """Why bytes cannot be kept now (the name of the error); empty when a probe was written, read back and removed."""
    folder = Path(settings.DATA) / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(prefix=".probe-", dir=folder) as probe:
            probe.write(b"soket")
            probe.flush()
            if Path(probe.name).read_bytes() != b"soket":
                return "ReadBack"
    except OSError as error:
        return type(error).__name__
    return ""

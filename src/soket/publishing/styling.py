"""The newspaper's style sheets as one file, joined when the static files are gathered: over a slow line eleven small ones are several turns."""
from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.templatetags.static import static
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = (
    *(f"ui/css/{name}.css" for name in ("fonts", "tokens", "base", "page", "table", "figure", "names", "state", "forms", "article")),
    "publishing/css/public.css",
)
WHOLE = "publishing/css/whole.css"
_ADDRESS = re.compile(r"url\(\s*([\"']?)([^\"')]+)\1\s*\)")


class Gathered(CompressedManifestStaticFilesStorage):
    """Static files under names with their digest, the newspaper's sheets also as one."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run and all(name in paths for name in SHEETS):
            if self.exists(WHOLE):
                self.delete(WHOLE)
            self._save(WHOLE, ContentFile(joined(paths).encode()))
            paths[WHOLE] = (self, WHOLE)
        yield from super().post_process(paths, dry_run, **options)


def joined(paths: Mapping[str, tuple[Storage, str]]) -> str:
    """The sheets one after the other, their relative addresses as they are from the whole one's folder."""
    return "\n".join(_moved(name, *paths[name]) for name in SHEETS)


def _moved(name: str, storage: Storage, path: str) -> str:
    with storage.open(path) as file:
        text = file.read().decode()
    return _ADDRESS.sub(lambda found: f'url("{_from_whole(name, found[2])}")', text)


def _from_whole(name: str, address: str) -> str:
    if re.match(r"[a-z]+:|/|#", address):
        return address
    return posixpath.relpath(posixpath.join(posixpath.dirname(name), address), posixpath.dirname(WHOLE))


def addresses() -> list[str]:
    """What a page links: the one sheet where the files were gathered, else each."""
    gathered = getattr(staticfiles_storage, "hashed_files", {})
    return [static(name) for name in ([WHOLE] if WHOLE in gathered else SHEETS)]

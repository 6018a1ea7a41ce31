"""The papers of a frozen edition as they are kept."""
from __future__ import annotations

from soket.files import queries as files
from soket.reviews.models import Edition, Paper


def kept_paper(edition: Edition, form: str) -> Paper | None:
    """The kept paper whose bytes are whole; None when there is none yet, or its bytes were lost and it must be set anew."""
    row = Paper.objects.select_related("file").filter(edition=edition, form=form).first()
    return row if row is not None and files.verify(row.file.sha256) else None


def kept_forms(edition: Edition) -> dict[str, Paper]:
    """The newest kept paper of each form, without reading its bytes."""
    rows = Paper.objects.select_related("file").filter(edition=edition).order_by("id")
    return {row.form: row for row in rows}


def paper_bytes(paper: Paper) -> bytes:
    """The bytes, checked against their hash. Raises files.FileDamaged."""
    return files.read(paper.file)

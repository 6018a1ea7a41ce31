"""The Vietnamese texts: one part per room, merged and compiled without system tools."""
from __future__ import annotations

import gettext
import os
from pathlib import Path

from asgiref.local import Local
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import trans_real

LOCALE = Path(__file__).resolve().parents[1] / "locale" / "vi"


def merged(conflicts: list[str] | None = None) -> Catalog:
    """All parts in one catalogue; of two translations the first part's counts, and the other is listed in `conflicts`."""
    whole = Catalog(locale="vi", domain="django", fuzzy=False)
    for part in sorted((LOCALE / "parts").glob("*.po")):
        with part.open("rb") as file:
            catalog = read_po(file, locale="vi", domain="django")
        for message in catalog:
            if not message.id:
                continue
            known = whole.get(message.id, context=message.context)
            if known is not None:
                if known.string != message.string and conflicts is not None:
                    conflicts.append(f"{part.name}: {message.id!r} is {message.string!r}, elsewhere {known.string!r}")
                continue
            whole.add(message.id, message.string, context=message.context)
    return whole


def compile_texts() -> int:
    """Write LC_MESSAGES/django.mo from the parts, and let this process read them; returns the number of texts."""
    catalog = merged()
    folder = LOCALE / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"django.mo.{os.getpid()}"  # two processes may do this at once
    with temporary.open("wb") as file:
        write_mo(file, catalog)
    temporary.replace(folder / "django.mo")
    _read_afresh()
    return len(catalog)


def _read_afresh() -> None:
    """Forget what was read before: a world built by this very process would be frozen in English on a fresh machine."""
    gettext._translations = {}  # type: ignore[attr-defined]
    trans_real._translations, trans_real._default, trans_real._active = {}, None, Local()  # type: ignore[attr-defined]

"""What the editor is told about a fault or an advice, in the reader's language."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from soket.publishing.typography import Advice


def said(one: Advice) -> str:
    """An advice as a sentence."""
    message: Any = {
        "tone": _("“%(found)s”: this text mostly places the tone mark as in “%(new)s”."),
        "spaces": _("Two blanks between words."),
        "before_mark": _("A blank that does not belong beside a mark."),
        "after_mark": _("A blank is missing after “%(found)s”."),
        "nfc": _("“%(found)s” is spelled with loose marks."),
        "date": _("Write the date as day/month/year: %(new)s.") if one.suggestion else _("There is no such day: %(found)s."),
        "quotes": _("Straight and curly quotation marks are mixed."),
        "repeated": _("“%(found)s” is said twice."),
        "thousands": _("Write thousands with dots: %(new)s."),
        "missing": _("A word may be missing after “%(found)s”, for example “%(new)s”."),
        "abbreviation": _("Tell the name in full at its first use: “%(new)s”."),
        "name": _("The register of organisations has “%(new)s”."),
        "gone": _("“%(found)s” ended before %(day)s; followed by: %(new)s.") if one.suggestion else _("“%(found)s” ended before %(day)s."),
    }[one.kind]
    day = date.fromisoformat(one.note).strftime("%d/%m/%Y") if one.note else ""
    return str(message % {"found": one.found, "new": one.suggestion, "day": day})

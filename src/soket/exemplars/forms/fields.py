"""Fields that several forms share."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

FILES = _("PDF, Word, Excel or picture, at most 10 MB")


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, by the picker or typed the Vietnamese way."""
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Enter a day, for example 14/06/2026.")}
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=wrong, **more)


def text_field(label: Any, rows: int, limit: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **more)


class Choosing(forms.Form):
    """A form whose choices come from the view: `choices={"unit": [(value, words), …]}`."""

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            self.fields[name].choices = found  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = text_field(_("Reason"), 3, 1000)

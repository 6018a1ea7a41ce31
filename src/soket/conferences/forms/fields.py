"""Fields that several forms share."""
from __future__ import annotations

from typing import Any

from django import forms


def instant_field(label: Any, **more: Any) -> forms.DateTimeField:
    """A day and a time in Viet Nam."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **more)


class Choosing(forms.Form):
    """A form whose choices come from the view: `choices={"speaker": [(value, words), …]}`."""

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (choices or {}).items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

"""Fields that the forms share."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A day as the browser gives it or as it is written: 14/06/2026."""
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Enter a day, for example 14/06/2026.")}
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=wrong)


def text(label: Any, rows: int, limit: int, **more: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **more)


def whole_number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A whole number between two others, both allowed."""
    told = format_lazy(_("Enter a whole number from {least} to {most}."), least=least, most=most)
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), told)
    box = forms.NumberInput(attrs={"class": "inp--s n"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=wrong, widget=box, **more)

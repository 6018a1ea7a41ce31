"""Forms of appraisal: what a person types; the actions decide whether it holds."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.forms.fields import text


class NoteForm(forms.Form):
    """An act that may carry a word."""

    reason = text(_("Opinion"), 3, 1000, required=False)


class AgainForm(forms.Form):
    """An ended appraisal taken up again."""

    reason = text(_("Reason"), 3, 1000)


class LackingForm(forms.Form):
    """What the dossier lacks."""

    reason = text(_("What is to be completed"), 4, 1000, help_text=_("The proposing unit reads this and completes the dossier by it."))


class TwinForm(forms.Form):
    """The verdict on two nominations: the same, and which stands, or two."""

    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    reason = text(_("Reason"), 3, 500, help_text=_("Both appraising authorities read it; the one that falls away is told so with it."))

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

"""What is typed for a decision, for opening names and for a handing over."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.forms.fields import day, text


def password() -> forms.CharField:
    """The password once more, so that the signature is the signer's own."""
    return forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked again, so that the signature is yours."),
    )  # fmt: skip


class LeavingOut(forms.Form):
    """A list of which some may be left out; what was shown is named, so that nothing unseen is taken along."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    left_out = forms.MultipleChoiceField(label=_("Leave out"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, keys: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class DecideForm(LeavingOut):
    """What a decision says besides its list."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    dated = day(_("Day of the decision"), _("The number is taken on this day; numbers run with the days."))
    authority = forms.CharField(label=_("Signs for"), max_length=200, required=False, help_text=_("For example “KT. Bộ trưởng”; empty when the head signs."))
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=200, help_text=_("As printed under the decision."))
    bases = text(_("Legal bases"), 4, 4000, required=False, help_text=_("One a line, as they open the decision."))
    password = password()

    def lines(self) -> list[str]:
        """The bases, one a line."""
        return [line.strip() for line in self.cleaned_data["bases"].splitlines() if line.strip()]


class NamesForm(LeavingOut):
    """Names to be opened to the public, all but those left out."""


class HandingForm(forms.Form):
    """Where, when, by whom and to whom an award was handed over. Offices and units, never a private person's details."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    site = forms.CharField(label=_("Place of the ceremony"), max_length=300, help_text=_("For example “Điểm cầu Công an tỉnh”."))
    on = day(_("Handed over on"))
    handed_by = forms.CharField(label=_("Handed over by (office)"), max_length=300)
    received_by = forms.CharField(label=_("Received by (unit or office)"), max_length=300)

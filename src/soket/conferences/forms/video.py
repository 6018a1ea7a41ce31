"""The way of video."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.models.planning import VideoKind


class VideoForm(forms.Form):
    """One way for the whole conference."""

    kind = forms.ChoiceField(label=_("How the sites see and hear each other"), choices=VideoKind.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Joining address or number"), max_length=500, required=False,
        help_text=_("For Zoom, Teams, Jitsi and others the address; for a bridge its number.")
    )  # fmt: skip

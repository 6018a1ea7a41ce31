"""Deciding where a delegate is."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.forms.fields import Choosing


class SettleForm(Choosing):
    """One of the sites where the delegate was counted, with the reason."""

    site = forms.ChoiceField(label=_("Counted at"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("How this was found out"), max_length=300)

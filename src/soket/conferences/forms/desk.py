"""Forms of a site's desk."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.models.day import Way


class DeviceForm(forms.Form):
    """A device to let in."""

    label = forms.CharField(label=_("Name of the device"), max_length=100, help_text=_("For example: phone at the door, laptop of the secretary."))


class KeyForm(forms.Form):
    """The key of a device, pasted where the address was not opened by its code."""

    key = forms.CharField(label=_("Address or key of the desk"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}))


class ScanForm(forms.Form):
    """One badge."""

    raw = forms.CharField(label=_("Number on the badge"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "go"}))
    way = forms.ChoiceField(label=_("What happens"), choices=Way.choices, initial=Way.ENTRY)


class HeadcountForm(forms.Form):
    """People in the hall."""

    count = forms.IntegerField(label=_("People in the hall"), min_value=0, max_value=20000)


class HandoverForm(forms.Form):
    """An award handed over here."""

    award = forms.CharField(label=_("What was handed over"), max_length=300)
    recipient = forms.CharField(label=_("To which unit or office"), max_length=300)
    handed_by = forms.CharField(label=_("Handed over by (office)"), max_length=300)


class GivenForm(forms.Form):
    """An award planned at this site, handed over."""

    award_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

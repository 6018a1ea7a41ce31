"""Forms of what comes after the session."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.forms.fields import Choosing, instant_field


def _day(label: object) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"])  # type: ignore[arg-type]


class ConclusionForm(Choosing):
    """One conclusion. With an owner and a deadline it becomes a direction."""

    text = forms.CharField(label=_("Conclusion"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    owner = forms.CharField(label=_("Owner"), max_length=200, required=False, help_text=_("The name of one unit; it answers for the whole."))
    supporting = forms.CharField(
        label=_("Supporting units"), max_length=2000, required=False, help_text=_("One name a line."), widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = _day(_("To be done by"))
    item = forms.ChoiceField(label=_("Agenda line"), required=False)


class MinutesForm(forms.Form):
    """The working text."""

    course = forms.CharField(
        label=_("How the session went"), max_length=40000, required=False, help_text=_("One paragraph a line."), widget=forms.Textarea(attrs={"rows": 16})
    )
    notice = forms.CharField(
        label=_("Opening of the notice of conclusions"), max_length=8000, required=False, help_text=_("Empty: a plain opening is printed."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class SpeechForm(Choosing):
    """The text of a speech."""

    item = forms.ChoiceField(label=_("Agenda line"), required=False)
    file = forms.FileField(label=_("File (Word, PDF; at most 10 MB)"))


class RecordingForm(Choosing):
    """Sound of the session."""

    site = forms.ChoiceField(label=_("Site"), required=False)
    began_at = instant_field(_("Begins"))
    ended_at = instant_field(_("Ends"))
    note = forms.CharField(label=_("Note to the readers"), max_length=300, required=False)
    file = forms.FileField(label=_("Sound (WAV or Ogg, at most 400 MB)"))

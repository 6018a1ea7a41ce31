"""Forms of the agenda and of papers."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.forms.fields import Choosing, instant_field
from soket.conferences.models import ItemKind


class ItemForm(Choosing):
    """One line of the agenda."""

    title = forms.CharField(label=_("What happens"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=600, initial=10)
    parent = forms.ChoiceField(label=_("Under the line"), required=False)
    starts_at = instant_field(_("Begins at (empty: after the line before)"), required=False)
    speaker = forms.ChoiceField(label=_("Who speaks"), required=False)
    paper = forms.ChoiceField(label=_("Conference paper"), required=False)


class IssueForm(forms.Form):
    """Issuing the agenda."""

    note = forms.CharField(label=_("Note to the readers"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CallForm(Choosing):
    """Asking a unit for a paper."""

    unit = forms.ChoiceField(label=_("Unit"))
    title = forms.CharField(label=_("Title of the paper"), max_length=300)
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=120, initial=10)
    due_at = instant_field(_("To be sent by"), required=False)


class PaperForm(forms.Form):
    """The unit sends a version."""

    revision = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title of the paper"), max_length=300)
    summary = forms.CharField(label=_("Text or summary"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 10}))
    file = forms.FileField(label=_("File (Word, PDF; at most 10 MB)"), required=False)


class DecideForm(forms.Form):
    """Accept or return a version."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=[("yes", _("Accept")), ("no", _("Return with remarks"))], widget=forms.RadioSelect)
    remarks = forms.CharField(label=_("Remarks"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class FigureChoice(Choosing):
    """A frozen figure that the paper stands on."""

    figure = forms.ChoiceField(label=_("Figure of the frozen review"))

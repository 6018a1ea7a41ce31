"""Forms of this room: what a person types; the actions decide whether it holds."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Enter a day, for example 14/06/2026.")}
    return forms.DateField(label=label, help_text=help_text, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=wrong)


def _text(label: Any, rows: int, limit: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}), **more)


class IssueForm(forms.Form):
    """A new direction; units are found by their name."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    issuer = forms.ChoiceField(label=_("Issued by"))
    text = _text(_("What is to be done"), 4, 4000)
    source = forms.CharField(
        label=_("Where it was given"), max_length=300, help_text=_("For example the conclusion of a conference, with its number and date.")
    )
    owner = forms.CharField(label=_("Owner"), max_length=200, help_text=_("The name of one unit; it answers for the whole."))
    supporting = _text(_("Supporting units"), 2, 2000, required=False, help_text=_("One name a line."))
    due_on = _day(_("To be done by"))

    def __init__(self, *args: Any, issuers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = issuers  # type: ignore[attr-defined]


class PassForm(forms.Form):
    """Giving a direction on to units below."""

    units = forms.MultipleChoiceField(label=_("Units below"), widget=forms.CheckboxSelectMultiple)
    due_on = _day(_("Deadline for them"), _("At the latest the direction's own deadline."))
    note = _text(_("Note to the units"), 2, 500, required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = units  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """What was done, with its evidence. The id is made with the form, so a repeat is harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = _text(_("Work done"), 4, 4000)
    dated = _day(_("Done on"))
    document = forms.CharField(label=_("Number and symbol of the document"), max_length=80, required=False)
    file = forms.FileField(label=_("File of the document"), required=False, help_text=_("PDF, Word, Excel or picture, at most 10 MB"))
    done = forms.BooleanField(label=_("With this the whole direction is done"), required=False, help_text=_("The issuer then closes it or returns it."))


class VerdictForm(forms.Form):
    """Close or return."""

    verdict = forms.ChoiceField(label=_("Decision"), choices=[("yes", _("Close the direction")), ("no", _("Return it"))], widget=forms.RadioSelect)
    reason = _text(_("What is lacking"), 3, 1000, required=False, help_text=_("Compulsory when it is returned."))


class DeadlineForm(forms.Form):
    """Another deadline."""

    due_on = _day(_("Deadline from now on"))
    reason = _text(_("Reason"), 2, 500)


class ReopenForm(forms.Form):
    """Why a closed direction is opened again."""

    reason = _text(_("Reason"), 2, 1000)

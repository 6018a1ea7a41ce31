"""Forms of this room: what a person types; the actions decide whether it holds."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.kernel.door import Refused
from soket.programmes.models import DueRule, PartyRole, ProgrammeKind


def _day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    wrong = {"invalid": _("Enter a day, for example 14/06/2026.")}
    formats = ["%Y-%m-%d", "%d/%m/%Y"]
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, input_formats=formats, error_messages=wrong
    )


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ClaimForm(forms.Form):
    """The document by which the duty was done. The id is made with the form, so a repeat is harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.CharField(
        label=_("Number and symbol of the document"), max_length=80, help_text=_("As it stands on the document, for example 45/QC-CAT")
    )
    dated = _day(_("Date of the document"))
    file = forms.FileField(label=_("File of the document"), required=False, help_text=_("PDF, Word, Excel or picture, at most 10 MB"))
    note = forms.CharField(label=_("Note to the superior"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DecideForm(forms.Form):
    """Accept or return; a return says what is to be mended."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=[("accept", _("Accept")), ("return", _("Return for correction"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("Compulsory for a return: what is to be mended"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class ExcuseForm(forms.Form):
    """Why, and from which day, the unit does not owe this."""

    reason = forms.CharField(label=_("Reason for excusing"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    on = _day(_("From"), required=False, help_text=_("Empty: from today"))


class ReleaseForm(forms.Form):
    """Why the document may be public."""

    reason = forms.CharField(label=_("Reason for making it public"), max_length=300)


class DueFields(forms.Form):
    """What is owed, what proves it, and by when."""

    title = forms.CharField(label=_("What is owed"), max_length=300)
    evidence = forms.CharField(label=_("What proves it"), max_length=300, help_text=_("Document, number, date, file"))
    due_rule = forms.ChoiceField(label=_("Falls due"), choices=DueRule.choices, widget=forms.RadioSelect)
    due_on = _day(_("Due day"), required=False, help_text=_("For a due date"))
    due_days = forms.IntegerField(
        label=_("Days after signature"), required=False, help_text=_("For a number of days"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n inp--s"}),
        error_messages={"invalid": _("Enter a whole number of days, for example 90.")},
    )  # fmt: skip


class ObligationForm(DueFields):
    """A new obligation and whom it binds."""

    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("For example NV-05"), widget=forms.TextInput(attrs={"class": "inp--s"}))
    scopes = forms.MultipleChoiceField(label=_("Binds the units of"), widget=forms.CheckboxSelectMultiple)
    field_order = ["code", "title", "evidence", "scopes", "due_rule", "due_on", "due_days"]

    def __init__(self, *args: Any, scopes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes  # type: ignore[attr-defined]


class ChangeForm(DueFields):
    """A change of words or due date, with its reason."""

    reason = forms.CharField(label=_("Reason for the change"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RosterForm(forms.Form):
    """The day whose units owe; for an obligation of every period, the period and its due day."""

    on = _day(_("List of units as of"))
    occasion = forms.CharField(
        label=_("Reporting period"), required=False, max_length=40, help_text=_("Only for an obligation of every period, for example 2026")
    )
    due_on = _day(_("Due day of this period"), required=False)

    def __init__(self, *args: Any, every_round: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not every_round:
            del self.fields["occasion"], self.fields["due_on"]


class CloseForm(forms.Form):
    """The day by which units had ended."""

    closing_day = _day(_("Units ended by"))


class ProgrammeForm(forms.Form):
    """A programme as it was signed; what is not known stays empty."""

    symbol = forms.CharField(label=_("Number and symbol"), max_length=60, required=False, help_text=_("Empty when it is not known; never guessed"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title of the programme"), max_length=300)
    lead = forms.TypedChoiceField(label=PartyRole.LEAD.label, coerce=int)
    partners = forms.TypedMultipleChoiceField(label=PartyRole.COSIGNER.label, coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    signed_on = _day(_("Day of signature"), required=False)
    starts = _day(_("Begins on"), required=False)
    ends = _day(_("Ends on"), required=False)
    span_text = forms.CharField(label=_("Span as the document states it"), max_length=100, required=False, help_text=_("For example 2023–2033"))
    predecessor = forms.TypedChoiceField(label=_("Follows the programme"), coerce=int, required=False, empty_value=None)
    bases = _lines(_("Basis documents"), _("One on each line"))
    objectives = _lines(_("Objectives"), _("One on each line"))
    aliases = _lines(_("Other spellings of the symbol"), _("One on each line"))
    alias_source = forms.CharField(label=_("Where these spellings were met"), max_length=300, required=False)
    unknowns = _lines(_("What is not known"), _("For example the signatories"))

    def __init__(self, *args: Any, units: list[tuple[int, str]], programmes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = units  # type: ignore[attr-defined]
        self.fields["partners"].choices = units  # type: ignore[attr-defined]
        self.fields["predecessor"].choices = [("", _("None")), *programmes]  # type: ignore[attr-defined]


def show(form: forms.Form, refused: Refused, **renamed: str) -> None:
    """Put an action's refusal at the fields it belongs to; `renamed` maps the action's names to the form's."""
    for field, message in (refused.errors or {"": refused.message}).items():
        name = renamed.get(field, field)
        form.add_error(name if name in form.fields and not form.fields[name].widget.is_hidden else None, message)

"""An exemplar's texts, its parts, and the decisions on it."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.exemplars import words
from soket.exemplars.forms.fields import FILES, Choosing, day_field, text_field
from soket.exemplars.models import Field, Holder
from soket.reporting.core import NumberProblem, parse_number

NOT_CITIZENS = _(
    "An exemplar belongs to an institution: a collective of the unit, or an official in their post. Never a private citizen, and no "
    "private names: write the post."
)


class ExemplarForm(Choosing):
    """What the unit says of its model."""

    unit = forms.ChoiceField(label=_("Unit of origin"))
    movement = forms.ChoiceField(label=_("Movement"), required=False, help_text=_("It decides which office publishes the exemplar."))
    title = forms.CharField(label=_("Name of the model"), max_length=300)
    holder_kind = forms.ChoiceField(label=_("Whose it is"), choices=Holder.choices, widget=forms.RadioSelect, help_text=NOT_CITIZENS)
    holder = forms.CharField(
        label=_("Collective or post"), max_length=200, help_text=_("For example “Đội Công tác dân vận”, or “Trưởng Công an xã”.")
    )
    field = forms.ChoiceField(label=_("Field"), choices=Field.choices, widget=forms.RadioSelect)
    since = day_field(_("Applied since"), required=False, help_text=_("Leave it empty where the day is not known; pages then say so."))
    description = text_field(_("What it is and how it works"), 8, 8000)
    origin = text_field(_("How it began"), 4, 4000)


class PhotoForm(forms.Form):
    """A photograph with its words."""

    file = forms.FileField(label=_("Photograph"), help_text=_("PNG or JPEG, at most 10 MB"))
    caption = forms.CharField(label=_("Caption"), max_length=300)
    credit = forms.CharField(label=_("Credit"), max_length=200, help_text=_("Whose photograph it is: a unit or an office."))
    alternative = text_field(
        _("For readers who do not see it"), 2, 500, required=False, help_text=_("Say what the photograph shows. Leave it empty only when it decorates.")
    )
    decorative = forms.BooleanField(label=_("It only decorates"), required=False)


class EvidenceForm(forms.Form):
    """A document that proves the exemplar."""

    title = forms.CharField(label=_("What the document is"), max_length=300)
    number = forms.CharField(label=_("Number and symbol of the document"), max_length=80, required=False)
    dated = day_field(_("Date of the document"), required=False)
    file = forms.FileField(label=_("File of the document"), required=False, help_text=FILES)
    public = forms.BooleanField(
        label=_("Open this file to the public when the exemplar is published"), required=False,
        help_text=_("Until then, and without this, only those concerned may read it."),
    )  # fmt: skip


class _SideForm(Choosing):
    label = forms.CharField(label=_("What is compared"), max_length=200, help_text=_("The same words before and after."))
    side = forms.ChoiceField(label=_("Side"), choices=[("before", _("before")), ("after", _("after"))], widget=forms.RadioSelect)
    period = forms.CharField(label=_("Period or day of the figure"), max_length=100, help_text=_("As printed, for example “năm 2025”."))


class BoundForm(_SideForm):
    """A figure of a frozen edition."""

    figure = forms.ChoiceField(label=_("Figure of a frozen review"))


class CitedForm(_SideForm):
    """A number from outside the roll-up."""

    value = forms.CharField(
        label=_("Value"), max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n inp--s"}), help_text=_("A whole number."),
    )  # fmt: skip
    measure = forms.CharField(label=_("Unit of measure"), max_length=40)
    precision = forms.ChoiceField(label=_("Precision"), required=False, choices=[("", _("exact")), *words.PRECISION_WORDS.items()])
    citation = text_field(_("Source"), 2, 600, help_text=_("Document or publication, its number, day and page. The number is marked as not from the roll-up."))

    def clean_value(self) -> int:
        try:
            return parse_number(self.cleaned_data["value"], scale=0)
        except NumberProblem:
            raise forms.ValidationError(_("Enter the value as a whole number, for example 1.250.")) from None


class VerdictForm(forms.Form):
    """Recognise, or return with what is lacking."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("Recognise the exemplar")), ("no", _("Return it to its unit"))], widget=forms.RadioSelect
    )
    document = forms.CharField(label=_("Number and symbol of the decision"), max_length=80, required=False)
    reason = text_field(_("What is lacking"), 3, 1000, required=False, help_text=_("Compulsory when it is returned."))


class AdoptForm(Choosing):
    """A unit takes an exemplar over. `id` is made with the form, so a repeat is harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Unit"))
    dated = day_field(_("Applied since"))
    document = forms.CharField(
        label=_("Number and symbol of the document"), max_length=80, required=False, help_text=_("The plan or decision by which the unit took it over.")
    )
    file = forms.FileField(label=_("File of the document"), required=False, help_text=FILES)
    note = text_field(_("Note"), 3, 1000, required=False, help_text=_("What was fitted to local conditions. Read by those concerned only."))


class StopForm(forms.Form):
    """A unit no longer applies an exemplar."""

    stopped_on = day_field(_("No longer applied since"))
    reason = text_field(_("Reason"), 2, 500)


def initial_of(exemplar: Any) -> dict[str, Any]:
    """How a draft stands in its form."""
    names = ("title", "holder_kind", "holder", "field", "since", "description", "origin")
    return {**{name: getattr(exemplar, name) for name in names}, "unit": str(exemplar.unit_id), "movement": str(exemplar.movement_id or "")}

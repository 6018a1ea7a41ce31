"""Forms of a campaign: what the office types; the actions decide whether it holds."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.core.course import DAYS, Calendar
from soket.commendations.forms.fields import day as day_field
from soket.commendations.forms.fields import text, whole_number
from soket.commendations.models import Campaign
from soket.commendations.queries.campaign_page import QuotaCell


def reason_field() -> forms.CharField:
    """Why an open campaign changes."""
    return text(_("Reason of the change"), 2, 500, help_text=_("Everyone who sees the campaign reads it."))


class Explained(forms.Form):
    """A change that asks for a reason once the campaign is open, and for none while it is prepared."""

    def __init__(self, *args: Any, explain: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if explain:
            self.fields["reason"] = reason_field()


class CalendarForm(forms.Form):
    """The days of a campaign."""

    opens_on = day_field(_("Opens on"), _("Nominations are taken from this day."))
    nominate_until = day_field(_("Nominations until"), _("The last day, included."))
    appraise_until = day_field(_("Appraisal until"))
    decide_until = day_field(_("Decision until"))

    def calendar(self) -> Calendar:
        """The four days."""
        return Calendar(*(self.cleaned_data[name] for name in DAYS))


class TextForm(forms.Form):
    """What a campaign says."""

    title = forms.CharField(label=_("Title of the campaign"), max_length=300)
    standards = text(_("Standards"), 8, 8000, help_text=_("What a collective or a person must have done; one standard a line."))
    place = forms.CharField(label=_("Place of issue"), max_length=60, initial="Hà Nội")
    objection_days = whole_number(_("Working days for objections to the posted list"), 0, 60, initial=10, help_text=_("0: no list is posted."))
    concurrence = forms.BooleanField(label=_("Every issuer asks the others for their opinion (hiệp y)"), required=False, initial=True)


class NewCampaignForm(TextForm, CalendarForm):
    """A new campaign."""

    review = forms.ChoiceField(label=_("Review"))
    office = forms.ChoiceField(label=_("Standing office"))
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Capitals, digits, dots and hyphens, for example KT-2026."),
        widget=forms.TextInput(attrs={"class": "inp--s"}),
    )  # fmt: skip
    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=_("Small letters without marks and hyphens, for example khen-thuong-2026."))
    field_order = ["review", "office", "title", "code", "slug", *DAYS, "standards", "objection_days", "concurrence", "place"]

    def __init__(self, *args: Any, reviews: list[tuple[str, str]], offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review"].choices = reviews  # type: ignore[attr-defined]
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class ChangeCampaignForm(Explained, TextForm):
    """Another text of a campaign."""


class MoveForm(Explained, CalendarForm):
    """Other days."""


class TakeForm(forms.Form):
    """A form given by a unit."""

    form = forms.ChoiceField(label=_("Form of commendation"))
    issuer = forms.CharField(
        label=_("Unit that decides"), max_length=200, required=False,
        help_text=_("The full name of the unit. For a form of the central level it may stay empty: the party of the review decides."),
    )  # fmt: skip

    def __init__(self, *args: Any, forms_: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = forms_  # type: ignore[attr-defined]


class ProposersForm(Explained):
    """Systems and levels that may propose, each as LINE:LEVEL."""

    proposers = forms.MultipleChoiceField(label=_("Units that may propose"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposers"].choices = choices  # type: ignore[attr-defined]


class QuotasForm(Explained):
    """A box for each form, level and kind of recipient: a whole number, 0 for none, empty for no limit."""

    def __init__(self, *args: Any, cells: list[QuotaCell], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = cells
        wrong = _("Enter a whole number from 0 to 100,000, or leave it empty for no limit.")
        told = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
        for cell in cells:
            box = forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n r"})
            self.fields[cell.field] = forms.IntegerField(
                label=cell.words, required=False, min_value=0, max_value=100_000, initial=cell.limit, error_messages=told, widget=box
            )
        self.order_fields([*(cell.field for cell in cells), "reason"])


class NextForm(forms.Form):
    """Why the campaign goes on before its day; nothing is asked otherwise."""

    def __init__(self, *args: Any, early: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if early:
            told = _("The last day for nominations is still to come. Everyone who sees the campaign reads it.")
            self.fields["reason"] = text(_("Reason"), 2, 500, help_text=told)


def initial_of(campaign: Campaign) -> dict[str, Any]:
    """What the campaign says, as the forms begin."""
    names = ("title", "standards", "place", "objection_days", "concurrence", *DAYS)
    return {name: getattr(campaign, name) for name in names}

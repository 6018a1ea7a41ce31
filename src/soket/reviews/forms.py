"""Forms of drafting and signing."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.reviews.models import ReviewKind

DATE = {"type": "date"}


def day_field(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **more)


class ReviewForm(forms.Form):
    """A new review."""

    title = forms.CharField(label=_("Title of the review"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of review"), choices=ReviewKind.choices, widget=forms.RadioSelect)
    code = forms.CharField(label=_("Code"), max_length=20, help_text=_("Printed before the codes of figures, for example SK-2026."))
    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=_("Small letters without marks and hyphens, for example so-ket-2026."))
    as_of = day_field(_("Figures as of"))
    boundary_date = day_field(_("Boundaries of"))
    office = forms.ChoiceField(label=_("Run by"))
    symbol = forms.CharField(label=_("Symbol of the paper"), max_length=60, required=False, help_text=_("For example BC-BCA-MTTW."))
    place = forms.CharField(label=_("Place of issue"), max_length=60, initial="Hà Nội")

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class ProgrammeForm(forms.Form):
    """A programme and its own span; days that the source does not state stay empty."""

    programme = forms.ChoiceField(label=_("Programme"))
    span_text = forms.CharField(label=_("Span, as the source states it"), max_length=100, help_text=_("For example 2013–2018."))
    span_from = day_field(_("From"), required=False)
    span_to = day_field(_("To"), required=False)

    def __init__(self, *args: Any, programmes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """A section of the text."""

    heading = forms.CharField(label=_("Heading"), max_length=300)
    text = forms.CharField(
        label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Write a figure as its code in double braces, for example {{01}}; numbers are never typed."),
    )


KINDS = [
    ("indicator", _("An indicator from accepted reports")), ("coverage", _("An obligation met")),
    ("completeness", _("Reports received")), ("external", _("A published total, cited")),
]
PARTS = [("rate", _("Rate")), ("accepted", _("Accepted")), ("owed", _("Owed"))]
MARKS = [("", _("none")), ("over", _("more than")), ("nearly", _("nearly")), ("about", _("about"))]


class FigureForm(forms.Form):
    """A figure: its code and names, and the members that its kind needs; the others stay empty."""

    code = forms.CharField(label=_("Code"), max_length=3, help_text=_("Two digits, for example 01."))
    label_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=300)
    label_en = forms.CharField(label=_("Name in English"), max_length=300)
    kind = forms.ChoiceField(label=_("Kind of figure"), choices=KINDS, widget=forms.RadioSelect)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    rounds = forms.MultipleChoiceField(label=_("Reporting rounds"), required=False)
    lines = forms.MultipleChoiceField(label=_("Lines"), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: all lines."))
    area = forms.IntegerField(
        label=_("Area"), required=False, min_value=1, help_text=_("The number in the address of the area's page; empty: the whole country."),
    )
    boundary = day_field(_("Boundaries of"), required=False, help_text=_("Empty: as reported, each period on its own boundaries."))
    obligation = forms.ChoiceField(label=_("Obligation"), required=False)
    on = day_field(_("State on"), required=False)
    part = forms.ChoiceField(label=_("Shown"), choices=PARTS, required=False)
    value = forms.CharField(label=_("Cited value"), max_length=18, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    scale = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=6, required=False)
    precision = forms.ChoiceField(label=_("Precision mark"), choices=MARKS, required=False)
    measure_vi = forms.CharField(label=_("Unit of measure in Vietnamese"), max_length=40, required=False)
    measure_en = forms.CharField(label=_("Unit of measure in English"), max_length=40, required=False)
    citation = forms.CharField(label=_("Source, in full"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    edges = forms.CharField(label=_("Edges of its period"), max_length=200, required=False)

    GROUPS = (
        (_("Name"), ("code", "label_vi", "label_en", "kind")),
        (_("From reports"), ("indicator", "rounds", "lines", "area", "boundary")),
        (_("Of an obligation"), ("obligation", "on", "part")),
        (_("Cited from outside"), ("value", "scale", "precision", "measure_vi", "measure_en", "citation", "edges")),
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.GROUPS]

    def spec(self) -> dict[str, Any]:
        """The spec that the filled fields describe."""
        data = self.cleaned_data
        programme, _bar, obligation = data["obligation"].partition("|")
        return {
            "kind": data["kind"], "indicator": data["indicator"], "rounds": data["rounds"], "lines": data["lines"], "area": data["area"],
            "boundary": data["boundary"].isoformat() if data["boundary"] else "reported", "programme": programme, "obligation": obligation,
            "on": data["on"].isoformat() if data["on"] else "", "part": data["part"] or "rate", "value": data["value"],
            "scale": data["scale"] or 0, "precision": data["precision"], "measure_vi": data["measure_vi"],
            "measure_en": data["measure_en"], "citation": data["citation"], "edges": data["edges"],
        }

    @staticmethod
    def filled(spec: dict[str, Any]) -> dict[str, Any]:
        """Initial values of the fields from a stored spec."""
        values = dict(spec)
        if spec["kind"] == "coverage":
            values["obligation"] = f"{spec['programme']}|{spec['obligation']}"
        if values.get("boundary") == "reported":
            values["boundary"] = None
        return values


class ProposeForm(forms.Form):
    """The reason of a later edition."""

    reason = forms.CharField(label=_("Reason for the new edition"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class SignForm(forms.Form):
    """The party one signs for, and the password once more."""

    party = forms.ChoiceField(label=_("Sign for"), widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Asked again, so that the signature is yours."),
    )

    def __init__(self, *args: Any, parties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = parties  # type: ignore[attr-defined]
        if len(parties) == 1:
            self.fields["party"].initial = parties[0][0]


class CodeForm(forms.Form):
    """A seal code or digest from a paper."""

    ma = forms.CharField(label=_("Seal code or digest"), max_length=80, help_text=_("As printed, for example 7F3A-91C2-0B4E-D8A6."))


def show(form: forms.Form, errors: dict[str, Any], message: Any) -> None:
    """Put a refusal at the fields it belongs to, or above the form."""
    for field, words in (errors or {"": message}).items():
        form.add_error(field if field in form.fields else None, words)

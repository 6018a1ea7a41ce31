"""Forms of the desk: begin an article, write its text."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.models import Conference
from soket.reviews.models import Review

EMPTY = _("This field is required.")
Choices = list[tuple[str, str]]


class BeginForm(forms.Form):
    """A new article: for which office, from what, at which address."""

    office = forms.TypedChoiceField(label=_("Written by"), coerce=int)
    conference = forms.TypedChoiceField(label=_("Conference"), coerce=int, required=False, empty_value=None)
    review = forms.TypedChoiceField(
        label=_("Review the statement is about"), coerce=int, required=False, empty_value=None,
        help_text=_("Only a text about a review with a frozen edition can claim its figures."),
    )
    fill = forms.BooleanField(
        label=_("Fill the draft with what is on record"), required=False,
        help_text=_("Times, sites, offices, agenda, figures, decisions and directions, each as a plain sentence. What is unknown is left out."),
    )
    slug = forms.CharField(
        label=_("Address"), max_length=120, required=False,
        help_text=_(
            "Small letters without marks, digits and hyphens, for example so-ket-2026. Left empty, it is made from the title. It cannot be changed later."
        ),
    )

    def __init__(self, *args: Any, reviews: Sequence[Review], conferences: Sequence[Conference], offices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        self.fields["review"].choices = [("", _("About no review")), *((one.pk, one.title) for one in reviews)]  # type: ignore[attr-defined]
        self.fields["conference"].choices = [("", _("About no conference")), *((one.pk, one.title) for one in conferences)]  # type: ignore[attr-defined]
        if not conferences:
            del self.fields["conference"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        started = data.get("fill") and (data.get("review") or data.get("conference"))
        if "slug" not in self.errors and not data.get("slug") and not started:
            self.add_error("slug", EMPTY)
        if data.get("fill") and not started and not {"review", "conference"} & set(self.errors) and not data.get("slug"):
            self.add_error("fill", _("Choose the conference or the review whose record is to be used."))
        return {**data, "fill": bool(started)}  # ticked beforehand: a text about nothing on record just begins empty


class Text(forms.CharField):
    """A text that must be there. The action says so, together with everything else that is wrong."""

    def validate(self, value: Any) -> None:
        return

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class TextForm(forms.Form):
    """Everything that is approved together with a text and, after a release, the correction notice. Limits are the action's."""

    title = Text(label=_("Statement title"))
    lead = Text(label=_("Lead"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One or two sentences under the title."))
    body = Text(label=_("Body"), strip=False, widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "true"}))
    category = forms.TypedChoiceField(label=_("Category"), coerce=int, required=False, empty_value=None)
    byline = Text(label=_("Byline"), required=False, help_text=_("An office or a role, as it is printed."))
    source = Text(label=_("Source line"), required=False, help_text=_("For a text taken from elsewhere."))
    photo = forms.TypedChoiceField(label=_("Photograph under the lead"), coerce=int, required=False, empty_value=None)
    tags = forms.MultipleChoiceField(label=_("Programmes and units that the text is about"), required=False, widget=forms.CheckboxSelectMultiple)
    tag = Text(
        label=_("Programme or unit"), required=False, widget=forms.TextInput(attrs={"list": "tags-offered", "autocomplete": "off"}),
        help_text=_("Part of its name, with or without marks."),
    )
    note = Text(
        label=_("Correction notice"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Says why the statement changes. Readers see it with each changed figure."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, corrects: bool, categories: Choices, photos: Choices, tags: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("No category")), *categories]  # type: ignore[attr-defined]
        self.fields["photo"].choices = [("", _("No photograph")), *photos]  # type: ignore[attr-defined]
        self.fields["tags"].choices = tags  # type: ignore[attr-defined]
        for name, kept in (("note", corrects), ("tags", bool(tags))):
            if not kept:
                del self.fields[name]

    @property
    def texts(self) -> dict[str, str]:
        """Title, lead and body as they stand in the form, saved or typed."""
        return {name: str(self[name].value() or "").replace("\r\n", "\n") for name in ("title", "lead", "body")}


def show(form: forms.Form, errors: dict[str, Any]) -> None:
    """Put an action's refusals at the fields they belong to."""
    for field, message in errors.items():
        form.add_error(field if field in form.fields else None, message)

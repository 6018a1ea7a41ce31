"""Forms of the desk."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.reviews.models import Review

EMPTY = _("This field is required.")


class BeginForm(forms.Form):
    """A new statement: for which office, about which review, at which address."""

    review = forms.TypedChoiceField(label=_("Review the statement is about"), coerce=int)
    office = forms.TypedChoiceField(label=_("Written by"), coerce=int)
    slug = forms.CharField(
        label=_("Address"), max_length=120, error_messages={"required": EMPTY},
        help_text=_("Small letters without marks, digits and hyphens, for example so-ket-2026. It cannot be changed later."),
    )

    def __init__(self, *args: Any, reviews: list[Review], offices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review"].choices = [(review.pk, review.title) for review in reviews]  # type: ignore[attr-defined]
        self.fields["office"].choices = offices  # type: ignore[attr-defined]


class Text(forms.CharField):
    """A text that must be there. The action says so, together with everything else that is wrong."""

    def validate(self, value: Any) -> None:
        return


class TextForm(forms.Form):
    """Title, lead, body and, after a release, the correction notice. Limits are the action's."""

    title = Text(label=_("Statement title"))
    lead = Text(
        label=_("Lead"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One or two sentences under the title."),
    )
    body = Text(
        label=_("Body"), widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("One paragraph a line; a heading begins with ##. {{01}} prints figure 01; {{01|hơn 12 nghìn}} prints these words if they "
                    "are true of it. A number that is not from the roll-up is marked: [[12 đơn vị]]."),
    )
    note = Text(
        label=_("Correction notice"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Says why the statement changes. Readers see it with each changed figure."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["note"]


def show(form: forms.Form, errors: dict[str, Any]) -> None:
    """Put an action's refusals at the fields they belong to."""
    for field, message in errors.items():
        form.add_error(field if field in form.fields else None, message)

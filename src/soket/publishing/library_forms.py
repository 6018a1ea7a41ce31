"""Forms of the media library. Limits and reasons of refusal are the actions'."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.publishing.forms import Text

EMPTY = _("This field is required.")
MOST = 20
CREDIT = _("The office or role of who took it, as it is printed after “Photo:”.")
CONSENT = _("On what ground the people in it may be shown, for example a public ceremony, or written consent. Kept inside.")


def _day(label: Any) -> forms.DateField:
    wrong = {"invalid": _("Write the day as 31/12/2026.")}
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=wrong)


class Several(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or several."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(given) > MOST:
            raise forms.ValidationError(_("Choose at most %(most)s files at once."), code="many", params={"most": MOST})
        return [super(Files, self).clean(one, initial) for one in given]


class UploadForm(forms.Form):
    """Photographs, and what is true of all of them."""

    office = forms.TypedChoiceField(label=_("Office that keeps it"), coerce=int)
    photos = Files(
        label=_("Photographs"), error_messages={"required": EMPTY}, help_text=_("JPEG, PNG or WebP, at least 640 pixels wide, at most 25 MB each."),
        widget=Several(attrs={"accept": ".jpg,.jpeg,.png,.webp,image/jpeg,image/png,image/webp"}),
    )
    credit = forms.CharField(label=_("Credit"), max_length=200, required=False, help_text=CREDIT)
    place = forms.CharField(label=_("Place of the picture"), max_length=200, required=False)
    taken_on = _day(_("Taken on"))
    consent = forms.CharField(label=_("Consent ground"), max_length=300, required=False, help_text=CONSENT)

    def __init__(self, *args: Any, offices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].initial = offices[0][0]
            self.fields["office"].widget = forms.HiddenInput()


class PhotoForm(forms.Form):
    """What is said of one photograph."""

    caption = forms.CharField(
        label=_("Caption"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What, who from left to right with their titles, where and when."),
    )
    credit = Text(label=_("Credit"), help_text=CREDIT)
    alt = forms.CharField(
        label=_("Alternative text"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What one sees, for a reader who cannot see it. It does not repeat the caption."),
    )
    decorative = forms.BooleanField(label=_("Decorative: nothing is lost without it"), required=False)
    taken_on = _day(_("Taken on"))
    place = forms.CharField(label=_("Place of the picture"), required=False)
    consent = forms.CharField(label=_("Consent ground"), required=False, help_text=CONSENT)


class SameForm(forms.Form):
    """One credit or place for the photographs that were chosen."""

    credit = forms.CharField(label=_("Credit for those chosen"), required=False)
    place = forms.CharField(label=_("Place for those chosen"), required=False)

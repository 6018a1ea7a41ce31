"""Forms of an archive moving in. Reasons of refusal are the actions'."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.publishing.actions.arrivals import NEW, NONE

EMPTY = _("This field is required.")


class BringForm(forms.Form):
    """A file, its photographs, and whose articles they were."""

    office = forms.TypedChoiceField(label=_("Taken over by"), coerce=int)
    paper = forms.CharField(
        label=_("Name of the older newspaper"), max_length=200, error_messages={"required": EMPTY},
        help_text=_("Stands as the source of each article, and as the credit of photographs that have none."),
    )
    file = forms.FileField(
        label=_("File of articles"), help_text=_("A WordPress export (WXR), RSS or Atom, or a table as CSV or JSON. At most 64 MB."),
        error_messages={"required": EMPTY}, widget=forms.FileInput(attrs={"accept": ".xml,.rss,.atom,.csv,.json"}),
    )
    pictures = forms.FileField(
        label=_("Photographs"), required=False, widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=_("A ZIP with the folders as they lay on the older server, at most 300 MB. Nothing is fetched from the network."),
    )

    def __init__(self, *args: Any, offices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = offices[0][0]


class DeclineForm(forms.Form):
    """Why an archive is left aside."""

    reason = forms.CharField(label=_("Reason"), max_length=500, error_messages={"required": EMPTY}, widget=forms.Textarea(attrs={"rows": 2}))


class SectionsForm(forms.Form):
    """Where each section of the older newspaper goes; one of the same name is proposed."""

    def __init__(self, *args: Any, sections: Sequence[tuple[str, int]], categories: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [name for name, _number in sections]
        known = {words.casefold(): str(pk) for pk, words in categories}
        for place, (name, number) in enumerate(sections):
            choices = [(NONE, _("No category")), *((str(pk), words) for pk, words in categories), (NEW, _("A new category of this name"))]
            self.fields[f"muc_{place}"] = forms.ChoiceField(
                label=f"{name} ({number})", required=False, choices=choices, initial=known.get(name.casefold(), NONE)
            )

    def chosen(self) -> dict[str, str]:
        """Section → choice."""
        return {name: self.cleaned_data[f"muc_{place}"] for place, name in enumerate(self.names)}

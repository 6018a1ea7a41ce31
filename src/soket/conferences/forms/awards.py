"""Giving awards their sites: one choice for each award of the page, and the office that hands them over."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PlanForm(forms.Form):
    """One choice of site for each award, named after its id; empty: not given a site."""

    handed_by = forms.CharField(
        label=_("Handed over by (office)"), max_length=300, required=False, help_text=_("For those changed here; empty: the unit that hosts the site.")
    )

    def __init__(self, *args: Any, awards: Iterable[tuple[int, int | None]], sites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ids = []
        for pk, site in awards:
            self._ids.append(pk)
            choices = [("", "–"), *sites]
            self.fields[f"site-{pk}"] = forms.ChoiceField(choices=choices, required=False, initial=str(site or ""))

    def places(self) -> dict[int, int | None]:
        """The site of each award of the page."""
        return {pk: int(self.cleaned_data[f"site-{pk}"] or 0) or None for pk in self._ids}

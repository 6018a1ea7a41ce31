"""How each photograph of a text is shown there: caption, credit, alternative text, or decorative."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.publishing.forms import Text
from soket.publishing.queries.choosing import Placed
from soket.publishing.texts import Extras, Shown, field_of

WORDS = ("caption", "credit", "alt")


class ShownForm(forms.Form):
    """The words of one photograph in one text. What is left empty is taken from the library; limits are the action's."""

    caption = Text(label=_("Caption"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    credit = Text(label=_("Credit"), required=False)
    alt = Text(label=_("Alternative text"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    decorative = forms.BooleanField(label=_("Decorative: nothing is lost without it"), required=False)
    library = forms.BooleanField(label=_("Take the library's words"), required=False)

    def __init__(self, placed: Placed, before: Shown | None, data: Mapping[str, Any] | None) -> None:
        self.placed, self.before = placed, before
        posted = data is not None and field_of(placed.choice.id, "credit") in data
        super().__init__(data if posted else None, prefix=f"anh{placed.choice.id}", initial=_words(placed, before))
        for name in WORDS:
            words, now = getattr(placed, name), _plain(self.data.get(self.add_prefix(name)) if posted else self.initial[name])
            if words and words != now:
                self.fields[name].help_text = gettext("The library says: %(words)s") % {"words": words}
        if not self._differs():
            del self.fields["library"]

    def _differs(self) -> bool:
        """Whether the text has other words than the library."""
        return bool(self.before) and _words(self.placed, self.before) != _words(self.placed, None)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        told = data if not data.get("library") else {"decorative": self.placed.decorative}
        if not (told.get("credit") or self.placed.credit):
            self.add_error("credit", _("The photograph has no credit."))
        if not (told.get("decorative") or told.get("alt") or self.placed.alt):
            self.add_error("alt", _("Write what one sees, or mark the photograph as decorative."))
        return data

    @property
    def shown(self) -> Shown | None:
        """What the text is to show; None keeps what the library says. Without an answer it is as it was."""
        if not self.is_bound:
            return self.before
        return told_of(self.placed.choice.id, self.cleaned_data if self.is_valid() else self._typed())

    def _typed(self) -> dict[str, Any]:
        return {name: self[name].value() for name in self.fields}


def told_of(photo: int, data: Mapping[str, Any]) -> Shown:
    """The words of a form as plain data."""
    if data.get("library"):
        return Shown(photo)
    caption, credit, alt = (_plain(data.get(name)) or None for name in WORDS)
    return Shown(photo, caption, credit, alt, bool(data.get("decorative")))


def _plain(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()


def shown_forms(placed: Sequence[Placed], extras: Extras, data: Mapping[str, Any] | None) -> list[ShownForm]:
    """One form for each photograph of the text, in its order, with what was typed, else what was saved, else what the library says."""
    before = {item.photo: item for item in extras.shown}
    return [ShownForm(one, before.get(one.choice.id), data) for one in placed]


def _words(placed: Placed, before: Shown | None) -> dict[str, Any]:
    names = (*WORDS, "decorative")
    return {name: getattr(before, name) if before and getattr(before, name) is not None else getattr(placed, name) for name in names}

"""Forms of the acts. They read what was typed; whether it may be done is for the action to say."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

WRONG_DAY = {"invalid": _("Enter the day as dd/mm/yyyy."), "required": _("Enter the day as dd/mm/yyyy.")}
EMPTY = {"required": _("Fill in this field.")}
DAY = {"type": "date", "class": "inp--s n"}


def day_field(label: Any) -> forms.DateField:
    """A day, as the browser sends it or as it is written in Viet Nam."""
    widget = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=WRONG_DAY)


class ActForm(forms.Form):
    """What every act has: its day, its basis, a note."""

    on = day_field(_("In force from"))
    basis = forms.CharField(
        label=_("Legal basis"), max_length=400, help_text=_("Number, symbol, day and issuer of the decision"), error_messages=EMPTY
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)


class RenameForm(ActForm):
    name = forms.CharField(label=_("New name"), max_length=200, error_messages=EMPTY)
    field_order = ["name", "on", "basis", "note"]


class MergeForm(ActForm):
    """`others` are the siblings to merge with; an area also has a type and may be given a code."""

    others = forms.MultipleChoiceField(
        label=_("Merged with"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose at least one.")}
    )
    name = forms.CharField(label=_("Name of what is formed"), max_length=200, error_messages=EMPTY)
    kind = forms.CharField(label=_("Type"), max_length=20, required=False, help_text=_("For example xã, phường. Empty: the type they share."))
    code = forms.CharField(label=_("Code"), max_length=40, required=False, help_text=_("By Decision 19/2025/QĐ-TTg, if it has been given"))
    field_order = ["others", "name", "kind", "code", "on", "basis", "note"]

    def __init__(self, *args: Any, siblings: list[tuple[int, str]], is_area: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].choices = [(str(key), name) for key, name in siblings]  # type: ignore[attr-defined]
        if not is_area:
            del self.fields["kind"], self.fields["code"]


class UndoForm(forms.Form):
    on = day_field(_("Undone from"))
    basis = forms.CharField(label=_("Legal basis"), max_length=400, error_messages=EMPTY)


class ChoiceForm(forms.Form):
    """Which mapping counts, and why."""

    source = forms.ChoiceField(label=_("Mapping that counts"), widget=forms.RadioSelect, error_messages=EMPTY)
    basis = forms.CharField(label=_("Why this one"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400, error_messages=EMPTY)

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    """One whole-number part for each successor; the share is the part of their sum."""

    office = forms.CharField(label=_("Deciding office"), max_length=200, error_messages=EMPTY)
    basis = forms.CharField(label=_("Basis of the decision"), max_length=400, error_messages=EMPTY)

    def __init__(self, *args: Any, heirs: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in heirs:
            self.fields[f"share_{key}"] = forms.CharField(
                label=name, max_length=40, error_messages=EMPTY, help_text=_("A fraction such as 2/3, or 0 or 1"),
                widget=forms.TextInput(attrs={"class": "inp--n inp--s"}),
            )  # fmt: skip
        self.order_fields([*(f"share_{key}" for key, _name in heirs), "office", "basis"])


def show(form: forms.Form, errors: dict[str, Any], aliases: dict[str, str] | None = None) -> None:
    """Put an action's refusals at the fields they belong to; what has no field stands above the form."""
    for field, message in errors.items():
        name = (aliases or {}).get(field, field)
        form.add_error(name if name in form.fields else None, message)

"""A movement, and the sheet of counts that a unit registers and its superior recognises."""
from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from soket.exemplars import core, words
from soket.exemplars.forms.fields import Choosing, day_field, text_field
from soket.reporting.core import NumberProblem, parse_number


class MovementForm(Choosing):
    """What the movement is and who takes part."""

    office = forms.ChoiceField(label=_("Office in charge"))
    title = forms.CharField(label=_("Name of the movement"), max_length=300, help_text=_("As it is written in the document that opened it."))
    basis = text_field(_("Basis"), 2, 500, help_text=_("The document that opened the movement: kind, number, date, issuer."))
    begun_on = day_field(_("Begun on"), required=False, help_text=_("Leave it empty where the day is not known; pages then say so."))
    programmes = forms.MultipleChoiceField(label=_("Programmes that it serves"), required=False, widget=forms.CheckboxSelectMultiple)
    scope = forms.MultipleChoiceField(label=_("Units that take part"), widget=forms.CheckboxSelectMultiple)


class SheetForm(forms.Form):
    """Fifteen whole numbers, and for each field the word that there is nothing to report. `id` is made with the form."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in (*core.FIELDS, "all"):
            for column in core.COLUMNS:
                name = f"{row}_{column}"
                widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n", "autocomplete": "off"})
                self.fields[name] = forms.CharField(label=words.cell_name(name), max_length=20, required=False, widget=widget)
            if row != "all":
                label = _("Nothing to report")
                self.fields[f"{row}_nothing"] = forms.BooleanField(label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """The whole numbers in place of what was typed; each cell that holds none is named."""
        data = dict(super().clean() or self.cleaned_data)
        for row in (*core.FIELDS, "all"):
            for column in core.COLUMNS:
                name = f"{row}_{column}"
                typed = data.get(name, "")
                try:
                    data[name] = parse_number(typed, scale=0) if typed else None
                except NumberProblem:
                    self.add_error(name, words.sentence(core.Fault(name, "not_number")))
        return data

    def typed(self) -> core.Typed:
        """What the person typed, for the action."""
        cells = {f"{row}_{column}": self.cleaned_data.get(f"{row}_{column}") for row in (*core.FIELDS, "all") for column in core.COLUMNS}
        return core.Typed(cells, frozenset(row for row in core.FIELDS if self.cleaned_data.get(f"{row}_nothing")))

    def table(self) -> list[tuple[str, list[tuple[str, BoundField]], BoundField | None]]:
        """(field, its three cells under their columns, its tick box) in the order of the form."""
        columns = [(column, str(words.COLUMN_WORDS[column])) for column in core.COLUMNS]
        return [
            (str(words.FIELD_WORDS[row]), [(told, self[f"{row}_{column}"]) for column, told in columns], self[f"{row}_nothing"] if row != "all" else None)
            for row in (*core.FIELDS, "all")
        ]

    def rest(self) -> list[BoundField]:
        """The fields that stand outside the table."""
        known = {"id", "version", *(f"{row}_{name}" for row in (*core.FIELDS, "all") for name in (*core.COLUMNS, "nothing"))}
        return [self[name] for name in self.fields if name not in known]


class RegisterForm(SheetForm):
    """A unit's models of a year."""

    reason = text_field(_("Reason of the correction"), 2, 500)


class RecogniseForm(SheetForm):
    """What the superior recognises, by a dated decision."""

    dated = day_field(_("Date of the decision"))
    document = forms.CharField(label=_("Number and symbol of the decision"), max_length=80)
    reason = text_field(_("Reason of the correction"), 2, 500)


def filled(sheet: dict[str, core.Row]) -> dict[str, Any]:
    """How a kept sheet stands in the form, its totals computed: for a correction, and to recognise all that was registered."""
    initial: dict[str, Any] = {}
    for name, row in sheet.items():
        if row.state == "number":
            initial |= {f"{name}_collective": row.collective, f"{name}_individual": row.individual, f"{name}_total": row.total}
        initial[f"{name}_nothing"] = row.state == "nothing"
    if all(row.state != "missing" for row in sheet.values()):
        parts = {part: sum(row.part(part) or 0 for row in sheet.values()) for part in core.PARTS}
        initial |= {f"all_{part}": value for part, value in parts.items()} | {"all_total": sum(parts.values())}
    return initial

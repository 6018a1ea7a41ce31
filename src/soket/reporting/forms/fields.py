"""Small forms: a decision, an excuse, a file, a joint event, the state of a round."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.reporting.models import RoundStateName, TwinOutcome, Verdict

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.Form):
    """Accept or return; remarks for the whole and for each section."""

    verdict = forms.ChoiceField(
        label=_("Decision"), choices=Verdict.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose accepted or returned.")}
    )
    remarks = forms.CharField(
        label=_("Remarks"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Compulsory when the report is returned: say what to correct."),
    )

    def __init__(self, sections: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = [key for key, _title in sections]
        for key, title in sections:
            self.fields[f"section-{key}"] = forms.CharField(
                label=_("Remarks on section {key}. {title}").format(key=key, title=title), required=False, max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def whole(self) -> list[forms.BoundField]:
        return [self["verdict"], self["remarks"]]

    @property
    def by_section(self) -> list[forms.BoundField]:
        return [self[f"section-{key}"] for key in self.sections]

    @property
    def by_section_filled(self) -> bool:
        return any(field.value() or field.errors for field in self.by_section)

    def section_remarks(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"section-{key}"] for key in self.sections}


class ExcuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason for excusing"), max_length=400, error_messages={"required": _("State the reason.")}
    )


class FileForm(forms.Form):
    """A file and how it is called."""

    file = forms.FileField(
        label=_("File"), help_text=_("PDF, Word (docx), Excel (xlsx), JPEG or PNG, at most 10 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )
    title = forms.CharField(label=_("Name of the file"), max_length=200, required=False)


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("State of the round"), choices=RoundStateName.choices)
    basis = forms.CharField(label=_("Basis"), max_length=300, required=False)


class TwinForm(forms.Form):
    """Which of two contents stands. `id` is the new version's, should the other be sent; `base` the version shown."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    base = forms.UUIDField(widget=forms.HiddenInput, required=False)
    outcome = forms.ChoiceField(
        label=_("Which content stands?"), choices=TwinOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=400, error_messages={"required": _("State the reason.")})


class JointForm(forms.Form):
    """A joint event as its first reporter records it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    indicator = forms.ChoiceField(label=_("What was held"))
    held_on = forms.DateField(label=_("Day"), widget=DAY, error_messages={"invalid": _("Enter a day, for example 20/05/2025.")})
    title = forms.CharField(label=_("Name of the event"), max_length=200)
    counterpart = forms.ChoiceField(label=_("Held together with"))

    def __init__(self, indicators: list[tuple[str, str]], partners: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicators  # type: ignore[attr-defined]
        self.fields["counterpart"].choices = [(str(key), name) for key, name in partners]  # type: ignore[attr-defined]


def show(form: forms.Form, errors: dict[str, Any], message: Any) -> None:
    """Put an action's refusal at the fields it belongs to, or over the whole form."""
    for name, text in (errors or {"": message}).items():
        form.add_error(name if name in form.fields else None, text)

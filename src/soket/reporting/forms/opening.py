"""The form that opens a round: which form and period, then who reports and by when."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.kernel.clock import VIETNAM, today
from soket.kernel.periods import PeriodKind
from soket.reporting.core import clean
from soket.reporting.forms.fields import DAY
from soket.reporting.queries import ScopeChoice, ScopeDraft

KINDS = [
    (PeriodKind.MONTH.value, _("Month")),
    (PeriodKind.QUARTER.value, _("Quarter")),
    (PeriodKind.HALF.value, _("Six months")),
    (PeriodKind.NINE.value, _("Nine months")),
    (PeriodKind.YEAR.value, _("Year")),
    (PeriodKind.AD_HOC.value, _("Ad hoc: thematic or unscheduled")),
]
NEEDED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF), ("year", "index")),
    **dict.fromkeys((PeriodKind.NINE, PeriodKind.YEAR), ("year",)),
    PeriodKind.AD_HOC: ("starts", "ends", "title_vi"),
}
CLOSES = time(17, 0)
NO_DAY = {"invalid": _("Enter a day, for example 20/05/2025."), "required": _("Enter a day.")}
NO_YEAR = dict.fromkeys(("invalid", "required", "min_value", "max_value"), _("Write the year with four digits."))
NO_INDEX = dict.fromkeys(("invalid", "required", "min_value", "max_value"), _("Say which month, quarter or half."))
DAYS = ["%Y-%m-%d", "%d/%m/%Y"]


class CleanText(forms.CharField):
    """One normal form of a text; broken characters are told at the field."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(clean(value or ""))
        except ValueError:
            raise forms.ValidationError(_("The text contains characters that cannot be read. Type them again.")) from None


class PeriodForm(forms.Form):
    """Which form, which period. An ad hoc round has its own days and name, every other one a year and a number."""

    template = forms.ChoiceField(label=_("Report form"))
    kind = forms.ChoiceField(label=_("Kind of period"), choices=KINDS)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, required=False, error_messages=NO_YEAR)
    index = forms.IntegerField(
        label=_("Which one in the year"), min_value=1, max_value=12, required=False, error_messages=NO_INDEX,
        help_text=_("Month 1 to 12, quarter 1 to 4, half 1 or 2; not for nine months and a year."),
    )  # fmt: skip
    starts = forms.DateField(label=_("First day"), widget=DAY, input_formats=DAYS, required=False, error_messages=NO_DAY)
    ends = forms.DateField(label=_("Last day"), widget=DAY, input_formats=DAYS, required=False, error_messages=NO_DAY)
    title_vi = CleanText(
        label=_("Name of the report in Vietnamese"), max_length=200, required=False, error_messages={"required": _("Give the report a name.")}
    )
    title_en = CleanText(label=_("Name of the report in English"), max_length=200, required=False)
    rule = forms.ChoiceField(label=_("Rule of periods"))

    def __init__(self, data: Any, *, templates: Sequence[tuple[str, str]], rules: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, initial={"year": today().year, "kind": PeriodKind.QUARTER.value})
        kind = (data or {}).get("kind") or PeriodKind.QUARTER.value
        for name in NEEDED.get(kind, ()):
            self.fields[name].required = True
        self.fields["template"].choices = templates  # type: ignore[attr-defined]
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]

    @property
    def regular(self) -> list[forms.BoundField]:
        return [self[name] for name in ("year", "index")]

    @property
    def ad_hoc(self) -> list[forms.BoundField]:
        return [self[name] for name in ("starts", "ends", "title_vi", "title_en")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") in (PeriodKind.NINE, PeriodKind.YEAR):
            data["index"] = 1
        return data


class ScopeForm(forms.Form):
    """Who reports, each line and level with its own deadline (17:00 in Viet Nam of the day)."""

    area = forms.ChoiceField(label=_("Area"), initial="all")

    def __init__(self, data: Any, *, choices: Sequence[ScopeChoice], areas: Sequence[tuple[str, str]], ends: date) -> None:
        super().__init__(data)
        self.choices, self.ends = choices, ends
        self.fields["area"].choices = [("all", _("The whole country")), *areas]  # type: ignore[attr-defined]
        usual = _working_day(max(ends + timedelta(days=6), today() + timedelta(days=7)))
        for one in choices:
            self.fields[f"s-{one.key}"] = forms.BooleanField(label=one.label, required=False)
            self.fields[f"due-{one.key}"] = forms.DateField(
                label=_("Deadline, {scope}").format(scope=one.label), widget=DAY, input_formats=DAYS, required=False, initial=usual,
                error_messages=NO_DAY,
            )  # fmt: skip

    def rows(self) -> list[tuple[ScopeChoice, forms.BoundField, forms.BoundField]]:
        return [(one, self[f"s-{one.key}"], self[f"due-{one.key}"]) for one in self.choices]

    def chosen(self) -> list[ScopeChoice]:
        return [one for one in self.choices if self.cleaned_data.get(f"s-{one.key}")]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(f"s-{one.key}") for one in self.choices):
            self.add_error(None, _("Say which line and level reports."))
        for one in self.choices:
            name = f"due-{one.key}"
            if not data.get(f"s-{one.key}") or name in self.errors:
                continue
            due = data.get(name)
            if due is None:
                self.add_error(name, _("Enter a day."))
            elif due <= self.ends:
                self.add_error(name, _("The deadline must lie after the closing day."))
            elif due < today():
                self.add_error(name, _("This deadline has already passed."))
        return data

    def scopes(self, under: dict[str, int | None]) -> list[ScopeDraft]:
        """The chosen scopes; `under` is the unit of the chosen area by line."""
        return [ScopeDraft(one.line, one.level, _moment(self.cleaned_data[f"due-{one.key}"]), under.get(one.line)) for one in self.chosen()]


class ExtensionForm(forms.Form):
    """A later deadline for one line and level of a round, with its reason."""

    scope = forms.ChoiceField(label=_("For"))
    due_at = forms.DateField(label=_("New deadline"), widget=DAY, input_formats=DAYS, error_messages=NO_DAY)
    reason = CleanText(label=_("Reason"), max_length=400, error_messages={"required": _("State the reason.")})

    def __init__(self, data: Any, *, scopes: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="ext-%s")
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]

    def clean_due_at(self) -> datetime:
        return _moment(self.cleaned_data["due_at"])


def _moment(day: date) -> datetime:
    return datetime.combine(day, CLOSES, VIETNAM)


def _working_day(day: date) -> date:
    """The day, or the Monday after when it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)

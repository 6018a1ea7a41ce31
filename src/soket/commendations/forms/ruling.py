"""Forms of rules, one for each kind of value, of forms of commendation and of the calendar."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.core import money, ruling
from soket.commendations.forms.fields import day as day_field
from soket.commendations.forms.fields import text, whole_number
from soket.commendations.models.ruling import FormKind, Recipients
from soket.commendations.queries.campaign_page import PAPER_NAMES
from soket.commendations.queries.ruling_words import ABSENT
from soket.organisations.models import Level

CITATION: dict[str, Any] = {"label": _("Source"), "rows": 2, "limit": 400, "help_text": _("Number, date and article of the text that says so.")}
DOUBT: dict[str, Any] = {
    "label": _("What is not certain"), "rows": 2, "limit": 600, "required": False,
    "help_text": _("Shown beside the rule. Leave it empty when nothing is open."),
}  # fmt: skip
FROM: dict[str, Any] = {"label": _("In force from"), "help_text": _("What holds now stays readable and ends on that day.")}


class RuleForm(forms.Form):
    """What every change of a rule says; the fields of the value stand before these."""

    valid_from = day_field(**FROM)
    citation = text(**CITATION)
    doubt = text(**DOUBT)
    reason = text(_("Reason of the change"), 2, 500)

    def value(self) -> dict[str, Any]:
        """The value as data."""
        raise NotImplementedError

    def begin(self, value: dict[str, Any]) -> None:
        """Show the value that holds."""
        self.initial = {**self.initial, **self.shown(value)}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        """The value as the fields show it."""
        return value


class ClockForm(RuleForm):
    """A number of working days."""

    working_days = whole_number(_("Working days"), 1, ruling.MOST_DAYS)
    field_order = ["working_days"]

    def value(self) -> dict[str, Any]:
        return {"working_days": self.cleaned_data["working_days"]}


class PrincipleForm(RuleForm):
    """A principle that the system applies or only records."""

    enforced = forms.ChoiceField(
        label=_("What the system does"), choices=[("yes", _("refuses what breaks it")), ("no", _("records it, checks nothing"))], widget=forms.RadioSelect
    )
    field_order = ["enforced"]

    def value(self) -> dict[str, Any]:
        return {"enforced": self.cleaned_data["enforced"] == "yes"}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        return {"enforced": "yes" if value["enforced"] else "no"}


def _number(label: Any) -> forms.IntegerField:
    return whole_number(label, 1, 1000)


class ThresholdForm(RuleForm):
    """A share of the votes."""

    threshold = _number(_("Votes needed: parts"))
    threshold_of = _number(_("Votes needed: of how many parts"))
    field_order = ["threshold", "threshold_of"]

    def value(self) -> dict[str, Any]:
        return {"threshold": [self.cleaned_data["threshold"], self.cleaned_data["threshold_of"]]}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        return {"threshold": value["threshold"][0], "threshold_of": value["threshold"][1]}


class CouncilForm(RuleForm):
    """How a council meets and votes."""

    quorum = _number(_("Members present: parts"))
    quorum_of = _number(_("Members present: of how many parts"))
    threshold = _number(_("Votes needed: parts"))
    threshold_of = _number(_("Votes needed: of how many parts"))
    secret = forms.ChoiceField(label=_("Vote"), choices=[("yes", _("secret ballot")), ("no", _("vote by show of names"))], widget=forms.RadioSelect)
    absent = forms.ChoiceField(label=_("Absent members"), choices=list(ABSENT.items()), widget=forms.RadioSelect)
    field_order = ["unit", "quorum", "quorum_of", "threshold", "threshold_of", "secret", "absent"]

    def value(self) -> dict[str, Any]:
        data = self.cleaned_data
        pairs = {name: [data[name], data[f"{name}_of"]] for name in ("quorum", "threshold")}
        return {**pairs, "secret": data["secret"] == "yes", "absent": data["absent"]}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        parts = {f"{name}{end}": value[name][place] for name in ("quorum", "threshold") for place, end in enumerate(("", "_of"))}
        return {**parts, "secret": "yes" if value["secret"] else "no", "absent": value["absent"]}


class UnitCouncilForm(CouncilForm):
    """The rule of one unit's council, by the unit's name."""

    unit = forms.CharField(label=_("Unit whose council it is"), max_length=200)


def _times(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=8, required=False, help_text=hint, widget=forms.TextInput(attrs={"class": "inp--s n"}))


class MoneyForm(RuleForm):
    """How many times the base salary."""

    person = _times(_("A person: times the base salary"), _("For example 1,5. Empty: not known."))
    collective = _times(_("A collective: times the base salary"), _("For example 3. Empty: not known."))
    at_most = forms.BooleanField(
        label=_("This is a ceiling"), required=False, help_text=_("The issuer sets the amount below it, so none is computed.")
    )
    field_order = ["name", "person", "collective", "at_most"]

    def _pair(self, name: str) -> list[int] | None:
        typed = self.cleaned_data[name].strip()
        found = money.parsed(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(_("Enter how many times, for example 1,5."))
        return list(found) if found else None

    def clean_person(self) -> list[int] | None:
        return self._pair("person")

    def clean_collective(self) -> list[int] | None:
        return self._pair("collective")

    def value(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("person", "collective", "at_most")}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        pairs: dict[str, Any] = {name: money.decimal((value[name][0], value[name][1])) for name in ("person", "collective") if name in value}
        return pairs | {"at_most": bool(value.get("at_most"))}


class NewMoneyForm(MoneyForm):
    """A rule of money that forms of commendation may name."""

    name = forms.SlugField(label=_("Code of the rule"), max_length=40, help_text=_("Small letters without marks and hyphens, for example giay-khen-xa."))


class SalaryForm(RuleForm):
    """The base salary in đồng."""

    dong = forms.CharField(
        label=_("Base salary, đồng a month"), max_length=20, help_text=_("For example 2.530.000."), widget=forms.TextInput(attrs={"class": "inp--s"})
    )
    field_order = ["dong"]

    def clean_dong(self) -> int:
        found = money.parsed_dong(self.cleaned_data["dong"])
        if found is None:
            raise forms.ValidationError(_("Enter whole đồng, for example 2.530.000."))
        return found

    def value(self) -> dict[str, Any]:
        return {"dong": self.cleaned_data["dong"]}

    @staticmethod
    def shown(value: dict[str, Any]) -> dict[str, Any]:
        return {"dong": f"{value['dong']:,}".replace(",", ".")}


OF_GROUP: dict[str, type[RuleForm]] = {
    "principle": PrincipleForm, "clock": ClockForm, "council": CouncilForm, "threshold": ThresholdForm, "money": MoneyForm, "salary": SalaryForm,
}  # fmt: skip


class EndForm(forms.Form):
    """From when a rule or a form no longer holds."""

    valid_to = day_field(_("No longer in force from"))
    reason = text(_("Reason"), 2, 500)


class AwardFormForm(forms.Form):
    """What may change in a form of commendation."""

    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    decided_by = forms.CharField(label=_("Decided by"), max_length=200, help_text=_("As papers print it, for example Bộ trưởng Bộ Công an."))
    recipients = forms.ChoiceField(label=_("Given to"), choices=Recipients.choices, widget=forms.RadioSelect)
    symbol = forms.CharField(label=_("Symbol of the issuer in its decisions"), max_length=30, help_text=_("For example BCA or MTTW-BTT."))
    family = forms.ChoiceField(
        label=_("Layout of its papers"), choices=[("state", _("state bodies (Decree 30/2020)")), ("front", _("Fatherland Front"))], widget=forms.RadioSelect
    )
    money = forms.ChoiceField(label=_("Money that goes with it"), required=False)
    dossier = forms.MultipleChoiceField(label=_("Papers of the dossier"), choices=list(PAPER_NAMES.items()), widget=forms.CheckboxSelectMultiple)
    valid_from = day_field(**FROM)
    citation = text(**CITATION)
    doubt = text(**DOUBT)
    field_order = ["code", "kind", "line", "level"]

    def __init__(self, *args: Any, money: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["money"].choices = [("", _("no rule is recorded")), *money]  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        """The fields that a form's text has."""
        names = ("name_vi", "name_en", "decided_by", "recipients", "symbol", "family", "money", "dossier", "citation", "doubt")
        return {name: self.cleaned_data[name] for name in names}


class ChangeAwardForm(AwardFormForm):
    """A new dated row of a form."""

    reason = text(_("Reason of the change"), 2, 500)


class NewAwardForm(AwardFormForm):
    """A form under a new code."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Small letters without marks and hyphens, for example giay-khen-ubnd-xa."))
    kind = forms.ChoiceField(label=_("Kind"), choices=FormKind.choices, widget=forms.RadioSelect)
    line = forms.ChoiceField(label=_("System of the units that give it"))
    level = forms.TypedChoiceField(label=_("Level of the units that give it"), choices=Level.choices, coerce=int)

    def __init__(self, *args: Any, lines: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """A year's days as pasted lines."""

    year = whole_number(_("Year"), 2000, 2099)
    days = text(
        _("Days off and days worked in exchange"), 16, 20_000,
        help_text=_("One day a line: dd/mm/yyyy; nghỉ or làm bù; name. For example 02/09/2027; nghỉ; Quốc khánh"),
    )  # fmt: skip
    citation = text(**CITATION)
    doubt = text(**DOUBT)


class HolidayForm(forms.Form):
    """One day of the calendar."""

    day = day_field(_("Day"))
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("off", _("day off")), ("worked", _("Saturday or Sunday worked in exchange"))], widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name of the day"), max_length=120)

"""Forms of the desk's steps, times, locks and categories. Limits and reasons of refusal are the actions'."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.kernel.clock import VIETNAM

EMPTY = _("This field is required.")


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    wrong = {"invalid": _("Write the day as 31/12/2026."), "required": EMPTY}
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=wrong)


def _time(*, required: bool = True) -> forms.TimeField:
    wrong = {"invalid": _("Write the time as 08:30."), "required": EMPTY}
    widget = forms.TimeInput(attrs={"type": "time", "class": "inp--s"}, format="%H:%M")
    return forms.TimeField(
        label=_("At (Vietnam time)"), required=required, widget=widget, input_formats=["%H:%M", "%H:%M:%S", "%Hh%M"], error_messages=wrong
    )


def parts(name: str, at: datetime | None) -> dict[str, Any]:
    """What the two inputs of an instant hold at first."""
    local = at.astimezone(VIETNAM) if at else None
    return {f"{name}_day": local.date(), f"{name}_time": local.time()} if local else {}


class Timed(forms.Form):
    """A form with instants in Viet Nam, each typed as a day and a time: `instants` names them. An action's refusal stands at the day."""

    instants: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in self.instants:
            day, hour = data.get(f"{name}_day"), data.get(f"{name}_time")
            if (day is None) != (hour is None) and not {f"{name}_day", f"{name}_time"} & set(self.errors):
                self.add_error(f"{name}_time" if hour is None else f"{name}_day", _("Give both the day and the time."))
            data[name] = datetime.combine(day, hour, tzinfo=VIETNAM) if day is not None and hour is not None else None
        return data

    def refuse(self, errors: dict[str, Any]) -> None:
        """Put an action's refusals at the inputs they belong to."""
        for name, message in errors.items():
            self.add_error(f"{name}_day" if name in self.instants else None, message)


class Reason(forms.CharField):
    """Words that must be there. The action says so when they are not."""

    def validate(self, value: Any) -> None:
        return


class ReturnForm(forms.Form):
    reason = Reason(label=_("What is to be changed"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(forms.Form):
    reason = Reason(
        label=_("Why it is taken down"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see these words at the article's address."),
    )


class TakeOverForm(forms.Form):
    reason = Reason(label=_("Why you end this lock"), widget=forms.Textarea(attrs={"rows": 2}))


class ScheduleForm(Timed):
    instants = ("due",)
    due_day = _day(_("Goes out on"))
    due_time = _time()


class TimesForm(Timed):
    """Empty fields remove a time."""

    instants = ("embargo_until", "expires_at")
    embargo_until_day = _day(_("Under embargo until"), required=False)
    embargo_until_time = _time(required=False)
    expires_at_day = _day(_("Shown to the public until"), required=False)
    expires_at_time = _time(required=False)


class RestoreForm(forms.Form):
    """`note` is asked for after a release only."""

    note = Reason(
        label=_("Correction notice"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Says why the statement changes. Readers see it with each changed figure."),
    )

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["note"]


class CategoryForm(forms.Form):
    """A new category, or (with `last`, the number of places) one that stands."""

    name = Reason(label=_("Name in Vietnamese"))
    name_en = Reason(label=_("Name in English"))
    slug = Reason(
        label=_("Address"), help_text=_("Small letters without marks, digits and hyphens, for example so-ket-2026. It cannot be changed later."),
    )
    place = forms.IntegerField(label=_("Place in the list"), min_value=1, error_messages={"required": EMPTY})
    closed = forms.BooleanField(
        label=_("Closed: takes no new article"), required=False, help_text=_("Its page and its articles stay where they are."),
    )

    def __init__(self, *args: Any, fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "closed") if fresh else ("slug",):
            del self.fields[name]

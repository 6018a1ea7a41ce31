"""Forms for accounts and posts."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.accounts.models import OFFICE_WORDS

OFFICES = [(office.value, words) for office, words in OFFICE_WORDS.items()]


class PersonForm(forms.Form):
    """A new account: its name, how its acts are signed, a first password."""

    label = forms.CharField(label=_("How acts are signed"), max_length=200, help_text=_("Post and unit, for example: Reporting officer, Police of commune X"))
    username = forms.CharField(label=_("Account name"), max_length=60)
    password = forms.CharField(label=_("First password"), widget=forms.PasswordInput, help_text=_("At least 14 characters."))


class PostForm(forms.Form):
    """A post for a person at a unit."""

    unit = forms.IntegerField(label=_("Unit number"), min_value=1, help_text=_("The number in the address of the unit's page."))
    office = forms.ChoiceField(label=_("Office"), choices=OFFICES)
    title = forms.CharField(label=_("Title"), max_length=200)
    valid_from = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    basis = forms.CharField(label=_("Basis"), max_length=300, help_text=_("The decision that gives the post."))


class EndForm(forms.Form):
    """The first day without the post."""

    valid_to = forms.DateField(label=_("First day without the post"), widget=forms.DateInput(attrs={"type": "date"}))


def show(form: forms.Form, errors: dict[str, Any]) -> None:
    """Put an action's refusals at the fields they belong to."""
    for field, message in errors.items():
        form.add_error(field if field in form.fields else None, message)

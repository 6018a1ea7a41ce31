"""Forms of councils, votes, postings and objections: what a person types; the actions decide whether it holds."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.core.ballots import CHOICES
from soket.commendations.forms.fields import day, text
from soket.commendations.models.appraising import MemberRole

Choices = Sequence[tuple[str, Any]]
WORDS = {"yes": _("Agree (vote)"), "no": _("Disagree (vote)"), "blank": _("Blank vote")}


def choice_words() -> list[tuple[str, Any]]:
    """The three choices of a ballot."""
    return [(name, WORDS[name]) for name in CHOICES]


class Offering(forms.Form):
    """A form whose choices come from the view."""

    def __init__(self, *args: Any, choices: dict[str, Choices] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (choices or {}).items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]


class CouncilForm(forms.Form):
    """A council to be set up: its name and its members, one a line."""

    name = forms.CharField(label=_("Name of the council"), max_length=200)
    members = text(
        _("Members"), 8, 8000,
        help_text=_("One a line: account | post as the minutes print it | role. The role is chair, deputy, member or secretary; without it, member."),
    )  # fmt: skip


class MemberForm(forms.Form):
    """One more member."""

    account = forms.CharField(label=_("Account name"), max_length=60)
    post = forms.CharField(label=_("Post as the minutes print it"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices, initial=MemberRole.MEMBER)


class MeetingForm(Offering):
    """A meeting to be planned."""

    held_at = forms.DateTimeField(
        label=_("Day and hour"), input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "inp--m"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    place = forms.CharField(label=_("Where"), max_length=200)
    secret = forms.ChoiceField(label=_("Way of voting"), widget=forms.RadioSelect, choices=[("yes", _("Secret ballot")), ("no", _("Open, by name"))])
    nominations = forms.MultipleChoiceField(label=_("Nominations put to the vote"), widget=forms.CheckboxSelectMultiple)


class OpenForm(Offering):
    """Who is present."""

    present = forms.MultipleChoiceField(label=_("Members present"), required=False, widget=forms.CheckboxSelectMultiple)


class RecuseForm(Offering):
    """A conflict of interest."""

    member = forms.ChoiceField(label=_("Member"))
    reason = text(_("What the conflict is"), 3, 300, help_text=_("The minutes print it."))


class NotedForm(forms.Form):
    """Votes by name as the secretary notes them: hands raised, letters come in. One choice a member, or none."""

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk, label in members:
            self.fields[f"m{pk}"] = forms.ChoiceField(label=label, required=False, choices=[("", _("no vote noted")), *choice_words()])

    def votes(self) -> dict[int, str]:
        """Member id → choice, those noted."""
        return {int(name[1:]): choice for name, choice in self.cleaned_data.items() if choice}


class PaperCountForm(forms.Form):
    """What the tellers counted, question by question, with their minutes."""

    NUMBERS = (("issued", _("Handed out")), ("yes", _("Agree")), ("no", _("Disagree")), ("blank", _("Blank")))
    file = forms.FileField(label=_("Signed minutes of the tellers"), help_text=_("PDF, Word or a picture, at most 10 MB."))

    def __init__(self, *args: Any, questions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        widget = {"inputmode": "numeric", "class": "inp--n inp--s"}
        for pk, label in self.questions:
            for name, words in self.NUMBERS:
                told = {**widget, "aria-label": f"{words}: {label}"}
                self.fields[f"q{pk}_{name}"] = forms.IntegerField(label=words, min_value=0, max_value=1000, widget=forms.TextInput(attrs=told))

    def rows(self) -> list[tuple[str, list[Any]]]:
        """(what is voted on, its bound fields)."""
        return [(label, [self[f"q{pk}_{name}"] for name, _words in self.NUMBERS]) for pk, label in self.questions]


class RankForm(forms.Form):
    """How the council decided between those with an equal share of votes."""

    reason = text(_("How the council decided between equal shares"), 3, 500, required=False)

    def __init__(self, *args: Any, tied: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in tied:
            widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n inp--s"})
            self.fields[f"o_{key}"] = forms.IntegerField(label=label, required=False, min_value=1, max_value=1000, widget=widget)
        self.fields["reason"] = self.fields.pop("reason")  # after the numbers it explains
        if not tied:
            del self.fields["reason"]

    def order(self) -> dict[str, int]:
        """Nomination id → place among its equals, where one was given."""
        return {name[2:]: value for name, value in self.cleaned_data.items() if name.startswith("o_") and value is not None}


class PromoteForm(forms.Form):
    """Why one moves up out of order; empty for the next in line."""

    reason = text(_("Reason"), 3, 1000, required=False)


class MinutesForm(forms.Form):
    """The day on which the minutes are issued."""

    dated = day(_("Day of the minutes"), _("The number is the next of the council's own series; numbers run with the days."))


class ObjectionForm(Offering):
    """An objection of a unit or office."""

    nomination = forms.ChoiceField(label=_("Objection to"))
    text = text(_("Objection"), 5, 2000, help_text=_("It is sent in the name of your office. The authority that issues the form answers it."))
    document = forms.CharField(label=_("Number and symbol of your letter"), max_length=80, required=False)


class AnswerForm(forms.Form):
    """The issuer's answer."""

    upheld = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[("no", _("Not upheld: the nomination stays put forward")), ("yes", _("Upheld: the nomination is not put forward any more"))],
    )  # fmt: skip
    reason = text(_("Reason"), 4, 1000)

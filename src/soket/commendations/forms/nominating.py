"""Forms of nominations."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.forms.fields import day, text
from soket.commendations.models.campaign import RecipientKind
from soket.commendations.queries.dossier import KINDS

Choices = list[tuple[str, Any]]


class Choosing(forms.Form):
    """A form whose choices come from the campaign."""

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in choices.items():
            self.fields[name].choices = listed  # type: ignore[attr-defined]


class NominationForm(Choosing):
    """Who is proposed for what. A person stands here in office: name, post, unit and nothing else."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    proposer = forms.ChoiceField(label=_("Proposing unit"))
    campaign_form = forms.ChoiceField(label=_("Form of commendation"))
    recipient = forms.ChoiceField(label=_("Proposed for"), choices=RecipientKind.choices, widget=forms.RadioSelect, initial="collective")
    unit = forms.CharField(
        label=_("Unit"), max_length=200, widget=forms.TextInput(attrs={"list": "units-offered"}),
        help_text=_("The full name of the collective, or of the person's unit."),
    )  # fmt: skip
    person_name = forms.CharField(
        label=_("Name of the person"), max_length=120, required=False, help_text=_("For a person only. No identity number, date of birth or address is kept.")
    )
    person_post = forms.CharField(label=_("Post of the person"), max_length=200, required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    achieved_from = day(_("Achievement from"))
    achieved_to = day(_("Achievement until"))
    brief = forms.CharField(label=_("Achievement in one line"), max_length=300, help_text=_("As the list, the decision and the certificate print it."))
    summary = text(
        _("Achievement"), 12, 20_000, required=False,
        help_text=_("Write the code of a figure in double braces, for example {{SK-2025-01}}: it is printed as frozen and opens its source."),
    )  # fmt: skip
    figures = forms.MultipleChoiceField(label=_("Other figures it rests on"), required=False, widget=forms.CheckboxSelectMultiple)


class ReasonForm(forms.Form):
    """Why something is returned or withdrawn."""

    reason = text(_("Reason"), 3, 1000)


class NoteForm(forms.Form):
    """What was completed."""

    note = text(_("What was completed"), 3, 1000, required=False)


class ClearForm(forms.Form):
    """The declaration of the level that submits."""

    clear = forms.BooleanField(
        label=_("On this day the recipient is not under discipline, inspection or verification of a complaint"), required=False
    )


class RemarkForm(forms.Form):
    """A remark for everyone who sees the nomination."""

    text = text(_("Your remark"), 3, 2000)


class PaperForm(forms.Form):
    """A paper of the dossier, signed and brought back."""

    kind = forms.ChoiceField(label=_("Kind of paper"), choices=list(KINDS.items()))
    title = forms.CharField(label=_("Name of the paper"), max_length=300)
    document = forms.CharField(label=_("Number and symbol of the document"), max_length=80, required=False)
    dated = day(_("Dated"), required=False)
    file = forms.FileField(label=_("File of the document"), help_text=_("PDF, Word, Excel or picture, at most 10 MB"))


class PasteForm(Choosing):
    """Many nominations copied from a spreadsheet."""

    proposer = forms.ChoiceField(label=_("Proposing unit"))
    campaign_form = forms.ChoiceField(label=_("Form of commendation"))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    table = forms.CharField(
        label=_("The table, one nomination a line"), widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}), max_length=200_000, strip=False,
        help_text=_("Seven columns, copied or parted by semicolons: collective or person; unit; name; post; achievement in one line; from; until."),
    )  # fmt: skip

"""Forms of the list, of invitations and of what is changed while a conference is prepared."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.forms.fields import Choosing, instant_field
from soket.conferences.models.planning import Answer, DelegateRole


def titles_field(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=1700, **more)


class ReplyForm(forms.Form):
    """What the invited answer."""

    answer = forms.ChoiceField(label=_("Your answer"), choices=Answer.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Reason, when you do not attend"), max_length=500, required=False)
    name = forms.CharField(
        label=_("Full name of whoever attends"), max_length=120, required=False, help_text=_("No identity number, telephone or date of birth is asked for.")
    )
    titles = titles_field(_("Titles of whoever comes in your place, one a line"), required=False)
    capacity = forms.CharField(
        label=_("In what capacity they come in your place"), max_length=200, required=False, help_text=_("For example: deputy head in charge.")
    )


class ConferenceChangeForm(forms.Form):
    """What is planned for the whole conference. Code and address stay."""

    title = forms.CharField(label=_("Title of the conference"), max_length=300)
    chaired_by = forms.CharField(label=_("Chaired by"), max_length=300, help_text=_("The bodies that chair it together, as printed."))
    starts_at = instant_field(_("Begins"))
    ends_at = instant_field(_("Ends"))
    place = forms.CharField(label=_("Place of issue"), max_length=60)
    symbol = forms.CharField(label=_("Symbol of the paper"), max_length=60, required=False)
    budget_minutes = forms.IntegerField(
        label=_("Speaking time of each delegation, minutes"), min_value=0, max_value=600, help_text=_("0 sets no limit.")
    )


class SiteChangeForm(Choosing):
    """What is planned for one site."""

    name = forms.CharField(label=_("Name of the site"), max_length=200)
    host = forms.ChoiceField(label=_("Kept by"))
    room = forms.CharField(label=_("Room"), max_length=200, required=False)
    address = forms.CharField(label=_("Address of the hall"), max_length=300, required=False)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=100_000, required=False)
    secretary = forms.CharField(
        label=_("Secretary of the site"), max_length=200, required=False, help_text=_("An office, not a private name, for example: Staff office of the police.")
    )


class DelegateChangeForm(Choosing):
    """What the list says of a delegate."""

    titles = titles_field(_("Titles, one a line, in the order in which they are read"))
    name = forms.CharField(label=_("Full name, when the unit has named somebody"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Takes part as"), choices=DelegateRole.choices)
    site = forms.ChoiceField(label=_("Site"))


class RuleForm(Choosing):
    """One delegate for each site, by the kind of site."""

    line = forms.ChoiceField(label=_("Represents, at this site, the unit of"), required=False)
    centre = titles_field(_("Titles at the central site, one a line"), 2, required=False, help_text=_("Leave empty to put nobody on the list there."))
    province = titles_field(_("Titles at each provincial site, one a line"), 2, required=False)
    commune = titles_field(
        _("Titles at each commune site, one a line"), 2, required=False, help_text=_("The sign {} stands for the unit's name, for example: Head of {}.")
    )
    role = forms.ChoiceField(label=_("Takes part as"), choices=DelegateRole.choices, initial="delegate")

    def titles(self) -> dict[str, list[str]]:
        """Titles by kind of site, those given only."""
        given = {kind: [line.strip() for line in self.cleaned_data[kind].splitlines() if line.strip()] for kind in ("centre", "province", "commune")}
        return {kind: lines for kind, lines in given.items() if lines}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found = self.titles()
            if not found:
                self.add_error("commune", _("Give titles for at least one kind of site."))
            for kind, lines in found.items():
                if len(lines) > 8:
                    self.add_error(kind, _("Give between one and eight titles, one a line."))
        return data


class PasteForm(forms.Form):
    """A list copied from a spreadsheet. No identity number, telephone or birth date is asked for."""

    table = forms.CharField(
        label=_("The list, one delegate a line"), widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}), max_length=1_000_000, strip=False,
        help_text=_("Five columns, copied or parted by semicolons: full name; titles parted by |; unit; site; role. Only titles and unit are needed."),
    )  # fmt: skip

"""Forms of preparing a conference."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.conferences.forms.fields import Choosing, instant_field
from soket.conferences.models.planning import DelegateRole


class ConferenceForm(Choosing):
    """A new conference."""

    title = forms.CharField(label=_("Title of the conference"), max_length=300)
    reviews = forms.MultipleChoiceField(label=_("Reviews held"), widget=forms.CheckboxSelectMultiple)
    code = forms.CharField(label=_("Code"), max_length=30, help_text=_("Printed on badges, for example HN-2026."))
    slug = forms.SlugField(label=_("Address"), max_length=60, help_text=_("Small letters without marks and hyphens, for example hoi-nghi-2026."))
    office = forms.ChoiceField(label=_("Run by"))
    chaired_by = forms.CharField(label=_("Chaired by"), max_length=300, help_text=_("The bodies that chair it together, as printed."))
    starts_at = instant_field(_("Begins"))
    ends_at = instant_field(_("Ends"))
    place = forms.CharField(label=_("Place of issue"), max_length=60, initial="Hà Nội")
    symbol = forms.CharField(label=_("Symbol of the paper"), max_length=60, required=False)
    budget_minutes = forms.IntegerField(
        label=_("Speaking time of each delegation, minutes"), min_value=0, max_value=600, initial=10, help_text=_("0 sets no limit.")
    )


class SitesForm(Choosing):
    """Which units of the tree get a site."""

    LEVELS = ((0, _("Centre")), (1, _("Provinces")), (3, _("Communes")))
    line = forms.ChoiceField(label=_("System of units"))
    level = forms.TypedChoiceField(label=_("Level"), choices=LEVELS, coerce=int, widget=forms.RadioSelect)
    under = forms.ChoiceField(label=_("Only below"), required=False)


class DelegateForm(Choosing):
    """Somebody in office on the list. No identity number, telephone or birth date is asked for."""

    site = forms.ChoiceField(label=_("Site"))
    line = forms.ChoiceField(label=_("Represents, at this site, the unit of"), required=False)
    titles = forms.CharField(
        label=_("Titles, one a line, in the order in which they are read"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1700,
        help_text=_("For example: Director of the provincial police."),
    )  # fmt: skip
    name = forms.CharField(label=_("Full name, when the unit has named somebody"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Takes part as"), choices=DelegateRole.choices, initial="delegate")

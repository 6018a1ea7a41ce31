"""The sample form of the component gallery; rooms bring their own forms."""
from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    number = forms.CharField(label=_("Number and symbol"), help_text=_("As written on the document"), max_length=30)
    models = forms.IntegerField(
        label=_("Models at the end of the period"),
        min_value=0,
        error_messages={"invalid": _("Enter the number of models as a whole number, for example 15")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n inp--s"}),
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("province", _("Province")), ("commune", _("Commune"))])
    scope = forms.ChoiceField(
        label=_("Scope"),
        choices=[("all", _("All units")), ("owing", _("Only units that owe"))],
        widget=forms.RadioSelect,
        help_text=_("Decides which names are listed"),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, required=False)
    evidence = forms.FileField(label=_("Evidence file"), help_text=_("PDF, Word or image, at most 20 MB"), required=False)
    agreed = forms.BooleanField(label=_("I have compared these figures with the signed document"))

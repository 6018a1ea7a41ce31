"""What is typed when a ground has moved: a verdict, a cancelling decision, what was taken back."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.forms.deciding import password
from soket.commendations.forms.fields import day, text
from soket.commendations.models.deciding import GroundKind


class JudgeForm(forms.Form):
    """Whether the ground still bears the award, for one authority."""

    authority = forms.ChoiceField(label=_("Judged for"), widget=forms.RadioSelect)
    bears = forms.ChoiceField(
        label=_("With the corrected figure"), widget=forms.RadioSelect,
        choices=[("yes", _("The ground still bears it")), ("no", _("The ground no longer bears it"))],
    )  # fmt: skip
    reason = text(_("Reason"), 3, 1000)

    def __init__(self, *args: Any, authorities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].choices = authorities  # type: ignore[attr-defined]
        if len(authorities) == 1:
            self.fields["authority"].initial = authorities[0][0]


class CancelForm(forms.Form):
    """A decision that cancels an award and takes it back; others that rest on the same figure may go with it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(label=_("Ground of the law"), widget=forms.RadioSelect, choices=GroundKind.choices)
    finding = text(_("What was found"), 5, 2000, help_text=_("It is printed in the decision and read by everyone."))
    also = forms.MultipleChoiceField(label=_("Cancelled by the same decision"), required=False, widget=forms.CheckboxSelectMultiple)
    dated = day(_("Day of the decision"), _("The number is taken on this day; numbers run with the days."))
    return_by = day(_("To be returned by"), required=False)
    return_to = forms.CharField(label=_("To be returned to"), max_length=300, required=False)
    authority = forms.CharField(label=_("Signs for"), max_length=200, required=False, help_text=_("For example “KT. Bộ trưởng”; empty when the head signs."))
    signer_post = forms.CharField(label=_("Post of the signer"), max_length=200, help_text=_("As printed under the decision."))
    password = password()

    def __init__(self, *args: Any, alike: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(alike)
        self.fields["also"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["also"]


class RecoveryForm(forms.Form):
    """What came back after a cancellation."""

    what = forms.ChoiceField(
        label=_("What was taken back"), widget=forms.RadioSelect, choices=[("object", _("The certificate or medal")), ("money", _("Money"))]
    )
    dong = forms.IntegerField(
        label=_("Amount in đồng"), required=False, min_value=1, max_value=10**12, help_text=_("Only for money: whole đồng, for example 3510000.")
    )
    on = day(_("Taken back on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

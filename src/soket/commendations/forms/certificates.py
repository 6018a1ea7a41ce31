"""Forms of certificates and of their design."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.commendations.forms.fields import text
from soket.documents.certificates import SHEETS, Design

SLOTS = [
    ("quoc_hieu", _("National title")), ("tieu_ngu", _("National motto")), ("issuer", _("Who gives it")), ("verb", _("The word “TẶNG”")),
    ("title", _("Name of the form")), ("recipient", _("Recipient")), ("unit", _("Post and unit")), ("achievement", _("Achievement")),
    ("place_date", _("Place and date")), ("post", _("Post of who signs")), ("signer_space", _("Room for signature and seal")),
    ("name", _("Name of who signs")), ("decision", _("Number of the decision")), ("gold_book", _("Number in the gold book")),
    ("reissue", _("Note of a copy made out again")), ("qr", _("QR code")), ("serial", _("Serial number")), ("text", _("Free text")),
]  # fmt: skip
PLACES = [("head", _("Upper part")), ("left", _("Foot, left")), ("right", _("Foot, right"))]
ALIGNS = [("left", _("Aligned left")), ("centre", _("Centred")), ("right", _("Aligned right"))]
COLOURS = [("black", _("Black")), ("red", _("Red")), ("gold", _("Gold"))]
FRAMES = [("none", _("No border")), ("simple", _("One rule")), ("double", _("Two rules")), ("ornament", _("Rules with corner ornaments"))]


def _number(label: Any, most: int, least: int = 0) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "inp--n inp--s"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget)


class DesignForm(forms.Form):
    """The paper, the border, and the source of both."""

    title = forms.CharField(label=_("Name of the design"), max_length=120)
    width = _number(_("Width of the paper, mm"), 1000, 50)
    height = _number(_("Height of the paper, mm"), 1000, 50)
    frame_width = _number(_("Width of the border, mm"), 1000, 20)
    frame_height = _number(_("Height of the border, mm"), 1000, 20)
    frame_style = forms.ChoiceField(label=_("Border"), choices=FRAMES)
    frame_printed = forms.BooleanField(label=_("Print the border (not on a blank that carries it)"), required=False)
    pad_x = _number(_("Clear space at the sides, mm"), 200)
    pad_top = _number(_("Clear space above, mm"), 200)
    pad_bottom = _number(_("Clear space below, mm"), 200)
    foot_left = _number(_("Left column of the foot, per cent"), 90, 10)
    source = text(_("Where the measures come from"), 2, 400, required=False)
    note = forms.CharField(label=_("What was changed"), max_length=300, required=False)

    @staticmethod
    def told(design: Design) -> dict[str, Any]:
        """The design as the form's initial values."""
        frame = design.frame
        return {
            "title": design.title, "width": design.width, "height": design.height, "frame_width": frame.width, "frame_height": frame.height,
            "frame_style": frame.style, "frame_printed": frame.printed, "pad_x": frame.pad_x, "pad_top": frame.pad_top, "pad_bottom": frame.pad_bottom,
            "foot_left": design.foot_left, "source": design.source,
        }  # fmt: skip


class LineForm(forms.Form):
    """One line of the design."""

    slot = forms.ChoiceField(label=_("What stands here"), choices=SLOTS)
    text = forms.CharField(label=_("Fixed words, or a pattern with {}"), max_length=300, required=False)
    place = forms.ChoiceField(label=_("Part of the page"), choices=PLACES)
    align = forms.ChoiceField(label=_("Alignment"), choices=ALIGNS)
    size = _number(_("Size, pt"), 200, 6)
    least = _number(_("May shrink to, pt (0: never)"), 200)
    most_lines = _number(_("At most so many lines"), 10, 1)
    colour = forms.ChoiceField(label=_("Colour"), choices=COLOURS)
    tracking = _number(_("Letter spacing, hundredths of an em"), 100)
    space = _number(_("Space above, mm"), 200)
    height = _number(_("Height, mm (signature, code)"), 200)
    rule = _number(_("Rule below, per cent of the words"), 100)
    bold = forms.BooleanField(label=_("Bold"), required=False)
    italic = forms.BooleanField(label=_("Italic"), required=False)
    caps = forms.BooleanField(label=_("Capitals"), required=False)
    printed = forms.BooleanField(label=_("Printed (not on a blank that carries it)"), required=False)


LineSet = forms.formset_factory(LineForm, extra=0, can_order=True, can_delete=True, max_num=40, absolute_max=60)


class BatchForm(forms.Form):
    """What to print."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("Print"), widget=forms.RadioSelect,
        choices=[("pdf", _("One PDF, one certificate a page")), ("sheets", _("Press sheets with crop marks")), ("zip", _("Single files in an archive (ZIP)"))],
    )  # fmt: skip
    sheet = forms.ChoiceField(label=_("Sheet"), choices=[("", "–"), *[(code, code.upper()) for code in SHEETS]], required=False)


class ReissueForm(forms.Form):
    """The words of a certificate put right."""

    name = forms.CharField(label=_("Recipient as printed"), max_length=300)
    detail = forms.CharField(label=_("Post and unit as printed"), max_length=400, required=False)
    reason = text(_("Why it is made out again"), 2, 500)

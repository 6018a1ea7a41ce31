"""Forms of the sound page. Limits and reasons of refusal are the actions'."""
from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from soket.publishing.desk_forms import Reason
from soket.publishing.voices import Voice

EMPTY = _("This field is required.")


class RecordingForm(forms.Form):
    """A recording, and the office or role of who reads."""

    file = forms.FileField(
        label=_("Recording"), help_text=_("WAV, MP3, Ogg or M4A, two seconds to two hours."), error_messages={"required": EMPTY},
        widget=forms.FileInput(attrs={"accept": ".wav,.mp3,.ogg,.oga,.opus,.m4a,audio/*"}),
    )
    reader = forms.CharField(
        label=_("Read by"), max_length=200, error_messages={"required": EMPTY},
        help_text=_("The office or role of the reader, as listeners see it, for example Editor of the communications division."),
    )


class MachineForm(forms.Form):
    """Which of the installed voices reads."""

    voice = forms.ChoiceField(label=_("Voice"))

    def __init__(self, *args: Any, voices: list[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voice"].choices = [(voice.key, voice.name) for voice in voices]  # type: ignore[attr-defined]
        if len(voices) == 1:
            self.fields["voice"].widget = forms.HiddenInput()
            self.fields["voice"].initial = voices[0].key


class TakeBackForm(forms.Form):
    reason = Reason(
        label=_("Why the sound is taken from the public"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept in the record. Readers see the article without sound."),
    )

"""Sound made by the worker: a recording levelled, or a text read by a voice, and both made into what the public hears."""
from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from soket.files import queries as files
from soket.jobs.declare import job
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.publishing import sounding, speech, voices
from soket.publishing.actions import sound as actions
from soket.publishing.models import Narration, NarrationState
from soket.publishing.queries import sound as queries

SOUNDER = SystemActor("sounder", "Soket")
WHY: dict[str, Promise | str] = {
    "not_sound": _("This file is not a sound recording that can be opened. Choose WAV, MP3, Ogg or M4A."),
    "no_sound": _("The file holds no sound."),
    "video": _("The file is a video. Save its sound alone, then bring that."),
    "short": _("The recording is shorter than two seconds."),
    "long": _("The recording is longer than two hours."),
    "silent": _("Nothing is heard in the recording: it is silent, or far too quiet."),
    "broken": _("The recording breaks off or is damaged. Save it again, then bring that."),
    "voice": _("The voice gave no sound. See that espeak-ng is installed on the server, then ask again."),
}


@job
def make_sound(*, narration: int) -> str:
    """Make the sound of one reading (by id); done already, it stays. Answers the MP3's SHA-256, or the reason why there is none."""
    row = queries.narration(narration)
    if row is None or row.state != NarrationState.WAITING:
        return row.mp3.sha256 if row is not None and row.mp3 is not None else ""
    with tempfile.TemporaryDirectory() as rough:
        folder = Path(rough)
        try:
            made = sounding.sounded(_source(row, folder), folder)
        except sounding.BadSound as bad:
            return _failed(row, bad.why)
        except voices.VoiceFault:
            return _failed(row, "voice")
        kept = actions.keep_sound(
            narration=row, mp3=made.mp3.read_bytes(), opus=made.opus.read_bytes(), duration=made.duration,
            loudness=round(made.loudness.integrated * 100), waveform=made.waveform, by=SOUNDER, at=now(),
        )
    return kept.mp3.sha256 if kept.mp3 else ""


def _source(row: Narration, folder: Path) -> Path:
    """The recording as it was brought, or what a voice has just read. Raises VoiceFault."""
    if row.original is not None:
        return files.open_path(row.original)
    voice = next((one for one in voices.offered() if one.name == row.voice), None)
    if voice is None:
        raise voices.VoiceFault(row.voice)
    target = folder / "spoken.wav"
    voice.speak(speech.spoken(queries.text_of(row.revision, now())), target)
    return target


def _failed(row: Narration, why: str) -> str:
    words = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words[code] = str(WHY[why])
    actions.fail_sound(narration=row, fault=words, by=SOUNDER, at=now())
    return words["vi"]

"""Loudness measured and made level, what is refused, and that what is made can be heard."""
from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from soket.publishing import sounding, speech, voices
from tests.factories import publishing_sound as make

pytestmark = pytest.mark.one_database


def placed(tmp_path: Path, content: bytes, name: str = "nguon") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def decoded(path: Path) -> tuple[str, int, int, int]:
    """(codec, rate, channels, samples) of a file that is read to its end."""
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        return stream.codec_context.name, stream.rate, stream.codec_context.channels, sum(frame.samples for frame in file.decode(audio=0))


@pytest.mark.parametrize(("ending", "level", "channels"), [("wav", 0.02, 1), ("mp3", 0.05, 2), ("ogg", 0.9, 1), ("m4a", 0.3, 2)])
def test_every_kind_is_brought_to_one_loudness(tmp_path: Path, ending: str, level: float, channels: int) -> None:
    made = sounding.sounded(placed(tmp_path, make.tone(ending, level=level, channels=channels)), tmp_path)
    for file in (made.mp3, made.opus):
        measured = sounding.measure(file)
        assert abs(measured.integrated - sounding.TARGET) <= 1
        assert measured.peak <= sounding.CEILING
    assert made.loudness == sounding.measure(made.mp3)
    assert abs(made.duration - 2500) <= 30
    mp3, opus = decoded(made.mp3), decoded(made.opus)
    assert (mp3[:3], opus[:3]) == (("mp3float", 48_000, channels), ("opus", 48_000, channels))
    assert min(mp3[3], opus[3]) >= 2.45 * 48_000
    assert len(made.waveform) == sounding.BARS
    assert (min(made.waveform) >= 0, max(made.waveform)) == (True, 100)


def test_peaks_that_would_pass_the_ceiling_are_held_and_the_loudness_still_met(tmp_path: Path) -> None:
    time = np.arange(4 * 48_000) / 48_000
    speech_like = 0.03 * np.sin(2 * np.pi * 300 * time)
    for start in range(0, len(time), 24_000):  # short loud knocks over a quiet voice
        speech_like[start : start + 480] += 0.8 * np.sin(2 * np.pi * 900 * time[:480])
    path = tmp_path / "knocks.wav"
    make.write(path, "wav", speech_like.astype("float32")[None, :])
    before = sounding.measure(path)
    assert before.peak + sounding.TARGET - before.integrated > 0  # gain alone would clip
    made = sounding.sounded(path, tmp_path)
    assert abs(made.loudness.integrated - sounding.TARGET) <= 1
    assert made.loudness.peak <= sounding.CEILING + 0.5


def test_the_waveform_follows_the_sound(tmp_path: Path) -> None:
    wave = np.zeros((1, 4 * 48_000), dtype="float32")
    wave[0, 96_000:] = 0.2 * np.sin(2 * np.pi * 440 * np.arange(96_000) / 48_000)
    path = tmp_path / "half.wav"
    make.write(path, "wav", wave)
    made = sounding.sounded(path, tmp_path)
    assert max(made.waveform[:95]) == 0
    assert min(made.waveform[105:]) >= 95


def why(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(sounding.BadSound) as refused:
        sounding.sounded(placed(tmp_path, content), tmp_path)
    return refused.value.why


def one_hertz() -> bytes:
    """A WAV of one sample a second."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setparams((1, 2, 1, 0, "NONE", ""))
        sound.writeframes(b"\1\2" * 60)
    return made.getvalue()


def test_what_is_no_recording_is_refused_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert why(tmp_path, b"ID3 words that are no sound" * 50) == "not_sound"
    assert why(tmp_path, one_hertz()) == "not_sound"  # else 44 bytes and a little would be hours of sound to decode
    assert why(tmp_path, b"#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n") == "not_sound"
    assert why(tmp_path, make.tone(seconds=1.5)) == "short"
    assert why(tmp_path, make.tone(level=0.0)) == "silent"
    film = tmp_path / "film.mp4"
    make.write(film, "mp4", np.full((1, 3 * 48_000), 0.1, dtype="float32"), picture="film")
    assert why(tmp_path, film.read_bytes()) == "video"
    monkeypatch.setattr(sounding, "LONGEST", 3000)
    assert why(tmp_path, make.tone(seconds=4)) == "long"


def test_a_recording_that_breaks_off_gives_a_reason_or_what_is_there(tmp_path: Path) -> None:
    whole = make.tone("mp3", seconds=4)
    assert why(tmp_path, whole[:3000]) in {"short", "broken", "not_sound"}


def test_the_always_there_voice_reads_vietnamese(tmp_path: Path) -> None:
    voice = voices.VOICES["espeak-vi"]
    assert (voice.name, voice.language, voice.installed()) == ("espeak-ng, tiếng Việt", "vi", True)
    target = tmp_path / "doc.wav"
    voice.speak(speech.spoken("Có 12.345 buổi; --help $(x) `y`\n-v en"), target)
    assert decoded(target)[:3] == ("pcm_s16le", 22_050, 1)
    assert decoded(target)[3] > 2 * 22_050
    made = sounding.sounded(target, tmp_path)
    assert abs(made.loudness.integrated - sounding.TARGET) <= 1


def test_a_voice_that_is_not_there_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    voice = voices.VOICES["espeak-vi"]
    assert (voice.installed(), voices.offered()) == (False, [])
    with pytest.raises(voices.VoiceFault):
        voice.speak("một", tmp_path / "doc.wav")


def test_each_line_ends_with_a_rest() -> None:
    assert voices.paused("Tiêu đề\nCâu có chấm.\n\nDanh sách:") == "Tiêu đề.\nCâu có chấm.\nDanh sách:"

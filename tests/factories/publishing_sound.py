"""Sound to test with: tones of a known loudness, made here, and a released article that has a reading."""
from __future__ import annotations

import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

from soket.accounts.models import Person
from soket.files.actions import Upload
from soket.publishing.actions import sound as actions
from soket.publishing.models import Article, Narration
from soket.publishing.queries import sound as queries
from soket.publishing.tasks.sound import make_sound
from tests.factories import publishing as make

KINDS = {"wav": ("wav", "pcm_s16le"), "mp3": ("mp3", "libmp3lame"), "ogg": ("ogg", "libopus"), "m4a": ("ipod", "aac")}
READER = "Phát thanh viên Phòng Truyền thông"


@cache
def tone(ending: str = "wav", seconds: float = 2.5, level: float = 0.1, channels: int = 2, beat: float = 3.0) -> bytes:
    """A tone of 440 Hz whose strength goes up and down `beat` times a second; `level` is its greatest amplitude."""
    with tempfile.TemporaryDirectory() as rough:
        path = Path(rough) / f"tone.{ending}"
        write(path, ending, _wave(seconds, level, channels, beat))
        return path.read_bytes()


def _wave(seconds: float, level: float, channels: int, beat: float) -> Any:
    time = np.arange(int(seconds * 48_000)) / 48_000
    wave = level * np.sin(2 * np.pi * 440 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * beat * time))
    return np.tile(wave.astype("float32"), (channels, 1))


def write(path: Path, ending: str, wave: Any, *, picture: str = "") -> None:
    """Write samples (channels × time, 48 kHz). `picture`: "film" puts a moving picture beside the sound."""
    layout = "stereo" if len(wave) == 2 else "mono"
    container, codec = KINDS.get(ending, ("mp4", "aac"))
    with av.open(str(path), "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=48_000, layout=layout)
        film: Any = file.add_stream("mpeg4", rate=1) if picture else None
        if film is not None:
            film.width, film.height, film.pix_fmt = 64, 64, "yuv420p"
            for number in range(3):
                image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), dtype="uint8"), format="rgb24")
                image.pts, image.time_base = number, Fraction(1, 1)
                file.mux(film.encode(image))
            file.mux(film.encode(None))
        whole = av.AudioFrame.from_ndarray(wave, format="fltp", layout=layout)
        whole.sample_rate, whole.pts, whole.time_base = 48_000, 0, Fraction(1, 48_000)
        own = av.AudioResampler(format=stream.format.name, layout=layout, rate=48_000, frame_size=stream.frame_size or 1024)
        for part in (whole, None):
            for piece in own.resample(part):
                file.mux(stream.encode(piece))
        file.mux(stream.encode(None))


def kept(article: Article, by: Person, content: bytes | None = None, reader: str = READER) -> Narration:
    """A recording brought for the newest approved or released text."""
    return actions.keep_recording(article=article, upload=Upload(content or tone(), "ban-doc.wav"), reader=reader, by=by, at=make.AT)


def ready(article: Article, by: Person, content: bytes | None = None) -> Narration:
    """As `kept`, made ready as the worker does."""
    row = kept(article, by, content)
    worked(row)
    return fresh(row)


def worked(row: Narration) -> Any:
    """Run the job of a reading here; a test's transaction never commits, so no worker is told."""
    return make_sound.func(narration=row.pk)["done"]


def fresh(row: Narration) -> Narration:
    found = queries.narration(row.pk)
    assert found is not None
    return found


def heard(desk: make.Desk, row: Narration) -> Narration:
    """Given to the public by who publishes."""
    return actions.release_sound(narration=row, by=desk.publisher, at=make.AT)

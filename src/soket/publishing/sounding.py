"""Sound files: what they hold, how loud they are (EBU R128), made level, and made into what the public hears. PyAV; no Django.

A file is decoded piece by piece, so its length never decides how much memory is used. Only the containers named here are opened, from the
disk alone: a playlist that names other files or addresses is no sound. Loudness in LUFS, true peak in dBTP, lengths in milliseconds.
"""
from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
from av.audio.frame import AudioFrame
from av.filter import Graph

TARGET, CEILING = -16.0, -1.5
QUIETEST = -60.0  # LUFS; below it there is nothing but noise to raise
SHORTEST, LONGEST = 2_000, 2 * 3_600_000
RATE, BARS = 48_000, 200
LOWEST, HIGHEST = 8_000, 192_000  # Hz of a recording; a header that tells less would make a small file hours long
MARGIN = 0.5  # dB kept below the ceiling for what MP3 and Opus add to peaks
LOST = 0.25  # LU that the two codecs take away, measured: MP3 0.5 (LAME scales by 0.95), Opus hardly any
ROUNDS, NEAR = 5, 0.2  # limiting takes loudness away: the gain is found again until the measure is this near (LU)
OPENED = {"format_whitelist": "wav,mp3,ogg,mov,mp4,m4a,3gp,3g2,mj2", "protocol_whitelist": "file"}
MP3, OPUS = ("mp3", "libmp3lame", 128_000), ("ogg", "libopus", 48_000)

Why = Literal["not_sound", "no_sound", "video", "short", "long", "silent", "broken"]


class BadSound(Exception):
    """The file cannot be read aloud; `why` says which of the reasons."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness (LUFS) and true peak (dBTP) of a whole recording; its length as decoded (ms)."""

    integrated: float
    peak: float
    duration: int


@dataclass(frozen=True)
class Sounded:
    """What was made. `loudness` is measured again on the MP3 as it decodes; `waveform` is `BARS` levels (root mean square)
    0..100 of the loudest: peaks alone would be one flat band in a voice that was brought to its ceiling."""

    mp3: Path
    opus: Path
    duration: int
    loudness: Loudness
    waveform: list[int]


def probe(path: Path) -> int:
    """Channels to keep: 1 or 2. Raises BadSound for what is no recording of sound alone; its length is checked when it is decoded."""
    try:
        with av.open(str(path), options=dict(OPENED)) as source:
            if any(not _is_cover(stream) for stream in source.streams.video):
                raise BadSound("video")
            if not source.streams.audio:
                raise BadSound("no_sound")
            recorded = source.streams.audio[0].codec_context
            if not LOWEST <= recorded.sample_rate <= HIGHEST:
                raise BadSound("not_sound")
            return min(2, recorded.channels or 1)
    except (av.error.FFmpegError, ValueError) as fault:
        raise BadSound("not_sound") from fault


def measure(path: Path, change: tuple[tuple[str, str], ...] = ()) -> Loudness:
    """Loudness of the file, after the filters `change`. Raises BadSound."""
    last: dict[str, str] = {}
    samples = 0
    for frame in _filtered(path, (*change, ("ebur128", "metadata=1:peak=true"))):
        last, samples = frame.metadata or last, samples + frame.samples
    peaks = [float(value) for name, value in last.items() if name.startswith("lavfi.r128.true_peaks_ch")]
    peak = max(peaks, default=0.0)
    return Loudness(float(last.get("lavfi.r128.I", -70)), 20 * math.log10(peak) if peak > 0 else -120.0, samples * 1000 // RATE)


def limited(integrated: float, peak: float) -> bool:
    """Whether gain alone would bring a true peak above the ceiling."""
    return peak + TARGET + LOST - integrated > CEILING - MARGIN


def levelling(path: Path, before: Loudness) -> tuple[tuple[str, str], ...]:
    """The filters that bring the file to `TARGET` with no true peak above `CEILING`. Raises BadSound."""
    gain = TARGET + LOST - before.integrated
    if not limited(before.integrated, before.peak):
        return _change(gain, limited=False)
    for _round in range(ROUNDS):
        missing = TARGET + LOST - measure(path, _change(gain, limited=True)).integrated
        if abs(missing) <= NEAR:
            break
        gain += 1.5 * missing  # more of it meets the limit as it grows
    return _change(gain, limited=True)


def sounded(path: Path, folder: Path) -> Sounded:
    """Make MP3 and Opus of the file in the folder. Raises BadSound."""
    channels = probe(path)
    before = measure(path)
    if not SHORTEST <= before.duration <= LONGEST:
        raise BadSound("short" if before.duration < SHORTEST else "long")
    if not before.integrated > QUIETEST:
        raise BadSound("silent")
    change = levelling(path, before)
    mp3, opus = folder / "sound.mp3", folder / "sound.opus"
    peaks = _write(path, change, channels, before.duration, {mp3: MP3, opus: OPUS})
    after = measure(mp3)
    return Sounded(mp3, opus, before.duration, after, peaks)


def _is_cover(stream: Any) -> bool:
    """A picture inside a music file is not a film."""
    return bool(int(stream.disposition) & 0x400)


def _change(gain: float, *, limited: bool) -> tuple[tuple[str, str], ...]:
    """Peaks between samples are seen by the limiter at four times the rate."""
    volume = ("volume", f"{gain:.3f}dB")
    if not limited:
        return (volume,)
    limit = 10 ** ((CEILING - MARGIN) / 20)
    return (volume, ("aresample", str(4 * RATE)), ("alimiter", f"limit={limit:.5f}:level=0:attack=5:release=50:latency=1"), ("aresample", str(RATE)))


def _decoded(path: Path) -> Iterator[AudioFrame]:
    """Pieces of the sound at one rate, of one or two channels. Raises BadSound."""
    whole = av.AudioResampler(format="flt", layout="stereo" if probe(path) == 2 else "mono", rate=RATE)
    most, samples = LONGEST // 1000 * RATE, 0
    try:
        with av.open(str(path), options=dict(OPENED)) as source:
            for frame in source.decode(audio=0):
                for piece in whole.resample(frame):
                    samples += piece.samples
                    if samples > most:
                        raise BadSound("long")
                    yield piece
            yield from whole.resample(None)
    except (av.error.FFmpegError, ValueError) as fault:
        raise BadSound("broken") from fault


def _filtered(path: Path, chain: tuple[tuple[str, str], ...]) -> Iterator[AudioFrame]:
    graph, done = None, 0
    for piece in _decoded(path):
        if graph is None:
            graph = _graph(piece, chain)
        piece.pts, piece.time_base = done, Fraction(1, RATE)
        done += piece.samples
        graph.push(piece)
        yield from _pulled(graph)
    if graph is None:
        raise BadSound("no_sound")
    graph.push(None)
    yield from _pulled(graph)


def _graph(piece: AudioFrame, chain: tuple[tuple[str, str], ...]) -> Graph:
    graph = Graph()
    nodes = [graph.add_abuffer(sample_rate=RATE, format=piece.format.name, layout=piece.layout.name)]
    nodes += [graph.add(name, terms) for name, terms in chain]
    nodes.append(graph.add("abuffersink"))
    for one, following in zip(nodes, nodes[1:], strict=False):
        one.link_to(following)
    graph.configure()
    return graph


def _pulled(graph: Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, AudioFrame):
            yield frame


def _write(
    path: Path, change: tuple[tuple[str, str], ...], channels: int, duration: int, targets: dict[Path, tuple[str, str, int]]
) -> list[int]:
    """Write every target in one pass over the file. Returns the waveform."""
    power, counted = [0.0] * BARS, [0] * BARS
    total, done = max(1, duration * RATE // 1000), 0
    step = max(1, min(1024, total // (2 * BARS)))  # never longer than a bar
    outs = [_Writer(target, channels, *kind) for target, kind in targets.items()]
    for frame in _filtered(path, change):
        values = frame.to_ndarray()
        square = (values**2).mean(axis=0) if frame.format.is_planar else (values.reshape(-1, channels) ** 2).mean(axis=1)
        for start in range(0, len(square), step):
            bar, part = min(BARS - 1, (done + start) * BARS // total), square[start : start + step]
            power[bar] += float(part.sum())
            counted[bar] += len(part)
        done += frame.samples
        for out in outs:
            out.put(frame)
    for out in outs:
        out.end()
    levels = [math.sqrt(sum_ / count) if count else 0.0 for sum_, count in zip(power, counted, strict=True)]
    highest = max(levels) or 1.0
    return [round(100 * level / highest) for level in levels]


class _Writer:
    """One file on its way."""

    def __init__(self, target: Path, channels: int, container: str, codec: str, bits: int) -> None:
        self.file = av.open(str(target), "w", format=container)
        layout = "stereo" if channels == 2 else "mono"
        stream: Any = self.file.add_stream(codec, rate=RATE, layout=layout)
        self.stream = stream
        self.stream.bit_rate = bits
        self.own = av.AudioResampler(format=self.stream.format.name, layout=layout, rate=RATE, frame_size=self.stream.frame_size or 0)

    def put(self, frame: AudioFrame | None) -> None:
        for piece in self.own.resample(frame):
            self.file.mux(self.stream.encode(piece))

    def end(self) -> None:
        with closing(self.file):
            self.put(None)
            self.file.mux(self.stream.encode(None))

"""Voices that read a text aloud. An engine is anything with the shape of `Voice`; `VOICES` holds those that are offered.

espeak-ng is the voice that is always to be had: one small package of every Debian and Ubuntu, no network, no weights. It is understood, and
it is plainly a machine; a better engine is added by registering it.
"""
from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Protocol

SECONDS = 600  # a text that takes an engine longer is given up
_ENDED = re.compile(r"[.!?…:;]$")


class VoiceFault(Exception):
    """The engine is not there, did not end in time or gave no sound."""


class Voice(Protocol):
    """An engine with one of its voices. `key` names it in forms, `name` to listeners: "espeak-ng, tiếng Việt"."""

    key: str
    name: str
    language: str
    install: str

    def installed(self) -> bool:
        """Whether this machine can use it."""

    def speak(self, text: str, target: Path) -> None:
        """Write the text, which holds words alone, as a WAV file. Raises VoiceFault."""


class EspeakVoice:
    """espeak-ng as a process of its own: the text goes in by its standard input and is never part of a command."""

    def __init__(self, key: str, name: str, language: str, speed: int = 150) -> None:
        self.key, self.name, self.language, self.speed = key, name, language, speed
        self.install = "apt install espeak-ng"

    def installed(self) -> bool:
        return shutil.which("espeak-ng") is not None

    def speak(self, text: str, target: Path) -> None:
        command = shutil.which("espeak-ng")
        if command is None:
            raise VoiceFault("espeak-ng is not installed")
        arguments = [command, "-v", self.language, "-s", str(self.speed), "-b", "1", "--stdin", "-w", str(target)]
        try:
            subprocess.run(arguments, input=paused(text).encode(), timeout=SECONDS, check=True, capture_output=True)  # noqa: S603 - no shell, no outside argument
        except (subprocess.SubprocessError, OSError) as fault:
            raise VoiceFault("espeak-ng gave no sound") from fault
        if not target.is_file():
            raise VoiceFault("espeak-ng gave no sound")


VOICES: dict[str, Voice] = {}


def register(voice: Voice) -> Voice:
    """Offer a voice. One of the same key is replaced."""
    VOICES[voice.key] = voice
    return voice


def offered() -> list[Voice]:
    """Voices that this machine can use."""
    return [voice for voice in VOICES.values() if voice.installed()]


def paused(text: str) -> str:
    """Each line ends with a mark, so that the voice rests between blocks."""
    return "\n".join(line if _ENDED.search(line) else f"{line}." for line in text.split("\n") if line)


register(EspeakVoice("espeak-vi", "espeak-ng, tiếng Việt", "vi"))

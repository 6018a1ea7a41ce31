"""Addresses of the newspaper (/cong-bo/) and of its desk (/toa-soan/).

Put together when asked for: the public process has the newspaper's addresses from modules of this package and must not load the desk.
"""
from __future__ import annotations

from importlib import import_module
from typing import Any

app_name = "publishing"
# Whatever has a fixed first part comes before the articles' own addresses.
NEWSPAPER = ("finding", "counting", "pages")
INSIDE = ("arrivals", "readership", "library", "sound", "desk", "editing")


def __getattr__(name: str) -> Any:
    if name == "PUBLIC":
        return _joined(NEWSPAPER)
    if name == "urlpatterns":
        return _joined((*INSIDE, *NEWSPAPER))
    raise AttributeError(name)


def _joined(parts: tuple[str, ...]) -> list[Any]:
    return [pattern for part in parts for pattern in import_module(f"{__name__}.{part}").urlpatterns]

"""Addresses of commendations, by part. A part is listed once its file is there."""
from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

app_name = "commendations"
PARTS = ("ruling", "checking", "certificates", "register", "council", "appraising", "deciding", "nominating", "campaign")
urlpatterns: list[URLPattern] = [
    one for part in PARTS if find_spec(f"soket.commendations.urls.{part}") for one in import_module(f"soket.commendations.urls.{part}").urlpatterns
]

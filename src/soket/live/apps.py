"""Registers the room."""
from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "soket.live"
    label = "live"

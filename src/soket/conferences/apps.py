"""Registers the room."""
from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "soket.conferences"
    label = "conferences"

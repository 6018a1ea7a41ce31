"""Registers the room."""
from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "soket.conferences"
    label = "conferences"

    def ready(self) -> None:
        from soket.conferences import events  # noqa: F401 - declared at start-up

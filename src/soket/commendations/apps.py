"""Registers the room."""
from django.apps import AppConfig


class CommendationsConfig(AppConfig):
    name = "soket.commendations"
    label = "commendations"

    def ready(self) -> None:
        from soket.commendations import events, receivers, rules  # noqa: F401 - declared and connected at start-up
        from soket.files.rules import register_access

        register_access(rules.may_read_file)

"""Registers the room."""
from django.apps import AppConfig


class ExemplarsConfig(AppConfig):
    name = "soket.exemplars"
    label = "exemplars"

    def ready(self) -> None:
        from soket.exemplars import events, receivers, rules  # noqa: F401 - declared at start-up
        from soket.files.rules import register_access

        register_access(rules.may_read_file)

"""Registers the room."""
from django.apps import AppConfig


class DirectionsConfig(AppConfig):
    name = "soket.directions"
    label = "directions"

    def ready(self) -> None:
        from soket.directions import carrying, events, receivers, rules  # noqa: F401 - declared at start-up
        from soket.files.rules import register_access
        from soket.reviews.registry import register_part

        register_access(rules.may_read_file)
        register_part(carrying.PART)

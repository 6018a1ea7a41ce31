"""Registers the room."""
from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "soket.conferences"
    label = "conferences"

    def ready(self) -> None:
        from soket.commendations.registry import register_keeper
        from soket.conferences import events, rules  # noqa: F401 - declared at start-up
        from soket.conferences.models.awards import HELD_AT
        from soket.conferences.queries.live import newest
        from soket.files.rules import register_access
        from soket.kernel.logs import hide_after
        from soket.live.publish import register_source

        register_source(newest)
        register_access(rules.may_read_file)
        register_keeper(HELD_AT, rules.keeps_award)
        hide_after("/hoi-nghi/moi-du/")  # the keys of reply pages

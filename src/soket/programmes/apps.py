from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "soket.programmes"
    label = "programmes"

    def ready(self) -> None:
        from soket.programmes import events  # noqa: F401 - events are declared at start-up

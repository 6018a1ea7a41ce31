from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "soket.reporting"
    label = "reporting"

    def ready(self) -> None:
        from soket.reporting import events  # noqa: F401 - events are declared at start-up

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "soket.reporting"
    label = "reporting"

    def ready(self) -> None:
        from soket.files.rules import register_access
        from soket.reporting import events  # noqa: F401 - events are declared at start-up
        from soket.reporting.queries import may_read_file

        register_access(may_read_file)

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "soket.audit"
    label = "audit"

    def ready(self) -> None:
        from soket.audit import events  # noqa: F401 - events are declared at start-up

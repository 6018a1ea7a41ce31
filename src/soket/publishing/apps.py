from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "soket.publishing"
    label = "publishing"

    def ready(self) -> None:
        from soket.publishing import events  # noqa: F401 - events are declared at start-up

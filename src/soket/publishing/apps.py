from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "soket.publishing"
    label = "publishing"

    def ready(self) -> None:
        from soket.publishing import receivers  # noqa: F401 - receivers and events are there from the start
        from soket.publishing.events import arrivals, articles, library, sound, timing  # noqa: F401

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "soket.reviews"
    label = "reviews"

    def ready(self) -> None:
        from soket.reviews import events, sources  # noqa: F401 - events and figure sources are declared at start-up

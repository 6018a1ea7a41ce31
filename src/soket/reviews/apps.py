from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "soket.reviews"
    label = "reviews"

    def ready(self) -> None:
        from soket.reviews import events, receivers, sources  # noqa: F401 - declared and connected at start-up

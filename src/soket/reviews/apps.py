from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "soket.reviews"
    label = "reviews"

    def ready(self) -> None:
        from soket.reviews import events  # noqa: F401 - events are declared at start-up

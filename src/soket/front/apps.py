"""Registers the room."""
from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "soket.front"
    label = "front"

    def ready(self) -> None:
        from soket.front.joining import join

        join()

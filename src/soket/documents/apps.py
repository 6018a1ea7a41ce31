"""Registers the room."""
from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "soket.documents"
    label = "documents"

    def ready(self) -> None:
        from soket.documents import events  # noqa: F401 - declared at start-up

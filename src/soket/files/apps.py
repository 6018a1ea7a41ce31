from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "soket.files"
    label = "files"

    def ready(self) -> None:
        from soket.files import events  # noqa: F401 - events are declared at start-up

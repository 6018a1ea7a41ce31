from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "soket.organisations"
    label = "organisations"

    def ready(self) -> None:
        from soket.organisations import events  # noqa: F401 - events are declared at start-up

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "soket.accounts"
    label = "accounts"

    def ready(self) -> None:
        from soket.accounts import events  # noqa: F401 - events are declared at start-up

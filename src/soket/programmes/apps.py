from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "soket.programmes"
    label = "programmes"

    def ready(self) -> None:
        from soket.files.rules import register_access
        from soket.programmes import events, rules  # noqa: F401 - events are declared at start-up

        register_access(rules.may_read_file)

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "soket.ui"
    label = "ui"


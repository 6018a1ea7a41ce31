from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "soket.front"
    label = "front"


from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "soket.demo"
    label = "demo"


from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "soket.kernel"
    label = "kernel"


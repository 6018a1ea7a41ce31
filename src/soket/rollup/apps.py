from django.apps import AppConfig


class RollupConfig(AppConfig):
    name = "soket.rollup"
    label = "rollup"

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "soket.jobs"
    label = "jobs"

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "soket.documents"
    label = "documents"


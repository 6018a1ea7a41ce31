"""Registers the room."""
from django.apps import AppConfig


class DirectionsConfig(AppConfig):
    name = "soket.directions"
    label = "directions"

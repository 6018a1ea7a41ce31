"""Compile the Vietnamese texts."""
from typing import Any

from django.core.management.base import BaseCommand

from soket.front.texts import compile_texts


class Command(BaseCommand):
    help = "Merge the rooms' Vietnamese texts and compile them"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{compile_texts()} texts")

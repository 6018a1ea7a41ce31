"""`python -m soket shelve`: make the public store again."""
from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from soket.publishing.outlet import serve
from soket.publishing.rebuilding import rebuild


class Command(BaseCommand):
    help = "Make the public store again from what was released, and put it in place of the old one in one step"

    def handle(self, *args: Any, **options: Any) -> None:
        done, gone = rebuild(lambda told, all_: self.stdout.write(f"{told} of {all_} articles"))
        serve.collect(settings.PUBLIC)
        self.stdout.write(f"The public store holds {done} articles; {gone} files that nothing names were deleted.")

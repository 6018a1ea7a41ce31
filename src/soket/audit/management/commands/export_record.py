"""`python -m soket export_record FILE`: the whole record up to the newest checkpoint, for the offline verifier."""
from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from soket.audit import queries
from soket.audit.export import write_log


class Command(BaseCommand):
    help = "Write the record to a file that `python -m soket verify FILE --key KEY` checks; it holds every act, so it is not public"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        checkpoint = queries.latest_checkpoint()
        if checkpoint is None:
            raise CommandError("No checkpoint has been signed yet; the worker (python -m soket work) signs the first one.")
        key, fingerprint = queries.public_key()
        try:
            with options["file"].open("xb") as out:
                for piece in write_log(bodies=queries.bodies_under(checkpoint), checkpoint=checkpoint.text, key=key):
                    out.write(piece)
        except FileExistsError:
            raise CommandError(f"{options['file']} exists; choose another name.") from None
        self.stdout.write(f"{checkpoint.size} entries; check with: python -m soket verify {options['file']} --key {fingerprint}")

"""The live hub: hands the newest snapshot of each conference to every open screen, until stopped."""
from __future__ import annotations

import subprocess
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from soket.live.serving import hub_command


class Command(BaseCommand):
    help = "Run the live hub on 127.0.0.1; put it behind the public server under /truc-tiep/ and /nhan/"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *args: Any, **options: Any) -> None:
        subprocess.run(hub_command(options["port"]), check=True)

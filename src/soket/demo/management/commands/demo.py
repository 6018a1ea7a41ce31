"""`make demo`: build the demonstration world once, print where and how to enter, and serve it."""
from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from soket.demo import serve, world
from soket.front.texts import compile_texts


class Command(BaseCommand):
    help = "Build the demonstration world (once) and serve it on 127.0.0.1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--build-only", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not options["build_only"] and not serve.port_is_free(port):
            raise CommandError(f"Port {port} is in use; choose another: make demo PORT=8123")
        compile_texts()
        call_command("migrate", verbosity=0)
        marker = settings.DATA / "demo-world.json"
        if marker.exists():
            self.stdout.write("The demonstration world is already built; using it.")
        else:
            world.build(say=lambda line: self.stdout.write(line), marker=marker)
        serve.collect_static()
        self.stdout.write(world.welcome(marker, port))
        self.stdout.flush()
        if not options["build_only"]:
            serve.serve(port)

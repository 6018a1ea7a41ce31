"""The worker: gives waiting events their place in the tree and runs queued jobs, until stopped."""
from __future__ import annotations

import signal
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from soket.audit.actions import sequence_pending
from soket.kernel.clock import now


class Command(BaseCommand):
    help = "Sequence the record within a second; stop with SIGTERM"

    def handle(self, *args: Any, **options: Any) -> None:
        running = True

        def stop(*_: Any) -> None:
            nonlocal running
            running = False

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while running:
            close_old_connections()
            if not sequence_pending(at=now()):
                time.sleep(0.5)

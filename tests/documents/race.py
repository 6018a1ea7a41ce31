"""Takers of one register on a real database: prints the numbers given, as JSON.

Run as a program with DATABASE_URL and SOKET_DATA naming a fresh database and folder.
"""
from __future__ import annotations

import json
import threading
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a set-up project
from django.db import connection  # noqa: E402

from soket.audit.models import Event  # noqa: E402
from soket.documents.actions import take_number  # noqa: E402
from soket.documents.models import Entry, Register  # noqa: E402
from soket.kernel.actor import SystemActor  # noqa: E402
from soket.kernel.clock import day_of  # noqa: E402

AT = datetime(2026, 3, 20, 3, 0, tzinfo=UTC)


def taker(name: str, gate: threading.Barrier, same: list[int]) -> None:
    """One taker: three things of its own, and one that all number."""
    gate.wait()
    try:
        for reference in (f"{name}-1", "all", f"{name}-2", f"{name}-3"):
            entry = take_number(
                issuer="unit:1", issuer_label="Bộ Công an", series="van-ban", on=day_of(AT), symbol="QĐ-BCA", subject="Tặng Bằng khen",
                kind="quyet-dinh", reference=reference, by=SystemActor(name, name), at=AT,
            )  # fmt: skip
            if reference == "all":
                same.append(entry.number)
    finally:
        connection.close()


def main() -> None:
    call_command("migrate", "documents", verbosity=0)
    call_command("migrate", "audit", verbosity=0)
    gate, same = threading.Barrier(4), []
    threads = [threading.Thread(target=taker, args=(f"taker-{index}", gate, same)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = {
        "numbers": list(Entry.objects.order_by("number").values_list("number", flat=True)),
        "same": len(set(same)) if len(same) == 4 else 0,
        "registers": Register.objects.count(),
        "events": Event.objects.filter(name="documents.number_taken").count(),
    }
    connection.close()
    print(json.dumps(result))  # noqa: T201 - the answer to the test that started it


if __name__ == "__main__":
    main()

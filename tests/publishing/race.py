"""Two workers and several writers at once on a real database: prints what came of it, as JSON.

Run as a program with DATABASE_URL and SOKET_DATA naming a fresh database and folder.
"""
from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a set-up project
from django.db import connection  # noqa: E402

from soket.kernel.door import Refused  # noqa: E402
from soket.publishing import queries  # noqa: E402
from soket.publishing.actions import locks, timing  # noqa: E402
from soket.publishing.models import ArticleState, EditLock, ReleasedCopy  # noqa: E402
from soket.publishing.models import ArticleStateName as State  # noqa: E402
from tests.factories import publishing_desk as make  # noqa: E402


def at_once(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each act gave, all begun at the same instant; a refusal is "refused"."""
    told: list[Any] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            told.append(act())
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def main() -> None:
    call_command("migrate", verbosity=0)
    room = make.room()
    for number in range(4):
        make.brought(room, State.SCHEDULED, make.begun(room, f"bai-{number}"))
    published = at_once([lambda: timing.publish_due(make.DUE)] * 3)
    writers = [room.reporter, room.colleague, room.editor, room.chief]
    taken = at_once([lambda who=who: str(bool(locks.take_lock(article=room.article, by=who, at=make.AT))) for who in writers])
    result = {
        "published": sum(published), "copies": ReleasedCopy.objects.count(), "states": ArticleState.objects.filter(state=State.PUBLISHED).count(),
        "returned": ArticleState.objects.filter(state=State.RETURNED).count(), "shown": len(queries.newest(9)),
        "taken": sorted(taken), "locks": EditLock.objects.count(),
    }
    connection.close()
    print(json.dumps(result))  # noqa: T201 - the answer to the test that started it


if __name__ == "__main__":
    main()

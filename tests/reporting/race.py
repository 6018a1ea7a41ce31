"""Two senders, one submission, a real database: prints what each was told and what was stored, as JSON.

Run as a program with DATABASE_URL and SOKET_DATA naming a fresh database and folder.
"""

from __future__ import annotations

import json
import threading
import uuid
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - models need a set-up project
from django.db import connection  # noqa: E402

from soket.kernel.door import Refused  # noqa: E402
from soket.reporting import actions  # noqa: E402
from soket.reporting.models import RejectedTwin, Report, Submission  # noqa: E402
from tests.factories import reporting as make  # noqa: E402


def race(report: Report, id_: int, contents: list[Any]) -> list[str]:
    """What each of several simultaneous senders of one id was told."""
    told: list[str] = []
    gate = threading.Barrier(len(contents))

    def send(content: Any) -> None:
        gate.wait()
        try:
            receipt = actions.submit(id=uuid.UUID(int=id_), report=report, content=content, by=make.OFFICE, at=make.IN_TIME)
            told.append("again" if receipt.again else "first")
        except Refused as refused:
            told.append(f"refused:{refused.field}")
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def main() -> None:
    call_command("migrate", verbosity=0)
    country = make.country()
    year = make.year_round(lines=("police",))
    one, two = make.report_of(year, country.police["one"]), make.report_of(year, country.police["two"])
    result = {
        "same": race(one, 1, [make.content()] * 4),
        "other": race(two, 2, [make.content(), make.content(TT01=23)]),
        "stored": Submission.objects.count(),
        "twins": RejectedTwin.objects.count(),
    }
    connection.close()
    print(json.dumps(result))  # noqa: T201 - the answer to the test that started it


if __name__ == "__main__":
    main()

"""One worker over a fresh database, run as its own program: it stops itself once the job is done and its beat was seen."""
from __future__ import annotations

import json
from threading import Event, Timer

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command

    from soket.jobs import actions, queries
    from soket.jobs.core import State
    from soket.jobs.models import Beat
    from soket.jobs.worker import serve
    from tests.jobs import sample

    call_command("migrate", verbosity=0)
    actions.enqueue(job=sample.double, arguments={"number": 4})
    stop, beaten = Event(), Event()
    guard = Timer(60, stop.set)
    guard.start()

    def step() -> bool:
        state = queries.latest(sample.double, number=4)
        if Beat.objects.exists():
            beaten.set()
        if beaten.is_set() and state is not None and state.state is State.DONE:
            stop.set()
        return False

    serve(steps=[step], stop=stop)
    guard.cancel()
    ended = queries.latest(sample.double, number=4)
    told = {"calls": sample.calls, "state": str(ended.state) if ended else "", "beaten": beaten.is_set(), "left": not Beat.objects.exists()}
    print(json.dumps(told))  # noqa: T201 - the answer to the test that started this


if __name__ == "__main__":
    main()

"""One commune corrects its report of the year in a running world: python -m tests.support.correcting, with that world's settings."""
from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import django

UNIT, ROUND, CODE, MORE = "Công an xã A Sào", "nam-2025", "TT01", 3


def correct() -> None:
    """The office opens the round again, the unit sends `MORE` sessions more on its newest version, its superior accepts."""
    from soket.accounts.models import Person
    from soket.kernel.clock import now, today
    from soket.organisations import queries as organisations
    from soket.reporting import actions
    from soket.reporting.core import number
    from soket.reporting.models import Report, Submission, Verdict
    from soket.reporting.queries.state import content_of, round_state

    office, unit, superior = (Person.objects.get(username=name) for name in ("vanphong", "caxa", "duyettinh"))
    named = {node.id for node in organisations.units_of("police", 3, None, today()) if node.name == UNIT}
    report = Report.objects.select_related("round", "head").get(round__slug=ROUND, unit__in=named)
    if round_state(report.round_id) != "open":
        actions.reopen_round(round=report.round, basis="Đính chính số liệu", by=office, at=now())
    told = content_of(report.head)
    cells = {**told.cells, CODE: number(told.cells[CODE].value + MORE)}
    receipt = actions.submit(id=uuid4(), report=report, content=replace(told, cells=cells), base=report.head_id, by=unit, at=now())
    submission = Submission.objects.get(pk=receipt.submission_id)
    actions.decide(submission=submission, verdict=Verdict.ACCEPTED, remarks="", by=superior, at=now())


if __name__ == "__main__":
    django.setup()
    correct()

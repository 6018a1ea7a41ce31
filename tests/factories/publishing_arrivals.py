"""Archives brought, read and taken over, with the files of `archive_files`."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from soket.files.actions import Upload
from soket.publishing.actions import arrivals as actions
from soket.publishing.models import Arrival
from soket.publishing.queries import arrivals as queries
from soket.publishing.tasks.arrivals import read_archive, take_archive
from tests.factories.archive_files import BODY, OLD, PAPER, attachment, jpeg, post, wxr, zipped
from tests.factories.publishing_desk import Room

__all__ = ["AT", "BODY", "OLD", "PAPER", "again", "attachment", "brought", "codes", "jpeg", "post", "taken", "wxr", "zipped"]
AT = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)


def brought(room: Room, content: bytes, name: str = "kho.xml", pictures: bytes | None = None, **more: Any) -> Arrival:
    """Brought by the editor and read, as the worker does it."""
    arrival = actions.bring(
        office=room.office, upload=Upload(content, name), pictures=Upload(pictures, "anh.zip") if pictures else None, paper=PAPER, by=room.editor, at=AT, **more
    )
    read_archive.func(arrival=arrival.pk)
    return again(arrival)


def taken(room: Room, arrival: Arrival, sections: Mapping[str, str] | None = None) -> Arrival:
    """Approved by the secretary and taken over, as the worker does it."""
    actions.approve_arrival(arrival=arrival, sections=sections or {}, by=room.secretary, at=AT)
    take_archive.func(arrival=arrival.pk)
    return again(arrival)


def again(arrival: Arrival) -> Arrival:
    found = queries.by_id(arrival.pk)
    assert found is not None
    return found


def codes(arrival: Arrival) -> list[tuple[str, list[str]]]:
    """(outcome, codes of faults) of every row."""
    return [(row.outcome, [code for code, _words in row.faults]) for row in queries.report(arrival)]

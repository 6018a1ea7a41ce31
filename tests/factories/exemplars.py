"""Movements and exemplars to test with: communes register and adopt, the province decides, the centre runs the office and publishes."""
from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from soket.accounts.models import Person
from soket.exemplars import actions, core
from soket.exemplars.models import Adoption, Exemplar, Movement, Publication, Registration
from soket.files.actions import Upload
from soket.organisations.models import Unit
from tests.factories import reporting
from tests.factories import reviews as reviewing
from tests.files import samples

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 4, 3, 0, tzinfo=UTC)
TODAY = date(2026, 5, 4)
YEAR = 2026


@dataclass
class World:
    """`clerk` and `second` report for two communes' police, `decider` decides at their province, `office` runs the programmes and
    `publisher` publishes at the centre, `stranger` reports for a Front unit. `review` is set where a frozen edition is wanted."""

    land: reporting.Country
    clerk: Person
    second: Person
    decider: Person
    office: Person
    publisher: Person
    stranger: Person
    review: reviewing.World | None = None

    @property
    def one(self) -> Unit:
        return self.land.police["one"]

    @property
    def two(self) -> Unit:
        return self.land.police["two"]

    @property
    def centre(self) -> Unit:
        return self.land.police["centre"]


def world(review: reviewing.World | None = None) -> World:
    land = review.land if review else reporting.country()
    police, front = land.police, land.front
    return World(
        land, reporting.person("xa-mot", report=police["one"]), reporting.person("xa-hai", report=police["two"]),
        reporting.person("cap-tinh", decide=police["province"]), review.office if review else reporting.person("van-phong", programme=police["centre"]),
        reporting.person("cong-bo", publish=police["centre"]), reporting.person("mat-tran", report=front["one"]), review,
    )  # fmt: skip


def movement(world: World, at: datetime = AT, **more: Any) -> Movement:
    """A movement of the police's and the Front's communes, begun on an unknown day."""
    given = {"title": "Dân vận khéo", "basis": "Kế hoạch 10/KH thử", "scope": [("police", 3), ("front", 3)], **more}
    return actions.open_movement(office=world.centre, draft=actions.MovementDraft(**given), by=world.office, at=at, synthetic=True)


def typed(**cells: Any) -> core.Typed:
    """Economy 2 + 1, culture nothing to report, defence 5 + 0, system 0 + 1: 7 + 2 = 9. Cells given replace these."""
    kept: dict[str, int | None] = {
        "economy_collective": 2, "economy_individual": 1, "economy_total": 3, "defence_collective": 5, "defence_individual": 0, "defence_total": 5,
        "system_collective": 0, "system_individual": 1, "system_total": 1, "all_collective": 7, "all_individual": 2, "all_total": 9,
    }  # fmt: skip
    nothing = cells.pop("nothing", {"culture"})
    return core.Typed({**kept, **cells}, frozenset(nothing))


def few(economy: int, defence: int) -> core.Typed:
    """Collective models alone, nothing else to report: for sums that are easy to read."""
    cells = {f"{row}_{column}": 0 for row in ("economy", "defence", "all") for column in core.COLUMNS}
    given = {"economy": economy, "defence": defence, "all": economy + defence}
    cells |= {f"{row}_{column}": given[row] for row in given for column in ("collective", "total")}
    return core.Typed(cells, frozenset({"culture", "system"}))


def registered(world: World, found: Movement, at: datetime = AT, **more: Any) -> Registration:
    given = {"id": uuid4(), "movement": found, "unit": world.one, "year": YEAR, "typed": typed(), "by": world.clerk, **more}
    return actions.register(at=at, **given)


def png(width: int = 3, height: int = 2, shade: int = 0) -> bytes:
    """A true grey picture of that size; `shade` makes different bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([shade]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def draft(world: World, at: datetime = AT, unit: Unit | None = None, by: Person | None = None, **more: Any) -> Exemplar:
    given = {
        "title": "Tổ tự quản ở khu nhà trọ", "holder_kind": "collective", "holder": "Đội Phong trào", "field": "defence",
        "description": "Mỗi khu nhà trọ có một tổ tự quản, họp hằng tháng.", "origin": "Bắt đầu từ một khu nhà trọ.", **more,
    }
    return actions.draft_exemplar(unit=unit or world.one, draft=actions.ExemplarDraft(**given), by=by or world.clerk, at=at, synthetic=True)


def filled(world: World, found: Exemplar, at: datetime = AT, by: Person | None = None, shade: int = 0) -> Exemplar:
    """The draft with one photograph, one open and one closed document."""
    by = by or world.clerk
    words = {"caption": "Buổi họp tổ tự quản", "credit": "Công an xã", "alternative": "Một nhóm người ngồi quanh bàn"}
    actions.add_photo(exemplar=found, upload=Upload(png(shade=shade), "anh.png"), **words, by=by, at=at)
    actions.add_evidence(
        exemplar=found, title="Quyết định thành lập", number="12/QĐ", dated=date(2025, 9, 1), upload=Upload(samples.PDF + b"%1", "quyet-dinh.pdf"),
        public=True, by=by, at=at,
    )  # fmt: skip
    actions.add_evidence(exemplar=found, title="Biên bản họp nội bộ", number="03/BB", upload=Upload(samples.PDF + b"%2", "bien-ban.pdf"), by=by, at=at)
    return found


def proposed(world: World, found: Exemplar | None = None, at: datetime = AT) -> Exemplar:
    found = found or filled(world, draft(world, at), at)
    actions.propose(exemplar=found, by=world.clerk, at=at)
    found.refresh_from_db()
    return found


def published(world: World, found: Exemplar | None = None, at: datetime = AT) -> Publication:
    """Proposed by the commune, recognised by the province, published by the centre."""
    found = proposed(world, found, at)
    actions.recognise(exemplar=found, document="55/QĐ-CAT", by=world.decider, at=at)
    return actions.publish(exemplar=found, by=world.publisher, at=at)


def adopted(world: World, found: Exemplar, at: datetime = AT, key: UUID | None = None, **more: Any) -> Adoption:
    given = {"unit": world.two, "dated": date(2026, 2, 1), "document": "9/KH-CAX", "by": world.second, **more}
    return actions.adopt(id=key or uuid4(), exemplar=found, at=at, **given)


def confirmed(world: World, found: Exemplar, at: datetime = AT, **more: Any) -> Adoption:
    row = adopted(world, found, at, **more)
    actions.confirm(adoption=row, by=world.decider, at=at)
    row.refresh_from_db()
    return row

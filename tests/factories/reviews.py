"""A review to test with: two lines, four communes, one programme, three reports in, three documents accepted."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from soket.accounts.models import Person
from soket.audit.actions import sequence_pending
from soket.kernel.actor import SystemActor
from soket.programmes import actions as owing
from soket.programmes.models import Programme
from soket.reporting import actions as reporting_actions
from soket.reporting.models import Round, Submission, Verdict
from soket.reviews import actions
from soket.reviews.models import Edition, Review
from tests.factories import programmes as owed
from tests.factories import reporting as make

AT = datetime(2026, 7, 9, 8, 58, 41, tzinfo=UTC)
LATER = datetime(2026, 7, 9, 9, 20, 7, tzinfo=UTC)
DECIDER = SystemActor("decider", "Cấp trên")
PASSWORD = "correct horse battery"
SESSIONS = {"kind": "indicator", "indicator": "TT01", "rounds": ["ROUND"], "lines": [], "area": None, "boundary": "reported"}
OUTSIDE = {
    "kind": "external", "value": "410000", "scale": 0, "precision": "over", "measure_vi": "buổi", "measure_en": "sessions",
    "citation": "Số đã công bố ở nguồn ngoài, dùng để thử", "edges": "không nêu",
}


@dataclass
class World:
    """`office` runs the review at the police centre; `first` and `second` sign for the two parties."""

    land: make.Country
    programme: Programme
    round: Round
    office: Person
    first: Person
    second: Person
    review: Review


def world() -> World:
    """Four communes report: 22 + 22 + 22 sessions and one that has not; three of four signed their programme."""
    land = make.country()
    signed = owed.programme(land)
    obligation = owed.obligation(signed, code="NV-01")
    owing.resolve_duties(obligation=obligation, on=date(2024, 12, 1), by=owed.JOB, at=owed.AT)
    year = make.year_round()
    for units in (land.police, land.front):
        for key in ("one", "two"):
            if units is land.front and key == "two":
                continue
            owed.accepted(owed.duty(obligation, units[key]))
            accept(year, units[key])
    office = make.person("van-phong", programme=land.police["centre"])
    first, second = make.person("ky-mot", sign=land.police["centre"]), make.person("ky-hai", sign=land.front["centre"])
    review = actions.create_review(
        slug="so-ket-thu", code="SK-THU", kind="interim", title="Sơ kết chương trình thử nghiệm", as_of=date(2025, 12, 14),
        boundary_date=date(2025, 12, 14), office=land.police["centre"].pk, symbol="BC-CA-MTTQ", synthetic=True, by=office, at=AT,
    )
    actions.add_programme(review=review, programme=signed, span_text="2023–2025", span_from=date(2023, 8, 1), by=office, at=AT)
    return World(land, signed, year, office, first, second, review)


def accept(year: Round, unit: Any, **cells: int) -> None:
    """The unit's report of the round, sent and accepted."""
    report = make.report_of(year, unit)
    receipt = make.submitted(report, base=report.head_id, **cells)
    submission = Submission.objects.get(pk=receipt.submission_id)
    reporting_actions.decide(submission=submission, verdict=Verdict.ACCEPTED, remarks="", by=DECIDER, at=make.IN_TIME)


def draft(world: World) -> Review:
    """The review with four figures (sessions, coverage, reports in, a cited total) and one section that names them."""
    by, at, review = world.office, AT, world.review
    sessions = {**SESSIONS, "rounds": [world.round.slug]}
    rate = {"kind": "coverage", "programme": world.programme.slug, "obligation": "NV-01", "on": "2025-12-14", "area": None, "lines": []}
    received = {"kind": "completeness", "rounds": [world.round.slug], "lines": [], "area": None, "boundary": "reported"}
    chosen = [("01", "Buổi tuyên truyền", "Information sessions", sessions), ("02", "Xã đã ký chương trình", "Communes that signed", rate),
              ("03", "Báo cáo đã nhận", "Reports received", received), ("04", "Buổi tuyên truyền theo nguồn ngoài", "Sessions, cited", OUTSIDE)]
    for code, vi, en, spec in chosen:
        actions.choose_figure(review=review, code=code, label_vi=vi, label_en=en, spec=spec, by=by, at=at)
    text = "Có {{01}} buổi tuyên truyền; {{02}} xã đã ký.\nBáo cáo đã nhận đạt {{03}}. Nguồn ngoài nêu {{04}} buổi."
    actions.write_section(review=review, heading="Kết quả thực hiện", text=text, by=by, at=at)
    return review


def frozen(world: World, reason: str = "") -> Edition:
    """Propose and sign by both parties; the record gives its places."""
    edition = actions.propose(review=world.review, reason=reason, by=world.office, at=AT)
    actions.sign(edition=edition, party=world.land.police["centre"].pk, by=world.first, at=AT)
    actions.sign(edition=edition, party=world.land.front["centre"].pk, by=world.second, at=LATER)
    sequence_pending(at=LATER)
    return Edition.objects.select_related("review", "freeze").get(pk=edition.pk)

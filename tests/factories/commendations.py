"""A campaign to test with: the frozen review of `factories.reviews`, two issuers (police and Front centres) with one form each, written as rows.

Communes report (`reporter` police one, `reporter_two` police two, `front_reporter` Front one); the provinces confirm (`confirmer`,
`front_confirmer`); `clerk`/`front_clerk` appraise at the two centres; `signer`/`front_signer` sign there; `office` runs the campaign;
`members` are five people without posts who may sit on a council; `stranger` reports for Front two and takes no part.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from soket.accounts.models import Person
from soket.commendations.actions import install_rules
from soket.commendations.actions.shared import move
from soket.commendations.models import Appraisal, AwardForm, Campaign, CampaignForm, GroundFigure, Nomination, Proposer, Quota, Wording
from soket.kernel.door import open_door
from soket.kernel.text import folded
from soket.organisations.models import Level, Unit
from soket.programmes.models import Programme
from soket.reviews import queries as reviews
from soket.reviews.models import Edition
from tests.factories import reporting
from tests.factories import reviews as make

AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
FROM, TO = date(2023, 8, 1), date(2025, 12, 14)
WAY: dict[str, Sequence[str]] = {
    "draft": (), "submitted": ("submitted",), "confirmed": ("submitted", "confirmed"), "agreed": ("submitted", "confirmed", "agreed"),
    "chosen": ("submitted", "confirmed", "agreed", "chosen"), "reserve": ("submitted", "confirmed", "agreed", "reserved"),
}  # fmt: skip


@dataclass
class World:
    """The review's world and a campaign over it."""

    review: make.World
    edition: Edition
    campaign: Campaign
    form: CampaignForm  # Bằng khen by the police centre
    front_form: CampaignForm  # Bằng khen by the Front centre
    office: Person
    reporter: Person
    reporter_two: Person
    front_reporter: Person
    confirmer: Person
    front_confirmer: Person
    clerk: Person
    front_clerk: Person
    signer: Person
    front_signer: Person
    members: list[Person]
    stranger: Person

    @property
    def police(self) -> dict[str, Unit]:
        return self.review.land.police

    @property
    def front(self) -> dict[str, Unit]:
        return self.review.land.front

    @property
    def programme(self) -> Programme:
        return self.review.programme


def campaign(edition: Edition, office: Unit, slug: str = "khen-thuong-thu", code: str = "KT-THU", stage: str = "open", **more: Any) -> Campaign:
    """A campaign of the edition's review."""
    given: dict[str, Any] = {
        "title": "Khen thưởng sơ kết chương trình thử nghiệm", "standards": "Hoàn thành xuất sắc nhiệm vụ phối hợp.", "opens_on": date(2026, 7, 10),
        "nominate_until": date(2099, 8, 31), "appraise_until": date(2099, 10, 15), "decide_until": date(2099, 11, 30), **more,
    }  # fmt: skip - far ahead: nominations close by the calendar, and pages are read on the day of the test
    with open_door():
        made = Campaign(slug=slug, code=code, review=edition.review, office=office, stage=stage, synthetic=True, **given)
        made.save()
        for line in {office.line}:
            Proposer(campaign=made, line=line, level=Level.COMMUNE).save()
            Proposer(campaign=made, line=line, level=Level.PROVINCE).save()
    return made


def gives(of: Campaign, code: str, issuer: Unit, order: int = 0) -> CampaignForm:
    """The form of that code, given by the unit."""
    with open_door():
        made = CampaignForm(campaign=of, form=AwardForm.objects.get(code=code), issuer=issuer, order=order)
        made.save()
        for level in (Level.COMMUNE, Level.PROVINCE):
            if not Proposer.objects.filter(campaign=of, line=issuer.line, level=level).exists():
                Proposer(campaign=of, line=issuer.line, level=level).save()
    return made


def quota(of: CampaignForm, limit: int, level: int = Level.PROVINCE, recipient: str = "collective") -> Quota:
    with open_door():
        made = Quota(campaign_form=of, level=level, recipient=recipient, limit=limit)
        made.save()
    return made


def world() -> World:
    review = make.world()
    make.draft(review)
    edition = make.frozen(review)
    install_rules(by=reporting.OFFICE, at=AT)
    police, front = review.land.police, review.land.front
    held = campaign(edition, police["centre"])
    form, front_form = gives(held, "bang-khen-bca", police["centre"]), gives(held, "bang-khen-mttw", front["centre"], 1)
    person = reporting.person
    return World(
        review, edition, held, form, front_form, review.office, person("de-nghi", report=police["one"]), person("de-nghi-hai", report=police["two"]),
        person("de-nghi-mt", report=front["one"]), person("xac-nhan", decide=police["province"]), person("xac-nhan-mt", decide=front["province"]),
        person("tham-dinh", commend=police["centre"]), person("tham-dinh-mt", commend=front["centre"]), review.first, review.second,
        [person(f"uy-vien-{number}") for number in range(1, 6)], person("nguoi-ngoai", report=front["two"]),
    )  # fmt: skip


def nomination(world: World, unit: Unit, of: CampaignForm | None = None, state: str = "draft", id: UUID | None = None, **more: Any) -> Nomination:
    """A nomination brought to a state by its moves; a collective unless `person_name` is given. Its text rests on figure 01."""
    by = world.front_reporter if unit in world.front.values() else world.reporter
    name = more.get("person_name", "")
    key = f"person:{folded(name)}@{unit.pk}" if name else f"unit:{unit.pk}"
    given: dict[str, Any] = {
        "recipient": "person" if name else "collective", "recipient_key": key, "proposer": unit, "programme": world.programme, "achieved_from": FROM,
        "achieved_to": TO, "brief": "Có thành tích xuất sắc trong phong trào bảo vệ an ninh Tổ quốc", **more,
    }  # fmt: skip
    with open_door():
        held = of or world.form
        made = Nomination(
            id=id or uuid4(), campaign_form=held, number=Nomination.objects.filter(campaign_form__campaign=held.campaign).count() + 1, unit=unit, at=AT,
            synthetic=True, **given,
        )  # fmt: skip
        made.save()
        move(made, "drafted", by, AT)
        _worded(made, world, by)
        for kind in WAY[state]:
            if kind == "confirmed":
                _received(made)
            move(made, kind, by, AT)
    return made


def _worded(made: Nomination, world: World, by: Person) -> None:
    figure = reviews.frozen_figure(world.edition, "01")
    row = Wording(nomination=made, number=1, summary="Đã tổ chức {{SK-THU-01}} buổi tuyên truyền.", at=AT, by_id=by.actor_id, by_label=by.actor_label)
    row.save()
    GroundFigure(
        wording=row, edition=world.edition, code="01", sha256=figure.sha256,
        label=figure.label("vi"), display=figure.display("vi"),
    ).save()  # fmt: skip


def _received(made: Nomination) -> None:
    issuers = list(CampaignForm.objects.filter(campaign=made.campaign_form.campaign).values_list("issuer_id", flat=True))
    for issuer in dict.fromkeys(issuers):
        Appraisal(nomination=made, authority_id=issuer, lead=issuer == made.campaign_form.issuer_id).save()

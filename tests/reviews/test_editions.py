"""A correction is a new edition with a reason and a dated difference; whoever cited the old one is flagged."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from soket.audit.models import Event
from soket.kernel.clock import VIETNAM
from soket.kernel.door import Refused, open_door
from soket.kernel.references import Ref
from soket.organisations.models import UnitVersion
from soket.reviews import actions, queries, signals
from soket.reviews.models import CitationFlag, Edition
from tests.factories import programmes as owed
from tests.factories import reviews as make
from tests.factories.reporting import tree_changed

pytestmark = pytest.mark.django_db
ARTICLE = Ref("publishing.article", "7", "Bài công bố thử")


def _corrected(world: make.World) -> Edition:
    """The fourth commune's report comes in, and edition 2 is frozen."""
    make.accept(world.round, world.land.front["two"])
    return make.frozen(world, reason="Ủy ban MTTQ xã Đông Hải báo cáo bổ sung")


def test_a_correction_makes_edition_two_with_its_difference(world: make.World, edition: Edition) -> None:
    second = _corrected(world)
    assert (second.number, queries.current_edition(world.review)) == (2, second)
    changes = {change.code: change for change in queries.difference(edition, second)}
    assert sorted(changes) == ["01", "03"]
    assert changes["01"].was.numerator == 66
    assert changes["01"].now.numerator == 88
    assert changes["01"].gap == (22, 0)
    assert queries.gap_words(changes["01"], "vi") == "+22"
    assert changes["03"].gap is None
    assert queries.frozen_figure(edition, "01").numerator == 66
    assert queries.manifest_of(second)["previous"] == edition.digest
    entry = next(row for row in queries.entries_of(second) if row.key == "difference")
    assert [row["code"] for row in queries.body_of(entry)["figures"]] == ["01", "03"]
    panel = queries.panel(second, "01", "vi", public=True)
    assert (panel.correction.old_display, panel.correction.new_display) == ("66", "88")
    assert queries.panel(edition, "01", "vi", public=True).superseded_url == "/so-ket/so-ket-thu/ban-2/so-lieu/01/"


def test_a_later_edition_needs_a_reason(world: make.World, edition: Edition) -> None:
    with pytest.raises(Refused) as refused:
        actions.propose(review=world.review, reason="  ", by=world.office, at=make.LATER)
    assert refused.value.field == "reason"
    assert Edition.objects.count() == 1


def test_a_new_edition_flags_every_citation_of_the_old(world: make.World, edition: Edition, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[dict[str, Any]] = []
    signals.citation_flagged.connect(lambda **news: heard.append(news), weak=False, dispatch_uid="test")
    for figure in ("01", "02"):
        actions.cite(edition=edition, figure=figure, ref=ARTICLE, url="/cong-bo/bai-7/", by=world.office, at=make.LATER)
    actions.cite(edition=edition, figure="01", ref=ARTICLE, url="/cong-bo/bai-7/", by=world.office, at=make.LATER)
    assert [row.figure for row in queries.who_relied_on(world.review)] == ["02", "01"]
    assert [row.label for row in queries.who_relied_on(world.review, "01")] == ["Bài công bố thử"]
    with django_capture_on_commit_callbacks(execute=True):
        _corrected(world)
    signals.citation_flagged.disconnect(dispatch_uid="test")
    assert sorted(CitationFlag.objects.values_list("citation__figure", "changed")) == [("01", True), ("02", False)]
    assert sorted((news["figure"], news["changed"], news["ref_id"]) for news in heard) == [("01", True, "7"), ("02", False, "7")]
    assert Event.objects.filter(name="reviews.citation_flagged").count() == 2


def test_only_frozen_editions_and_their_figures_can_be_cited(world: make.World) -> None:
    proposal = actions.propose(review=world.review, by=world.office, at=make.AT)
    with pytest.raises(Refused) as refused:
        actions.cite(edition=proposal, figure="01", ref=ARTICLE, url="/", by=world.office, at=make.AT)
    assert refused.value.field == "edition"
    frozen = make.frozen(world)
    with pytest.raises(Refused) as refused:
        actions.cite(edition=frozen, figure="09", ref=ARTICLE, url="/", by=world.office, at=make.AT)
    assert refused.value.field == "figure"


def test_an_unknown_code_in_the_text_is_refused_at_the_field(world: make.World) -> None:
    for text in ("Có {{09}} buổi.", "Có {{01 buổi."):
        with pytest.raises(Refused) as refused:
            actions.write_section(review=world.review, heading="Mục", text=text, by=world.office, at=make.AT)
        assert refused.value.field == "text"
    assert world.review.sections.count() == 1
    with pytest.raises(Refused, match="Kết quả thực hiện"):
        actions.drop_figure(review=world.review, code="01", by=world.office, at=make.AT)


def test_a_figure_that_cannot_be_computed_is_named(world: make.World) -> None:
    spec = {**make.SESSIONS, "rounds": ["khong-co-ky-nay"]}
    actions.choose_figure(review=world.review, code="05", label_vi="Số liệu hỏng", label_en="Broken", spec=spec, by=world.office, at=make.AT)
    with pytest.raises(Refused, match="05 Số liệu hỏng") as refused:
        actions.propose(review=world.review, by=world.office, at=make.AT)
    assert refused.value.field == "figures"
    assert Edition.objects.count() == 0


def test_a_wrong_spec_is_refused_at_its_member(world: make.World) -> None:
    wrong = [
        ({"kind": "mood"}, "kind"), ({**make.SESSIONS, "rounds": []}, "rounds"), ({**make.OUTSIDE, "value": "410.000"}, "value"),
        ({**make.OUTSIDE, "citation": ""}, "citation"), ({**make.SESSIONS, "lines": ["navy"]}, "lines"),
        ({"kind": "coverage", "programme": "x", "obligation": "y", "on": "31/12/2018"}, "on"), ({**make.SESSIONS, "boundary": "mai"}, "boundary"),
    ]
    for spec, field in wrong:
        with pytest.raises(Refused) as refused:
            actions.choose_figure(review=world.review, code="06", label_vi="a", label_en="a", spec=spec, by=world.office, at=make.AT)
        assert refused.value.field == field


def _end(world: make.World) -> None:
    with open_door():
        UnitVersion.objects.filter(unit=world.land.front["centre"]).update(valid_to=date(2026, 1, 1))
    tree_changed()


def test_a_party_that_ended_without_a_successor_blocks_the_freeze_by_name(world: make.World) -> None:
    _end(world)
    with pytest.raises(Refused, match="Ủy ban MTTQ trung ương") as refused:
        actions.propose(review=world.review, by=world.office, at=make.AT)
    assert refused.value.field == "parties"


def test_a_recorded_successor_signs_for_the_party_that_ended(world: make.World) -> None:
    from soket.organisations.models import Succession, SuccessionKind, UnitLink
    from tests.factories.reporting import person, unit

    _end(world)
    heir = unit("front", "Ủy ban MTTQ mới", 0, since=date(2026, 1, 1))
    with open_door():
        act = Succession.objects.create(
            kind=SuccessionKind.MERGE, on=date(2026, 1, 1), basis="Quyết định thử", recorded_at=make.AT, by_label="x", title="Sáp nhập"
        )
        UnitLink.objects.create(succession=act, old=world.land.front["centre"], new=heir, share_num=1, share_den=1)
    tree_changed()
    edition = actions.propose(review=world.review, by=world.office, at=make.AT)
    signer = person("ky-ba", sign=heir)
    actions.sign(edition=edition, party=world.land.police["centre"].pk, by=world.first, at=make.AT)
    row = actions.sign(edition=edition, party=world.land.front["centre"].pk, by=signer, at=make.LATER)
    assert (row.party_id, row.signed_for_id) == (world.land.front["centre"].pk, heir.pk)
    party = queries.manifest_of(edition)["parties"][1]
    assert (party["name"], party["signer"]["name"], party["signer"]["basis"]) == ("Ủy ban MTTQ trung ương", "Ủy ban MTTQ mới", "Quyết định thử")
    assert queries.current_edition(world.review) == edition


def test_only_the_programme_office_drafts(world: make.World) -> None:
    for act in (
        lambda: actions.write_section(review=world.review, heading="a", text="b", by=world.first, at=make.AT),
        lambda: actions.propose(review=world.review, by=world.second, at=make.AT),
        lambda: actions.add_programme(review=world.review, programme=world.programme, span_text="2023", by=world.first, at=make.AT),
    ):
        with pytest.raises(Refused):
            act()


def test_a_span_keeps_its_unknown_days_and_a_wrong_one_is_refused(world: make.World) -> None:
    other = owed.programme(world.land, symbol="13/CTr-THU", title="Chương trình khác")
    with pytest.raises(Refused) as refused:
        actions.add_programme(
            review=world.review, programme=other, span_text="x", span_from=date(2025, 1, 2), span_to=date(2025, 1, 1),
            by=world.office, at=make.AT,
        )
    assert refused.value.field == "span_to"
    row = actions.add_programme(review=world.review, programme=other, span_text="2013–2018", by=world.office, at=make.AT)
    assert (row.span_from, row.span_to) == (None, None)


def test_a_review_refuses_a_taken_address_and_a_future_day(world: make.World) -> None:
    given: dict[str, Any] = {
        "slug": "khac", "code": "SK-KHAC", "kind": "final", "title": "Tổng kết", "as_of": date(2025, 12, 14), "boundary_date": date(2025, 12, 14),
        "office": world.land.police["centre"].pk, "by": world.office, "at": datetime(2026, 7, 9, tzinfo=VIETNAM),
    }
    wrong = [("slug", "so-ket-thu"), ("slug", "moi"), ("code", "sk 1"), ("code", "SK-THU"), ("kind", "x"), ("title", " "),
             ("as_of", date(2027, 1, 1))]
    for field, value in wrong:
        with pytest.raises(Refused) as refused:
            actions.create_review(**{**given, field: value})
        assert refused.value.field == field

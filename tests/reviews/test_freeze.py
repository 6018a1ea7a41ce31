"""Freezing is copy, name and hash in one transaction, once, by both parties."""
from __future__ import annotations

import hashlib
import json

import pytest
from django.db import DatabaseError, transaction

from soket.audit import dossier
from soket.audit.checkpoint import read_verifier_key, seal_holds
from soket.audit.models import Event
from soket.audit.queries import public_key
from soket.kernel.door import Refused, open_door
from soket.reviews import actions, queries
from soket.reviews.models import Edition, Entry, Freeze, Signature
from tests.factories import reviews as make
from tests.factories.reporting import person

pytestmark = pytest.mark.django_db


def test_a_frozen_edition_holds_the_figures_by_their_exact_numbers(edition: Edition) -> None:
    figures = {figure.code: figure for figure in queries.frozen_figures(edition)}
    assert [(f.numerator, f.denominator, f.display("vi")) for f in figures.values()] == [
        (66, None, "66"), (3, 4, "75,0\u00a0%"), (3, 4, "75,0\u00a0%"), (410000, None, "hơn 410.000"),
    ]
    lists = queries.figure_lists(edition, "02")
    assert [row["name"] for row in lists["missing"]] == ["Ủy ban MTTQ xã Đông Hải"]
    assert [claim["number"] for claim in lists["claims"]] == ["5/CTr"] * 3
    assert len(queries.figure_lists(edition, "01")["submissions"]) >= 1
    assert {row["value"] for row in queries.figure_lists(edition, "01")["contributors"]} == {"22"}


def test_stored_hashes_equal_recomputed_ones(edition: Edition) -> None:
    for entry in Entry.objects.filter(edition=edition):
        line = dossier.Entry(entry.key, json.loads(entry.body)).line()
        assert hashlib.sha256(line).hexdigest() == entry.sha256
    assert dossier.dossier_digest(json.loads(edition.manifest)) == edition.digest
    assert {row.digest for row in edition.signatures.all()} == {edition.digest}
    key = read_verifier_key(public_key()[0]).key
    assert seal_holds(edition.digest, json.loads(edition.freeze.seal)["signature"], key)


def test_both_parties_are_needed(world: make.World) -> None:
    edition = actions.propose(review=world.review, by=world.office, at=make.AT)
    actions.sign(edition=edition, party=world.land.police["centre"].pk, by=world.first, at=make.AT)
    assert not Freeze.objects.exists()
    assert queries.current_edition(world.review) is None
    actions.sign(edition=edition, party=world.land.front["centre"].pk, by=world.second, at=make.LATER)
    assert queries.current_edition(world.review) == edition
    assert list(Event.objects.filter(name__in=["reviews.signed", "reviews.frozen"]).order_by("id").values_list("name", flat=True)) == [
        "reviews.signed", "reviews.signed", "reviews.frozen",
    ]


def test_freezing_happens_once(world: make.World, edition: Edition) -> None:
    with pytest.raises(Refused, match="."):
        actions.sign(edition=edition, party=world.land.police["centre"].pk, by=world.first, at=make.LATER)
    assert Freeze.objects.count() == 1
    with open_door(), pytest.raises(DatabaseError), transaction.atomic():
        Freeze.objects.create(edition=edition, review=edition.review, number=1, at=make.AT, seal="{}", key_fingerprint="x", event_id=1)


@pytest.mark.parametrize("model", [Edition, Entry, Signature, Freeze])
def test_the_database_refuses_changes(edition: Edition, model: type) -> None:
    row = model.objects.order_by("pk").first()
    for write in (lambda: model.objects.filter(pk=row.pk).update(id=row.pk + 1000), lambda: model.objects.filter(pk=row.pk).delete()):
        with open_door(), pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_the_wrong_person_and_the_wrong_party_are_refused(world: make.World) -> None:
    edition = actions.propose(review=world.review, by=world.office, at=make.AT)
    front, police = world.land.front["centre"].pk, world.land.police["centre"].pk
    stranger = person("nguoi-la", sign=world.land.police["province"])
    for by, party in ((world.first, front), (world.office, police), (stranger, police), (stranger, world.land.police["province"].pk)):
        with pytest.raises(Refused) as refused:
            actions.sign(edition=edition, party=party, by=by, at=make.AT)
        assert refused.value.field == "party"
    actions.sign(edition=edition, party=police, by=world.first, at=make.AT)
    with pytest.raises(Refused):
        actions.sign(edition=edition, party=police, by=world.first, at=make.AT)
    assert Signature.objects.count() == 1


def test_a_job_never_signs(world: make.World) -> None:
    from tests.factories.reporting import OFFICE

    edition = actions.propose(review=world.review, by=world.office, at=make.AT)
    with pytest.raises(Refused):
        actions.sign(edition=edition, party=world.land.police["centre"].pk, by=OFFICE, at=make.AT)


def test_proposing_anew_withdraws_the_earlier_proposal_and_its_signatures(world: make.World) -> None:
    first = actions.propose(review=world.review, by=world.office, at=make.AT)
    actions.sign(edition=first, party=world.land.police["centre"].pk, by=world.first, at=make.AT)
    second = actions.propose(review=world.review, by=world.office, at=make.LATER)
    assert (second.number, second.attempt) == (1, 2)
    with pytest.raises(Refused):
        actions.sign(edition=first, party=world.land.front["centre"].pk, by=world.second, at=make.LATER)
    actions.sign(edition=second, party=world.land.front["centre"].pk, by=world.second, at=make.LATER)
    assert not Freeze.objects.exists()


def test_a_draft_changed_after_the_freeze_changes_no_edition(world: make.World, edition: Edition) -> None:
    section = world.review.sections.get()
    actions.write_section(review=world.review, section=section, heading="Khác", text="Nội dung khác {{01}}.", by=world.office, at=make.LATER)
    assert [row["heading"] for row in queries.sections_of(edition)] == ["Kết quả thực hiện"]

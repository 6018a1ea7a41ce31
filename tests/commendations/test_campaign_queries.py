"""Who may propose which form, and how much of a quota is used."""
from __future__ import annotations

from datetime import date

from soket.commendations.queries import campaigns
from soket.commendations.queries.campaigns import QuotaState
from tests.factories import commendations as make

DAY = make.AT.date()


def test_units_of_a_line_and_level_propose_while_nominations_are_taken(world: make.World) -> None:
    held = world.campaign
    assert campaigns.may_propose(held, world.police["one"].pk, DAY)
    assert campaigns.may_propose(held, world.police["province"].pk, held.nominate_until)
    assert not campaigns.may_propose(held, world.police["centre"].pk, DAY)
    assert not campaigns.may_propose(held, world.police["one"].pk, date(2026, 7, 9))
    assert not campaigns.may_propose(held, world.police["one"].pk, date(2099, 9, 1))
    other = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2")
    assert not campaigns.may_propose(other, world.front["one"].pk, DAY)
    prepared = make.campaign(world.edition, world.police["centre"], "dot-ba", "KT-3", stage="planning")
    assert not campaigns.may_propose(prepared, world.police["one"].pk, DAY) and campaigns.is_proposer(prepared, world.police["one"].pk, DAY)


def test_a_quota_counts_confirmed_nominations_under_the_same_unit(world: make.World) -> None:
    make.quota(world.form, 2)
    make.quota(world.form, 30, level=0)
    make.quota(world.form, 1, level=3, recipient="person")
    for unit, state in (("one", "confirmed"), ("two", "submitted"), ("one", "agreed"), ("province", "chosen")):
        make.nomination(world, world.police[unit], state=state)
    make.nomination(world, world.front["one"], state="confirmed")
    name = "Công an tỉnh"
    asked = campaigns.quota_state(world.form, world.police["two"].pk, "collective", DAY)
    assert [(one.level, one.unit_id, one.limit, one.used, one.left, one.full) for one in asked] == [
        (0, None, 30, 4, 26, False), (1, world.police["province"].pk, 2, 3, 0, True),
    ]  # fmt: skip
    assert asked[1].unit_name.startswith(name)
    assert campaigns.quota_state(world.form, world.police["one"].pk, "person", DAY) == [
        QuotaState(3, world.police["one"].pk, campaigns.placed(world.police["one"].pk, DAY)[-1].name, 1, 0)
    ]
    assert campaigns.quota_state(world.front_form, world.front["one"].pk, "collective", DAY) == []


def test_a_form_is_offered_where_a_quota_does_not_forbid_it(world: make.World) -> None:
    unit = world.police["one"].pk
    assert campaigns.form_choices(world.campaign, unit, "collective", DAY) == [world.form, world.front_form]
    make.quota(world.form, 0, level=1)
    make.quota(world.front_form, 1, level=1)
    make.nomination(world, world.police["one"], of=world.front_form, state="confirmed")
    assert campaigns.form_choices(world.campaign, unit, "collective", DAY) == [world.front_form]
    assert campaigns.form_choices(world.campaign, unit, "person", DAY) == [world.form, world.front_form]

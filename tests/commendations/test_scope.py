"""Who sees which campaign and nomination."""
from __future__ import annotations

from soket.commendations.queries import scope
from tests.factories import commendations as make

DAY = make.AT.date()


def _seen(world: make.World, actor: object) -> set[int]:
    return set(scope.nominations(actor, DAY).values_list("number", flat=True))  # type: ignore[arg-type]


def test_a_nomination_is_seen_by_its_side_and_after_confirmation_by_its_appraisers(world: make.World) -> None:
    make.nomination(world, world.police["one"])
    make.nomination(world, world.police["one"], state="submitted")
    make.nomination(world, world.police["one"], state="confirmed")
    make.nomination(world, world.front["one"], of=world.front_form, state="confirmed")
    assert _seen(world, world.reporter) == {1, 2, 3}
    assert _seen(world, world.confirmer) == {1, 2, 3}
    assert _seen(world, world.front_reporter) == {4}
    assert _seen(world, world.clerk) == _seen(world, world.front_clerk) == _seen(world, world.signer) == _seen(world, world.office) == {3, 4}
    assert _seen(world, world.stranger) == _seen(world, world.reporter_two) == _seen(world, world.members[0]) == set()


def test_a_campaign_being_prepared_is_seen_by_its_office_and_issuers_alone(world: make.World) -> None:
    held = make.campaign(world.edition, world.police["centre"], slug="dot-hai", code="KT-2", stage="planning")
    make.gives(held, "bang-khen-mttw", world.front["centre"])
    seen = {name: set(scope.campaigns(getattr(world, name), DAY).values_list("code", flat=True)) for name in ("office", "front_clerk", "reporter")}
    assert seen == {"office": {"KT-THU", "KT-2"}, "front_clerk": {"KT-THU", "KT-2"}, "reporter": {"KT-THU"}}
    assert set(scope.campaigns(world.members[0], DAY).values_list("code", flat=True)) == set()

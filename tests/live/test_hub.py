"""The hub: the newest snapshot only, in order, consoles first, and one slow screen holds nobody."""
from __future__ import annotations

import asyncio

import pytest

from soket.live.core import Message, beat, channel, frame, priority_key, publisher_key
from soket.live.hub import Full, Hub

ONE, TWO, THREE = (Message("c", number, b'{"n":%d}' % number) for number in (1, 2, 3))


def test_a_frame_is_one_server_sent_event() -> None:
    assert frame(TWO) == b'id: 2\nevent: state\ndata: {"n":2}\n\n'
    assert beat("2026-07-15T08:00:00+07:00", 3) == b'event: beat\ndata: {"at":"2026-07-15T08:00:00+07:00","screens":3}\n\n'


def test_a_channel_is_known_only_to_who_holds_the_secret() -> None:
    assert channel("a", "conference:1") != channel("b", "conference:1") != channel("a", "conference:2")
    assert len({channel("a", "x"), priority_key("a", "x"), publisher_key("a")}) == 3


def test_a_newcomer_gets_the_newest_and_who_has_it_waits() -> None:
    hub = Hub()
    hub.publish(TWO)
    fresh, known = hub.join("c", since=0, address="a", chair=False), hub.join("c", since=2, address="a", chair=False)
    assert (fresh.frame, known.frame) == (frame(TWO), None)


def test_older_and_repeated_snapshots_change_nothing() -> None:
    hub = Hub()
    screen = hub.join("c", since=0, address="a", chair=False)
    assert [hub.publish(one) for one in (TWO, ONE, TWO, THREE)] == [True, False, False, True]
    assert screen.frame == frame(THREE)


def test_a_slow_screen_has_room_for_one_and_gets_the_newest() -> None:
    async def session() -> list[bytes | None]:
        hub = Hub()
        slow, quick = (hub.join("c", since=0, address="a", chair=False) for _ in range(2))
        got = []
        for one in (ONE, TWO, THREE):
            hub.publish(one)
            got.append(await quick.next())
        return [*got, await slow.next()]

    assert asyncio.run(session()) == [frame(ONE), frame(TWO), frame(THREE), frame(THREE)]


def test_a_beat_never_replaces_a_snapshot() -> None:
    hub = Hub()
    screen, idle = hub.join("c", since=0, address="a", chair=False), hub.join("d", since=0, address="a", chair=False)
    hub.publish(ONE)
    hub.beat(lambda screens: b"beat %d" % screens)
    assert (screen.frame, idle.frame) == (frame(ONE), b"beat 1")


def test_consoles_are_woken_before_the_audience() -> None:
    async def session() -> list[str]:
        hub, woken = Hub(), []

        async def watch(name: str, chair: bool) -> None:
            await hub.join("c", since=0, address="a", chair=chair).next()
            woken.append(name)

        tasks = [asyncio.create_task(watch(f"screen {number}", False)) for number in range(5)] + [asyncio.create_task(watch("chair", True))]
        await asyncio.sleep(0)
        hub.publish(ONE)
        await asyncio.gather(*tasks)
        return woken

    assert asyncio.run(session())[0] == "chair"


def test_limits_hold_and_leaving_gives_the_place_back() -> None:
    hub = Hub(most=3, per_address=2)
    first = hub.join("c", since=0, address="a", chair=False)
    hub.join("c", since=0, address="a", chair=False)
    with pytest.raises(Full):
        hub.join("c", since=0, address="a", chair=False)
    hub.join("c", since=0, address="b", chair=False)
    with pytest.raises(Full):
        hub.join("c", since=0, address="d", chair=False)
    hub.leave("c", first)
    hub.leave("c", first)
    hub.join("c", since=0, address="d", chair=False)
    assert hub.total == 3


def test_confirmations_count_for_the_newest_snapshot_only() -> None:
    hub = Hub()
    for _ in range(2):
        hub.join("c", since=0, address="a", chair=False)
    hub.publish(ONE)
    hub.publish(TWO)
    hub.confirm("c", 1, 900)
    hub.confirm("c", 2, 40)
    hub.confirm("c", 2, 70)
    hub.confirm("c", 2, 10)
    hub.confirm("unknown", 2, 10)
    found = hub.connected("c")
    assert (found.screens, found.confirmed, found.slowest_ms) == (2, 2, 70)
    assert hub.connected("unknown").screens == 0
    assert "unknown" not in hub.channels

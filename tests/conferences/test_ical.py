"""The calendar file, read back by a reader that follows RFC 5545 to the letter."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from soket.conferences.core.ical import CalendarEvent, calendar, fold

STARTS = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)


def event(**other: object) -> CalendarEvent:
    given = {
        "uid": "HN-2026-12@soket", "sequence": 3, "stamp": STARTS - timedelta(days=9), "starts_at": STARTS, "ends_at": STARTS + timedelta(hours=4),
        "summary": "Hội nghị trực tuyến sơ kết; “Toàn dân bảo vệ an ninh Tổ quốc”, giai đoạn 2023–2033 \\ điểm cầu trung ương",
        "description": "08:00 Khai mạc\n08:10 Báo cáo, thảo luận", "location": "Hội trường tầng 2, Điểm cầu Bộ Công an",
    }  # fmt: skip
    return CalendarEvent(**{**given, **other})  # type: ignore[arg-type]


def unfolded(data: bytes) -> list[tuple[str, str]]:
    assert data.endswith(b"\r\n")
    raw = data.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    for line in raw:
        line.decode()  # no character is torn
    text = data.decode().replace("\r\n ", "").removesuffix("\r\n")
    return [tuple(line.split(":", 1)) for line in text.split("\r\n")]  # type: ignore[misc]


def plain(value: str) -> str:
    out, signs = "", iter(value)
    for sign in signs:
        if sign == "\\":
            after = next(signs)
            out += "\n" if after in "nN" else after
        else:
            assert sign not in ";,"
            out += sign
    return out


def test_a_reader_gets_back_what_was_written() -> None:
    lines = unfolded(calendar(event()))
    assert [value for name, value in lines if name in ("BEGIN", "END")] == [
        "VCALENDAR", "VTIMEZONE", "STANDARD", "STANDARD", "VTIMEZONE", "VEVENT", "VEVENT", "VCALENDAR",
    ]  # fmt: skip
    found = dict(lines[lines.index(("BEGIN", "VEVENT")) :])
    assert {name: plain(found[name]) for name in ("UID", "SUMMARY", "DESCRIPTION", "LOCATION")} == {
        "UID": event().uid, "SUMMARY": event().summary, "DESCRIPTION": event().description, "LOCATION": event().location,
    }  # fmt: skip
    assert (found["SEQUENCE"], found["DTSTAMP"], found["STATUS"]) == ("3", "20260706T010000Z", "CONFIRMED")
    assert (found["DTSTART;TZID=Asia/Ho_Chi_Minh"], found["DTEND;TZID=Asia/Ho_Chi_Minh"]) == ("20260715T080000", "20260715T120000")
    zone = dict(lines[lines.index(("BEGIN", "VTIMEZONE")) : lines.index(("END", "VTIMEZONE"))])
    assert (zone["TZID"], zone["TZOFFSETTO"]) == ("Asia/Ho_Chi_Minh", "+0700")
    assert dict(lines)["VERSION"] == "2.0"


def test_what_was_called_off_leaves_the_calendar() -> None:
    lines = dict(unfolded(calendar(event(cancelled=True))))
    assert (lines["METHOD"], lines["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize("text", ["a" * 300, "ệ" * 120, "a" * 75, "a" * 76, "", "😀" * 40])
def test_folding_keeps_every_sign(text: str) -> None:
    pieces = list(fold(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_no_line_can_be_slipped_in() -> None:
    lines = unfolded(calendar(event(summary="a\r\nATTENDEE:b\x0bc", location="d\rATTENDEE:e")))
    assert [name for name, _value in lines if name == "ATTENDEE"] == []

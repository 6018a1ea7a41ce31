"""One event as iCalendar (RFC 5545): CRLF, lines folded at 75 octets, Viet Nam time with its VTIMEZONE."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from soket.kernel.clock import VIETNAM

ZONE = "Asia/Ho_Chi_Minh"
_VTIMEZONE = (
    "BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19750613T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0700", "TZNAME:+07",
    "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True)
class CalendarEvent:
    """`uid` stays the same for the life of the event, `sequence` grows with each change. `cancelled` takes it out of calendars."""

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str = ""
    location: str = ""
    organiser: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(event: CalendarEvent) -> bytes:
    """A whole file of one event, UTF-8."""
    method = "CANCEL" if event.cancelled else "PUBLISH"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Soket//Conference//VI", "CALSCALE:GREGORIAN", f"METHOD:{method}", *_VTIMEZONE, "BEGIN:VEVENT",
        f"UID:{_text(event.uid)}", f"DTSTAMP:{_utc(event.stamp)}", f"SEQUENCE:{event.sequence}",
        f"DTSTART;TZID={ZONE}:{_local(event.starts_at)}", f"DTEND;TZID={ZONE}:{_local(event.ends_at)}", f"SUMMARY:{_text(event.summary)}",
        *_given("LOCATION", event.location), *_given("DESCRIPTION", event.description), *_given("CONTACT", event.organiser),
        *([f"URL:{event.url}"] if event.url else []), f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}", "TRANSP:OPAQUE", "END:VEVENT",
        "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line)).encode()


def fold(line: str, limit: int = 75) -> Iterable[str]:
    """Pieces of at most 75 octets each, no character torn; every piece but the first begins with one blank."""
    piece, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > limit:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    yield piece


def _given(name: str, value: str) -> list[str]:
    return [f"{name}:{_text(value)}"] if value else []


def _text(value: str) -> str:
    plain = value.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in plain.replace("\n", "\\n") if sign.isprintable())


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _local(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%Y%m%dT%H%M%S")

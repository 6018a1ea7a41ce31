"""What the desk's page sends and reads while it is connected: JSON, for the device's cookie alone.

Every write names its own id, so what is sent twice is kept once. A request from another origin is refused: the cookie is
SameSite=Strict, and a header that forms cannot set is asked for.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from soket.conferences import actions
from soket.conferences.actions.checkin import ScanDraft
from soket.conferences.queries import awards
from soket.conferences.queries import desk as queries
from soket.conferences.views import live as session
from soket.conferences.views.desk import Desk, required
from soket.conferences.words import outcome_words
from soket.kernel.canonical import canonical
from soket.kernel.clock import now
from soket.kernel.door import Refused
from soket.kernel.text import whole
from soket.ui.core import instant

HEADER = "X-Soket-Desk"
MOST_BYTES = 400_000
EARLIEST, LATEST = 1900, 2200  # clocks fall back to 1970 or run ahead; what lies outside was never a clock
Writer = Callable[[Desk, dict[str, Any]], JsonResponse]


def _when(value: Any) -> datetime:
    """An instant with its zone. Raises ValueError."""
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None or not EARLIEST <= found.year <= LATEST:
        raise ValueError("an instant needs its zone and a year that a clock can show")
    return found


def writer(function: Writer) -> Callable[[HttpRequest], HttpResponse]:
    """Read the JSON of a request that only our own page can send; refusals become {"error"} with 409, broken ones 400."""

    @csrf_exempt
    @require_POST
    @wraps(function)
    def inner(request: HttpRequest) -> HttpResponse:
        _ours(request)
        found = required(request)
        return _read(request, lambda sent: function(found, sent))

    return inner


def writer_of_person(function: Callable[..., JsonResponse]) -> Callable[..., HttpResponse]:
    """The same for a signed-in person: `function(request, sent, …)` finds what they may write to."""

    @csrf_exempt
    @require_POST
    @wraps(function)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _ours(request)
        return _read(request, lambda sent: function(request, sent, *args, **kwargs))

    return inner


def _ours(request: HttpRequest) -> None:
    if request.headers.get(HEADER) != "1" or request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Http404


def _read(request: HttpRequest, act: Callable[[dict[str, Any]], JsonResponse]) -> HttpResponse:
    length = request.headers.get("Content-Length") or "0"
    if (size := whole(length)) is None or size > MOST_BYTES:
        return JsonResponse({"error": _("This is too much at once.")}, status=413)
    try:
        sent = json.loads(request.body)
        if not isinstance(sent, dict):
            raise ValueError("an object is sent")
        return act(sent)
    except Refused as refused:
        return JsonResponse({"error": str(refused.message)}, status=409)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return JsonResponse({"error": _("This page was sent incompletely. Load it again.")}, status=400)


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The list that the device keeps while it is cut off; 304 when it has it already."""
    found = required(request)
    site, until = found.site, found.device.until.isoformat()
    body = canonical({"site": site.name, "code": site.conference.code, "until": until, "rows": queries.listed(site), "awards": awards.at_desk(site)})
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag})


@writer
def scans(found: Desk, sent: dict[str, Any]) -> JsonResponse:
    """Scans of the outbox, at most 500. Each gets its answer: the outcome and what it means."""
    drafts = [
        ScanDraft(UUID(one["id"]), str(one["raw"])[:200], str(one["way"]), str(one["how"]), _when(one["at"]), bool(one.get("offline")))
        for one in sent["scans"]
    ]  # fmt: skip
    at, device_now = now(), _when(sent["now"])
    rows = actions.check_in_many(site=found.site, scans=drafts, device_now=device_now, by=found.by, at=at, device=found.device)
    answers = [{"id": str(row.pk), "outcome": row.outcome, "says": outcome_words(row), "n": row.delegate.number if row.delegate else None} for row in rows]
    return JsonResponse({"answers": answers, "now": at.isoformat(), **_clock(device_now, at)})


@writer
def heads(found: Desk, sent: dict[str, Any]) -> JsonResponse:
    at = now()
    row = actions.count_heads(id=UUID(sent["id"]), site=found.site, count=int(sent["count"]), device_at=_when(sent["at"]), by=found.by, at=at)
    return JsonResponse({"count": row.count, "at": row.device_at.isoformat()})


@writer
def award(found: Desk, sent: dict[str, Any]) -> JsonResponse:
    """An award handed over: one planned here by its number, or another in words."""
    given = awards.planned(found.site, int(sent["award_id"])) if sent.get("award_id") else None
    if sent.get("award_id"):
        if given is None:
            raise Refused(_("This award is not planned at this site."))
        row = actions.hand_over(id=UUID(sent["id"]), site=found.site, given=given, device_at=_when(sent["at"]), by=found.by, at=now())
        return JsonResponse({"award": row.award, "recipient": row.recipient, "award_id": given.pk})
    words = {name: str(sent[name]) for name in ("award", "recipient", "handed_by")}
    row = actions.hand_over(id=UUID(sent["id"]), site=found.site, device_at=_when(sent["at"]), by=found.by, at=now(), **words)
    return JsonResponse({"award": row.award, "recipient": row.recipient})


def take_beat(site: Any, by: Any, sent: dict[str, Any]) -> JsonResponse:
    """A sign of life, answered with the server's time."""
    at, delay = now(), sent.get("delay")
    actions.beat(
        site=site, sequence=int(sent.get("sequence", 0)), delay_ms=None if delay is None else int(delay), waiting=int(sent.get("waiting", 0)),
        link=str(sent.get("link", "")), by=by, at=at,
    )  # fmt: skip
    return JsonResponse({"now": at.isoformat(), **(_clock(_when(sent["now"]), at) if "now" in sent else {})})


@writer
def beat(found: Desk, sent: dict[str, Any]) -> JsonResponse:
    return take_beat(found.site, found.by, sent)


def _clock(device_now: datetime, at: datetime) -> dict[str, Any]:
    """How far the device's clock is off, in words when it matters."""
    off = round((device_now - at).total_seconds())
    if abs(off) < 60:
        return {"off": off}
    words = {"minutes": abs(off) // 60, "time": instant(at, weekday=False, seconds=False).rpartition(" ")[2]}
    ahead = _("This device's clock is %(minutes)s minutes ahead; it is %(time)s.")
    behind = _("This device's clock is %(minutes)s minutes behind; it is %(time)s.")
    return {"off": off, "clock": (ahead if off > 0 else behind) % words + " " + _("Scans are set right; the clock should be too.")}


@never_cache
@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """The snapshot of the session, for devices that poll."""
    return session.state_answer(request, required(request).site.conference)

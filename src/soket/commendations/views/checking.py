"""Where anyone checks a certificate: in the browser, offline once the page was opened, or by the server for browsers without scripts.

The text of a code stands behind the `#` of its address, which browsers never send; it reaches the server only through the form.
"""
from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from soket.audit.badge import did_document, status_list_jwt
from soket.audit.checkpoint import fingerprint, key_id, public_bytes, verifier_key
from soket.audit.credential import MOST_TEXT, BadCertificate, Statement, make_status_list, read_qr_text
from soket.commendations.models.deciding import GroundKind
from soket.commendations.queries import certificates, keys
from soket.commendations.views.shared import language
from soket.documents.queries import qr_svg
from soket.kernel.clock import now
from soket.ui.core import day, instant

SHELL = (
    "commendations/js/check-page.js", "commendations/js/check-core.js", "commendations/js/check-store.js", "commendations/js/check-camera.js",
    "commendations/css/check.css", "ui/vendor/jsqr.js", "ui/img/favicon.svg",
)  # fmt: skip
WORDS = {
    "valid": gettext_lazy("Genuine, and it stands"),
    "valid_more": gettext_lazy("The signature is the issuer's and no decision has taken the award back."),
    "signature": gettext_lazy("Genuine; whether it still stands is not known"),
    "signature_more": gettext_lazy("This device keeps no status list yet, so only the signature could be checked. Open this page once with a connection."),
    "unlisted": gettext_lazy("Genuine, but not on the status list"),
    "unlisted_more": gettext_lazy("It may have been made out after the list was drawn up. Check again with a connection, or ask the issuer."),
    "superseded": gettext_lazy("Superseded by certificate {by}"),
    "superseded_more": gettext_lazy("This copy was made out again. The award stands; the newer copy counts."),
    "cancelled": gettext_lazy("Cancelled by decision {decision} of {dated}"),
    "cancelled_more": gettext_lazy("Legal ground: {ground}{basis}."),
    "malformed": gettext_lazy("This is not the code of a certificate, or it was cut or altered"),
    "malformed_more": gettext_lazy("Take the whole text of the code. If it still does not read, the certificate was not issued here."),
    "unknown_key": gettext_lazy("Not ours: signed with a key that no issuer here holds"),
    "unknown_key_more": gettext_lazy("Nothing that this code says can be relied on."),
    "bad_signature": gettext_lazy("Altered: the signature does not fit the words"),
    "bad_signature_more": gettext_lazy("Nothing that this code says can be relied on."),
    "other_version": gettext_lazy("The code is of a version that this page does not know"),
    "other_version_more": gettext_lazy("Open this page again with a connection to get the newest one."),
    "unable": gettext_lazy("This browser cannot check signatures of this kind"),
    "unable_more": gettext_lazy("Press “Check”: the text of the code is then sent to the server, which checks it."),
    "no_keys": gettext_lazy("The issuer's key is not on this device yet"),
    "no_keys_more": gettext_lazy("Open this page once with a connection; after that it checks without one."),
    "no_code": gettext_lazy("No code was found in the picture"),
    "no_code_more": gettext_lazy("Photograph the code from nearer, in good light, so that it fills most of the picture."),
    "no_camera": gettext_lazy("The camera cannot be opened"),
    "no_camera_more": gettext_lazy("Take a photograph of the code, or paste its text."),
    "as_of": gettext_lazy("Status as of {at}."),
    "stored": gettext_lazy("No connection: this is the list that this device kept ({age})."),
    "mark": gettext_lazy("too long for the code, which holds its mark {mark}"),
}


@csrf_exempt  # reads only, for nobody in particular: the page that browsers keep must not carry a token
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The page. Posted, the server checks the text: for browsers without scripts, or without this kind of signature."""
    text = request.POST.get("text", "")[: 4 * MOST_TEXT].strip() if request.method == "POST" else ""
    context = {"result": _result(text) if text else None, "text": text.rpartition("#")[2], "words": _words(), "most": 4 * MOST_TEXT, "fields": _fields(None)}
    return render(request, "commendations/check.html", context)


def _words() -> str:
    return json.dumps({"words": {name: str(text) for name, text in WORDS.items()}, "grounds": dict(_grounds())}, ensure_ascii=False)


def _grounds() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in GroundKind]


def _result(text: str) -> dict[str, Any]:
    """What the server says of a code's text, in the words of the page."""
    trusted = keys.trusted_keys()
    try:
        statement, signed_by = read_qr_text(text, trusted)
    except BadCertificate as refused:
        return _said(refused.code, {}, None)
    found = certificates.by_serial(statement.serial)
    standing = certificates.standing_of(found) if found else None
    at = f"{instant(localtime(now()), language(), weekday=False)} (GMT+7)"
    values: dict[str, str] = {"at": at}
    if standing is not None:
        dated = day(standing.dated, language()) if standing.dated else ""
        basis = f" ({standing.basis})" if standing.basis else ""
        ground = dict(_grounds()).get(standing.ground, standing.ground)
        values |= {"by": standing.by, "decision": standing.decision, "dated": dated, "ground": ground, "basis": basis}
    key = next(key for name, key in trusted if key_id(name, key).hex() == signed_by)
    kind = standing.state if standing else "unlisted"
    return _said(kind, values, _fields(statement, fingerprint(key)), [_filled("as_of", values)])


def _said(kind: str, values: dict[str, str], fields: list[tuple[str, str, str]] | None, notes: list[str] | None = None) -> dict[str, Any]:
    return {"kind": kind, "verdict": _filled(kind, values), "explain": _filled(f"{kind}_more", values), "fields": fields, "notes": notes or []}


def _filled(name: str, values: dict[str, str]) -> str:
    text = str(WORDS[name])
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _fields(said: Statement | None, key: str = "") -> list[tuple[str, str, str]]:
    """The lines of what a code says: name for the script, label, value. Without a statement the values stay empty."""
    achievement = said.achievement if said else ""
    if achievement.startswith("#"):
        achievement = _filled("mark", {"mark": achievement[1:]})
    return [
        ("form", _("Form of commendation"), said.form if said else ""),
        ("recipient", _("Recipient"), said.recipient if said else ""),
        ("achievement", _("Achievement"), achievement),
        ("issuer", _("Awarding body"), said.issuer if said else ""),
        ("decision", _("Decision number"), said.decision if said else ""),
        ("dated", _("Decided on"), day(said.dated, language()) if said else ""),
        ("goldBook", _("Gold book number"), said.gold_book if said else ""),
        ("serial", _("Serial number"), said.serial if said else ""),
        ("reissue", _("Times made out again"), str(said.reissue) if said and said.reissue else ""),
        ("key", _("Key that signed"), key),
    ]


@never_cache
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page for when there is no network. Its place limits it to /bk/."""
    path = find("commendations/js/check-worker.js")
    if not isinstance(path, str):
        raise Http404
    head = f"const PAGE = {json.dumps(reverse('commendations:check'))};\nconst SHELL = {json.dumps([static(name) for name in SHELL])};\n"
    return HttpResponse(head + Path(path).read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")


@never_cache
@require_GET
def keys_json(request: HttpRequest) -> HttpResponse:
    """The keys by which certificates are checked: the one in use first, then the retired ones."""
    return JsonResponse({"keys": [_key(name, key) for name, key in keys.trusted_keys()]})


def _key(name: str, key: Any) -> dict[str, str]:
    return {
        "id": key_id(name, key).hex(), "name": name, "x": b64encode(public_bytes(key)).decode(), "fingerprint": fingerprint(key),
        "verifier": verifier_key(name, key),
    }  # fmt: skip


@never_cache
@require_GET
def status_json(request: HttpRequest) -> HttpResponse:
    """The signed list of every certificate's standing: serials and decisions, no names."""
    body = make_status_list(certificates.status_entries(), as_of=localtime(now()), name=keys.key_name(), signer=keys.signer())
    return HttpResponse(body, content_type="application/json")


@require_GET
def key_page(request: HttpRequest) -> HttpResponse:
    """The keys to print and keep, and how to check a certificate with nothing but this paper and a computer."""
    trusted = keys.trusted_keys()
    rows = [{**_key(name, key), "qr": mark_safe(qr_svg(verifier_key(name, key)).decode())} for name, key in trusted]  # noqa: S308  made of numbers alone
    address = f"{settings.BASE_URL}{reverse('commendations:check')}"
    status = f"{settings.BASE_URL}{reverse('commendations:check_status')}"
    context = {"current": rows[0], "retired": rows[1:], "address": address, "status": status}
    return render(request, "commendations/check_key.html", context)


@cache_control(max_age=300, public=True)
@require_GET
def badge_list(request: HttpRequest) -> HttpResponse:
    """The status list of the Open Badges form, a signed credential of its own."""
    text = status_list_jwt(certificates.revoked_bits(), base_url=settings.BASE_URL, signer=keys.signer(), as_of=now())
    return HttpResponse(text, content_type="application/vc+jwt")


@cache_control(max_age=300, public=True)
@require_GET
def did(request: HttpRequest) -> HttpResponse:
    """Who issues, for programs that resolve did:web."""
    return JsonResponse(did_document(settings.BASE_URL, [key for _name, key in keys.trusted_keys()]), content_type="application/did+json")

"""Where anyone checks a saved page of the newspaper: in the browser, without sending it; or by the server for browsers without scripts."""
from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from soket.audit.verifier.page import MOST_BYTES
from soket.publishing import reading, verifying
from soket.publishing.outlet.current import moment, shelf
from soket.publishing.views.public.frame import crumbs
from soket.ui.core import instant, language, seal_code

WORDS = {
    "genuine": gettext_lazy("Genuine: the page says what was published"),
    "genuine_more": gettext_lazy("The signature is the newspaper's, every word of the signed parts is in its place, and this is the copy that counts now."),
    "older": gettext_lazy("Genuine, but a newer copy counts"),
    "older_more": gettext_lazy("The page says what was published then. Since {at} copy {number} counts; its correction notices say what changed."),
    "withdrawn": gettext_lazy("Genuine, but taken down since"),
    "withdrawn_more": gettext_lazy("The page says what was published then. It was taken down on {at}. Reason: {reason}"),
    "gone": gettext_lazy("Genuine, but the newspaper shows it no longer"),
    "gone_more": gettext_lazy("The page says what was published then. At its address there is no article now."),
    "offline": gettext_lazy("Genuine; whether a newer copy exists is not known"),
    "offline_more": gettext_lazy("The page says what was published. Without a connection nobody could be asked whether it was corrected or taken down since."),
    "words": gettext_lazy("Altered: the words on the page are not those that were published"),
    "words_more": gettext_lazy("The first difference is in this part: {part}."),
    "photo": gettext_lazy("Altered: the page shows a photograph that was not published with it"),
    "photo_more": gettext_lazy("File name: {detail}"),
    "no_manifest": gettext_lazy("Nothing to check: the file carries no signed manifest"),
    "no_manifest_more": gettext_lazy(
        "It is not an article's page of this newspaper, or its manifest was taken out. Save the page as HTML with the browser and try again."
    ),
    "malformed": gettext_lazy("The file is cut, damaged or altered"),
    "malformed_more": gettext_lazy("It cannot be read with certainty, so nothing that it says can be relied on. Save the page again with the browser."),
    "unknown_key": gettext_lazy("Not ours: signed with a key that this newspaper does not hold"),
    "unknown_key_more": gettext_lazy("Nothing that the page says can be relied on."),
    "bad_signature": gettext_lazy("Altered: the signature does not fit the manifest"),
    "bad_signature_more": gettext_lazy("Nothing that the page says can be relied on."),
    "swapped": gettext_lazy("Altered: the copy in the file is not the one that was signed"),
    "swapped_more": gettext_lazy("Nothing that the page says can be relied on."),
    "other_version": gettext_lazy("The manifest is of a version that this page does not know"),
    "other_version_more": gettext_lazy("Open this page again with a connection to get the newest one."),
    "too_big": gettext_lazy("The file is too large"),
    "too_big_more": gettext_lazy("A saved article is one HTML file of less than 2 MB. Choose the .html file, not the folder or a picture."),
    "no_keys": gettext_lazy("The newspaper has published nothing yet"),
    "no_keys_more": gettext_lazy("So there is no key to check with."),
    "unable": gettext_lazy("This browser cannot check signatures of this kind"),
    "unable_more": gettext_lazy("Press “Check”: the file is then sent to the server, which checks it and keeps nothing."),
    "nothing": gettext_lazy("nothing"),
}
PARTS = {
    "title": gettext_lazy("the title"), "date": gettext_lazy("the time of publication"), "notice": gettext_lazy("the correction notices"),
    "office": gettext_lazy("the publishing office"), "byline": gettext_lazy("the byline and source"),
    "lead": gettext_lazy("the lead"), "photo": gettext_lazy("the photograph under the lead"), "body": gettext_lazy("the body"),
    "": gettext_lazy("words that stand outside the signed parts"),
}  # fmt: skip


@csrf_exempt  # judges a file that the reader holds and keeps nothing: a forged request could learn and change nothing; the public process has no session
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The page. Posted, the server checks the file: for browsers without scripts, or without this kind of signature."""
    result = None
    if request.method == "POST":
        result = _result(_posted(request))
    store = shelf()
    keys = verifying.trusted_keys(store)
    words = {"words": {name: str(text) for name, text in WORDS.items()}, "parts": {name: str(text) for name, text in PARTS.items()}}
    told = {
        "result": result, "words": json.dumps(words, ensure_ascii=False), "keys": keys, "keys_json": json.dumps(keys),
        "most": MOST_BYTES, "fields": _fields(None),
        "crumbs": crumbs((_("Verify a page"), "")),
    }  # fmt: skip
    return render(request, "publishing/verify_page.html", reading.frame(request, store, **told))


@never_cache
@require_safe
def standing(request: HttpRequest, slug: str) -> JsonResponse:
    """What the newspaper shows at an article's address now: for whoever holds a saved page of it."""
    found = verifying.standing(shelf(), slug, moment())
    response = JsonResponse({"state": found.state, "number": found.number, "digest": found.digest, "at": found.at, "reason": found.reason})
    response["Access-Control-Allow-Origin"] = "*"  # nothing here belongs to a reader
    return response


def _posted(request: HttpRequest) -> verifying.Answer | None:
    """The judgement of the posted file. One that is too large is not even read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES + 100_000:
        return verifying.Answer("too_big")
    file = request.FILES.get("page")
    return verifying.check(file.read(), shelf(), moment()) if file else verifying.Answer("no_manifest")


def _result(answer: verifying.Answer) -> dict[str, Any]:
    """The judgement in the words of the page."""
    at = verifying.instant_of(answer.standing.at)
    refused, verdict = answer.refused, answer.verdict
    values = {"number": str(answer.standing.number), "reason": answer.standing.reason, "at": instant(at, language(get_language())) if at else ""}
    if refused:
        values |= {"part": str(PARTS.get(refused.part, refused.part)), "detail": refused.detail}
    differs = refused and refused.code == "words"
    return {
        "kind": answer.kind, "verdict": _filled(answer.kind, values), "explain": _filled(f"{answer.kind}_more", values),
        "before": refused.before if differs else "", "expected": (refused.expected or str(WORDS["nothing"])) if differs else "",
        "found": (refused.found or str(WORDS["nothing"])) if differs else "", "fields": _fields(verdict),
        "frame": [words[:400] for words in verdict.frame] if verdict else [],
        "known": verdict is not None, "url": verdict.manifest.url if verdict else "",
    }  # fmt: skip


def _filled(name: str, values: dict[str, str]) -> str:
    text = str(WORDS[name])
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return text


def _fields(verdict: verifying.Verdict | None) -> list[tuple[str, str, str]]:
    """What the signed copy says of itself: name for the script, label, value."""
    said = verdict.manifest if verdict else None
    at = verifying.instant_of(said.content["published_at"]) if said else None
    return [
        ("title", _("Title of the article"), said.content["title"] if said else ""), ("url", _("Address"), said.url if said else ""),
        ("published", _("Published at"), instant(at, language(get_language())) if at else ""), ("number", _("Copy number"), str(said.number) if said else ""),
        ("digest", _("Code of this copy"), seal_code(said.digest) if said else ""),
        ("key", _("Key that signed"), verifying.key_of(verdict) if verdict else ""),
    ]  # fmt: skip

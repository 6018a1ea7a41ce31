"""Signing a proposed edition; the last signature freezes and seals it in the same transaction."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.accounts import queries as accounts
from soket.accounts.models import Person
from soket.audit import dossier
from soket.audit.actions import record
from soket.audit.checkpoint import load_or_create_key
from soket.kernel.actor import Actor, Office
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews import core, events, queries, rules, signals
from soket.reviews.actions.shared import _locked, ref
from soket.reviews.models import Citation, CitationFlag, Edition, Freeze, Signature
from soket.reviews.queries.parties import SigningParty


class Damaged(Exception):
    """The stored entries no longer have the hashes that were proposed; nothing may be signed."""


@action
def sign(*, edition: Edition, party: int, by: Actor, at: datetime) -> Signature:
    """Sign the edition's digest for the party (unit id). The caller has made the person prove who she is again.

    Raises Refused when the edition is no longer the one to sign, the unit is no party of it, the party has
    signed, its successor changed since the proposal, or `by` does not hold the signing office there.
    The last missing signature freezes the edition.
    """
    review = _locked(edition.review)
    newest = queries.open_proposal(review)
    if newest is None or newest.pk != edition.pk:
        raise Refused(_("This proposal is not the one to sign: it was frozen, or another has taken its place."))
    manifest = _intact(edition)
    named = {item["id"]: item for item in manifest["parties"]}
    acting = next((item for item in queries.parties_of(review, day_of(at)) if item.unit_id == party), None)
    if str(party) not in named or acting is None:
        raise Refused(_("This unit is not a party to the review."), field="party")
    if Signature.objects.filter(edition=edition, party_id=party).exists():
        raise Refused(_("This party has already signed."), field="party")
    if acting.signer_id is None or str(acting.signer_id) != named[str(party)]["signer"]["id"]:
        raise Refused(_("Another unit represents this party since the proposal. Propose the edition anew."), field="party")
    if not rules.may_sign(by, acting.signer_id, day_of(at)):
        raise Refused(_("You do not hold the signing office of this party."), field="party")
    row = _signature(edition, acting, acting.signer_id, by, at)
    if Signature.objects.filter(edition=edition).count() == len(named):
        _freeze(edition, by, at)
    return row


def _signature(edition: Edition, acting: SigningParty, signer: int, by: Actor, at: datetime) -> Signature:
    payload = {
        "party": str(acting.unit_id), "office": _office(by, acting, at), "digest": edition.digest, "edition": edition.number,
        "basis": "; ".join([*acting.programmes, *filter(None, [acting.basis])]),
    }
    event = record(event=events.SIGNED, by=by, subject=ref(edition.review), at=at, payload=payload)
    row = Signature(
        edition=edition, party_id=acting.unit_id, signed_for_id=signer, digest=edition.digest, at=at,
        by_id=by.actor_id, by_label=by.actor_label, event_id=event.pk,
    )
    row.save(force_insert=True)
    return row


def _office(by: Actor, acting: SigningParty, at: datetime) -> str:
    """The title of the post under which the person signs, and the unit."""
    titles = [] if not isinstance(by, Person) else [
        post.title for post in accounts.posts_of(by, day_of(at)) if post.office == Office.SIGN and post.unit_id == acting.signer_id
    ]
    return f"{titles[0]}, {acting.signer_name}" if titles else by.actor_label


def _intact(edition: Edition) -> dict[str, Any]:
    """The manifest, once digest and entries are recomputed and equal what is stored."""
    manifest = queries.manifest_of(edition)
    stored = queries.entries_of(edition)
    listed = [(entry["key"], entry["sha256"]) for entry in manifest["entries"]]
    again = [(row.key, dossier.Entry(row.key, queries.body_of(row)).sha256()) for row in stored]
    if canonical(manifest).decode() != edition.manifest or dossier.dossier_digest(manifest) != edition.digest or again != listed:
        raise Damaged(f"edition {edition.pk}")
    return manifest


def _freeze(edition: Edition, by: Actor, at: datetime) -> Freeze:
    """All have signed: the seal, the record, and a flag on everything that cites an edition before."""
    seal = dossier.make_seal(edition.digest, settings.LOG_ORIGIN, load_or_create_key(settings.DATA / "keys" / "log.key"))
    payload = {"edition": edition.number, "digest": edition.digest, "seal": seal.signature, "key": seal.fingerprint}
    event = record(event=events.FROZEN, by=by, subject=ref(edition.review), at=at, payload=payload, reason=edition.reason)
    row = Freeze(
        edition=edition, review=edition.review, number=edition.number, at=at, seal=canonical(vars(seal)).decode(),
        key_fingerprint=seal.fingerprint, event_id=event.pk,
    )
    row.save(force_insert=True)
    _flag(edition, by, at)
    news = {"edition_id": edition.pk, "review_id": edition.review_id, "number": edition.number}
    transaction.on_commit(lambda: signals.edition_frozen.send(sender=Freeze, **news))
    return row


def _flag(edition: Edition, by: Actor, at: datetime) -> None:
    """Flag every citation of an earlier edition; say whether its own figure changed."""
    now = {figure.code: core.value_of(figure.body) for figure in queries.frozen_figures(edition)}
    earlier = Citation.objects.filter(edition__review=edition.review).exclude(edition=edition).select_related("edition__review")
    was: dict[tuple[int, str], Any] = {}
    for citation in earlier.order_by("pk"):
        key = (citation.edition_id, citation.figure)
        if key not in was:
            was[key] = core.value_of(queries.frozen_figure(citation.edition, citation.figure).body)
        changed = now.get(citation.figure) != was[key]
        CitationFlag(citation=citation, edition=edition, changed=changed, at=at).save(force_insert=True)
        payload = {"source": citation.label, "figure": citation.figure, "edition": edition.number}
        record(event=events.FLAGGED, by=by, subject=ref(edition.review), at=at, payload=payload)
        _announce(citation, edition, changed)


def _announce(citation: Citation, edition: Edition, changed: bool) -> None:
    news = {
        "citation_id": citation.pk, "kind": citation.kind, "ref_id": citation.ref_id, "figure": citation.figure,
        "changed": changed, "edition_id": edition.pk,
    }
    transaction.on_commit(lambda: signals.citation_flagged.send(sender=CitationFlag, **news))

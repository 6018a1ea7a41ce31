"""Proposing an edition: every figure computed, copied and hashed in one transaction, for all parties to sign."""
from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit import dossier
from soket.audit.actions import record
from soket.documents.queries import figure_codes
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.reviews import core, events, figures, queries, rules
from soket.reviews.actions.shared import _locked, _require_draft, ref
from soket.reviews.models import Edition, Entry, Review
from soket.reviews.registry import parts
from soket.rollup import queries as rollup

RULES = "soket-rules/1"


@action
def propose(*, review: Review, by: Actor, at: datetime, reason: str = "") -> Edition:
    """Copy the draft into a proposed edition. An earlier proposal that is not frozen thereby falls.

    The number follows the current frozen edition; from 2 on `reason` is compulsory. Raises Refused: at reason;
    naming the figures that cannot be computed; naming the parties that ended without one recorded successor;
    or when programmes, figures, sections or parties are lacking.
    """
    review = _locked(review)
    _require_draft(by, review.office_id, at)
    current = queries.current_edition(review)
    number = current.number + 1 if current else 1
    reason = rules.clean(reason, "reason", 500, required=number > 1)
    parties = _parties(review, day_of(at))
    texts, bodies = _sections(review), _figures(review)
    entries = [dossier.Entry(f"section/{place}", body) for place, body in enumerate(texts, 1)]
    for figure, units in bodies:
        entries += [dossier.Entry(f"figure/{figure['code']}", figure), dossier.Entry(f"units/{figure['code']}", units)]
    entries += [dossier.Entry(part.key, body) for part in parts() if (body := part.build(review, at)) is not None]
    if current:
        entries.append(dossier.Entry("difference", _difference(current, [figure for figure, _units in bodies], reason, at)))
    manifest = dossier.build_manifest(
        review=_head(review), edition=number, entries=entries, parties=parties, tree_version=organisations.tree_version(),
        rule_version=RULES, previous=current.digest if current else None, reason=reason if current else "",
        extra={"proposed_at": at.isoformat()},
    )
    return _store(review, number, reason, manifest, entries, by, at)


def _store(review: Review, number: int, reason: str, manifest: dict[str, Any], entries: list[dossier.Entry], by: Actor, at: datetime) -> Edition:
    edition = Edition(
        review=review, number=number, attempt=queries.proposals_after(review, number - 1) + 1, reason=reason,
        manifest=canonical(manifest).decode(), digest=dossier.dossier_digest(manifest), proposed_at=at, by_label=by.actor_label,
    )
    edition.save(force_insert=True)
    Entry.objects.bulk_create([
        Entry(edition=edition, order=place, key=entry.key, body=canonical(entry.body).decode(), sha256=entry.sha256())
        for place, entry in enumerate(entries)
    ])
    payload = {"edition": number, "attempt": edition.attempt, "digest": edition.digest}
    record(event=events.PROPOSED, by=by, subject=ref(review), at=at, payload=payload, reason=reason)
    return edition


def _parties(review: Review, day: date) -> list[dossier.Party]:
    """Who must sign, each with who signs for it. Refused when someone cannot be represented."""
    parties = queries.parties_of(review, day)
    if not parties:
        raise Refused(_("Add a programme with its parties first."), field="programme")
    lost = [party for party in parties if party.signer_id is None]
    if lost:
        words = [party.name + (f" ({', '.join(party.candidates)})" if party.candidates else "") for party in lost]
        message = gettext("These parties have ended without one recorded successor, so nobody can sign for them: %(names)s.")
        raise Refused(message % {"names": "; ".join(words)}, field="parties")
    return [
        dossier.Party(str(party.unit_id), party.name, {
            "role": party.role, "signed_as": party.signed_as, "programmes": list(party.programmes),
            "signer": {"id": str(party.signer_id), "name": party.signer_name, "basis": party.basis},
        })
        for party in parties
    ]


def _sections(review: Review) -> list[dict[str, Any]]:
    sections = list(review.sections.order_by("order", "pk"))
    if not any(section.text for section in sections):
        raise Refused(_("Write at least one section first."), field="sections")
    codes = set(review.figures.values_list("code", flat=True))
    for section in sections:
        rules.checked_text(section.text, codes, "sections")
    return [{"heading": section.heading, "text": section.text, "figures": list(figure_codes(section.text))} for section in sections]


def _figures(review: Review) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The bodies of all wanted figures. Refused with the names of those that cannot be computed."""
    done, failed = [], []
    wanted_figures = list(review.figures.order_by("order", "code"))
    rollup.read_anew({slug for wanted in wanted_figures for slug in json.loads(wanted.spec).get("rounds", [])})
    for wanted in wanted_figures:
        try:
            done.append(figures.bodies(wanted, printed=queries.printed_code(review.code, wanted.code)))
        except figures.CannotCompute as error:
            failed.append(f"{wanted.code} {wanted.label_vi} ({error})")
    if failed:
        raise Refused(gettext("These figures cannot be computed: %(names)s.") % {"names": "; ".join(failed)}, field="figures")
    if not done:
        raise Refused(_("Choose at least one figure first."), field="figures")
    return done


def _head(review: Review) -> dict[str, Any]:
    office = organisations.unit_nearest(review.office_id, review.as_of)
    rows = review.programmes.select_related("programme").order_by("order")
    return {
        "slug": review.slug, "code": review.code, "kind": review.kind, "title": review.title, "as_of": review.as_of.isoformat(),
        "boundary_date": review.boundary_date.isoformat(), "symbol": review.symbol, "place": review.place, "synthetic": review.synthetic,
        "office": {"id": str(review.office_id), "name": office.name if office else ""},
        "programmes": [
            {
                "slug": row.programme.slug, "symbol": row.programme.symbol or "", "title": row.programme.title,
                "signed_on": _iso(row.programme.signed_on), "from": _iso(row.span_from), "to": _iso(row.span_to), "span": row.span_text,
            }
            for row in rows
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _difference(current: Edition, bodies: list[dict[str, Any]], reason: str, at: datetime) -> dict[str, Any]:
    """The dated difference to the edition before, as an entry of its own."""
    changed = core.differences([figure.body for figure in queries.frozen_figures(current)], bodies)
    return {
        "from": current.number, "to": current.number + 1, "previous": current.digest, "on": day_of(at).isoformat(), "reason": reason,
        "figures": [
            {"code": code, "was": core.value_of(was) if was else None, "now": core.value_of(now) if now else None}
            for code, was, now in changed
        ],
    }

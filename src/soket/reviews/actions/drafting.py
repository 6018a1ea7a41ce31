"""Drafting: a review, its programmes and spans, its figures, its text."""
from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.documents.queries import figure_codes
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.programmes.models import Programme
from soket.reviews import events, rules
from soket.reviews.actions.shared import _locked, _require_draft, ref
from soket.reviews.models import Review, ReviewKind, ReviewProgramme, Section, WantedFigure


@action
def create_review(
    *, slug: str, code: str, kind: str, title: str, as_of: date, boundary_date: date, office: int, by: Actor, at: datetime,
    symbol: str = "", place: str = "Hà Nội", synthetic: bool = False,
) -> Review:
    """Begin a review run by the unit `office` (id). `code` is printed before figure codes (SK-2026).

    Raises Refused with the field that is wrong.
    """
    _require_draft(by, office, at)
    slug, code = slug.strip(), code.strip()
    if not slug or slug in rules.RESERVED or Review.objects.filter(slug=slug).exists():
        raise Refused(_("This address is already used or reserved."), field="slug")
    if not rules.CODE.fullmatch(code):
        raise Refused(_("The code holds capitals, digits, dots and hyphens, for example SK-2026."), field="code")
    if Review.objects.filter(code=code).exists():
        raise Refused(_("Another review has this code."), field="code")
    if kind not in ReviewKind.values:
        raise Refused(_("Choose an interim or a final review."), field="kind")
    if organisations.unit_at(office, day_of(at)) is None:
        raise Refused(_("The unit does not exist on that day."), field="office")
    if as_of > day_of(at):
        raise Refused(_("The day of the figures lies in the future."), field="as_of")
    review = Review(
        slug=slug, code=code, kind=kind, title=rules.clean(title, "title", 300), as_of=as_of, boundary_date=boundary_date,
        office_id=office, symbol=rules.clean(symbol, "symbol", 60, required=False), place=rules.clean(place, "place", 60), synthetic=synthetic,
    )
    review.save(force_insert=True)
    record(event=events.CREATED, by=by, subject=ref(review), at=at, payload={"code": code, "as_of": as_of.isoformat()})
    return review


@action
def add_programme(
    *, review: Review, programme: Programme, span_text: str, by: Actor, at: datetime, span_from: date | None = None, span_to: date | None = None
) -> ReviewProgramme:
    """Put a programme under review for its own span; days the source does not state stay None."""
    review = _locked(review)
    _require_draft(by, review.office_id, at)
    if ReviewProgramme.objects.filter(review=review, programme=programme).exists():
        raise Refused(_("This programme is already under review."), field="programme")
    if span_from and span_to and span_to < span_from:
        raise Refused(_("The span ends before it begins."), field="span_to")
    row = ReviewProgramme(
        review=review, programme=programme, span_from=span_from, span_to=span_to,
        span_text=rules.clean(span_text, "span_text", 100), order=ReviewProgramme.objects.filter(review=review).count(),
    )
    row.save(force_insert=True)
    record(event=events.PROGRAMME_ADDED, by=by, subject=ref(review), at=at, payload={"programme": str(programme), "span": row.span_text})
    return row


@action
def choose_figure(
    *, review: Review, code: str, label_vi: str, label_en: str, spec: Mapping[str, Any], by: Actor, at: datetime
) -> WantedFigure:
    """Choose a figure under a code of two digits (01), or change what that code means in the draft.

    Raises Refused at code, label_vi, label_en or the member of the spec that is wrong. Frozen editions keep theirs.
    """
    review = _locked(review)
    _require_draft(by, review.office_id, at)
    if not rules.FIGURE_CODE.fullmatch(code):
        raise Refused(_("A figure's code has two digits, for example 01."), field="code")
    stored = canonical(rules.checked_spec(spec)).decode()
    row = WantedFigure.objects.filter(review=review, code=code).first() or WantedFigure(review=review, code=code)
    row.label_vi, row.label_en = rules.clean(label_vi, "label_vi", 300), rules.clean(label_en, "label_en", 300)
    row.spec, row.order = stored, int(code[:2])
    row.save()
    record(event=events.FIGURE_CHOSEN, by=by, subject=ref(review), at=at, payload={"code": code, "spec": json.loads(stored)})
    return row


@action
def drop_figure(*, review: Review, code: str, by: Actor, at: datetime) -> None:
    """Take a figure out of the draft. Refused while a section names it."""
    review = _locked(review)
    _require_draft(by, review.office_id, at)
    row = WantedFigure.objects.filter(review=review, code=code).first()
    if row is None:
        raise Refused(_("There is no such figure."), field="code")
    using = [section.heading for section in review.sections.all() if code in figure_codes(section.text)]
    if using:
        raise Refused(gettext("The text still names this figure: %(sections)s.") % {"sections": "; ".join(using)}, field="code")
    row.delete()
    record(event=events.FIGURE_DROPPED, by=by, subject=ref(review), at=at, payload={"code": code})


@action
def write_section(
    *, review: Review, heading: str, text: str, by: Actor, at: datetime, section: Section | None = None, order: int | None = None
) -> Section:
    """Write a section, a new one at the end unless `section` is given. {{01}} stands for figure 01.

    Raises Refused at heading or text; a code that no chosen figure has is refused at text.
    """
    review = _locked(review)
    _require_draft(by, review.office_id, at)
    if section is not None and section.review_id != review.pk:
        raise Refused(_("This section belongs to another review."), field="text")
    codes = set(WantedFigure.objects.filter(review=review).values_list("code", flat=True))
    row = section or Section(review=review, order=Section.objects.filter(review=review).count() + 1)
    row.heading, row.text = rules.clean(heading, "heading", 300), rules.checked_text(text, codes, "text")
    row.order = order if order is not None else row.order
    row.changed_at, row.changed_by = at, by.actor_label
    row.save()
    record(event=events.SECTION_WRITTEN, by=by, subject=ref(review), at=at, payload={"heading": row.heading})
    return row


@action
def drop_section(*, section: Section, by: Actor, at: datetime) -> None:
    """Take a section out of the draft; frozen editions keep theirs."""
    review = _locked(section.review)
    _require_draft(by, review.office_id, at)
    heading = section.heading
    section.delete()
    record(event=events.SECTION_DROPPED, by=by, subject=ref(review), at=at, payload={"heading": heading})

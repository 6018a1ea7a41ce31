"""What belongs to a draft: photographs, evidence, and figures before and after. Each is put in and taken out; nothing is edited in place."""
from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import core, events, queries
from soket.exemplars.actions.shared import clean, exemplar_ref, in_draft, past_day
from soket.exemplars.models import Evidence, Exemplar, Figure, Photo
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.reviews.models import Edition

PICTURES = frozenset({files.PNG, files.JPEG})
PRECISIONS = ("", "over", "nearly", "about")
LARGEST = 10**15
MOST = 12


@action
def add_photo(
    *, exemplar: Exemplar, upload: Upload, caption: str, credit: str, by: Actor, at: datetime, alternative: str = "", decorative: bool = False,
    synthetic: bool = False,
) -> Photo:  # fmt: skip
    """Add a photograph (PNG or JPEG) with its caption, credit and words for those who do not see it; a decorative one has none.

    Raises Refused at file, caption, credit, alternative or state.
    """
    held = in_draft(exemplar, by, at)
    _room(held.photos.count())
    caption, credit = clean(caption, "caption", 300), clean(credit, "credit", 200)
    alternative = clean(alternative, "alternative", 500, required=False)
    if decorative == bool(alternative):
        raise Refused(_("Describe the photograph for those who do not see it, or say that it only decorates: one of the two."), field="alternative")
    try:
        width, height = core.size_of(upload.content)
    except core.BadPicture:
        raise Refused(_("The size of this picture cannot be read. Choose a PNG or JPEG file."), field="file") from None
    file = store(content=upload.content, name=upload.name, allowed=PICTURES, by=by, at=at, synthetic=synthetic)
    if held.photos.filter(file=file).exists():
        raise Refused(_("This photograph is in the exemplar already."), field="file")
    row = Photo(
        exemplar=held, file=file, caption=caption, credit=credit, alternative=alternative, decorative=decorative, width=width, height=height
    )
    row.save(force_insert=True)
    _record_added(held, "photo", caption, file, by, at)
    return row


@action
def add_evidence(
    *, exemplar: Exemplar, title: str, by: Actor, at: datetime, number: str = "", dated: date | None = None, upload: Upload | None = None,
    public: bool = False, synthetic: bool = False,
) -> Evidence:  # fmt: skip
    """Add a document by its number, its file, or both. `public` asks that the file be released on publication.

    Raises Refused at title, number (neither number nor file), dated, file, public (no file to release) or state.
    """
    held = in_draft(exemplar, by, at)
    _room(held.evidence.count())
    title, number = clean(title, "title", 300), clean(number, "number", 80, required=False)
    if dated is not None:
        past_day(dated, "dated", at)
    if not number and upload is None:
        raise Refused(_("Give the number of the document or its file."), field="number")
    if public and upload is None:
        raise Refused(_("Only a file can be released. Choose it, or leave this open."), field="public")
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at, synthetic=synthetic) if upload else None
    row = Evidence(exemplar=held, title=title, number=number, dated=dated, file=file, public=public)
    row.save(force_insert=True)
    _record_added(held, "evidence", title, file, by, at)
    return row


@action
def bind_figure(*, exemplar: Exemplar, label: str, side: str, period: str, edition: Edition, code: str, by: Actor, at: datetime) -> Figure:
    """Bind one side of a comparison to a figure of a frozen edition. Publication cites it, so that a later correction flags the exemplar.

    Raises Refused at figure (not frozen, replaced, or no such code), label, side, period or state.
    """
    held = in_draft(exemplar, by, at)
    label, period = _side(held, label, side, period)
    if not queries.can_be_bound(edition, code):
        raise Refused(_("Choose a figure of the current frozen edition of a review."), field="figure")
    row = Figure(exemplar=held, label=label, side=side, period=period, edition=edition, code=code)
    row.save(force_insert=True)
    _record_added(held, "figure", f"{label} ({side})", None, by, at)
    return row


@action
def cite_figure(
    *, exemplar: Exemplar, label: str, side: str, period: str, value: int, measure: str, citation: str, by: Actor, at: datetime, precision: str = ""
) -> Figure:
    """Cite a whole number from outside the roll-up, visibly so. Raises Refused at value, measure, citation, precision, label, side, period, state."""
    held = in_draft(exemplar, by, at)
    label, period = _side(held, label, side, period)
    if not 0 <= value <= LARGEST:
        raise Refused(_("Enter the value as a whole number, for example 1.250."), field="value")
    if precision not in PRECISIONS:
        raise Refused(_("Choose a precision mark from the list."), field="precision")
    row = Figure(
        exemplar=held, label=label, side=side, period=period, value=value, measure=clean(measure, "measure", 40),
        precision=precision, citation=clean(citation, "citation", 600),
    )  # fmt: skip
    row.save(force_insert=True)
    _record_added(held, "figure", f"{label} ({side})", None, by, at)
    return row


@action
def drop_part(*, exemplar: Exemplar, kind: str, part_id: int, by: Actor, at: datetime) -> None:
    """Take a photograph, a document or a figure out of a draft; its file stays stored. Raises Refused at part or state."""
    held = in_draft(exemplar, by, at)
    tables = {"photo": (held.photos, "caption"), "evidence": (held.evidence, "title"), "figure": (held.figures, "label")}
    rows, word = tables.get(kind, (held.photos.none(), ""))
    found = rows.filter(pk=part_id).first()
    if found is None:
        raise Refused(_("This part is not in the exemplar."), field="part")
    what = getattr(found, word)
    rows.filter(pk=part_id).delete()
    record(event=events.PART_DROPPED, by=by, subject=exemplar_ref(held), at=at, payload={"kind": kind, "what": what})


def _room(count: int) -> None:
    if count >= MOST:
        raise Refused(_("An exemplar holds at most twelve of these. Take one out first."), field="state")


def _side(held: Exemplar, label: str, side: str, period: str) -> tuple[str, str]:
    label, period = clean(label, "label", 200), clean(period, "period", 100)
    if side not in ("before", "after"):
        raise Refused(_("Choose before or after."), field="side")
    _room(held.figures.count() // 2)
    if held.figures.filter(label=label, side=side).exists():
        raise Refused(_("This side of the comparison is there already. Take it out first."), field="side")
    return label, period


def _record_added(held: Exemplar, kind: str, what: str, file: StoredFile | None, by: Actor, at: datetime) -> None:
    payload = {"kind": kind, "what": what, "file": file.sha256 if file else ""}
    record(event=events.PART_ADDED, by=by, subject=exemplar_ref(held), at=at, payload=payload)

"""The media library: a photograph taken in, described, taken out of the offer; and what the press may take of a released copy."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.files import core as files
from soket.files.actions import Upload, store_many
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import queries as organisations
from soket.publishing import picturing, rules, signals
from soket.publishing.actions.base import held, subject
from soket.publishing.events import library as events
from soket.publishing.models import Article, Photo, PressFile, ReleasedCopy, Rendition
from soket.publishing.queries import library

LIMITS = {"caption": 500, "credit": 200, "alt": 300, "consent": 300, "place": 200}
WHY: dict[str, Any] = {
    "not_picture": _("This is not a photograph that can be opened. Choose a JPEG, PNG or WebP file."),
    "small": _("The photograph is less than 640 pixels wide. Choose a larger one; it is never enlarged."),
    "large": _("The photograph has too many pixels. Make it smaller: at most 60 million pixels, and 12,000 on its longer side."),
}


@action
def add_photo(
    *, office: int, upload: Upload, by: Actor, at: datetime, caption: str = "", credit: str = "", alt: str = "", decorative: bool = False,
    consent: str = "", taken_on: date | None = None, place: str = "", synthetic: bool = False, made: picturing.Pictured | None = None,
) -> Photo:
    """Take a photograph into the library of the unit `office` (id): the original is kept inside, its sizes are drawn anew.

    `made` spares the drawing when the caller did it before the transaction began (see `drawn`). Without a day, that of the camera counts.
    Raises Refused at file, or at a word that is wrong. The same bytes are told, not taken twice.
    """
    if organisations.unit_at(office, day_of(at)) is None or not rules.may_picture(by, office, day_of(at)):
        raise Refused(_("You do not keep the photographs of this unit."), field="office")
    known = library.same_bytes(office, files.sha256_of(upload.content))
    if known is not None:
        raise Refused(_("The library has this photograph already, as number %(number)s.") % {"number": known}, field="file")
    words = _clean({"caption": caption, "credit": credit, "alt": alt, "consent": consent, "place": place}, decorative)
    made = made or drawn(upload)
    uploads = [upload, *(Upload(size.content, f"anh-{size.width}.jpg") for size in made.sizes)]
    kept = store_many(uploads=uploads, allowed=files.PHOTOGRAPHS, by=by, at=at, synthetic=synthetic)
    photo = Photo(
        office_id=office, original=kept[0], width=made.width, height=made.height, decorative=decorative, taken_on=taken_on or made.taken_on,
        synthetic=synthetic, at=at, by_id=by.actor_id, by_label=by.actor_label, **words,
    )
    photo.save(force_insert=True)
    for size, file in zip(made.sizes, kept[1:], strict=True):
        Rendition(photo=photo, file=file, width=size.width, height=size.height).save(force_insert=True)
    record(event=events.ADDED, by=by, subject=_ref(photo), at=at, payload={"photo": photo.pk, "sha256": kept[0].sha256})
    return photo


def drawn(upload: Upload) -> picturing.Pictured:
    """The sizes of a photograph. It takes a second for a large one, so do it before a transaction begins. Raises Refused at file."""
    if len(upload.content) > files.MAX_PHOTOGRAPH:
        raise Refused(_("The file is larger than %(limit)s MB.") % {"limit": files.MAX_PHOTOGRAPH // 1_000_000}, field="file")
    try:
        return picturing.pictured(upload.content)
    except picturing.BadPicture as bad:
        raise Refused(WHY[bad.why], field="file") from bad


@action
def describe_photo(
    *, photo: Photo, caption: str, credit: str, alt: str, decorative: bool, consent: str, taken_on: date | None, place: str, by: Actor, at: datetime
) -> Photo:
    """Change what is said of a photograph. Texts that show it keep their own words until they take them anew. Raises Refused at the field."""
    found = _held(photo, by, at)
    if taken_on is not None and taken_on > day_of(at):
        raise Refused(_("The day is still to come."), field="taken_on")
    words = _clean({"caption": caption, "credit": credit, "alt": alt, "consent": consent, "place": place}, decorative)
    return _changed(found, {**words, "decorative": decorative, "taken_on": taken_on}, by, at)


@action
def describe_photos(*, photos: Sequence[Photo], credit: str, place: str, by: Actor, at: datetime) -> int:
    """Give several photographs one credit or place; an empty word leaves theirs. Returns how many changed. Raises Refused."""
    words = {name: rules.clean(text, name, LIMITS[name], required=False) for name, text in (("credit", credit), ("place", place))}
    given = {name: text for name, text in words.items() if text}
    if not given:
        raise Refused(_("Write a credit or a place."), field="credit")
    if not photos:
        raise Refused(_("Choose at least one photograph."), field="photos")
    changed = 0
    for photo in photos:
        found = _held(photo, by, at)
        if any(getattr(found, name) != text for name, text in given.items()):
            _changed(found, given, by, at)
            changed += 1
    return changed


@action
def retire_photo(*, photo: Photo, retired: bool, by: Actor, at: datetime) -> Photo:
    """Stop offering a photograph for new texts, or offer it again. What was published with it stays. Raises Refused."""
    found = _held(photo, by, at)
    if found.retired != retired:
        found.retired = retired
        found.save()
        record(event=events.RETIRED if retired else events.OFFERED, by=by, subject=_ref(found), at=at, payload={"photo": found.pk})
    return found


@action
def keep_press(*, copy: ReleasedCopy, key: str, kit: bytes, card: bytes, by: Actor, at: datetime) -> bool:
    """Keep the press kit (ZIP) and the drawn picture (PNG) that the worker made of a copy. False when they are kept already."""
    article = held(copy.article)
    if PressFile.objects.filter(copy=copy, kind="kit", key=key).exists():
        return False
    name = f"{article.slug}-{copy.number}"
    zipped = store_many(uploads=[Upload(kit, f"{name}.zip")], allowed=files.MADE, by=by, at=at, synthetic=article.synthetic)[0]
    picture = store_many(uploads=[Upload(card, f"{name}.png")], allowed=files.PHOTOGRAPHS, by=by, at=at, synthetic=article.synthetic)[0]
    for kind, file in (("kit", zipped), ("card", picture)):
        PressFile(copy=copy, kind=kind, key=key, file=file, at=at).save(force_insert=True)
    payload = {"number": copy.number, "kit": zipped.sha256, "card": picture.sha256}
    record(event=events.PRESSED, by=by, subject=subject(copy.revision), at=at, payload=payload)
    transaction.on_commit(partial(signals.released.send, sender=Article, article_id=article.pk))
    return True


def _ref(photo: Photo) -> Ref:
    return Ref("publishing.photo", str(photo.pk), (photo.caption or photo.original.name)[:200])


def _clean(words: Mapping[str, str], decorative: bool) -> dict[str, str]:
    """Words that can be stored, or every refusal at once."""
    done: dict[str, str] = {}
    errors: dict[str, Any] = {}
    for name, text in words.items():
        try:
            done[name] = rules.clean(text, name, LIMITS[name], required=False)
        except Refused as refused:
            errors |= refused.errors
    if decorative and done.get("alt"):
        errors["alt"] = _("A decorative photograph has no alternative text. Empty it, or take the mark away.")
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return done


def _held(photo: Photo, by: Actor, at: datetime) -> Photo:
    found: Photo = Photo.objects.select_for_update(of=("self",)).select_related("original").get(pk=photo.pk)
    if not rules.may_picture(by, found.office_id, day_of(at)):
        raise Refused(_("You do not keep the photographs of this unit."))
    return found


def _changed(photo: Photo, words: Mapping[str, Any], by: Actor, at: datetime) -> Photo:
    fields = [name for name, value in words.items() if getattr(photo, name) != value]
    for name in fields:
        setattr(photo, name, words[name])
    if fields:
        photo.save()
        record(event=events.DESCRIBED, by=by, subject=_ref(photo), at=at, payload={"photo": photo.pk, "fields": fields})
    return photo

"""Categories: added, renamed, moved, closed and opened again. Their addresses never change."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.publishing import rules, signals
from soket.publishing.events import timing as events
from soket.publishing.models import Category
from soket.publishing.queries import flow


@action
def add_category(*, slug: str, name: str, name_en: str, by: Actor, at: datetime) -> Category:
    """A new category after the last. Raises Refused at slug, name or name_en."""
    _keeps(by, at)
    slug = slug.strip()
    errors: dict[str, Any] = {}
    if not rules.SLUG.fullmatch(slug) or len(slug) > 60:
        errors["slug"] = _("The address holds small letters without marks, digits and hyphens, for example so-ket-2026.")
    elif Category.objects.filter(slug=slug).exists():
        errors["slug"] = _("This address is already used or reserved.")
    names = _names(name, name_en, None, errors)
    category = Category(slug=slug, order=len(flow.categories()) + 1, **names)
    category.save(force_insert=True)
    record(event=events.CATEGORY_ADDED, by=by, subject=_ref(category), at=at, payload={})
    _tell()
    return category


@action
def change_category(*, category: Category, name: str, name_en: str, place: int, closed: bool, by: Actor, at: datetime) -> Category:
    """Its names, its place among the others (from 1) and whether it takes new articles. Each change is recorded. Raises Refused."""
    _keeps(by, at)
    rows: list[Category] = list(Category.objects.select_for_update())
    found = next((row for row in rows if row.pk == category.pk), None)
    if found is None:
        raise Refused(_("This category does not exist."))
    errors: dict[str, Any] = {}
    if not 1 <= place <= len(rows):
        errors["place"] = _("Choose a place from 1 to %(last)s.") % {"last": len(rows)}
    names = _names(name, name_en, found, errors)
    old, before = found.name, (found.name, found.name_en)
    found.name, found.name_en = names["name"], names["name_en"]
    if (found.name, found.name_en) != before:
        record(event=events.CATEGORY_RENAMED, by=by, subject=_ref(found), at=at, payload={"old": old, "name_en": found.name_en})
    if found.closed != closed:
        found.closed = closed
        record(event=events.CATEGORY_CLOSED if closed else events.CATEGORY_OPENED, by=by, subject=_ref(found), at=at, payload={})
    if rows.index(found) != place - 1:
        rows.remove(found)
        rows.insert(place - 1, found)
        record(event=events.CATEGORY_MOVED, by=by, subject=_ref(found), at=at, payload={"place": place})
    for number, row in enumerate(rows, 1):
        row.order = number
        row.save()
    _tell()
    return found


def _ref(category: Category) -> Ref:
    return Ref("publishing.category", str(category.pk), category.name)


def _keeps(by: Actor, at: datetime) -> None:
    if not rules.may_shelve(by, day_of(at)):
        raise Refused(_("You do not keep the categories."))


def _names(name: str, name_en: str, own: Category | None, errors: dict[str, Any]) -> dict[str, str]:
    """Both names, or every refusal at once; a name is not used twice."""
    done: dict[str, str] = {}
    for field, given in (("name", name), ("name_en", name_en)):
        try:
            done[field] = rules.clean(given, field, 100)
        except Refused as refused:
            errors.update(refused.errors)
    others = Category.objects.exclude(pk=own.pk) if own else Category.objects.all()
    if "name" in done and others.filter(name=done["name"]).exists():
        errors["name"] = _("Another category has this name.")
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    return done


def _tell() -> None:
    transaction.on_commit(lambda: signals.frame_changed.send(sender=Category))

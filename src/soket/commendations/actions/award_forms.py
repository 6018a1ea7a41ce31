"""Forms of commendation as dated rows: who may give them, to whom, on which dossier."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.ruling import begins, close, ends, require_keeper
from soket.commendations.models import AwardForm
from soket.commendations.models.ruling import FormKind, Recipients
from soket.commendations.queries.ruling import money_keys
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations.models import Level, Line
from soket.reviews.rules import clean

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SYMBOL = re.compile(r"[A-ZĐ][A-ZĐ0-9.\-]{0,29}")
FAMILIES = ("state", "front")
PAPERS = ("proposal", "achievement", "minutes")


@dataclass(frozen=True, kw_only=True)
class FormText:
    """What may change in a form while its code, kind, line and level stay. `money` is the key of a rule, empty when none is known."""

    name_vi: str
    name_en: str
    decided_by: str
    recipients: str
    symbol: str
    family: str
    money: str
    dossier: Sequence[str]
    citation: str
    doubt: str = ""


def form_ref(form: AwardForm) -> Ref:
    """How the record names a form."""
    return Ref("commendations.form", form.code, form.name_vi)


def _checked(text: FormText) -> dict[str, Any]:
    """The row's fields. Raises Refused at the field that is wrong."""
    wrong = _("Choose one from the list.")
    if text.recipients not in Recipients.values:
        raise Refused(wrong, field="recipients")
    if text.family not in FAMILIES:
        raise Refused(wrong, field="family")
    if text.money and text.money not in money_keys():
        raise Refused(wrong, field="money")
    papers = [paper for paper in PAPERS if paper in text.dossier]
    if not papers or set(text.dossier) - set(PAPERS):
        raise Refused(_("Choose at least one paper of the dossier."), field="dossier")
    symbol = clean(text.symbol, "symbol", 30)
    if not SYMBOL.fullmatch(symbol):
        raise Refused(_("The symbol holds capitals, digits, dots and hyphens, for example BCA or MTTW-BTT."), field="symbol")
    names = {name: clean(getattr(text, name), name, 200) for name in ("name_vi", "name_en", "decided_by")}
    cited = {"citation": clean(text.citation, "citation", 400), "doubt": clean(text.doubt, "doubt", 600, required=False)}
    kept = {"recipients": text.recipients, "family": text.family, "money": text.money, "dossier": canonical(papers).decode()}
    return {**names, **cited, **kept, "symbol": symbol}


@action
def add_form(*, code: str, kind: str, line: Line, level: int, text: FormText, valid_from: date, by: Actor, at: datetime) -> AwardForm:
    """Enter a form under a new code. Raises Refused at code (taken or not written so), kind, level, valid_from or a field of the text."""
    require_keeper(by, at)
    code = code.strip()
    if not CODE.fullmatch(code) or len(code) > 40:
        raise Refused(_("The code holds small letters without marks, digits and hyphens, for example giay-khen-ubnd-xa."), field="code")
    if AwardForm.objects.filter(code=code).exists():
        raise Refused(_("Another form has this code. Change that form instead."), field="code")
    if kind not in FormKind.values:
        raise Refused(_("Choose one from the list."), field="kind")
    if level not in Level.values:
        raise Refused(_("Choose one from the list."), field="level")
    begins(valid_from, None, at)
    made = AwardForm(code=code, kind=kind, line=line, level=level, valid_from=valid_from, at=at, by_label=by.actor_label, **_checked(text))
    made.save(force_insert=True)
    payload = {"code": code, "valid_from": valid_from.isoformat(), "citation": made.citation, "doubt": made.doubt}
    record(event=events.ruling.FORM_ADDED, by=by, subject=form_ref(made), at=at, payload=payload)
    return made


@action
def change_form(*, form: AwardForm, text: FormText, valid_from: date, reason: str, by: Actor, at: datetime) -> AwardForm:
    """From `valid_from` on the form reads so, in a new row under the same code; campaigns that took the row before keep it.

    Raises Refused at valid_from, a field of the text, reason, or when nothing would change.
    """
    require_keeper(by, at)
    last = AwardForm.objects.select_for_update().filter(code=form.code).order_by("-valid_from").first() or form
    begins(valid_from, last, at)
    kept, reason = _checked(text), clean(reason, "reason", 500)
    changed = [one.name for one in fields(FormText) if kept[one.name] != getattr(last, one.name)]
    if not changed:
        raise Refused(_("Nothing would change: this is what the form says already."))
    close(last, valid_from)
    made = AwardForm(
        code=last.code, kind=last.kind, line_id=last.line_id, level=last.level, valid_from=valid_from, at=at, by_label=by.actor_label, **kept
    )
    made.save(force_insert=True)
    payload = {"code": made.code, "valid_from": valid_from.isoformat(), "changed": changed, "citation": made.citation, "doubt": made.doubt}
    record(event=events.ruling.FORM_CHANGED, by=by, subject=form_ref(made), at=at, payload=payload, reason=reason)
    return made


@action
def end_form(*, form: AwardForm, valid_to: date, reason: str, by: Actor, at: datetime) -> AwardForm:
    """The form is no longer given from `valid_to` on. Raises Refused at valid_to (it ended already, or before it began) or reason."""
    require_keeper(by, at)
    last = AwardForm.objects.select_for_update().filter(code=form.code).order_by("-valid_from").first() or form
    if last.valid_to is not None:
        raise Refused(_("This form has ended already."), field="valid_to")
    ends(valid_to, last, at)
    last.valid_to = valid_to
    last.save(update_fields=["valid_to"])
    payload = {"code": last.code, "valid_to": valid_to.isoformat()}
    record(event=events.ruling.FORM_ENDED, by=by, subject=form_ref(last), at=at, payload=payload, reason=clean(reason, "reason", 500))
    return last

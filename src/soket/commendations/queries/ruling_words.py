"""Rules in words, for pages: the name of a key, what a value says, what is wrong with a value."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from soket.commendations.core import money, ruling

NAMES: dict[str, Any] = {
    "one_form": gettext_lazy("One form for one achievement"),
    "no_discipline": gettext_lazy("Nothing while under discipline, inspection or verification of a complaint"),
    "thematic_apart": gettext_lazy("Thematic and unscheduled awards do not count towards higher yearly ones"),
    "old_dossiers": gettext_lazy("Dossiers received before the amended law follow the old rules"),
    "clock.decide": gettext_lazy("Time to decide, from the day the dossier is full"),
    "clock.incomplete": gettext_lazy("Time to say that a dossier is not full"),
    "clock.decide.commune": gettext_lazy("Time to decide on a commune's Commendation Letter"),
    "notice.objections": gettext_lazy("Time for objections to a posted list"),
    "council": gettext_lazy("Every council that has no rule of its own"),
    "threshold.prime_minister": gettext_lazy("Votes needed to propose a Certificate of Merit of the Prime Minister"),
    "threshold.national_fighter": gettext_lazy("Votes needed to propose the title National Emulation Fighter"),
    "money.bang_khen.ministry": gettext_lazy("Certificate of Merit of a ministry, a central body or a province"),
    "money.bang_khen.prime_minister": gettext_lazy("Certificate of Merit of the Prime Minister"),
    "money.ky_niem_chuong": gettext_lazy("Commemorative Medal"),
    "base_salary": gettext_lazy("Base salary, a month"),
}
GROUPS: dict[str, Any] = {
    "principle": gettext_lazy("Principles"),
    "clock": gettext_lazy("Clocks"),
    "council": gettext_lazy("Councils"),
    "threshold": gettext_lazy("Votes needed for higher awards"),
    "money": gettext_lazy("Money that goes with an award"),
    "salary": gettext_lazy("Base salary"),
}
ABSENT: dict[str, Any] = {
    "left_out": gettext_lazy("an absent member is left out of the count"),
    "against": gettext_lazy("an absent member counts as against"),
    "by_letter": gettext_lazy("an absent member votes by letter"),
}
UNFIT: dict[str, Any] = {
    "unknown": gettext_lazy("There is no rule of this kind."),
    "missing": gettext_lazy("This field is required."),
    "share": gettext_lazy("The first number lies between 1 and the second."),
    "outside": gettext_lazy("This number lies outside what is possible here."),
}


def rule_name(key: str, unit_name: str = "") -> str:
    """The name of a rule; `unit_name` for the rule of one unit's council."""
    if ruling.unit_of(key) is not None:
        return _("Council of %(unit)s") % {"unit": unit_name or key}
    return str(NAMES.get(key, key))


def value_words(key: str, value: dict[str, Any]) -> str:
    """What the value says, in the reader's language."""
    words: dict[str, Callable[[dict[str, Any]], str]] = {
        "principle": _principle, "clock": _clock, "council": _council, "threshold": _threshold, "money": _money, "salary": _salary,
    }  # fmt: skip
    return words[ruling.group_of(key)](value)


def _principle(value: dict[str, Any]) -> str:
    return _("Applied: the system refuses what breaks it") if value["enforced"] else _("Recorded only: the system does not check it")


def _clock(value: dict[str, Any]) -> str:
    days = value["working_days"]
    return ngettext("%(days)s working day", "%(days)s working days", days) % {"days": days}


def _council(value: dict[str, Any]) -> str:
    told = {
        "quorum": fraction(value["quorum"]), "threshold": fraction(value["threshold"]), "absent": ABSENT[value["absent"]],
        "way": _("secret ballot") if value["secret"] else _("vote by show of names"),
    }  # fmt: skip
    return _("At least %(quorum)s of the members present; at least %(threshold)s of the votes; %(way)s; %(absent)s") % told


def _threshold(value: dict[str, Any]) -> str:
    return _("At least %(threshold)s of the votes") % {"threshold": fraction(value["threshold"])}


def _money(value: dict[str, Any]) -> str:
    kinds = {"person": _("a person: %(times)s times the base salary"), "collective": _("a collective: %(times)s times the base salary")}
    said = "; ".join(words % {"times": money.decimal((value[kind][0], value[kind][1]))} for kind, words in kinds.items() if kind in value)
    return _("At most – %(said)s") % {"said": said} if value.get("at_most") else said[:1].upper() + said[1:]


def _salary(value: dict[str, Any]) -> str:
    return money.money_words(value["dong"])


def fraction(pair: list[int]) -> str:
    """A share as rules write it: 80 % for hundredths, else 2/3."""
    top, bottom = pair
    return f"{top}\u00a0%" if bottom == 100 else f"{top}/{bottom}"

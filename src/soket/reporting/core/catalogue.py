"""The first catalogue: indicators, the two templates BC-CTPH and the period rule, read from data/catalogue.json.

The indicator list is a design from the published outlines of such reports, not a quotation of a form
in force. What it refuses to hold, and why, stands in docs/rooms/reporting.md.
"""
from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from soket.reporting.core.definition import Facts

DATA = Path(__file__).resolve().parents[1] / "data" / "catalogue.json"
YEARLY, QUARTERLY = "BC-CTPH-NAM", "BC-CTPH-QUY"
LINKS = {"part_of": "", "numerator": "", "denominator": ""}
FACTS = (
    "name_vi", "name_en", "measure_vi", "measure_en", "definition_vi", "definition_en", "scale", "yes_no", "kind", "over_units", *LINKS,
)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Any]:
    """The stored catalogue: keys indicators, form, templates, period_rule."""
    data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return data


def facts_of(indicator: dict[str, Any]) -> dict[str, Any]:
    """What a published form keeps of an indicator."""
    filled = {"yes_no": False, **LINKS, **indicator}
    facts = {name: filled[name] for name in FACTS}
    Facts(code=indicator["code"], **facts)
    return facts

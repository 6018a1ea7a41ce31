"""The sources of figures: accepted reports, reports received, obligations met, and cited outside figures."""
from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.files.models import StoredFile
from soket.programmes import queries as programmes
from soket.programmes.models import Obligation
from soket.reporting.models import Indicator, Report
from soket.reporting.queries.public import evidence_count
from soket.reviews.core import ClaimPart, Computed, UnitPart, Words
from soket.reviews.figures import CannotCompute, register
from soket.rollup import queries as rollup
from soket.rollup.core.cells import State
from soket.rollup.core.errors import RollupError
from soket.rollup.core.figures import Coverage
from soket.rollup.queries import Figure, UnitCell
from soket.rollup.spec import BadSpec, Spec

ANSWERED = (State.VALUE, State.ZERO, State.NOTHING)


def both(say: Callable[[], Any]) -> Words:
    """What `say` says in each language."""
    with override("vi"):
        vi = str(say())
    with override("en"):
        return Words(vi, str(say()))


def from_reports(spec: Mapping[str, Any]) -> Computed:
    """An indicator over accepted reports, or the reports received over those due."""
    try:
        asked = Spec.from_json(json.dumps(spec))
        figure, cells = rollup.figure(asked), rollup.unit_cells(asked)
    except (BadSpec, RollupError, rollup.NoFigure) as error:
        raise CannotCompute(_("its indicator, rounds or area cannot be read: %(what)s") % {"what": error}) from None
    value, indicator = figure.value, figure.indicator
    inside = [cell for cell in cells if cell.state in ANSWERED]
    return Computed(
        state=value.state.value, numerator=value.numerator, denominator=value.denominator, upper=value.upper,
        **_described(figure, indicator),
        coverage=_counts(value.coverage),
        contributors=[_part(cell, indicator) for cell in inside],
        missing=[_part(cell, None) for cell in cells if cell.state is State.MISSING],
        excused=[_part(cell, None) for cell in cells if cell.state in (State.EXCUSED, State.NOT_APPLICABLE)],
        not_comparable=[_gap(area, figure) for area in value.gaps],
        submissions=_digests(inside), files=evidence_count({cell.report_id for cell in inside}, {round_.pk for round_ in figure.rounds}),
        notices=_notices(figure),
        boundary=asked.boundary, as_of=max(round_.ends for round_ in figure.rounds).isoformat(),
    )


def _described(figure: Figure, indicator: Indicator | None) -> dict[str, Any]:
    """Scale, kind, measure, definition and the words of both halves of a rate."""
    if indicator is None:
        return {
            "percent": True, "kind": "ratio",
            "definition": both(lambda: _("Reports whose accepted version is in, over the reports that are due.")),
            "numerator_label": both(lambda: _("reports accepted")), "denominator_label": both(lambda: _("reports due")),
        }
    over = both(lambda: _("over units: %(units)s; over time: %(time)s") % {
        "units": indicator.get_over_units_display(), "time": indicator.get_over_time_display()})
    described = {
        "scale": indicator.scale, "kind": indicator.kind, "measure": Words(indicator.measure_vi, indicator.measure_en),
        "definition": Words(indicator.definition_vi, indicator.definition_en), "formula": over,
        "percent": figure.value.denominator is not None and (indicator.measure_vi == "%" or indicator.over_units == "share"),
    }
    if figure.value.denominator is not None:
        above, below = indicator.numerator, indicator.denominator or indicator.weight
        plain = both(lambda: _("units that answered yes") if indicator.yes_no else _("weighted sum"))
        described["numerator_label"] = _name(above) if above else plain
        described["denominator_label"] = _name(below) if below else both(lambda: _("units that answered"))
    return described


def _name(indicator: Indicator) -> Words:
    return Words(indicator.name_vi, indicator.name_en)


def _counts(coverage: Coverage) -> dict[str, int]:
    names = ("value", "zero", "nothing", "not_applicable", "excused", "missing")
    return {name: int(getattr(coverage, name)) for name in names}


def _part(cell: UnitCell, indicator: Indicator | None) -> UnitPart:
    """A unit's own part; its number only where the indicator is public."""
    numbered = indicator is not None and indicator.public and indicator.over_units != "joint" and cell.state in (State.VALUE, State.ZERO)
    state = cell.state.name.lower()
    if indicator is not None and indicator.yes_no and numbered:
        numbered, state = False, "yes" if cell.state is State.VALUE else "no"
    return UnitPart(cell.unit_id, cell.unit_name, int(cell.value) if numbered else None, state, cell.round.title_vi)


def _gap(area: int, figure: Figure) -> UnitPart:
    day = figure.rounds[-1].ends
    return UnitPart(int(area), rollup.area_name(area, figure.rounds[0].starts) or rollup.area_name(area, day), None, "not_comparable")


def _digests(cells: list[UnitCell]) -> list[str]:
    """The content digests of the accepted submissions behind the cells."""
    wanted, rounds = {cell.report_id for cell in cells}, {cell.round.pk for cell in cells}
    rows = Report.objects.filter(round_id__in=rounds, accepted__isnull=False).values_list("pk", "accepted__digest")
    return sorted({digest for report, digest in rows if report in wanted})


def _notices(figure: Figure) -> list[Words]:
    found = []
    for note in figure.value.shares:
        name = rollup.area_name(note.area, figure.rounds[-1].ends) or str(note.area)
        values = {"share": str(note.share), "amount": note.amount, "whole": note.whole, "area": name}
        found.append(both(lambda v=values: _("By a decided share of %(share)s, %(amount)s of the %(whole)s reported in %(area)s count here.") % v))  # type: ignore[misc]
    if any(round_.synthetic for round_ in figure.rounds):
        found.append(both(lambda: _("Illustrative figures: the reports are synthetic.")))
    return found


def from_duties(spec: Mapping[str, Any]) -> Computed:
    """Accepted over owed of one obligation on a day."""
    rows = Obligation.objects.select_related("programme").filter(programme__slug=spec["programme"], code=spec["obligation"])
    obligation = rows.first()
    if obligation is None:
        raise CannotCompute(_("there is no obligation %(code)s in this programme") % {"code": spec["obligation"]})
    on = date.fromisoformat(spec["on"])
    found = programmes.coverage(obligation, on, under_area=spec["area"], lines=spec["lines"] or None)
    part, rate = spec["part"], spec["part"] == "rate"
    count = found.denominator if part == "owed" else found.numerator
    files = dict(StoredFile.objects.filter(pk__in=[line.file_id for line in found.accepted if line.file_id]).values_list("pk", "sha256"))
    return Computed(
        state="not_expected" if not found.denominator else "value" if count else "zero",
        numerator=count, denominator=found.denominator if rate else None, percent=rate, kind="ratio" if rate else "stock",
        measure=Words("", "") if rate else both(lambda: _("units")),
        definition=Words(f"{obligation.title}. {obligation.evidence}", f"{obligation.title}. {obligation.evidence}"),
        numerator_label=both(lambda: _("units whose document was accepted")), denominator_label=both(lambda: _("units that owe it on the day")),
        coverage={"accepted": len(found.accepted), "outstanding": len(found.outstanding), "overdue": found.overdue,
                  "excused": len(found.excused), "closed": len(found.closed)},
        contributors=[UnitPart(line.unit_id, line.unit_name, None, line.state, _document(line)) for line in found.accepted],
        missing=[UnitPart(line.unit_id, line.unit_name, None, line.state, _due(line)) for line in found.outstanding],
        excused=[UnitPart(line.unit_id, line.unit_name, None, line.state, line.basis or line.successor) for line in (*found.excused, *found.closed)],
        claims=[
            ClaimPart(line.unit_id, line.claim_number, line.claim_dated.isoformat(), files.get(line.file_id, "") if line.file_id else "")
            for line in found.accepted if line.claim_dated
        ],
        files=sum(1 for line in found.accepted if line.file_id),
        notices=[both(lambda: _("Illustrative figures: the duties are synthetic."))] if obligation.synthetic else [],
        boundary=on.isoformat(), as_of=on.isoformat(),
    )


def _document(line: programmes.DutyLine) -> str:
    return f"{line.claim_number}, {line.claim_dated:%d/%m/%Y}" if line.claim_dated else line.claim_number


def _due(line: programmes.DutyLine) -> str:
    return f"{line.due_on:%d/%m/%Y}" if line.due_on else ""


def from_outside(spec: Mapping[str, Any]) -> Computed:
    """A published total, cited; visibly not from the roll-up."""
    notices = [both(lambda: _("A published total, cited; it was not made from reports."))]
    if spec["edges"]:
        notices.append(both(lambda: _("Edges of the period as the source gives them: %(edges)s.") % {"edges": spec["edges"]}))
    return Computed(
        state="value" if int(spec["value"]) else "zero", numerator=int(spec["value"]), scale=spec["scale"], kind="cited",
        measure=Words(spec["measure_vi"], spec["measure_en"]), precision=spec["precision"], citation=spec["citation"], notices=notices,
    )


register("indicator", from_reports)
register("completeness", from_reports)
register("coverage", from_duties)
register("external", from_outside)

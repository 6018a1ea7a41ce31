"""Words for live figures: the value as printed, and the panel that opens it."""
from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from soket.organisations import queries as organisations
from soket.reporting.models import Indicator
from soket.rollup import engine, queries
from soket.rollup.core.cells import State
from soket.rollup.core.figures import FigureState, FigureValue
from soket.rollup.queries import Figure, UnitCell
from soket.rollup.spec import Spec
from soket.ui import core as ui
from soket.ui.panel import ChainStep, FigurePanel, FigureRef, NameValue

SHOWN = 60


def lang() -> ui.Language:
    return ui.language(get_language())


def name_of(indicator: Indicator) -> str:
    return indicator.name_en if lang() == "en" else indicator.name_vi


def measure_of(indicator: Indicator) -> str:
    return indicator.measure_en if lang() == "en" else indicator.measure_vi


def state_words(state: FigureState) -> str:
    """What stands in place of a number."""
    return {
        FigureState.NOTHING: _("nothing to report"),
        FigureState.NOT_APPLICABLE: _("not applicable"),
        FigureState.EXCUSED: _("excused"),
        FigureState.MISSING: _("no figure yet"),
        FigureState.NOT_EXPECTED: _("no report is owed"),
        FigureState.NOT_COMPARABLE: _("not comparable"),
        FigureState.UNDEFINED: _("no base"),
        FigureState.BLANK: _("not aggregated"),
    }.get(state, "")


def shown(value: FigureValue, indicator: Indicator | None) -> str:
    """The figure as printed: a number, a rate, a mean, a range, or the words of its state."""
    scale = indicator.scale if indicator else 0
    if value.state is FigureState.RANGE:
        return f"{ui.number(value.numerator or 0, scale, lang())} – {ui.number(value.upper or 0, scale, lang())}"
    if value.numerator is None or value.state not in (FigureState.VALUE, FigureState.ZERO):
        return state_words(value.state)
    if value.denominator is None:
        return ui.number(value.numerator, scale, lang())
    if indicator is None or indicator.measure_vi == "%" or indicator.over_units == "share":
        return ui.percent(value.numerator, value.denominator, lang())
    tenths = ui.half_up(value.numerator * 10, value.denominator)
    return ui.number(tenths, scale + 1, lang())


def ref(figure: Figure, label: str = "") -> FigureRef:
    """The figure as it stands in a table."""
    state = figure.value.state
    words: FigureRef = FigureRef(
        label=label or title(figure), display=shown(figure.value, figure.indicator),
        unit=measure_of(figure.indicator) if figure.indicator else "",
        state="not_comparable" if state is FigureState.NOT_COMPARABLE else "missing" if state is FigureState.MISSING else "bound",
        url=address(figure.spec, figure.area),
    )
    return words


def address(spec: Spec, area: int) -> str:
    return reverse("rollup:figure") + "?" + of_area(spec, area).query()


def of_area(spec: Spec, area: int) -> Spec:
    return replace(spec, area=area or None)


def title(figure: Figure) -> str:
    """Indicator and place in words."""
    what = name_of(figure.indicator) if figure.indicator else _("Reports received")
    return f"{what}, {figure.area_name or _('the whole country')}"


def panel(figure: Figure) -> FigurePanel:
    """The provenance panel of a live figure."""
    value, indicator, spec = figure.value, figure.indicator, of_area(figure.spec, figure.area)
    coverage = value.coverage
    below = queries.children(spec) if spec.area is None or _has_children(figure) else []
    missing = queries.unit_cells(spec, State.MISSING)
    more = reverse("rollup:units") + "?" + spec.query()
    excused = queries.unit_cells(spec, State.EXCUSED) if coverage.excused else []
    units = queries.unit_cells(spec, State.VALUE, State.ZERO, State.NOTHING) if not below else []
    rate = value.denominator is not None
    return FigurePanel(
        title=title(figure),
        display=shown(value, indicator),
        state="not_comparable" if value.state is FigureState.NOT_COMPARABLE else "missing" if value.state is FigureState.MISSING else "bound",
        unit_of_measure=measure_of(indicator) if indicator else "",
        kind_of_figure=str(indicator.get_kind_display()) if indicator else _("ratio"),
        definition=(indicator.definition_en if lang() == "en" else indicator.definition_vi) if indicator else
        _("Reports whose accepted version is in, over the reports that are due."),
        formula=_("over units: {units}; over time: {time}").format(
            units=indicator.get_over_units_display(), time=indicator.get_over_time_display()) if indicator else "",
        notices=_notices(figure),
        numerator=value.numerator if rate else coverage.reported,
        numerator_label=_numerator_label(figure, rate),
        denominator=value.denominator if rate else coverage.due,
        denominator_label=_denominator_label(figure, rate),
        excluded=[(_("not applicable"), coverage.not_applicable), (_("excused"), coverage.excused)],
        boundary_date=figure.boundary,
        boundary_label=_("as reported: the boundaries of the closing day") if figure.boundary is None else "",
        chain=_chain(figure, more),
        contributors=_below(below) if below else _units(units[:SHOWN], indicator),
        contributors_total=len(below) or len(units),
        contributors_more_url=more,
        contributors_label=_("By area") if below else _("Units that reported"),
        missing=[NameValue(cell.unit_name, note=_round_name(cell)) for cell in missing[:SHOWN]],
        missing_total=len(missing),
        missing_more_url=more + "&trang-thai=missing",
        excused=[NameValue(cell.unit_name, note=_round_name(cell)) for cell in excused[:SHOWN]] or None,
        excused_total=len(excused),
        excused_more_url=more + "&trang-thai=excused" if len(excused) > SHOWN else "",
        not_comparable=_gaps(figure) if value.gaps else None,
        csv_url=more + "&dang=csv",
    )


def _has_children(figure: Figure) -> bool:
    return bool(engine.geography(figure.tree_day).children(figure.area))


def _numerator_label(figure: Figure, rate: bool) -> str:
    if rate and figure.indicator and figure.indicator.numerator:
        return name_of(figure.indicator.numerator)
    return _("reports that answered") if not rate or figure.indicator is None else _("upper part of the rate")


def _denominator_label(figure: Figure, rate: bool) -> str:
    if rate and figure.indicator and figure.indicator.denominator:
        return name_of(figure.indicator.denominator)
    return _("reports that are due") if not rate or figure.indicator is None else _("lower part of the rate")


def _chain(figure: Figure, more: str) -> list[ChainStep]:
    coverage = figure.value.coverage
    return [
        ChainStep(ui.number(coverage.expected, 0, lang()), _("reports owed")),
        ChainStep(ui.number(coverage.reported, 0, lang()), _("accepted with an answer"), more),
        ChainStep(ui.number(coverage.zero + coverage.nothing, 0, lang()), _("of them zero or nothing to report")),
        ChainStep(ui.number(coverage.missing, 0, lang()), _("missing")),
    ]


def _notices(figure: Figure) -> list[str]:
    found = []
    for note in figure.value.shares[:10]:
        area = queries.area_name(note.area, figure.rounds[-1].ends) or str(note.area)
        found.append(_("By a decided share of {share}, {amount} of the {whole} reported in {area} counts here.").format(
            share=note.share, amount=note.amount, whole=note.whole, area=area))
    if figure.value.lacking:
        count = len(figure.value.lacking)
        found.append(ngettext("{count} unit has no figure in the last period.", "{count} units have no figure in the last period.",
                              count).format(count=count))
    if figure.value.unpaired:
        found.append(_("Reports that gave only one half of the rate: {count}.").format(count=figure.value.unpaired))
    if any(round_.synthetic for round_ in figure.rounds):
        found.append(_("Illustrative figures: the reports are synthetic."))
    return found


def _gaps(figure: Figure) -> list[NameValue]:
    day = figure.rounds[-1].starts
    note = _("divided on {day}; no office has decided its share")
    steps = {edge.old: edge.on for edge in organisations.area_edges(engine.FIRST, engine.LAST)}
    rows = []
    for area in figure.value.gaps[:SHOWN]:
        on = steps.get(area)
        name = queries.area_name(area, day) or queries.area_name(area, figure.rounds[-1].ends)
        rows.append(NameValue(name, note=note.format(day=ui.day(on, lang())) if on else "", url=reverse("organisations:area", args=[area])))
    return rows


def _below(figures: list[Figure]) -> list[NameValue]:
    return [NameValue(item.area_name, shown(item.value, item.indicator), url=address(item.spec, item.area)) for item in figures]


def _round_name(cell: UnitCell) -> str:
    return cell.round.title_en if lang() == "en" else cell.round.title_vi


def cell_words(cell: UnitCell, indicator: Indicator | None) -> str:
    """One unit's cell in words; states stay apart."""
    if cell.state is State.VALUE and indicator and indicator.yes_no:
        return _("yes")
    words = {
        State.MISSING: _("no figure yet"), State.NOTHING: _("nothing to report"), State.NOT_APPLICABLE: _("not applicable"),
        State.EXCUSED: _("excused"), State.ZERO: _("no") if indicator and indicator.yes_no else "0",
    }
    return words.get(cell.state) or (ui.number(cell.value, indicator.scale, lang()) if indicator else _("received"))


def _units(cells: list[UnitCell], indicator: Indicator | None) -> list[NameValue]:
    return [
        NameValue(cell.unit_name, cell_words(cell, indicator), _round_name(cell), reverse("reporting:report", args=[cell.report_id]))
        for cell in cells
    ]

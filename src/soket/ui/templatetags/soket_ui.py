"""Page tags: how numbers, shares, days and codes are printed, and the components that need logic."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from soket.ui import core
from soket.ui.panel import FigurePanel, FigureRef

register = template.Library()


def _language() -> core.Language:
    return core.language(get_language())


def _without_value() -> str:
    return gettext("no figure yet")


@register.filter
def vn_number(value: int | str | None, scale: int = 0) -> str:
    """A scaled integer with group marks. None prints "no figure yet": it is never a 0. Text passes."""
    if value is None:
        return _without_value()
    return value if isinstance(value, str) else core.number(value, scale, _language())


@register.simple_tag
def ratio_percent(numerator: int | None, denominator: int | None, places: int = 1) -> str:
    """A share in per cent; a denominator of 0 gives a dash with its words, None "no figure yet"."""
    if numerator is None or denominator is None:
        return _without_value()
    if denominator == 0:
        return f"{core.DASH} ({gettext('nothing in the denominator')})"
    return core.percent(numerator, denominator, _language(), places)


@register.filter
def vn_date(value: date | str | None) -> str:
    """A day; nothing for None. Text that is already printed passes."""
    if value is None or isinstance(value, str):
        return value or ""
    return core.day(value, _language())


@register.filter
def vn_datetime(value: datetime | None, form: str = "long") -> str:
    """An instant in Viet Nam's time. Forms: long (weekday, zone), short, minute (no seconds), time, clock (hour and minute)."""
    if value is None:
        return ""
    if form == "time":
        return core.instant(value, _language(), weekday=False)[-8:]
    if form == "clock":
        return core.instant(value, _language(), weekday=False, seconds=False)[-5:]
    return core.instant(value, _language(), weekday=form == "long", seconds=form != "minute")


@register.filter
def vn_day_or_datetime(value: date | datetime | None) -> str:
    """A day as a day, an instant with its clock."""
    return vn_datetime(value, "minute") if isinstance(value, datetime) else vn_date(value)


@register.simple_tag
def vn_now() -> str:
    """The server's time for the masthead: weekday, day, hour and minute, zone."""
    return core.instant(timezone.now(), _language(), seconds=False)


@register.filter
def faults(form: BaseForm) -> int:
    """How many errors a form lists; a field may have several."""
    return sum(len(told) for told in form.errors.values())


@register.filter
def iso_day(value: date | None) -> str:
    """A day as `<input type="date">` and `<time datetime>` want it."""
    return value.isoformat()[:10] if value else ""


@register.filter
def seal_code(digest: str) -> str:
    """The printed code of a digest."""
    return core.seal_code(digest)


@register.filter
def file_size(size: int) -> str:
    """Bytes in words."""
    return core.file_size(size, _language())


_FIGURE_CSS = {"corrected": " fig--fix", "not_comparable": " fig--nc", "missing": " fig--no", "external": " fig--ext"}


def state_words(state: str, display: str) -> str:
    """What is printed for a figure: its value, or the words of a state that has none."""
    if display:
        return display
    return {"not_comparable": gettext("not comparable"), "missing": _without_value()}.get(state, display)


def spoken_name(ref: FigureRef, shown: str) -> str:
    """What a screen reader says of a figure that opens: value, unit, what it counts, what it does."""
    # The visible text comes first and whole, so that speech control finds the figure by what it shows.
    value = {"external": f"{shown} {gettext('cited')}", "corrected": f"{ref.old_display} {shown}"}.get(ref.state, shown)
    parts = [f"{value} {ref.unit}".strip()]
    if ref.state == "corrected":
        parts.append(gettext("corrected, now %(new)s") % {"new": shown})
    return ", ".join(filter(None, [*parts, ref.label, gettext("open provenance")]))


@register.inclusion_tag("ui/components/figure.html")
def figure(ref: FigureRef) -> dict[str, Any]:
    """The figure component: a link that works without a script, or plain text when nothing opens."""
    shown = state_words(ref.state, ref.display)
    opens = bool(ref.url) and ref.state != "plain"
    spoken = spoken_name(ref, shown) if opens else ""
    return {"ref": ref, "shown": shown, "opens": opens, "css": _FIGURE_CSS.get(ref.state, ""), "spoken": spoken}


@register.filter
def panel_words(panel: FigurePanel) -> str:
    """The panel's value or the words of its state."""
    return state_words(panel.state, panel.display)


@register.inclusion_tag("ui/components/bar.html")
def bar(value: int, total: int, label: str = "", late: bool = False) -> dict[str, Any]:
    """A bar that leaves the gap open. `label` is spoken; the numbers beside it are the page's."""
    reached, gap = core.bar_lengths(value, total)
    spoken = label or gettext("%(value)s of %(total)s") % {"value": vn_number(value), "total": vn_number(total)}
    return {"reached": str(reached), "gap": str(gap), "spoken": spoken, "late": late and gap > 0}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Page numbers around the current one; None stands for a gap."""
    last, here = page.paginator.num_pages, page.number
    wanted = sorted({1, last, *range(max(1, here - 1), min(last, here + 1) + 1)})
    shown: list[int | None] = []
    for at in wanted:
        if shown and at - (shown[-1] or 0) > 1:
            shown.append(None)
        shown.append(at)
    return shown


@register.filter
def widget_kind(field: BoundField) -> str:
    """How the field component lays a widget out: choices, tick or line."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "tick" if isinstance(field.field.widget, CheckboxInput) else "line"


@register.simple_tag
def styled_widget(field: BoundField, described_by: str = "", css: str = "") -> SafeString:
    """The form's widget with the class of our inputs and the ids that describe it."""
    own = field.field.widget.attrs.get("class", "")
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, ["inp", own, css]))}
    if described_by.strip():
        attrs["aria-describedby"] = described_by.strip()
    return field.as_widget(attrs=attrs)


@register.simple_tag
def choice_widget(choice: BoundWidget) -> SafeString:
    """One radio or tick box of a group, without its label."""
    return choice.tag(wrap_label=False)

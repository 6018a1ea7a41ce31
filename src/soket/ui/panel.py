"""What a figure shows of itself: the reference in a text or table, and the panel that it opens.

Every room that owns a figure fills these two and hands them to `{% figure ref %}` and
`ui.shortcuts.panel_response`. They are plain data in words ready to print: no Django, no
arithmetic, no translation happens here. Texts come in the reader's language.
"""
from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

FigureState = Literal["bound", "plain", "corrected", "not_comparable", "missing", "external"]


@dataclass(frozen=True)
class FigureRef:
    """A number as it stands in a sentence or a cell, and where it opens.

    `bound`: cut from the roll-up or a frozen edition, opens the panel. `plain`: a number that does
    not come from the roll-up; never a link. `corrected`: bound, replaced since it was first printed.
    `not_comparable`: no number may be formed, the panel says why. `missing`: nobody has sent one
    yet; never to be shown as 0. `external`: cited from a published source outside Soket.
    """

    label: str
    """What is counted, in words; spoken by screen readers: "Buổi tuyên truyền"."""
    display: str = ""
    """The value as printed, marks and per-cent sign included: "4.812", "99,9 %". May stay empty
    for `missing` and `not_comparable`, which print their own words."""
    unit: str = ""
    """Unit of measure, spoken after the value and not printed: "buổi"."""
    state: FigureState = "bound"
    """One of the six states above."""
    url: str = ""
    """Address of the panel; the same address is a whole page without scripts. Empty: not openable."""
    code: str = ""
    """Short code printed on paper in place of the square: "H1-07"."""
    old_display: str = ""
    """The value first printed, only for `corrected`."""


@dataclass(frozen=True)
class ChainStep:
    """One stage on the way from reports to the frozen value."""

    value: str | int
    """How many, or which: 34, "Bản 2"."""
    label: str
    """Of what: "đơn vị báo cáo"."""
    url: str = ""
    """Where these can be seen one by one; empty when the reader may not."""


@dataclass(frozen=True)
class NameValue:
    """One unit by name with what stands beside it."""

    name: str
    """Name of the unit, office or area as on the panel's date."""
    value: str = ""
    """Its part of the figure, a date or a state, as printed."""
    note: str = ""
    """A reason, a share or a remark."""
    url: str = ""
    """Its report, claim or page; empty when not open to the reader."""


@dataclass(frozen=True)
class EvidenceRow:
    """One document that proves a part of the figure."""

    title: str
    """Summary line of the document as issued."""
    number: str = ""
    """Number and symbol as issued: "45/QC-CAT"."""
    date: dt.date | None = None
    """Day of signature."""
    public_level: str = ""
    """What the reader may see of it, in words: "Toàn văn", "Số, ngày"."""
    url: str = ""
    """The document itself; empty when it is not open to the reader."""


@dataclass(frozen=True)
class DecisionRow:
    """One acceptance, return, excuse or settlement that the figure rests on."""

    at: dt.date | dt.datetime
    """When it was decided."""
    text: str
    """What was decided, in words."""
    office: str = ""
    """The office that decided; never a personal name on public pages."""
    url: str = ""
    """The decision's own page."""


@dataclass(frozen=True)
class Seal:
    """The frozen edition that holds the figure."""

    code: str = ""
    """The grouped code "7F3A-91C2-0B4E-D8A6"; empty: formed from the digest."""
    edition: str = ""
    """The edition in words: "Bản 2"."""
    digest: str = ""
    """SHA-256 of the edition, hexadecimal; the printed code is its first 16 digits."""
    verify_url: str = ""
    """The verification page of the edition."""


@dataclass(frozen=True)
class Correction:
    """Why the value differs from the one first printed."""

    old_display: str
    """The value first printed."""
    new_display: str
    """The value now."""
    on: dt.date
    """Day of the correction."""
    reason: str
    """Its reason, in words."""
    url: str = ""
    """The comparison of the two editions."""


@dataclass(frozen=True)
class FigurePanel:
    """Everything that stands behind one figure, in the order in which the panel prints it.

    Counts are whole numbers of things; `numerator` and `denominator` may be whole numbers (printed
    with group marks) or texts already printed. A list of `None` is not shown at all; an empty list
    is shown with the words that nothing stands there, because "none" is an answer.
    """

    title: str
    """The figure's name: indicator or claim in words."""
    display: str
    """The value as printed; the state words when there is none."""
    state: FigureState = "bound"
    """As in FigureRef; decides the words when `display` is empty."""
    code: str = ""
    """Short code: "H1-07"."""
    unit_of_measure: str = ""
    """What one of them is: "buổi", "lượt người"; empty for a rate."""
    kind_of_figure: str = ""
    """Count in the period, stock at a date, yearly average, cumulative, ratio; in words."""
    definition: str = ""
    """What is counted and what is not."""
    formula: str = ""
    """How it is formed, in words: "tổng của các đơn vị"."""
    notices: Sequence[str] = ()
    """Sentences that a reader must see before the value is used: decided shares, joint events."""
    correction: Correction | None = None
    """Present when a value printed earlier was replaced."""
    superseded_url: str = ""
    """The newer edition's panel when this one is of an older edition."""
    numerator: int | str | None = None
    """Upper part of a rate."""
    numerator_label: str = ""
    """What the numerator counts."""
    denominator: int | str | None = None
    """Lower part of a rate."""
    denominator_label: str = ""
    """What the denominator counts."""
    excluded: Sequence[tuple[str, int]] = ()
    """What left the denominator: (words, how many), each printed even when 0."""
    boundary_date: dt.date | None = None
    """The day whose boundaries the figure is formed on; None: as reported, each period on its own."""
    boundary_label: str = ""
    """The boundaries in words: "34 tỉnh, thành phố"."""
    as_of: dt.date | dt.datetime | None = None
    """The day or instant whose accepted reports the figure knows."""
    chain: Sequence[ChainStep] = ()
    """Units, evidence, decisions, frozen edition."""
    contributors: Sequence[NameValue] | None = None
    """Who is in, in reading order; may be the first rows of a longer list."""
    contributors_total: int = 0
    """How many are in altogether; 0 means as many as the rows."""
    contributors_more_url: str = ""
    """The whole list."""
    contributors_label: str = ""
    """Heading for who is in, when the usual words do not fit."""
    missing: Sequence[NameValue] | None = None
    """Who is owed and has not sent."""
    missing_total: int = 0
    """How many have not sent altogether; 0 means as many as the rows."""
    missing_more_url: str = ""
    """The whole list."""
    missing_label: str = ""
    """Heading for who is not in, when the usual words do not fit."""
    excused: Sequence[NameValue] | None = None
    """Who is excused, each with the reason in `note`; may be the first rows of a longer list."""
    excused_total: int = 0
    """How many are excused altogether; 0 means as many as the rows."""
    excused_more_url: str = ""
    """The whole list."""
    not_comparable: Sequence[NameValue] | None = None
    """Which areas were divided and who decides their share (in `note`)."""
    evidence: Sequence[EvidenceRow] | None = None
    """Documents, each with what is public of it."""
    evidence_total: int = 0
    """How many documents there are in all; 0 means as many as the rows."""
    evidence_more_url: str = ""
    """The whole list of documents."""
    decisions: Sequence[DecisionRow] | None = None
    """Acceptances, returns and settlements."""
    source: str = ""
    """Citation of an external figure: publication, number, day, address in words."""
    source_url: str = ""
    """Where the cited source can be read."""
    csv_url: str = ""
    """The rows behind the figure as a file."""
    seal: Seal | None = None
    """The frozen edition; None while the figure is live."""

"""Synthetic data for the component gallery. Nothing here is a real figure."""
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.ui import core
from soket.ui.panel import ChainStep, Correction, DecisionRow, EvidenceRow, FigurePanel, FigureRef, FigureState, NameValue, Seal

AS_OF = date(2026, 6, 14)
DIGEST = "7f3a91c20b4ed8a6" + "5e19c07d" * 6
PANELS = ("sessions", "share", "corrected", "divided", "missing", "cited")
WRONG_INPUT = {"number": "45/QC-CAT", "models": "15,5", "level": "commune", "reason": ""}
COLOURS = ("paper", "wash", "wash-2", "ink", "ink-2", "seal", "warn", "d1", "d2", "d3", "d4", "d5")
BARS = ((34, 34), (33, 34), (3268, 3319), (3318, 3319), (1660, 3319), (3, 3319), (0, 34))
PROVINCES = (
    *("Hà Nội", "Cao Bằng", "Tuyên Quang", "Điện Biên", "Lai Châu", "Sơn La", "Lào Cai", "Thái Nguyên", "Lạng Sơn"),
    *("Quảng Ninh", "Bắc Ninh", "Phú Thọ", "Hải Phòng", "Hưng Yên", "Ninh Bình", "Thanh Hóa", "Nghệ An", "Hà Tĩnh"),
    *("Quảng Trị", "Huế", "Đà Nẵng", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Đắk Lắk", "Lâm Đồng", "Đồng Nai"),
    *("TP. Hồ Chí Minh", "Tây Ninh", "Đồng Tháp", "Vĩnh Long", "An Giang", "Cần Thơ", "Cà Mau"),
)


def _ref(state: FigureState, name: str, display: str = "", old: str = "") -> FigureRef:
    url = reverse("ui:gallery_figure", args=[name]) if name else ""
    code = f"H1-{PANELS.index(name) + 1:02}" if name else ""
    return FigureRef(_("Outreach sessions"), display, _("sessions"), state, url, code, old)


def _n(value: int) -> str:
    return core.number(value, 0, core.language(get_language()))


def seal() -> Seal:
    """The sample edition's seal."""
    return Seal(digest=DIGEST, edition=_("edition %(number)s") % {"number": 2}, verify_url="#verify")


def figures() -> list[dict[str, Any]]:
    """Each state of the figure with what it means."""
    rows: list[tuple[str, FigureRef, str]] = [
        (_("Plain figure"), _ref("plain", "", _n(4812)), _("Not from the roll-up. No underline, no square.")),
        (_("Bound figure"), _ref("bound", "sessions", _n(4812)), _("Cut from sealed reports. Opens its provenance.")),
        (_("Rate"), _ref("bound", "share", "100\u00a0%"), _("Opens to numerator, denominator and every unit by name.")),
        (
            _("Corrected figure"),
            _ref("corrected", "corrected", _n(4812), _n(4796)),
            _("The old value struck, a hollow square; the panel gives day and reason."),
        ),
        (_("Figure not comparable"), _ref("not_comparable", "divided"), _("The area was divided and no office has decided the share.")),
        (_("Missing figure"), _ref("missing", "missing"), _("Nobody has sent it. Not 0, and not nothing to report.")),
        (_("External figure"), _ref("external", "cited", _n(410000)), _("Cited from a published source, never added to the roll-up.")),
    ]
    return [{"name": name, "ref": ref, "text": text} for name, ref, text in rows]


def table() -> list[dict[str, Any]]:
    """Three rows and the state of each cell."""
    rows = (("Hưng Yên", 164, 13920), ("Huế", 71, 6118), ("Gia Lai", 111, None))
    return [
        {
            "name": name,
            "sessions": _ref("bound", "sessions", _n(sessions)),
            "people": _ref("bound", "sessions", _n(people)) if people else _ref("missing", "missing"),
        }
        for name, sessions, people in rows
    ]


def units(count: int = 34) -> list[NameValue]:
    """Provinces with a day each."""
    return [NameValue(name, core.day(date(2026, 3, 9 + at % 22))[:5]) for at, name in enumerate(PROVINCES[:count])]


def _evidence() -> list[EvidenceRow]:
    return [
        EvidenceRow(_("Regulation of the Hue city police"), "45/QC-CAT", date(2026, 3, 6), _("Full text"), "#document"),
        EvidenceRow(_("Regulation of the Hung Yen provincial police"), "31/QC-CAT", date(2026, 3, 4), _("Full text"), "#document"),
        EvidenceRow(_("Regulation of the Ca Mau provincial police"), "12/QC-CAT", date(2026, 4, 10), _("Number and day")),
    ]


def _common() -> dict[str, Any]:
    return {
        "as_of": AS_OF,
        "boundary_date": date(2025, 7, 1),
        "boundary_label": _("34 provinces and cities"),
        "seal": seal(),
        "csv_url": "#csv",
    }


def _share() -> FigurePanel:
    return FigurePanel(
        title=_("Share of provincial police that have issued the regulation"),
        display="100\u00a0%",
        code="H1-02",
        kind_of_figure=_("Stock at a date"),
        formula=_("accepted ÷ owed, by unit"),
        numerator=34,
        numerator_label=_("units whose regulation was accepted by the superior"),
        denominator=34,
        denominator_label=_("units that owe it on the list of that day"),
        excluded=[(_("excused"), 0), (_("not applicable"), 0)],
        chain=[
            ChainStep(34, _("reporting units")),
            ChainStep(34, _("regulations sent as evidence")),
            ChainStep(36, _("decisions, 2 returns")),
            ChainStep(_("Edition 2"), _("frozen on 09/07/2026")),
        ],
        contributors=units(),
        contributors_label=_("Units that have issued it, with the day of acceptance"),
        missing=[],
        evidence=_evidence(),
        evidence_total=34,
        evidence_more_url="#evidence",
        decisions=[DecisionRow(datetime(2026, 7, 9, 9, 20, tzinfo=UTC), _("Edition 2 frozen"), _("Both parties"))],
        **_common(),
    )


def panel(name: str) -> FigurePanel:
    """The panel of one sample figure. Raises KeyError for a name that is not in PANELS."""
    title = _("Outreach sessions")
    common = {**_common(), "unit_of_measure": _("sessions"), "kind_of_figure": _("Count in the period")}
    lacking = [NameValue("Gia Lai", _("due 18/06"), _("Reminded on 20/06/2026"))]
    if name == "share":
        return _share()
    if name == "corrected":
        correction = Correction(_n(4796), _n(4812), date(2026, 7, 9), _("One province sent a supplementary report."), "#compare")
        return FigurePanel(title, _n(4812), "corrected", "H1-03", correction=correction, contributors=units(6), contributors_total=34, **common)
    if name == "divided":
        divided = [NameValue("Gia Lai", _("2 communes"), _("The provincial statistics office decides the share; not yet decided"))]
        return FigurePanel(title, "", "not_comparable", "H1-04", not_comparable=divided, **common)
    if name == "missing":
        return FigurePanel(title, "", "missing", "H1-05", missing=lacking, contributors=[], **common)
    if name == "cited":
        cited = {**common, "seal": None, "csv_url": "", "source": _("Report of the meeting of 11/03/2019, page 4")}
        return FigurePanel(title, _n(410000), "external", "H1-06", **cited)
    extra: dict[str, Any] = {"contributors": units(), "missing": lacking, "excused": [NameValue("Huế", "", _("Reorganised in the period"))]}
    notice = _("Joint events reported by both partners are counted once.")
    return FigurePanel(title, _n(4812), "bound", "H1-01", formula=_("sum of the units"), notices=[notice], **common, **extra)


def tags() -> list[tuple[str, str]]:
    """Kind of tag and its words."""
    return [
        ("", _("Draft")),
        ("wait", _("Submitted, waiting")),
        ("ok", _("Accepted")),
        ("ret", _("Returned for correction")),
        ("late", _("16 days overdue")),
        ("ex", _("Excused")),
        ("seal", _("Frozen")),
    ]


def timeline() -> list[dict[str, Any]]:
    """One item of each kind."""
    return [
        {"date": date(2026, 7, 9), "kind": "seal", "title": _("Edition 2 frozen"), "text": _("Signed by both parties")},
        {"date": date(2026, 6, 18), "kind": "late", "title": _("Deadline passed"), "text": _("1 unit has not sent")},
        {"date": date(2025, 7, 1), "kind": "major", "title": _("Boundaries merged"), "url": "#unit"},
        {"date": date(2025, 3, 1), "kind": "", "title": _("District level ended")},
    ]


def meta() -> list[tuple[str, str]]:
    """The strip under a heading."""
    lang = core.language(get_language())
    period = f"{core.day(date(2025, 12, 15), lang)} – {core.day(AS_OF, lang)}"
    return [
        (_("Reporting period"), period),
        (_("As of"), core.day(AS_OF, lang)),
        (_("Boundaries"), _("34 provinces and cities")),
        (_("Current edition"), "2"),
    ]


def work() -> list[dict[str, str]]:
    """Rows of a worklist."""
    return [
        {"kind": _("Report"), "text": _("Decide on the half-year report of a commune police"), "due": "22/06", "tag": "wait", "state": _("Waiting")},
        {"kind": _("Obligation"), "text": _("Remind 14 commune units in Lam Dong"), "due": "14/06", "tag": "late", "state": _("16 days overdue")},
        {"kind": _("Dossier"), "text": _("Sign dossier SK-2026-H1, edition 2"), "due": "10/07", "tag": "", "state": _("Not signed")},
    ]


def presets(path: str) -> list[tuple[str, str, bool]]:
    """Days often used beside the date picker."""
    return [(_("Before 1 July 2025"), f"{path}?as_of=2025-06-30", False), (_("Today"), path, True)]

"""The interim or final report as an official paper, made from a frozen edition and from nothing else."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.documents.core import (
    Appendix,
    Block,
    Column,
    FigureText,
    Heading,
    Paper,
    Paragraph,
    Row,
    Signature,
    Table,
    TextRun,
    Verification,
    layout_for,
)
from soket.documents.queries import figure_codes
from soket.kernel.clock import day_of
from soket.kernel.text import sort_keys
from soket.reviews import queries
from soket.reviews.models import Edition
from soket.reviews.queries import FrozenFigure
from soket.ui import core as ui

LISTED = 400
"""Rows of units printed for one figure; a longer list stands in the dossier and the paper says so."""
TOGETHER = 3
"""Figures side by side in one table of units."""
CITED = "Số liệu trích dẫn là số đã công bố ở nguồn ngoài hệ thống, ghi rõ nguồn; không cộng với số tổng hợp."


def review_paper(edition: Edition) -> Paper:
    """The paper of a frozen edition in the layout in force on the day of freezing; always in Vietnamese."""
    with override("vi"):
        return _paper(edition)


def _paper(edition: Edition) -> Paper:
    manifest, figures = queries.manifest_of(edition), queries.frozen_figures(edition)
    head, day = manifest["review"], day_of(edition.freeze.at)
    issuers = [party["signer"]["name"] for party in manifest["parties"]]
    return Paper(
        layout=layout_for("state", on=day),
        issuer=issuers[0],
        co_issuers=tuple(issuers[1:]),
        symbol=head["symbol"] or "BC",
        place=head["place"],
        date=day,
        type_name="Báo cáo",
        summary=head["title"],
        bases=tuple(_basis(row) for row in head["programmes"]),
        blocks=_blocks(edition, manifest, figures),
        signatures=tuple(_signature(edition, party) for party in manifest["parties"]),
        recipients=tuple(dict.fromkeys([*issuers, head["office"]["name"]])),
        appendices=_appendices(edition, figures),
        verification=_verification(edition),
        synthetic=head["synthetic"],
    )


def _basis(row: dict[str, Any]) -> str:
    signed = f" ngày {ui.day(date.fromisoformat(row['signed_on']))}" if row["signed_on"] else ""
    number = f" số {row['symbol']}" if row["symbol"] else ""
    return f"Căn cứ Chương trình{number}{signed}: {row['title']}"


def _blocks(edition: Edition, manifest: dict[str, Any], figures: Sequence[FrozenFigure]) -> tuple[Block, ...]:
    displays = {figure.printed: _display(figure) for figure in figures}
    blocks: list[Block] = [Paragraph((TextRun(_opening(manifest)),))]
    if edition.number > 1:
        blocks.append(Paragraph((TextRun(f"Đây là bản {edition.number}, thay thế bản {edition.number - 1}. Lý do: {edition.reason}"),)))
    blocks += [Heading(1, "Phạm vi sơ kết" if manifest["review"]["kind"] == "interim" else "Phạm vi tổng kết"), _programmes(manifest)]
    for section in queries.sections_of(edition):
        text = section["text"]
        for code in figure_codes(text):
            text = text.replace("{{" + code + "}}", "{{" + queries.printed_code(edition.review.code, code) + "}}")
        blocks.append(Heading(1, section["heading"]))
        if text.strip():
            blocks.append(FigureText(text, displays))
    for part, body in queries.parts_of(edition):
        blocks += part.printed(body)
    return tuple(blocks)


def _display(figure: FrozenFigure) -> str:
    """What stands in the sentence: the value, and for a rate its two numbers."""
    shown = figure.display("vi")
    if figure.percent and figure.denominator:
        return f"{shown} ({ui.number(figure.numerator or 0)}/{ui.number(figure.denominator)})"
    return shown


def _opening(manifest: dict[str, Any]) -> str:
    head = manifest["review"]
    as_of, boundary = (ui.day(date.fromisoformat(head[name])) for name in ("as_of", "boundary_date"))
    return (
        f"Số liệu trong báo cáo này được tổng hợp từ báo cáo và minh chứng do các đơn vị gửi, đã được cấp trên chấp nhận, tính đến hết ngày "
        f"{as_of}, theo địa giới ngày {boundary}. Mỗi số liệu mang một mã trong ngoặc; mã đó mở được nguồn gốc của số tại địa chỉ kiểm chứng."
    )


def _programmes(manifest: dict[str, Any]) -> Table:
    rows = manifest["review"]["programmes"]
    return Table(
        columns=(Column("TT", 0.6, "centre"), Column("Số, ký hiệu", 2.2), Column("Tên chương trình", 4), Column("Thời gian", 1.8, "centre")),
        rows=tuple(Row((str(place), row["symbol"] or "chưa rõ", row["title"], row["span"])) for place, row in enumerate(rows, 1)),
        caption="Các chương trình thuộc phạm vi báo cáo",
    )


def _signature(edition: Edition, party: dict[str, Any]) -> Signature:
    row = next(item for item in edition.signatures.all() if str(item.party_id) == party["id"])
    instant = ui.instant(row.at, weekday=False)
    clock, day = instant.split(", ")[1], instant.split(", ")[0]
    stands = "" if party["signer"]["id"] == party["id"] else f"kế thừa {party['name']}"
    return Signature(
        authority=f"Đại diện\n{party['signer']['name']}" + (f"\n({stands})" if stands else ""),
        post=row.by_label.split(",")[0],
        note=f"(đã ký trên hệ thống\nlúc {clock} ngày {day}, GMT+7)",
    )


def _appendices(edition: Edition, figures: Sequence[FrozenFigure]) -> tuple[Appendix, ...]:
    made = [Appendix("Danh mục số liệu của báo cáo", (_register(figures),))]
    for group in _grouped(edition, [figure for figure in figures if not figure.external]):
        made.append(_unit_appendix(edition, group))
    return tuple(made)


def _register(figures: Sequence[FrozenFigure]) -> Table:
    return Table(
        columns=(
            Column("Mã", 2.4), Column("Số liệu", 4.1), Column("Giá trị", 1.8, "right"), Column("Đơn vị\ntính", 1.5),
            Column("Tử số /\nmẫu số", 2.3, "right"), Column("Tính đến", 2.2, "centre"),
        ),
        rows=tuple(_register_row(figure) for figure in figures),
        note=CITED if any(figure.external for figure in figures) else "",
    )


def _register_row(figure: FrozenFigure) -> Row:
    scale = 0 if figure.percent else figure.scale  # a mean's sum has decimals, its divisor none
    pair = f"{ui.number(figure.numerator or 0, scale)} / {ui.number(figure.denominator)}".replace(" ", "\u00a0") if figure.denominator else "–"
    shown = figure.display("vi")
    value = shown.removesuffix("%").rstrip() if figure.percent else shown  # the sign stands in the column of units
    as_of = figure.body["as_of"]
    label = figure.label("vi") + (f" (trích dẫn: {figure.body['citation']})" if figure.external else "")
    return Row((figure.printed, label, value, "%" if figure.percent else figure.measure("vi"), pair, ui.day(date.fromisoformat(as_of)) if as_of else "–"))


def _grouped(edition: Edition, figures: Sequence[FrozenFigure]) -> list[list[tuple[FrozenFigure, dict[str, Any]]]]:
    """Figures over the same units stand side by side, a few to a table."""
    groups: dict[tuple[int, ...], list[tuple[FrozenFigure, dict[str, Any]]]] = {}
    for figure in figures:
        lists = queries.figure_lists(edition, figure.code)
        ids = tuple(sorted({row["id"] for group in ("contributors", "missing", "excused") for row in lists[group]}))
        groups.setdefault(ids, []).append((figure, lists))
    return [group[at : at + TOGETHER] for group in groups.values() for at in range(0, len(group), TOGETHER)]


def _unit_appendix(edition: Edition, group: list[tuple[FrozenFigure, dict[str, Any]]]) -> Appendix:
    """Units by name with their part in each figure; the longest lists name only who is not in."""
    names: dict[int, str] = {}
    cells: dict[tuple[int, str], list[str]] = {}
    for figure, lists in group:
        for words, rows in _lists(lists):
            for row in rows:
                names.setdefault(row["id"], row["name"])
                cells.setdefault((row["id"], figure.code), []).append(_cell(row, figure, words))
    whole = len(names) <= LISTED
    lacking = {row["id"] for _figure, lists in group for row in lists["missing"]}
    shown = list(names) if whole else _by_name({unit: names[unit] for unit in lacking})[:LISTED]
    columns = (Column("TT", 0.8, "centre"), Column("Đơn vị", 4), *(
        Column(figure.label("vi"), 2, "right" if not figure.percent else "left", code=figure.printed) for figure, _lists_ in group))
    lines = [
        Row((str(place), names[unit], *(_joined(cells.get((unit, figure.code), ["–"])) for figure, _lists_ in group)))
        for place, unit in enumerate(shown, 1)
    ] or [Row(("", "Không có đơn vị nào", *("–" for _one in group)))]
    count = ui.number(len(names))
    note = "" if whole else f"Chỉ nêu đơn vị chưa có số; danh sách đủ {count} đơn vị nằm trong hồ sơ kèm theo và tại địa chỉ kiểm chứng."
    title = "Kết quả theo đơn vị" if whole else "Đơn vị chưa có số liệu"
    return Appendix(f"{title}\n{'; '.join(figure.printed for figure, _l in group)}", (Table(columns=columns, rows=tuple(lines), note=note),))


def _by_name(names: dict[int, str]) -> list[int]:
    """The ids in the Vietnamese order of their names."""
    keys = dict(zip(names, sort_keys(list(names.values())), strict=True))
    return sorted(names, key=lambda unit: (keys[unit], unit))


def _lists(lists: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    return [("", lists["contributors"]), ("chưa có", lists["missing"]), (_("excused"), lists["excused"])]


def _cell(row: dict[str, Any], figure: FrozenFigure, words: str) -> str:
    if figure.body["spec"]["kind"] == "completeness":
        return words or "đã nhận"
    return words or queries.unit_words(row, figure.body, "vi") or row["note"] or "có"


def _joined(parts: list[str]) -> str:
    """A unit's part over several periods: few stand side by side, many are counted; nothing is added up here."""
    if len(parts) <= 3:
        return "; ".join(parts)
    lacking = parts.count("chưa có")
    return f"{len(parts) - lacking}/{len(parts)} kỳ có số"


def _verification(edition: Edition) -> Verification:
    url = settings.BASE_URL + reverse("reviews:verified", args=[edition.digest])
    return Verification(
        seal_code=ui.seal_code(edition.digest), digest=edition.digest, url=url, key_fingerprint=edition.freeze.key_fingerprint, qr=url,
    )

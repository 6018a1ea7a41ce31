"""The end of a Word paper: signatures and recipients on one level, then the verification block."""
from __future__ import annotations

from io import BytesIO

from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

from . import ooxml
from .plan import Plan, Seal, Signer
from .qr import qr_png
from .word_text import Setter

_BLANK_MM, _SIGNED_MM = 27, 20
_QR_MM = 27


def signed(document: Document, planned: Plan, setter: Setter) -> None:
    """Slots 7 and 9b level in two columns; on a joint paper signatures take the width, recipients follow."""
    if len(planned.signers) == 1:
        table = document.add_table(rows=1, cols=2)
        ooxml.fix_table(table, (planned.left, planned.right), pad=0, ruled=False)
        ooxml.row_marks(table.rows[0])
        left, right = table.rows[0].cells
        _recipients(left, planned, setter)
        _signer(right, planned.signers[0], setter, _room(planned.signers))
        _with_seal(table, planned)
        return
    half = planned.layout.text_width / 2
    for at in range(0, len(planned.signers), 2):
        pair = planned.signers[at : at + 2]
        table = document.add_table(rows=3, cols=len(pair))
        ooxml.fix_table(table, [half * 2 / len(pair)] * len(pair), pad=2, ruled=False)
        for row in table.rows:
            ooxml.row_marks(row)
        for column, one in enumerate(pair):
            _stacked([row.cells[column] for row in table.rows], one, setter, _room(pair))
        ooxml.keep_rows_together(table.rows)
        _gap(document).keep_with_next = True
    table = document.add_table(rows=1, cols=1)
    ooxml.fix_table(table, (planned.layout.text_width,), pad=0, ruled=False)
    ooxml.row_marks(table.rows[0])
    _recipients(table.rows[0].cells[0], planned, setter)
    _with_seal(table, planned)


def _with_seal(table: Table, planned: Plan) -> None:
    """Where the verification follows, the last of the signed part stays with it."""
    if planned.seal is not None:
        ooxml.keep_rows_together(table.rows)


def _gap(document: Document) -> ParagraphFormat:
    form: ParagraphFormat = document.add_paragraph().paragraph_format
    form.line_spacing = Pt(8)
    return form


def _room(signers: tuple[Signer, ...]) -> int:
    """Millimetres between post and name: for the pen, or less where the system's note stands there."""
    return _SIGNED_MM if all(one.note for one in signers) else _BLANK_MM


def _signer(cell: _Cell, one: Signer, setter: Setter, room: int) -> None:
    setter.centred(cell.paragraphs[0], "7a", one.title)
    note = setter.centred(cell.add_paragraph(), "7c", one.note)
    _spread(note, len(one.note), room, setter)
    setter.centred(cell.add_paragraph(), "7b", (one.name,))


def _stacked(cells: list[_Cell], one: Signer, setter: Setter, room: int) -> None:
    """Title, note and name in rows of their own, so that two signatures keep level."""
    setter.centred(cells[0].paragraphs[0], "7a", one.title)
    note = setter.centred(cells[1].paragraphs[0], "7c", one.note)
    _spread(note, len(one.note), room, setter)
    setter.centred(cells[2].paragraphs[0], "7b", (one.name,))


def _spread(paragraph: Paragraph, lines: int, room: int, setter: Setter) -> None:
    """Set the note in the middle of the room a signature needs."""
    used = max(lines, 1) * setter.layout.slot("7c").size * 1.15
    around = Pt(max((Mm(room).pt - used) / 2, 0))
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = around


def _recipients(cell: _Cell, planned: Plan, setter: Setter) -> None:
    setter.spanless(cell.paragraphs[0], "9b-head", "Nơi nhận:")
    for line in planned.recipients:
        setter.spanless(cell.add_paragraph(), "9b", line)
    if planned.drafter:
        setter.spanless(cell.add_paragraph(), "12", planned.drafter)


def seal(document: Document, one: Seal, setter: Setter) -> None:
    """QR at the left, labelled lines at the right, under a full-width hairline; never cut by a page."""
    _gap(document).keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    width = setter.layout.text_width
    ooxml.fix_table(table, (_QR_MM + 4, width - _QR_MM - 4), pad=0, ruled=False)
    ooxml.row_marks(table.rows[0])
    picture, words = table.rows[0].cells
    for cell in (picture, words):
        _top_rule(cell)
    run = picture.paragraphs[0].add_run()
    shape = run.add_picture(BytesIO(qr_png(one.qr)), width=Mm(_QR_MM))
    shape._inline.docPr.set("descr", "Mã QR của địa chỉ kiểm chứng")
    paragraph = words.paragraphs[0]
    for label, value in one.lines:
        setter.run(paragraph, f"{label}: ", "verification", bold=True)
        setter.run(paragraph, value, "verification")
        paragraph = words.add_paragraph()
    if one.checkpoint:
        setter.run(paragraph, "Điểm kiểm tra của nhật ký:", "verification", bold=True)
        setter.run(paragraph, "\n" + "\n".join(one.checkpoint), "verification")
        paragraph = words.add_paragraph()
    setter.run(paragraph, one.hint, "verification", italic=True)


def _top_rule(cell: _Cell) -> None:
    borders = ooxml.element("tcBorders")
    borders.append(ooxml.element("top", val="single", sz="4", space="0", color="000000"))
    cell._tc.get_or_add_tcPr().append(borders)
    cell.paragraphs[0].paragraph_format.space_before = Pt(4)

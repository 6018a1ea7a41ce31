"""Runs and paragraphs of a Word paper, each set in a slot of the layout."""
from __future__ import annotations

from dataclasses import dataclass

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from . import ooxml
from .core import Layout
from .flow import Spans


@dataclass(frozen=True)
class Setter:
    """Sets words in the size and style the layout gives for a slot."""

    layout: Layout

    def run(self, paragraph: Paragraph, text: str, code: str, *, bold: bool = False, italic: bool = False) -> Run:
        """One run; line breaks inside the text become breaks of the line."""
        slot = self.layout.slot(code)
        run = paragraph.add_run()
        for index, part in enumerate(text.split("\n")):
            if index:
                run.add_break()
            run.add_text(part)
        run.font.size = Pt(slot.size)
        run.font.bold = slot.bold or bold
        run.font.italic = slot.italic or italic
        ooxml.set_font(run, self.layout.word_font)
        return run

    def lines(self, paragraph: Paragraph, code: str, lines: tuple[str, ...]) -> Paragraph:
        """Lines of one paragraph, broken where the plan breaks them."""
        self.run(paragraph, "\n".join(lines), code)
        return paragraph

    def centred(self, paragraph: Paragraph, code: str, lines: tuple[str, ...]) -> Paragraph:
        """Lines set in the middle of their column."""
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return self.lines(paragraph, code, lines)

    def spanless(self, paragraph: Paragraph, code: str, text: str) -> Paragraph:
        """A whole paragraph in one style."""
        self.run(paragraph, text, code)
        return paragraph

    def spans(self, paragraph: Paragraph, spans: Spans, code: str, *, italic: bool = False) -> Paragraph:
        """Words with their own bold and italic; figure codes raised."""
        for span in spans:
            if span.code:
                self.code(paragraph, span.text, code)
            else:
                self.run(paragraph, span.text, code, bold=span.bold, italic=span.italic or italic)
        return paragraph

    def code(self, paragraph: Paragraph, text: str, code: str) -> Run:
        """A figure code: raised, never bold, its hyphens unbreakable so that a line end cannot cut it."""
        run = self.run(paragraph, "", code)
        for index, part in enumerate(text.split("-")):
            if index:
                run._element.append(ooxml.element("noBreakHyphen"))
            run.add_text(part)
        run.font.superscript = True
        run.font.bold = False
        return run

    def running(self, paragraph: Paragraph) -> Paragraph:
        """Body text: justified, first line in, the layout's gap below and pitch of lines."""
        form = paragraph.paragraph_format
        form.first_line_indent = Mm(self.layout.first_line)
        form.space_after = Pt(self.layout.paragraph_gap)
        form.line_spacing = self.layout.line_spacing
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        return paragraph

    def rule(self, paragraph: Paragraph, length: float, width: float) -> Paragraph:
        """A hairline of that length in the middle of a column of that width, millimetres."""
        side = (width - length) / 2
        ooxml.rule_under(paragraph, left=side, right=side)
        paragraph.paragraph_format.space_before = Pt(4)
        return paragraph

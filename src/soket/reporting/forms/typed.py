"""Reading what a page sent into a draft: only the fields of the section shown, everything as typed."""
from __future__ import annotations

from collections.abc import Mapping

from soket.reporting.core import Definition, DraftContent, Section, TypedCell

LONGEST = 20_000


def typed_section(draft: DraftContent, section: Section, definition: Definition, data: Mapping[str, str]) -> DraftContent:
    """The draft with the cells and texts of one section as they were sent; the others stay."""
    cells, texts = dict(draft.cells), dict(draft.texts)
    for row in section.rows:
        if definition.facts[row.indicator].typed:
            state, text = data.get(f"s-{row.indicator}", ""), data.get(f"v-{row.indicator}", "")[:LONGEST]
            cells[row.indicator] = TypedCell(state[:20], text)
            if not state and not text.strip():
                del cells[row.indicator]
    for text_ in section.texts:
        texts[text_.key] = data.get(f"t-{text_.key}", "")[:LONGEST]
    return DraftContent(cells, texts, dict(draft.explanations))


def with_explanations(draft: DraftContent, data: Mapping[str, str]) -> DraftContent:
    """The draft with the explanations that were sent; an emptied one is taken out."""
    given = {name[2:]: data[name][:LONGEST] for name in data if name.startswith("x-")}
    explanations = {key: text for key, text in {**draft.explanations, **given}.items() if text.strip()}
    return DraftContent(dict(draft.cells), dict(draft.texts), explanations)

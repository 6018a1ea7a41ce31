"""The pure heart of reporting: reading cells, forms, checks, packing and states. No Django."""
from __future__ import annotations

from soket.reporting.core.cells import (
    MISSING,
    NOT_APPLICABLE,
    NOTHING,
    ZERO,
    Cell,
    CellState,
    NumberProblem,
    format_number,
    number,
    parse_number,
)
from soket.reporting.core.checks import unexplained, validate
from soket.reporting.core.content import BadContent, Content, DraftContent, EvidenceMark, TypedCell, clean, read_draft, typed_from
from soket.reporting.core.definition import (
    BadDefinition,
    Check,
    Definition,
    Facts,
    Narrative,
    Row,
    Section,
    definition_of,
    read_definition,
)
from soket.reporting.core.difference import CellChange, TextChange, changes, differing
from soket.reporting.core.findings import Finding, Severity
from soket.reporting.core.packing import pack, unpack
from soket.reporting.core.states import NoSuchMove, moved, takes

__all__ = [
    "MISSING", "NOTHING", "NOT_APPLICABLE", "ZERO", "BadContent", "BadDefinition", "Cell", "CellChange", "CellState",
    "Check", "Content", "Definition", "DraftContent", "EvidenceMark", "Facts", "Finding", "Narrative", "NoSuchMove",
    "NumberProblem", "Row", "Section", "Severity", "TextChange", "TypedCell", "changes", "clean", "definition_of", "differing",
    "format_number", "moved", "number", "pack", "parse_number", "read_definition", "read_draft", "takes", "typed_from",
    "unexplained", "unpack", "validate",
]

"""What the pages send and show: one section of a draft as typed, and the sheet of rows to be shown."""
from __future__ import annotations

from soket.reporting.forms.fields import DecisionForm, ExcuseForm, FileForm, JointForm, StateForm, show
from soket.reporting.forms.sheet import Finding, Row, Sheet, SheetSection, Step, sheet_of, steps_of
from soket.reporting.forms.typed import typed_section, with_explanations

__all__ = [
    "DecisionForm", "ExcuseForm", "FileForm", "Finding", "JointForm", "Row", "Sheet", "SheetSection", "StateForm", "Step", "show",
    "sheet_of", "steps_of", "typed_section", "with_explanations",
]

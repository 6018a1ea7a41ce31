"""What the pages send and show: one section of a draft as typed, and the sheet of rows to be shown."""
from __future__ import annotations

from soket.reporting.forms.fields import DecisionForm, ExcuseForm, FileForm, JointForm, StateForm, TwinForm, show
from soket.reporting.forms.opening import ExtensionForm, PeriodForm, ScopeForm
from soket.reporting.forms.sheet import Finding, Row, Sheet, SheetSection, Step, change_rows, sheet_of, steps_of
from soket.reporting.forms.typed import typed_section, with_explanations

__all__ = [
    "DecisionForm", "ExcuseForm", "ExtensionForm", "FileForm", "Finding", "JointForm", "PeriodForm", "Row",
    "ScopeForm", "Sheet", "SheetSection", "StateForm", "Step", "TwinForm", "change_rows", "sheet_of", "show",
    "steps_of", "typed_section", "with_explanations",
]

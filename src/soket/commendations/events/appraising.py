"""Audit events of appraisal by the authorities."""
from __future__ import annotations

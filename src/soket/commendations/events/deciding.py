"""Audit events of decisions, awards, handing over."""
from __future__ import annotations

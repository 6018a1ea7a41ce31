"""Audit events of campaigns."""
from __future__ import annotations

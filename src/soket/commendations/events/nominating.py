"""Audit events of nominations."""
from __future__ import annotations

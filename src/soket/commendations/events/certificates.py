"""Audit events of certificates."""
from __future__ import annotations

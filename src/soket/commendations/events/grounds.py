"""Audit events of moved figures and cancellations."""
from __future__ import annotations

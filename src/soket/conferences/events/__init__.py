"""Audit events this room declares, by subject."""
from soket.conferences.events import agenda, live, planning

__all__ = ["agenda", "live", "planning"]

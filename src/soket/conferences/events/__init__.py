"""Audit events this room declares, by subject."""
from soket.conferences.events import agenda, day, live, planning

__all__ = ["agenda", "day", "live", "planning"]

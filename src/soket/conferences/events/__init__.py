"""Audit events this room declares, by subject."""
from soket.conferences.events import agenda, day, inviting, live, planning

__all__ = ["agenda", "day", "inviting", "live", "planning"]

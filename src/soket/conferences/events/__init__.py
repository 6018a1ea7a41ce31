"""Audit events this room declares, by subject."""
from soket.conferences.events import after, agenda, day, inviting, live, planning, video

__all__ = ["after", "agenda", "day", "inviting", "live", "planning", "video"]

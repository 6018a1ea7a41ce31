"""Reads of the room, by subject."""
from soket.conferences.queries.work import waiting_for

__all__ = ["waiting_for"]

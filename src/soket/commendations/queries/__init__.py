"""Reads of commendations; each takes who asks and the day."""

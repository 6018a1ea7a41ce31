"""Audit events this room declares, by subject."""

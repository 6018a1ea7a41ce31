"""Audit events this room declares."""

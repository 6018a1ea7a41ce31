"""Audit events of councils, ballots, postings and objections."""
from __future__ import annotations

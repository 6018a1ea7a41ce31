"""The offline verifier: standard library and cryptography only, no Django, no network, no database.

It shares the hash tree and the signed notes with the product but reads canonical JSON with its own
small code, so that a fault in the writing library cannot hide itself. The trusted key always comes
from outside the file: a key file handed over earlier, or the fingerprint printed on a paper.
"""
from __future__ import annotations

from soket.audit.verifier.command import main
from soket.audit.verifier.dossier import verify_bytes, verify_file
from soket.audit.verifier.log import verify_bundle, verify_stream
from soket.audit.verifier.report import Line, Report
from soket.audit.verifier.trust import Trust, read_trust

__all__ = ["Line", "Report", "Trust", "main", "read_trust", "verify_bundle", "verify_bytes", "verify_file", "verify_stream"]

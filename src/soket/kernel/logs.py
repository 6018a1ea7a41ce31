"""Structured logs: one JSON object a line, no personal data beyond the actor's id."""
from __future__ import annotations

import json
import logging
import re

FIELDS = ("path", "method", "status", "ms", "actor", "request_id")
_secrets: dict[str, re.Pattern[str]] = {}


def hide_after(prefix: str) -> None:
    """From now on the part of an address right after `prefix` is a secret that no line shows."""
    _secrets[prefix] = re.compile(rf"({re.escape(prefix)})[^/\s\"'?#&<>\\]+")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the request's fields, and the trace when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in FIELDS if hasattr(record, name)})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        told = json.dumps(line, ensure_ascii=False)
        for secret in _secrets.values():
            told = secret.sub(r"\1***", told)
        return told

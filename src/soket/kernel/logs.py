"""Structured logs: one JSON object a line, no personal data beyond the actor's id."""
from __future__ import annotations

import json
import logging

FIELDS = ("path", "method", "status", "ms", "actor", "request_id")


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
        return json.dumps(line, ensure_ascii=False)

"""Logs without what people type. Must run before rasa is imported: it configures on import, and at DEBUG it logs texts.

Rasa's messages quote texts, entities and slot values, at several levels and also in exceptions. So no message of
a library is let through at all: only level, logger, place in the code and the type of an exception.
"""

import logging
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset(
    {"event", "level", "timestamp", "process", "port", "count", "took_ms", "error_type", "where", "state"}
)


class _PlaceOnly(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "-"
        return f"{record.levelname} {record.name} {record.filename}:{record.lineno} {error}"


def _only_listed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED}


def _drop(*_warning: Any, **_where: Any) -> None:
    pass


def configure(level: str = "WARNING") -> None:
    """Send places instead of messages to standard error, from every library."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_PlaceOnly())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    warnings.showwarning = _drop  # Rasa warns about a message by quoting it; libraries reset filters, but not this
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_listed,
            structlog.processors.JSONRenderer(),
        ],
        # Rasa's own structlog events pass at ERROR only, and even then without their fields.
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def say(event: str, **fields: Any) -> None:
    """Log a constant event of ours, with listed fields, whatever the level of the libraries."""
    line = structlog.processors.JSONRenderer()(None, "", {"event": event, **_only_listed(None, "", fields)})
    print(line, file=sys.stderr, flush=True)  # noqa: T201  (the supervisor collects this stream)

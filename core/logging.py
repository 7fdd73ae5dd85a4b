"""Logs: a constant event and listed fields. Whatever is not listed never reaches a disk."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "logger", "conversation_id", "case_id", "coach_id", "team", "site", "seq", "count",
    "took_ms", "status", "method", "route", "kind", "tier", "error_type", "attempt", "process", "exit_code", "port",
    "source", "skipped", "imported", "where", "state", "job", "replica",
})  # fmt: skip
"""Ids, counts, kinds and places in the code. No text, name, address or slot value."""


def _only_listed(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop unlisted fields; of an exception keep the type and where it was raised, never its message."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exception()
    if isinstance(error, BaseException):
        event["error_type"] = type(error).__name__
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        if trace is not None:
            event["where"] = f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
    return {key: value for key, value in event.items() if key in ALLOWED}


class _PlaceOnly(logging.Formatter):
    """Of a library's line the level, the logger and the place: its words and exceptions may quote a visitor."""

    def format(self, record: logging.LogRecord) -> str:
        """One line without the message."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        return f"{record.levelname} {record.name} {record.module}:{record.lineno} {error}".rstrip()


def configure_logging(level: str = "INFO") -> None:
    """Set up structlog, and keep libraries from writing request lines or statements."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_listed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(_PlaceOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def get_logger() -> Any:
    """A logger that takes `log.info("case_claimed", case_id=str(case.id))`."""
    return structlog.get_logger()

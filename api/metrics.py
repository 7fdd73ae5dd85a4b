"""Counts for Prometheus. Numbers and kinds only: no id, no text, no school below a count."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

registry = CollectorRegistry()

conversations_started = Counter(
    "wegwijs_conversations_started", "Conversations started", ["country", "language"], registry=registry
)
turns = Counter("wegwijs_turns", "Visitors' messages, by who answered", ["outcome"], registry=registry)
turn_seconds = Histogram(
    "wegwijs_turn_seconds",
    "From a visitor's message to its answer",
    buckets=(0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4),
    registry=registry,
)
signals_seen = Counter("wegwijs_signals", "Risk signals, by tier", ["tier"], registry=registry)
screenings_failed = Counter(
    "wegwijs_screenings_failed", "Messages that could not be screened for risk signals", registry=registry
)
rasa_failures = Counter("wegwijs_rasa_failures", "Turns that Rasa did not answer", ["reason"], registry=registry)
journal_waiting = Gauge("wegwijs_journal_waiting", "Acute answers that wait for the database", registry=registry)
open_streams = Gauge("wegwijs_open_streams", "Event streams that are open now", registry=registry)
jobs_failed = Counter("wegwijs_jobs_failed", "Runs of background jobs that failed", ["job"], registry=registry)

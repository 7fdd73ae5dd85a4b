"""`make bench`: what the house adds to a bare Rasa turn, in one run.

Starts a real house, then sends the same messages by turns through the API and straight to Rasa with the same model.
The bare Rasa turn encodes for itself; the API encodes once and sends the vectors along. Also times the layers alone.
"""

import json
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2

from tests.house import ROOT, House

TURNS = 240
A_TALK = 12
"""Messages in one conversation: the length of a real one, and under the limit of a minute."""
BAR = 1.3


def messages() -> list[str]:
    """Ordinary study questions of the development set, which no model was trained on."""
    files = sorted((ROOT / "tests" / "evaluation" / "intents" / "dev").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [line["text"] for line in lines if line["intent"] not in {"ask_human", "change_language"}][: TURNS * 2 : 2]


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def percentiles(times_ms: list[float]) -> tuple[float, float]:
    """(p50, p95)."""
    cuts = statistics.quantiles(times_ms, n=20)
    return statistics.median(times_ms), cuts[18]


class Turns:
    """Sends one message to each side."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._client = httpx2.Client(timeout=30)
        self._secret = next(
            line.split("=", 1)[1]
            for line in (house.data_dir / "secrets.env").read_text().splitlines()
            if line.startswith("INTERNAL_SECRET=")
        )
        self._talk: dict[str, str] = {}
        self._sender = ""

    def new_talk(self) -> None:
        """A fresh conversation on both sides, so that both trackers are equally long."""
        self._talk = self._client.post(f"{self._house.url}/api/v1/conversations", json={"site": "demo-nl"}).json()
        self._sender = f"{uuid.uuid4()}.0"

    def through_api(self, text: str) -> None:
        """A turn as the panel takes it."""
        self._client.post(
            f"{self._house.url}/api/v1/conversations/{self._talk['id']}/messages",
            headers={"Authorization": f"Bearer {self._talk['token']}"},
            json={"client_message_id": str(uuid.uuid4()), "text": text},
        ).raise_for_status()

    def bare_rasa(self, text: str) -> None:
        """The same turn without the house around it."""
        metadata = {
            "language": "nl",
            "country": "NL",
            "site": "demo-nl",
            "audience": None,
            "signals": [],
            "vectors": None,
        }
        self._client.post(
            f"http://127.0.0.1:{self._house.port + 2}/webhooks/wegwijs/message",
            headers={"X-Wegwijs-Secret": self._secret},
            json={
                "sender": self._sender,
                "text": text,
                "payload": None,
                "metadata": metadata | {"vectors": None},
                "slots": None,
            },
        ).raise_for_status()


def compare(house: House) -> tuple[list[float], list[float]]:
    """Milliseconds of the same turns through the API and by bare Rasa, taken by turns after warming up."""
    turns = Turns(house)
    through, bare = [], []
    for number, text in enumerate(messages()):
        if number % A_TALK == 0:
            turns.new_talk()
            turns.through_api("hallo")
            turns.bare_rasa("hallo")
        # By turns first and second, so that neither side always meets the warmer caches.
        for side, times in sorted(((turns.through_api, through), (turns.bare_rasa, bare)), key=lambda _: number % 2):
            took = timed(lambda side=side, text=text: side(text))  # type: ignore[misc]
            if number >= A_TALK:
                times.append(took)
    return through, bare


def layers() -> Iterator[str]:
    """The parts that run before Rasa, each alone."""
    from bot import encoder, language, signals
    from bot.redaction import redact

    encoder.load()
    language.load()
    signals.load()
    texts = messages()
    for name, act in (
        ("signals (patterns)", signals.by_patterns),
        ("signals (patterns and words)", signals.screen),
        ("language", lambda text: language.detect(text, before=None)),
        ("redaction", redact),
        ("both encoders", lambda text: encoder.encode([text])),
    ):
        act(texts[0])
        p50, p95 = percentiles([timed(lambda act=act, text=text: act(text)) for text in texts])  # type: ignore[misc]
        yield f"  {name:<20} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms"


def main() -> int:
    """Print the figures; 1 when the house adds more than the bar allows."""
    with tempfile.TemporaryDirectory() as folder, House(Path(folder)) as house:
        through, bare = compare(house)
    (api50, api95), (rasa50, rasa95) = percentiles(through), percentiles(bare)
    lines = [
        f"A warm turn, {len(through)} messages on each side, by turns in one run",
        f"  through the API      p50 {api50:6.1f} ms   p95 {api95:6.1f} ms",
        f"  bare Rasa            p50 {rasa50:6.1f} ms   p95 {rasa95:6.1f} ms",
        f"  ratio                p50 {api50 / rasa50:6.2f}      p95 {api95 / rasa95:6.2f}      (at most {BAR})",
        "The layers before Rasa, alone",
        *layers(),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if max(api50 / rasa50, api95 / rasa95) > BAR else 0


if __name__ == "__main__":
    raise SystemExit(main())

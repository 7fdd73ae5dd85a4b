"""How often something may be asked. Counted in memory: after a restart everybody starts anew."""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from core.errors import TooMany

MESSAGES = RateLimitItemPerMinute(20)
"""Of one conversation. A fast typist in distress sends about ten short lines a minute."""

TAPS = RateLimitItemPerMinute(90)
"""A questionnaire's buttons of one conversation: quicker than anybody reads, and they cost a fraction of a message."""

REQUESTS = RateLimitItemPerMinute(3000)
"""From one address. A whole school often shares one, and two classes may fill in a questionnaire in the same lesson."""

CONVERSATIONS = RateLimitItemPerMinute(120)
"""Started from one address: several classes that open the chat in the same lesson."""

RETURN_CODES = RateLimitItemPerMinute(10)
"""Tried from one address. A code has 48 bits; at this rate a guess takes longer than codes live."""

ALL_RETURN_CODES = RateLimitItemPerMinute(120)
"""Tried in all: guessing from many addresses helps nobody, and each try costs scrypt's time."""


class Limits:
    """The counters of this process."""

    def __init__(self) -> None:
        self._counter = MovingWindowRateLimiter(MemoryStorage())

    def check(self, limit: RateLimitItem, name: str, who: str = "") -> None:
        """Count one more.

        Raises:
            TooMany: the limit is reached; says after how many seconds to try again.
        """
        if not self._counter.hit(limit, name, who):
            reset_at = self._counter.get_window_stats(limit, name, who).reset_time
            wait_s = max(1, math.ceil(reset_at - time.time()))
            raise TooMany("That was a lot at once.", "Wait a moment and try again.", retry_after_s=wait_s)

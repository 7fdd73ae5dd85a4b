"""What can go wrong in a rule of ours. `api/problems.py` alone makes HTTP of it."""


class WegwijsError(Exception):
    """Says what happened and how to mend it, each in one sentence."""

    def __init__(self, what: str, mend: str = "") -> None:
        super().__init__(f"{what} {mend}".strip())
        self.what = what
        self.mend = mend


class NotFound(WegwijsError):
    """There is no such thing, or not for this person."""


class Conflict(WegwijsError):
    """Somebody else was first, or the state has moved on."""


class Refused(WegwijsError):
    """The input breaks a rule."""


class Unavailable(WegwijsError):
    """Something that we need is down or locked; trying again later makes sense."""


class Unauthorised(WegwijsError):
    """Nobody is signed in, or the token is not the right one."""


class Forbidden(WegwijsError):
    """Known, but not allowed to do that."""


class TooMany(WegwijsError):
    """The same thing was asked too often."""

    def __init__(self, what: str, mend: str = "", *, retry_after_s: int) -> None:
        super().__init__(what, mend)
        self.retry_after_s = retry_after_s

"""Who may enter the console: whoever shows the key of a sign-in that runs."""

from typing import Annotated

from fastapi import Depends, Request

from api.chat.entering import in_utf8, unhurried
from api.coaches import queries
from api.coaches.models import Coach
from api.coaches.service import key_hash
from api.dependencies import Now, SharedServices
from core.errors import Unauthorised
from core.settings import Settings


def cookie_name(settings: Settings) -> str:
    """The cookie's name. With `__Host-` a browser takes it over HTTPS only, and from no neighbouring subdomain."""
    return "__Host-wegwijs-coach" if settings.cookie_secure else "wegwijs-coach"


def sign_in_key(request: Request, shared: SharedServices) -> str:
    """The hash of the key that the browser shows.

    Raises:
        Unauthorised: it shows none.
    """
    key = request.cookies.get(cookie_name(shared.settings))
    if not key:
        raise Unauthorised("Nobody is signed in.", "Sign in at /coach.")
    return key_hash(key)


SignInKey = Annotated[str, Depends(sign_in_key)]


async def current_coach(hashed: SignInKey, shared: SharedServices, now: Now) -> Coach:
    """The coach who is signed in.

    Raises:
        Unauthorised: the sign-in ended, or the coach left.
    """
    async with shared.db.read() as session:
        coach = await queries.signed_in(session, hashed, now=now)
    if coach is None:
        raise Unauthorised("This sign-in has ended.", "Sign in again at /coach.")
    return coach


CurrentCoach = Annotated[Coach, Depends(current_coach)]
AT_THE_DOOR = [Depends(unhurried), Depends(in_utf8)]
"""What every request to the console goes through first."""

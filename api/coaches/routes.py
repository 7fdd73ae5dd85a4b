"""Signing in and out over HTTP, and who is who in the team."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from limits import RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond

from api.coaches import queries, service
from api.coaches.entering import AT_THE_DOOR, CurrentCoach, SignInKey, cookie_name
from api.coaches.schemas import CoachRead, ColleagueRead, Colleagues, Credentials
from api.dependencies import Address, DbSession, Now, SharedServices, WriteSession
from api.problems import responses
from core.errors import Unauthorised
from core.logging import get_logger

log = get_logger()

router = APIRouter(prefix="/api/v1/coach", tags=["coaches"], dependencies=AT_THE_DOOR)

SIGN_INS = RateLimitItemPerMinute(20)
"""From one address: a staff room that starts the day shares one."""

SIGN_INS_OF_ONE = RateLimitItemPerHour(30)
"""To one account, from wherever: guessing a password that people chose badly would take years."""

ALL_SIGN_INS = RateLimitItemPerSecond(5)
"""In all: each try costs Argon2 64 MiB and 50 ms."""


@router.post("/sign-in", responses=responses(401, 403, 422, 429, 503))
async def sign_in(
    credentials: Credentials, response: Response, shared: SharedServices, address: Address, now: Now
) -> CoachRead:
    """Sign in with a local account; sets the cookie."""
    shared.limits.check(SIGN_INS, "sign-ins", address)
    shared.limits.check(SIGN_INS_OF_ONE, "sign-ins-of-one", credentials.email.strip().lower())
    shared.limits.check(ALL_SIGN_INS, "all-sign-ins")
    async with shared.db.read() as session:
        coach = await queries.by_email(session, credentials.email)
    # Between two transactions: a password takes 50 ms to check, and SQLite would hold up every chat meanwhile.
    is_right = await service.is_password_of(coach, credentials.password.get_secret_value())
    if coach is None or not is_right:
        raise Unauthorised("This address and password do not belong together.", "Check both and try again.")
    async with shared.db.write() as session:
        key = await service.begin_sign_in(session, coach.id, now=now)
    response.set_cookie(
        cookie_name(shared.settings),
        key,
        max_age=int(service.STAYS.total_seconds()),
        path="/",
        secure=shared.settings.cookie_secure,
        httponly=True,
        samesite="lax",
    )
    log.info("coach_signed_in", coach_id=str(coach.id))
    return CoachRead.of(coach)


@router.post("/sign-out", status_code=HTTPStatus.NO_CONTENT, responses=responses(401, 403, 503))
async def sign_out(
    response: Response, coach: CurrentCoach, hashed: SignInKey, shared: SharedServices, session: WriteSession
) -> None:
    """Sign out; the key opens nothing any more."""
    await service.end_sign_in(session, hashed)
    response.delete_cookie(
        cookie_name(shared.settings), path="/", secure=shared.settings.cookie_secure, httponly=True, samesite="lax"
    )
    log.info("coach_signed_out", coach_id=str(coach.id))


@router.get("/me", responses=responses(401, 503))
async def read_me(coach: CurrentCoach) -> CoachRead:
    """Who is signed in."""
    return CoachRead.of(coach)


@router.get("/colleagues", responses=responses(401, 503))
async def read_colleagues(coach: CurrentCoach, session: DbSession) -> Colleagues:
    """The coaches of the team: to whom a case can be transferred."""
    team = await queries.of_team(session, coach.team)
    return Colleagues(items=[ColleagueRead.of(colleague) for colleague in team])

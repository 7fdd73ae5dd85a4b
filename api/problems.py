"""Makes HTTP of what went wrong: problem details (RFC 9457) that never repeat what somebody typed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from core.errors import Conflict, Forbidden, NotFound, Refused, TooMany, Unauthorised, Unavailable, WegwijsError
from core.logging import get_logger

log = get_logger()

PROBLEM_JSON = "application/problem+json"
STATUS: Mapping[type[WegwijsError], HTTPStatus] = {
    Unauthorised: HTTPStatus.UNAUTHORIZED,
    Forbidden: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
DATABASE_TROUBLE = (OperationalError, InterfaceError, PoolTimeout)
"""What the drivers raise when the database is locked, gone or too busy."""

RETRY_DATABASE_S = 3
"""Seconds after which another try makes sense: about what a lock lasts."""


class FieldError(BaseModel):
    """One field of the request that is wrong."""

    field: str = Field(examples=["text"])
    detail: str


class Problem(BaseModel):
    """What went wrong, and how to mend it (RFC 9457)."""

    type: str = Field(examples=["urn:wegwijs:problem:conflict"])
    title: str
    status: int
    detail: str
    errors: list[FieldError] = []


def problem(
    status: HTTPStatus,
    detail: str,
    *,
    errors: list[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as an answer."""
    body = Problem(
        type=f"urn:wegwijs:problem:{status.phrase.lower().replace(' ', '-')}",
        title=status.phrase,
        status=status,
        detail=detail,
        errors=errors or [],
    )
    return JSONResponse(body.model_dump(), status, headers=dict(headers or {}), media_type=PROBLEM_JSON)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For a route's documentation: the problems that it may answer with."""
    described = {"content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {status: {"model": Problem, "description": HTTPStatus(status).phrase, **described} for status in statuses}


def install(app: FastAPI) -> None:
    """Let the app answer every error as a problem."""
    app.add_exception_handler(WegwijsError, _rule_broken)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for trouble in DATABASE_TROUBLE:
        app.add_exception_handler(trouble, _database_trouble)
    app.add_exception_handler(Exception, _unexpected)


async def _rule_broken(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, WegwijsError)  # noqa: S101 - tells the type checker what it was registered for
    status = next(STATUS[kind] for kind in type(error).mro() if kind in STATUS)
    headers = {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(error.retry_after_s)
    elif isinstance(error, Unavailable):
        headers["Retry-After"] = str(RETRY_DATABASE_S)
    elif isinstance(error, Unauthorised):
        headers["WWW-Authenticate"] = "Bearer"
    return problem(status, str(error), headers=headers)


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    errors = [
        # The location's first part says body, query or path. The input itself is never repeated.
        FieldError(field=".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0]), detail=found["msg"])
        for found in error.errors()
    ]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "Some fields are not right. See `errors`.", errors=errors)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    if isinstance(error.__cause__, UnicodeDecodeError):
        unreadable = FieldError(field="body", detail="The body is not UTF-8.")
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "The body cannot be read.", errors=[unreadable])
    return problem(HTTPStatus(error.status_code), str(error.detail), headers=error.headers)


async def _database_trouble(_request: Request, error: Exception) -> JSONResponse:
    log.warning("database_unavailable", exc_info=error)
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "The database does not answer. Try again in a moment.",
        headers={"Retry-After": str(RETRY_DATABASE_S)},
    )


async def _unexpected(_request: Request, error: Exception) -> JSONResponse:
    log.error("request_failed", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side. Try again later.")

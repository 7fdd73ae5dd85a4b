"""A visitor with a result, and whoever opens it by its link."""

from typing import Any

import pytest

from tests.api.questionnaires.conftest import catalogue_door, catalogue_url, chat

__all__ = ["catalogue_door", "catalogue_url", "chat", "link_of", "reading"]


async def link_of(visit: Any, questionnaire: str = "interests") -> str:
    """The token of a new link to a result."""
    made = await visit.http.post(f"{visit.url}/results/{questionnaire}/link", headers=visit.auth)
    assert made.status_code == 201, made.text
    path, _, token = made.json()["address"].partition("#")
    assert path == "/result"
    return token


@pytest.fixture
def reading(chat: Any) -> Any:
    """Opens a link, as its page does."""

    async def read(token: str, path: str = "", *, method: str = "GET", **query: str) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return await chat.http.request(method, f"/api/v1/results{path}", params=query, headers=headers)

    return read

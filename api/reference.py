"""The API's documentation as one plain page: FastAPI's own needs scripts from another company's servers."""

import base64
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader

router = APIRouter(include_in_schema=False)

STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 32px 16px; }
main { max-width: 72ch; margin: auto; }
code { font-size: 1em; overflow-wrap: anywhere; }
dt { margin-top: 16px; }
dd p { margin: 0; }
"""
_STYLE_HASH = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'"

_templates = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Every route with what it does and answers."""
    schema = request.app.openapi()
    page = _templates.get_template("reference.html").render(
        title=schema["info"]["title"],
        description=schema["info"]["description"],
        groups=_groups(schema["paths"]),
        style=STYLE,
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


def _groups(paths: Mapping[str, Mapping[str, Any]]) -> Mapping[str, list[dict[str, str]]]:
    """The routes by their first tag."""
    groups: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for path, operations in paths.items():
        for method, operation in operations.items():
            groups[(operation.get("tags") or ["other"])[0]].append(
                {
                    "method": method.upper(),
                    "path": path,
                    "description": operation.get("description", operation.get("summary", "")),
                    "statuses": ", ".join(sorted(operation["responses"])),
                }
            )
    return groups

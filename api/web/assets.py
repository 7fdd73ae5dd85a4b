"""Finds scripts, styles and pictures; names them by their content, so that browsers may keep them for good."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from core.errors import NotFound

FOLDER = Path(__file__).parent
ROOMS = ("about", "chat", "console", "demo", "result")
"""Folders whose files are served as they are. The loader is not among them: it is put together for its schools."""

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    body: bytes
    gzipped: bytes
    media_type: str
    etag: str

    @classmethod
    def of(cls, body: bytes, media_type: str) -> "Asset":
        """Compress once, send often. A fixed time keeps the compressed bytes, and with them the tag, the same."""
        digest = hashlib.sha256(body).hexdigest()[:16]
        return cls(body, gzip.compress(body, 9, mtime=0), media_type, f'"{digest}"')


@lru_cache
def assets(room: str) -> dict[str, Asset]:
    """The files of one room: name -> asset. Read once: a new version is a new start."""
    return {
        file.name: Asset.of(file.read_bytes(), TYPES[file.suffix])
        for file in sorted((FOLDER / room).iterdir())
        if file.suffix in TYPES
    }


@lru_cache
def version(room: str) -> str:
    """Changes when any file of the room does. In the path, so that modules which import each other match."""
    digest = hashlib.sha256("".join(name + asset.etag for name, asset in assets(room).items()).encode())
    return digest.hexdigest()[:12]


def asset_url(room: str, name: str) -> str:
    """Where a file is served; a file that does not exist stops the page, not the browser."""
    if name not in assets(room):
        raise NotFound(f"There is no {name} in api/web/{room}.", "Check the name in the template.")
    return f"/web/{version(room)}/{room}/{name}"


def find_asset(room: str, name: str) -> Asset:
    """One file.

    Raises:
        NotFound: no such file, or not one for visitors.
    """
    if room not in ROOMS or not (FOLDER / room).is_dir() or name not in assets(room):
        raise NotFound("There is no such file.", "Reload the page: it may have been renewed.")
    return assets(room)[name]


def sent(asset: Asset, request: Request, *, cache: str) -> Response:
    """An asset as an answer: compressed where the browser can take it, nothing where it has it already."""
    headers = {"ETag": asset.etag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.gzipped, headers=headers | {"Content-Encoding": "gzip"}, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)

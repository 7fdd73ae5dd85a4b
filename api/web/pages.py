"""Makes pages of templates, each with a content security policy of its own."""

from collections.abc import Iterable

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.web.assets import FOLDER, asset_url, assets

_templates = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,  # a value that is missing must stop the page, not leave a hole in it
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals["asset"] = asset_url


def modules(room: str) -> list[str]:
    """Addresses of a room's scripts, to fetch side by side instead of one after the other."""
    return [asset_url(room, name) for name in assets(room) if name.endswith(".js")]


def policy(*, frame_ancestors: Iterable[str] = ("'none'",), **more: str) -> str:
    """A content security policy: our own files only, no script or style in the page, no markup from strings.

    Args:
        frame_ancestors: origins of pages that may show this one in a frame.
        more: further directives, with underscores for hyphens: `frame_src="'self'"`.
    """
    directives = {
        "default-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
        "frame-ancestors": " ".join(frame_ancestors),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def page(template: str, *, csp: str, **values: object) -> HTMLResponse:
    """A page of a template in api/web."""
    html = _templates.get_template(template).render(**values)
    return HTMLResponse(html, headers={"Content-Security-Policy": csp, "Cache-Control": "no-cache"})

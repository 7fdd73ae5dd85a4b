"""Puts the loader together: its script, and what it must know before it may ask anything."""

import json
from functools import lru_cache

from api.sites.service import all_sites
from api.states import Country, Language
from api.web.assets import FOLDER, TYPES, Asset
from api.web.colours import readable_on
from api.web.labels import labels

WORDS = ("launcher.label", "launcher.unread", "launcher.panel")


@lru_cache
def widget() -> Asset:
    """The script for school websites.

    It makes no request before it is opened, so the schools' colours travel inside it: some 12 bytes a school.
    """
    settings = {
        "words": {
            language.value: {word: labels(language, Country.NL)[word] for word in WORDS} for language in Language
        },
        "sites": {
            site.id: [site.default_language.value, site.accent, readable_on(site.accent)] for site in all_sites()
        },
    }
    source = (FOLDER / "loader" / "widget.js").read_text("utf-8")
    told = json.dumps(settings, ensure_ascii=False, separators=(",", ":"))
    return Asset.of(f"(() => {{\nconst settings = {told};\n{source}}})();\n".encode(), TYPES[".js"])

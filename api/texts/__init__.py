"""Every sentence that Wegwijs says, in both languages; found by key and filled in here."""

from api.texts.renderer import render
from api.texts.store import KEYS, variants

__all__ = ["KEYS", "render", "variants"]

"""Reads the text files once: `nl/<topic>.yml` and `en/<topic>.yml` become keys with variants."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from api.states import Language

FOLDER = Path(__file__).parent
DEFAULT = "default"
VARIANTS = frozenset({DEFAULT, "NL", "BE", "parent", "pupil", "BE.parent", "BE.pupil", "NL.parent", "NL.pupil"})
"""A mapping with only these keys is one text in several forms; any other mapping is a deeper key."""


class TextsBroken(Exception):
    """A text file cannot be read as texts. Says which file and key."""


def _entries(value: object, key: str, where: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The texts under one key of a file."""
    if isinstance(value, str):
        yield key, {DEFAULT: value.strip()}
    elif isinstance(value, dict) and value and set(value) <= VARIANTS:
        if DEFAULT not in value:
            raise TextsBroken(f"{where.name}: {key} has no default")
        yield key, {form: str(text).strip() for form, text in value.items()}
    elif isinstance(value, dict) and all(isinstance(part, str) for part in value):
        for part, inner in value.items():
            yield from _entries(inner, f"{key}.{part}", where)
    else:
        # YAML reads a bare yes or no as a boolean: such a key or text would vanish silently.
        raise TextsBroken(f"{where.name}: {key} is no text; put quotes around it")


def load(folder: Path) -> dict[str, Mapping[str, str]]:
    """All texts of one language: key -> form -> text.

    Raises:
        TextsBroken: a file holds something else than texts.
    """
    texts: dict[str, Mapping[str, str]] = {}
    for file in sorted(folder.glob("*.yml")):
        content: Any = yaml.safe_load(file.read_text("utf-8")) or {}
        for name, value in content.items():
            if not isinstance(name, str):
                raise TextsBroken(f"{file.name}: {name} is no key; put quotes around it")
            key = name if name.startswith(f"{file.stem}.") else f"{file.stem}.{name}"
            texts.update(_entries(value, key, file))
    return texts


_TEXTS: Mapping[Language, Mapping[str, Mapping[str, str]]] = MappingProxyType({
    language: MappingProxyType(load(FOLDER / language)) for language in Language
})  # fmt: skip
KEYS = frozenset(_TEXTS[Language.NL])


def variants(key: str, language: Language) -> Mapping[str, str]:
    """The forms of one text.

    Raises:
        KeyError: nobody wrote this text in this language.
    """
    return _TEXTS[language][key]

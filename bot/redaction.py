"""Takes personal data out of a message before it goes further than the conversation itself.

Only what can be told by its form and its check digits: names are left, for no list tells them from words. Helplines,
crebo codes, years, prices and ages stay: without them an answer makes no sense.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import phonenumbers
from stdnum import iban
from stdnum.be import nn
from stdnum.nl import bsn

PLACEHOLDERS = {
    "email": "<e-mail>",
    "link": "<account>",
    "account": "<account>",
    "iban": "<iban>",
    "national_number": "<rijksregisternummer>",
    "phone": "<telefoon>",
    "bsn": "<bsn>",
    "address": "<adres>",
}
"""Kind -> what stands in its place. Where two kinds claim the same characters, the first here wins."""


@dataclass(frozen=True)
class Found:
    """One piece of personal data; the offsets are in the original text."""

    kind: str
    start: int
    end: int
    original: str


@dataclass(frozen=True)
class Redacted:
    """A message without the personal data that was found, and the map of what was taken out."""

    text: str
    found: tuple[Found, ...]


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?(?:instagram|snapchat|tiktok|facebook|linkedin|twitter|x|discord|t|wa|onlyfans|twitch|youtube)"
    r"\.(?:com|me|gg|tv)/(?:(?:add|in|user|channel|c)/)?@?[\w.-]+",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![\w@.])@[a-z_][\w.]{2,29}", re.IGNORECASE)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]{2,4}){3,8}\b", re.IGNORECASE)
_NATIONAL_NUMBER = re.compile(r"(?<!\d)\d{2}[. -]?\d{2}[. -]?\d{2}[. -]?\d{3}[. -]?\d{2}(?!\d)")
_BSN = re.compile(r"(?<![\d+])\d{3}[. ]?\d{3}[. ]?\d{3}(?!\d)")
_BSN_NAMED = re.compile(r"(?:bsn|burgerservicenummer|sofinummer)\D{0,12}(\d{8,9})(?!\d)", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?<![\d€.,-])[1-9]\d{3}(?:[a-z]{2}| ?(?!EU|KM|NL|BE|TV|OV|PK|EC|EN|OF|SA|SD|SS)[A-Z]{2})(?![a-zA-Z])"
    r"(?:,? (?:nr\.? |nummer )?\d{1,4}(?:[ -]?[a-z])?(?!\w))?",
)
_STREET = re.compile(
    r"\b[A-Z][\w'’-]+(?:straat|str\.|laan|weg|plein|gracht|kade|singel|dreef|steeg|steenweg|lei|hof|pad|park)"
    r" \d{1,4}(?:[ -]?[a-zA-Z])?(?:,? ?bus \d+)?(?!\w)"
)
_PUBLIC_PHONE = re.compile(r"^(?:0800|0900|0906|0909|088|116|14\d|078|070)|^\+3[12](?:800|900|88|78|70)")
"""Numbers of services, not of persons: free, paid and national ones, and the European 116."""

Finder = Callable[[str], Iterator[tuple[str, int, int]]]


def _by_pattern(kind: str, pattern: re.Pattern[str], *, group: int = 0, valid: Callable[[str], bool] = bool) -> Finder:
    def find(text: str) -> Iterator[tuple[str, int, int]]:
        for match in pattern.finditer(text):
            if valid(match.group(group)):
                yield kind, match.start(group), match.end(group)

    return find


def _phones(text: str) -> Iterator[tuple[str, int, int]]:
    """Dutch and Belgian numbers of persons, and foreign ones with their country code."""
    for region in ("NL", "BE"):
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            digits = re.sub(r"[^\d+]", "", match.raw_string)
            if digits.startswith(("0", "+")) and not _PUBLIC_PHONE.match(digits):
                yield "phone", match.start, match.end


def _ibans(text: str) -> Iterator[tuple[str, int, int]]:
    """Account numbers; the pattern may have run on into the next words, so words are taken off until it fits."""
    for match in _IBAN.finditer(text):
        written = match.group()
        while written and not iban.is_valid(re.sub(r"[ .-]", "", written), check_country=False):
            written = re.sub(r"[ .-]?[^ .-]+$", "", written)
        if written:
            yield "iban", match.start(), match.start() + len(written)


def _is_number(check: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda written: check(re.sub(r"[ .-]", "", written))


_FINDERS: tuple[Finder, ...] = (
    _by_pattern("email", _EMAIL),
    _by_pattern("link", _LINK),
    _by_pattern("account", _ACCOUNT),
    _ibans,
    _by_pattern("national_number", _NATIONAL_NUMBER, valid=_is_number(nn.is_valid)),
    _phones,
    _by_pattern("bsn", _BSN, valid=_is_number(bsn.is_valid)),
    _by_pattern("bsn", _BSN_NAMED, group=1),
    _by_pattern("address", _POSTCODE),
    _by_pattern("address", _STREET),
)


def redact(text: str) -> Redacted:
    """Replace personal data by placeholders like `<telefoon>`."""
    claims = [claim for find in _FINDERS for claim in find(text)]
    rank = {kind: place for place, kind in enumerate(PLACEHOLDERS)}
    claims.sort(key=lambda claim: (rank[claim[0]], claim[1], -claim[2]))
    taken: list[Found] = []
    for kind, start, end in claims:
        if all(end <= other.start or start >= other.end for other in taken):
            taken.append(Found(kind, start, end, text[start:end]))
    taken.sort(key=lambda found: found.start)
    parts, at = [], 0
    for found in taken:
        parts += [text[at : found.start], PLACEHOLDERS[found.kind]]
        at = found.end
    return Redacted("".join([*parts, text[at:]]), tuple(taken))

"""Entities of closed classes: levels, school years, ages. Their words are few, so patterns find them all."""

import re
from collections.abc import Iterator

NUMBER = r"(?:[1-7]|een|één|twee|drie|vier|vijf|zes|one|two|three|four|five|six)"
_ORDINAL = (
    r"(?:[1-7](?:e|de|ste|st|nd|rd|th)?|eerste|tweede|derde|vierde|vijfde|zesde|zevende|laatste"
    r"|first|second|third|fourth|fifth|sixth|seventh|final|last)"
)
_AGE_WORD = (
    r"(?:elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|twintig|dertig|veertig|vijftig"
    r"|(?:een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën)(?:twintig|dertig|veertig|vijftig)"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|(?:twenty|thirty|forty|fifty)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
)

LEVEL = re.compile(
    r"(?<!\w)(?:"
    rf"(?:mbo|niveau|level|lvl|nivo)[ -]?(?:niveau|level|niv\.?)?[ -]?[1-4](?!\d)(?: (?:of|or|en|and) [1-4])?"
    rf"|(?:mbo[ -]?)?(?:niveau|level|mbo) {NUMBER}"
    r"|mbo-opleiding|mbo|entree-?opleiding|entree|middenkader\w*"
    r"|hbo[ -]?5|hbo[ -]propedeuse|hbo|ad(?=[ -](?:opleiding|degree|programme))|(?-i:AD|Ad)|associate degree"
    r"|hogescholen|hogeschool|universities of applied sciences|university of applied sciences|universiteit"
    r"|research uni(?:versity)?|university|uni|unief|wo|propedeuse"
    r"|(?:professionele |academische |professional |academic )?(?:bachelor|master)(?:'s|opleiding| degree)?|ba|msc"
    r"|graduaat(?:sopleiding)?"
    r"|vmbo(?:[ ,-]{1,2}(?:tl|bb|kb|gl|t|b|k|basis|kader|gemengd|theoretisch|gemengde leerweg|theoretische leerweg))?"
    r"|mavo|kader(?:beroeps)?|basisberoeps|tl|gemengde leerweg|theoretische leerweg"
    r"|[1-6] ?(?:havo|vwo)|(?:havo|vwo)(?: ?[1-6](?!\d)| (?:one|two|three|four|five|six|vier|vijf|zes))?"
    r"|havo-?diploma|vwo-?diploma|mbo-?diploma|vmbo-?diploma"
    r"|atheneum|gymnasium|aso|tso|bso|kso|buso|okan|praktijkonderwijs|vso|vavo"
    r"|[ab]-stroom|(?:doorstroom|dubbele |arbeidsmarkt)finaliteit|derde graad"
    r"|basisonderwijs|basisschool|primary school"
    r")(?!\w)",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(
    r"(?<![\w-])(?:"
    rf"groep [1-8]|klas [1-6]|year {NUMBER}|year (?:seven|eight|nine|ten|eleven|twelve|\d{{1,2}})|grade \d{{1,2}}"
    rf"|{_ORDINAL} (?:jaar|jaars|leerjaar|klas|middelbaar|secundair|year|grade|kleuterklas)"
    r"|(?:eerste|tweede) graad|brugklas|brugjaar|eindexamenjaar|examenjaar|zevende jaar|(?-i:[1-6][A-D])"
    r"|(?<=het )(?:derde|vierde|vijfde|zesde|zevende)(?! (?:keer|plaats|deel))"
    r")(?![\w-])",
    re.IGNORECASE,
)
AGE = re.compile(
    r"(?<![\w.,€-])(?:"
    rf"(?:ben|is|bijna|al|pas|nu|net|am|i'm|im|m|aged?|turn(?:ed|ing)?|be|being|have|heb|vanaf|tot|until|at|sinds|was)"
    rf" (?:nog |nu |just |only |still |now )?(?P<a>[1-6]\d|{_AGE_WORD})"
    r"(?!\d|[.,:]\d|e\b| ?(?:uur|min|euro|dagen|weken|maand|km|%|procent|studiepunten|days|weeks|months|hours|o'clock))"
    rf"|(?:zoon|dochter|kind|jongen|meisje|broer|zus|son|daughter|boy|girl|child|kid|leerling)"
    rf"(?: van|, | is| of| aged| \(|,)? ?(?P<b>[1-6]\d|{_AGE_WORD})"
    rf"|op (?:mijn |zijn |haar )?(?P<c>[1-6]\d(?:e|ste)|(?:{_AGE_WORD})(?:ste|de))"
    rf"|(?P<d>[1-6]\d|{_AGE_WORD})(?=[ -]?(?:jaar|jarige|years? old|yo\b|yr|j\b))"
    r")(?![\w])",
    re.IGNORECASE,
)


def closed_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Find (entity, start, end) of every level, school year and age; they may overlap."""
    for entity, pattern in (("level", LEVEL), ("school_year", SCHOOL_YEAR)):
        for found in pattern.finditer(text):
            yield entity, found.start(), found.end()
    for found in AGE.finditer(text):
        group = next(name for name in "abcd" if found[name] is not None)
        yield "age", found.start(group), found.end(group)

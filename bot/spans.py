"""Entities of closed classes: levels, school years, ages. Their words are few, so patterns find them all."""

import re
from collections.abc import Iterator

from bot.ages import ages

NUMBER = r"(?:[1-7]|een|één|twee|drie|vier|vijf|zes|one|two|three|four|five|six)"
_GRADES = r"(?:\d{1,2}(?!\d)|seven|eight|nine|ten|eleven|twelve|thirteen|one|two|three|four|five|six)"
_DUTCH_ORDINAL = r"(?:[1-7] ?(?:e|de|ste)|eerste|tweede|derde|vierde|vijfde|zesde|zevende|laatste|voorlaatste|volgende)"
_ORDINAL = (
    r"(?:[1-7] ?(?:e|de|ste)?|(?:[1-9]|1[0-3])(?:st|nd|rd|th)|eerste|tweede|derde|vierde|vijfde|zesde|zevende|laatste"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|final|last)"
)
_PATHS = (
    "tl|bb|kb|gl|t|b|k|g|basis|kader|gemengd|theoretisch|basisberoeps|kaderberoeps|gemengde leerweg"
    "|theoretische leerweg"
)

LEVEL = re.compile(
    r"(?<!\w)(?:"
    rf"(?:mbo|niveau|level|lvl|nivo|niv)[ -]?(?:niveau|level|lvl|nivo|niv\.?)?[ -]?[1-4](?!\d)"
    r"(?: ?(?:of|or|en|and|/|-|tot|to) ?[1-4](?!\d))?"
    rf"|(?:mbo[ -]?)?(?:niveau|level|mbo) {NUMBER}(?: (?:of|or|en|and) {NUMBER})?"
    r"|mbo-opleiding|mbo|entree-?opleiding|entree|middenkader\w*"
    r"|hbo[ -]?5|hbo[ -]propedeuse|hbo|ad(?=[ -](?:opleiding|degree|programme))|(?-i:AD|Ad)|associate[ -]degree"
    r"|hogescholen|hogeschool|univ(?:ersities|ersity)? of applied sciences|university college|universiteit(?:en)?"
    r"|research uni(?:versity)?|universit(?:y|ies)|uni|unief|wo|propedeuse"
    r"|(?:professionele |academische |professional |academic |educatieve |schakel|pre-)?(?:bachelor|master)"
    r"(?:'s|s|opleiding| degree)?|ba|bsc|msc|graduaat(?:sopleiding)?|graduaten|se-n-se|pre-?master"
    r"|(?:general|technical|vocational|arts) (?:secondary(?: education)?|stream|track)"
    r"|(?:algemeen|technisch|beroeps|kunst)(?: ?secundair)(?: onderwijs)?|secondary special education"
    r"|havo ?/ ?vwo|mavo ?/ ?havo|vmbo-?t ?/ ?havo|vmbo ?/ ?havo"
    rf"|vmbo(?:[ ,-]{{1,2}}(?:{_PATHS}))?(?![- ]?diploma\w)|mavo(?: ?[1-4](?!\d))?"
    r"|kader(?:beroeps)?|basisberoeps\w*|tl|gtl|gemengde leerweg|theoretische leerweg"
    r"|[1-6] ?(?:e |de |ste )?(?:havo|vwo|mavo|atheneum|gymnasium|tso|bso|aso|kso)"
    r"|(?:havo|vwo)(?: ?[1-6](?!\d)| (?:one|two|three|four|five|six|vier|vijf|zes))?"
    r"|atheneum|gymnasium|aso|tso|bso|kso|buso|okan|isk|praktijkonderwijs|praktijkschool|vso|vavo"
    r"|[ab][- ]?(?:stroom|stream)|(?:doorstroom|dubbele |arbeidsmarkt)finaliteit|derde graad"
    r"|basisonderwijs|basisschool|lagere school|primary school|primary education|elementary school"
    r")(?!\w)",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(
    r"(?<![\w-])(?:"
    rf"groep [1-8]|group [1-8]|(?:klas|leerjaar|jaar) [1-7]|year {_GRADES}|grade {_GRADES}"
    rf"|(?:{_ORDINAL}|{_DUTCH_ORDINAL}) ?"
    r"(?:jaar|jaars|leerjaar|klas|middelbaar|secundair|year|grade|graad|form|kleuterklas|lagere?|primary|secondary"
    r"|mavo|sec)"
    r"|brugklas|brugjaar|eindexamenjaar|examenjaar|zevende jaar|(?-i:[1-7] ?(?:[AB]|A[SO]O?|[TBK]SO))"
    r"|(?<=het )(?:[1-7](?:e|de|ste)|eerste|derde|vierde|vijfde|zesde|zevende|laatste)"
    r"(?! (?:keer|plaats|deel|gesprek|wat|is))"
    r")(?![\w-])",
    re.IGNORECASE,
)


def closed_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Find (entity, start, end) of every level, school year and age; they may overlap."""
    for entity, pattern in (("level", LEVEL), ("school_year", SCHOOL_YEAR)):
        for found in pattern.finditer(text):
            yield entity, found.start(), found.end()
    yield from (("age", start, end) for start, end in ages(text))

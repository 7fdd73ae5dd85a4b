"""Ages in a message: "mijn dochter van 12", "she's fifteen", "op je 16e", but not "12 euro" or "tien jaar geleden"."""

import re
from collections.abc import Iterator

_TEEN = (
    "(?:tien|elf|twaalf|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien"
    "|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_WORD = (
    rf"(?:{_TEEN}"
    "|(?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën))?(?:twintig|dertig|veertig|vijftig|zestig)"
    "|(?:twenty|thirty|forty|fifty|sixty)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)"
)
_AGE = rf"(?:[1-6]\d|{_WORD})"
_SMALL = r"(?:\d|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|one|two|three|four|five|six|seven|eight|nine)"
_COUNTED = (
    r"(?!\d|[.,:]\d|[a-z]| ?(?:uur|u\b|min|euro|eur\b|dagen|weken|maand|mnd|km|%|procent|studiepunten|punten|credits"
    r"|ects|jaar (?:geleden|later|lang|ervaring|gewerkt|duren|thuis)|days|weeks|months|hours|o'clock|kinderen|kids"
    r"|years (?:ago|of|in|later)|minutes|lessen|keer|times|op |van de|out of|vragen|questions|plaatsen|\)"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|january|february|march|may|june|july|august|october))"
)
"""What is counted behind the number is no age: "tot 14 uur", "is 12 euro"."""

_BEING = (
    r"(?:ben|bn|word|wordt|werd|bijna|al|pas|nu|now|net|am|i'm|im|i m|ik|he's|she's|hes|shes|is|was|aged?"
    r"|turn(?:s|ed|ing)?|being|have|heb|has|heeft|hebt|leeftijd|onder(?: de)?|boven(?: de)?|under|over|vanaf|tot"
    r"|until|till|sinds|at|@|before|for)"
    r" (?:nog |nu |just |only |still |now |al |pas |net |ook |maar |nearly |almost |about |bijna |the age of |age )?"
)
_PERSON = (
    r"(?:iemand|zoon|dochter|kleinzoon|kleindochter|stiefzoon|pleegzoon|pleegdochter|petekind|oudste|jongste|kind"
    r"|kindje|jongen|meisje|broer|broertje|zus|zusje|neef|neefje|nicht|nichtje|vriend|vriendin|leerling|gast|man|vrouw"
    r"|mens|volwassene|son|daughter|grandson|granddaughter|eldest|youngest|boy|girl|child|kid|brother|sister|nephew"
    r"|niece|friend|student|pupil|someone|somebody|person|adult)(?:'s)?(?: van|, | is| of| aged| \(|,)? ?"
)
_WHOSE = "(?:mijn|mn|m'n|zijn|z'n|haar|je|uw|hun)"
_YEARS = r"(?:jarige?\b|year[- ]olds?|years? old|y/?o\b|yrs? old|jaar oud)"
_BARE_YEARS = (
    r"(?:jr\b|j\b|jaar(?! (?:geleden|later|ervaring|als|lang|in)|tje)|y/?o\b|(?:years|yrs)\b(?! (?:ago|of|in|later)))"
)
_PATTERN = re.compile(
    r"(?<![\w.,€-])(?:"
    + "|".join(
        [
            rf"{_BEING}(?P<being>{_AGE}){_COUNTED}",
            rf"{_PERSON}(?P<person>{_AGE}){_COUNTED}",
            rf"(?:op|tot|sinds|vanaf|na|met) (?:{_WHOSE} |de )?"
            rf"(?P<nth>[1-6]\d(?=e|ste|de)|{_WORD}(?=ste|de)|[1-6]\d(?= ?jaar))",
            rf"op {_WHOSE} (?P<own>{_AGE}){_COUNTED}",
            rf"(?P<old>{_SMALL}|{_AGE})(?=[ -]?{_YEARS})",
            rf"(?P<years>{_AGE})(?=[ -]?{_BARE_YEARS})",
            rf"(?P<verb>{_AGE})(?= (?:ben|bent|word|wordt|geworden)\b)",
            rf"(?<=van )(?P<of>{_TEEN})(?=[,.;?! )]|$)",
            r"^(?P<first>1[1-9]|2\d)(?=,? (?:en|and|vmbo|havo|vwo|mavo|mbo))",
        ]
    )
    + ")",
    re.IGNORECASE,
)


def ages(text: str) -> Iterator[tuple[int, int]]:
    """Find where every age stands, the number alone."""
    for found in _PATTERN.finditer(text):
        assert found.lastgroup is not None  # noqa: S101 -- for the type checker: every way has a name
        yield found.span(found.lastgroup)

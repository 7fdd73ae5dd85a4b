"""What the bot must recognise in a message: the catalogue's names and our words, as plain lists.

`bot.gazetteer.Gazetteer.from_json` reads it. Levels and modes are patterns of the bot's own and are not here.
"""

from collections.abc import Iterable

from programmes.catalogue import Catalogue
from programmes.levels import MASTERS
from programmes.query import everyday_places
from programmes.stems import fold

SHORTEST = 3
"""Letters a name needs: "BOR" is an abbreviation, "av" is noise."""


def export(catalogue: Catalogue) -> dict[str, list[str]]:
    """Give names by entity type, sorted, without doubles, and `common`: words that are no name by themselves."""
    # Who wants a master says so, beside a subject that a bachelor has as well: "Media" or "History" as a name of its
    # own would only make names of everyday words.
    programmes = [one for one in catalogue.programmes.values() if one.level not in MASTERS]
    themes = catalogue.themes.values()
    interests = _clean(word for theme in themes for word in (*theme.words_nl, *theme.words_en))
    cities = _clean(catalogue.places.names)
    return {
        "programme": _clean(name for one in programmes for name in (one.name_nl, one.name_en)),
        "interest": interests,
        "city": cities,
        "institution": _clean(
            name for one in catalogue.institutions.values() for name in (one.name, one.other_name) if name
        ),
        # A town of that name needs a capital or "in" before it: "dieren", "winkel", "best".
        "common": sorted({fold(name) for name in cities} & ({fold(word) for word in interests} | everyday_places())),
    }


def _clean(names: Iterable[str]) -> list[str]:
    return sorted({name.strip() for name in names if len(name.strip()) >= SHORTEST})

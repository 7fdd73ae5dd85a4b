"""Words that may name something but that no rule trusts: the entity model weighs them with the words around."""

import re
from collections.abc import Iterator

_SHORTHAND = re.compile(
    r"(?<![\w&])(?:[1-4] ?(?:gl|tl|kb|bb|kader|basis)|gl|gt|bb|kb|tl[1-4]|basis|doorstroom|arbeidsmarkt|dubbele|pro"
    r"|(?:double|dual|labour[- ]market|transfer) finality|practical (?:education|school)|(?:high|middle) school"
    r"|abitur|ib|baccala?ureate?|(?:internationale )?schakelklas|kopklas|o[vk][1-4]|[cenm] ?& ?[mgt]"
    r"|(?-i:CM|EM|NG|NT)|[hv][1-6]|[1-7] ?(?:stw|hw|mt|lmt|wewi|ewi))(?![\w&])",
    re.IGNORECASE,
)
"""A level, year or profile in the right company only: "van gl naar niveau 4"."""

_FIELD = (
    "kunde|techniek(?:en)?|wetenschap(?:pen)?|zorg|management|technologie|logie|therapie|bouw|economie|informatica"
    "|vormgeving|verlening|assistent(?:e)?|begeleid(?:er|ing)|medewerker|beheer|academie"
    "|(?<!vervolg)(?<!voor)(?<!mbo-)(?<!hbo-)opleiding"
)
_ENGLISH_FIELD = (
    "engineering|management|sciences?|technology|technologies|informatics|studies|design|mechanics|worker|assistant"
    "|operator|technician|officer|administration|therapy|economics|education|support"
)
_NO_FIELD = (
    "(?:seen|join|about|than|with|from|what|which|this|that|your|some|good|best|more|like|want|does|have|into|doing"
    "|study|studying|course|courses|bachelor|master|other|another|same|between|after|their|both|only|higher|further)"
)
_LIKE_A_STUDY = re.compile(
    rf"(?<![\w-])(?:[^\W\d_][\w-]*?(?:{_FIELD})"
    rf"|(?!{_NO_FIELD}\b)(?:[^\W\d_]{{4,}}[ -]|IT |TV |PE )(?:{_ENGLISH_FIELD}))(?![\w-])",
    re.IGNORECASE,
)
"""Made like the name of a study or job: "luchtvaarttechnieken", "Applied Informatics"."""

KINDS = {"shorthand": _SHORTHAND, "like_a_study": _LIKE_A_STUDY}


def hints(text: str) -> Iterator[tuple[str, int, int]]:
    """Find (kind, start, end) of every hint; they may overlap."""
    for kind, pattern in KINDS.items():
        for found in pattern.finditer(text):
            yield kind, found.start(), found.end()

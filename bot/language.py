"""Which language somebody writes: Dutch, English, or another that we can only name.

Two stages. First every language: by its script, then by lingua, for a detector that knows only Dutch and English calls
German Dutch. Then Dutch or English, with the language of the talk so far as context. Frequent words of both
languages, dialect and street language among them, settle what lingua is unsure of in short messages.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

Code = Literal["nl", "en", "other"]

SPOKEN = {Language.DUTCH: "nl", Language.ENGLISH: "en"}
_FOREIGN = (
    Language.ALBANIAN, Language.CROATIAN, Language.FRENCH, Language.GERMAN, Language.HUNGARIAN, Language.INDONESIAN,
    Language.ITALIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN, Language.SOMALI, Language.SPANISH,
    Language.TURKISH,
)  # fmt: skip
"""Latin-script languages of pupils here. Afrikaans and the Nordic ones are left out: they steal Dutch dialect."""

SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "uk", "GREEK": "el", "HEBREW": "he", "ETHIOPIC": "ti", "CJK": "zh", "HIRAGANA": "ja",
    "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi", "GEORGIAN": "ka", "ARMENIAN": "hy",
}  # fmt: skip
"""First word of a letter's Unicode name -> the likeliest language; Arabic and Cyrillic are looked at more closely."""

CERTAIN = 0.75
"""Share of the evidence from which a first message may set the language of the talk."""

SWITCH = 0.8
"""Share of the evidence from which the language of a running talk changes."""

FOREIGN_SURE = 0.75
"""Lingua's confidence from which a message without any Dutch or English word is in another language."""

_NEUTRAL = frozenset(
    """
    mbo havo vmbo vwo hbo wo bbl bol vavo vso isk okan bso tso aso kso dbso clb vdab duo lob bsa ects gip tl kb gl pro ad
    mavo bachelor master minor major propedeuse opleiding decaan mentor leerplicht leerplichtambtenaar studietoelage
    studiefinanciering beurs toelage numerus fixus profiel profielkeuze keuzedeel stage duaal leren naft internaat kot
    hogeschool universiteit unief roc pabo basisoptie finaliteit doorstroomfinaliteit richting klastitularis middenjury
    examencommissie staatsexamen opendeurdag infodag proefdag leerwerkbaan kwalificatieplicht startkwalificatie
    schakelprogramma bro fam chill random nice crush game gamen games app chat bot test link online email mail site
    website school info student feedback quiz deadline coach job ict software engineering design marketing
    management business social work sport vet lab campus intake team smartschool magister snap tiktok instagram ok oke
    okay hi hey haha hahaha lol lmao omg wegwijs niveau level gap year year1
    """.split()
)
"""Words that both sides use: names of school things in an English sentence, English in street Dutch."""

_DUTCH = frozenset(
    """
    ik jij je u ge gij gie hij zij ze wij we jullie hun mij mijn mn zijn zn haar uw ons onze jouw een n de het t dat da die dit
    deze wat wa wie waar waarom wanneer hoe hoeveel welk welke en of maar want dus als dan toen omdat terwijl zodat niet ni nie
    niks geen gene nooit altijd nog al ook wel eens ne nen is zijn was waren ben bent zijt heb hebt heeft hebben had
    hebde kan kun kunt kunnen kon kunde mag moogt mogen moet moeten moest wil wilt willen wou wilde zal zou zouden zoude ga gaat gaan
    ging doe doet doen deed krijg krijgt krijgen kies kiezen word wordt worden maak maakt maken zoek zoekt zoeken weet weten
    vind vindt vinden denk denkt denken zeg zegt zit zitten sta staat staan kom komt komen ken kent bestaat begint beginnen stopt stoppen
    aan op in uit met voor van naar bij door over tegen tot om onder zonder na tijdens binnen tussen sinds vanaf
    er hier daar ergens iets iemand niemand alles alle veel meer minder beter beste goed goe slecht leuk tof moeilijk makkelijk
    nu straks morgen gisteren vandaag later volgend volgende jaar week uur
    kheb kben kwil kga kzou kmoet kweet kweenie kvind khad kan ebt moek wak dak tis ist hedde zijde sebiet allez amai goesting
    precies efkes effe ff gwn zwz idd egt eigenlijk gewoon graag alvast bedankt merci dank wollah ewa broer gast maat drerrie
    dochter zoon kind kinderen moeder vader mama papa bomma leerling leerkracht docent lessen les vak vakken punten
    cijfers klas diploma werk werken studeren studie studies opleidingen scholen inschrijven aanmelden toelating kost kosten
    beroep beroepen baan keuze vraag vragen verschil helpen hulp leert leer zoiets terug verder weg alleen enkel
    moeilijker betekent betekenen uitleg uitslag hetzelfde anders zelf nodig duurt lang
    eerste tweede derde vierde vijfde zesde dagen geld doei doeg houdoe ziens fijne hoi hallo goeie goedemorgen goedemiddag
    """.split()
) - {
    "was",
    "we",
    "in",
    "is",
    "over",
    "open",
    "door",
    "week",
    "had",
    "alle",
    "die",
    "of",
    "kind",
    "bent",
    "ken",
    "merci",
    "ben",
}

_ENGLISH = frozenset(
    """
    i im ive id ill you your youre he she they them their it its we our us my mine me this that these those there here
    the a an and or but because so than then if when where what which who whom why how do does did don't dont doesn't
    doesnt didn't didnt not no never none is are was were be been being am isn't isnt aren't wasn't have has had haven't can can't cant could
    couldn't would wouldn't should shouldn't will won't wont may might must shall want wants wanna need needs get gets got getting
    go goes going gonna went make makes made take takes took give gives know knows think thinks like likes love hate feel say says said tell told
    find look looking search start starts stop stops finish study studying learn learning work works working job jobs
    become apply enrol enroll pay paid cost costs fee fees money from with without for to of on at by about into after before
    between during until since any some every all many much more most less few other another same different good bad best better
    hard easy free new old next last now today tomorrow yesterday later soon still yet already just only also too very
    really please thanks thank thx thxx cheers sorry yes yeah yep nope nah bye goodbye cya morning evening afternoon night
    daughter son child children kids mother father mum mom dad teacher teachers class classes course courses grade grades degree
    college university uni programme program programmes requirements diploma subject subjects language languages
    english dutch people person someone anybody anyone somebody something anything nothing everything help question questions
    hello year years month months day days hour hours time animals nursing nurse doctor engineer can't what's whats who's when's how's
    pls plz ya gimme gona tmrw tmr ur r cuz bc idk tbh ngl gotta lemme kinda shut up play joke song write whole thing
    """.split()
) - {
    "me",
    "is",
    "was",
    "we",
    "in",
    "had",
    "of",
    "over",
    "open",
    "week",
    "door",
    "a",
    "u",
    "diploma",
    "no",
    "so",
    "even",
    "help",
    "start",
    "stop",
    "stops",
}

_FOREIGN_WORDS = {
    "fr": frozenset("je suis nous vous il elle les des est une dans pour avec pas que qui mon ma mes sur au aux quel quelle comment etudier ecole fille fils bonjour merci veux peux dois ai avez c'est français francais".split()),
    "de": frozenset("ich wir ihr sie und oder der das ist nicht ein eine einen mit fur für auf zu den dem wie kann möchte mochte will werden schule studieren meine mein tochter sohn bitte danke guten hallo kein auch".split()),
    "tr": frozenset("ve bir bu için icin ne var mı mi ben sen okul nasıl nasil oğlum oglum kızım kizim merhaba teşekkür istiyorum değil degil çok cok".split()),
    "es": frozenset("yo el la los las una que es en por para con no mi quiero puedo estudiar escuela hola gracias cómo como hija hijo soy".split()),
    "pl": frozenset("nie jest się sie jak czy mam chcę chce szkoła szkola córka syn dzień dobry dziękuję dziekuje proszę prosze w na i do".split()),
}  # fmt: skip
"""Frequent words, so that two French words inside a Dutch sentence do not outvote it and three alone do."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<\w+>")
_STRETCHED = re.compile(r"(.)\1{2,}")


@dataclass(frozen=True)
class Detected:
    """What a message is written in."""

    code: Code
    certain: bool  # sure enough to say it, and to switch the talk
    name: str | None  # ISO 639-1 of another language, when `code` is "other" and we can tell


@cache
def _everything() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*SPOKEN, *_FOREIGN).build()


@cache
def _ours() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*SPOKEN).build()


def load() -> None:
    """Read the language models now rather than in the first message."""
    _everything().compute_language_confidence_values("welke opleiding is dit and what is it")
    _ours().compute_language_confidence_values("welke opleiding is dit and what is it")


def detect(text: str, *, before: str | None) -> Detected:
    """Tell the language of a message.

    Args:
        text: as typed.
        before: "nl" or "en", the language of the talk until now; None for a first message.
    """
    foreign = _by_script(text)
    if foreign:
        return Detected("other", certain=True, name=foreign)
    words = [
        _STRETCHED.sub(r"\1", word.lower().replace("’", "'")) for word in _WORD.findall(_NOT_LANGUAGE.sub(" ", text))
    ]
    telling = [word for word in words if word not in _NEUTRAL]
    if not telling:
        return _unsure(before, 1.0 if before != "en" else 0.0)
    dutch = sum(word in _DUTCH for word in telling)
    english = sum(word in _ENGLISH for word in telling)
    other = _other_language(telling, dutch + english)
    if other:
        return Detected("other", certain=True, name=other)
    share = _dutch_share(telling, dutch, english)
    if len(words) == 1:
        return _unsure(before, share)
    return _decide(share, before, heard=max(dutch, english))


def _by_script(text: str) -> str | None:
    """The likeliest language of a message that is mostly in another script."""
    letters = [letter for letter in text if letter.isalpha()]
    scripts = [unicodedata.name(letter, "LATIN").split()[0] for letter in letters]
    strange = [script for script in scripts if script in SCRIPTS]
    if len(strange) * 2 <= len(letters) or not strange:
        return None
    script = max(set(strange), key=strange.count)
    seen = set(text.lower())
    if script == "CYRILLIC":
        return "uk" if seen & set("іїєґ") else "ru" if seen & set("ыэъё") else "uk"
    if script == "ARABIC":
        return "fa" if seen & set("پچژگی") else "ar"
    return SCRIPTS[script]


def _other_language(words: list[str], ours: int) -> str | None:
    """A language that is neither of ours, when the words say so more clearly than they speak for ours."""
    counts = {code: sum(word in frequent for word in words) for code, frequent in _FOREIGN_WORDS.items()}
    code, most = max(counts.items(), key=lambda item: item[1])
    if most >= 2 and most > ours + 1:
        return code
    if ours * 4 > len(words) or len(words) < 2:
        return None
    best = _everything().compute_language_confidence_values(" ".join(words))[0]
    needed = FOREIGN_SURE if len(words) > 2 else 0.9
    if best.language in SPOKEN or best.value < needed:
        return None
    return str(best.language.iso_code_639_1.name).lower()


def _dutch_share(words: list[str], dutch: int, english: int) -> float:
    """How Dutch it is, 0.0-1.0: frequent words weigh most, lingua breaks ties."""
    by_letters = _ours().compute_language_confidence(" ".join(words), Language.DUTCH)
    weight = 1.0 + 0.1 * len(words)  # lingua's voice grows with the length of what it saw
    return (dutch + weight * by_letters) / (dutch + english + weight)


def _decide(share: float, before: str | None, *, heard: int) -> Detected:
    """Weigh it. Without one frequent word of either language it may be nothing but names: those never switch."""
    sure = max(share, 1 - share)
    code: Code = "nl" if share >= 0.5 else "en"
    if before in ("nl", "en") and code != before and (sure < SWITCH or not heard):
        return _unsure(before, share)
    return Detected(code, certain=sure >= CERTAIN, name=None)


def _unsure(before: str | None, share: float) -> Detected:
    """One word, or none that tells: it never switches."""
    if before in ("nl", "en"):
        return Detected("nl" if before == "nl" else "en", certain=False, name=None)
    return Detected("nl" if share >= 0.5 else "en", certain=False, name=None)

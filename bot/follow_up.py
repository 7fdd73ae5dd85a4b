"""What a message means beside what was said before: "en in Gent?", "die tweede", "nee, ik bedoel niveau 3".

The classifier hears each message alone. This looks at the words that lean on the talk, and gives the message the intent
and the entities that it has in it. Text and codes in, no store and no Rasa: `bot.components.turn` brings both together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.leaning import flat, is_short, places, rest, says

SEARCHES = frozenset({"find_programme", "compare_programmes", "programme_details", "correction", "go_back", "more"})
"""Topics after which a bare place or level changes the search."""

ABOUT_A_PROGRAMME = frozenset({
    "programme_details", "admission_requirements", "compare_programmes", "open_days", "costs_and_finance",
    "work_and_learn", "enrolment_deadline", "transition_vmbo_mbo", "transition_mbo_hbo", "transition_other",
})  # fmt: skip
"""Intents that may be asked of "die tweede"; with any other it simply is to be told of."""

STEPS = frozenset({"transition_vmbo_mbo", "transition_mbo_hbo", "transition_havo_vwo", "transition_other"})

AGAIN: Mapping[str, frozenset[str]] = {
    "city": frozenset({"open_days", "work_and_learn", "enrolment_deadline"}),
    "level": frozenset({"admission_requirements", "costs_and_finance", "enrolment_deadline", "no_diploma_options"})
    | STEPS,
    "mode": frozenset({"costs_and_finance", "admission_requirements", "enrolment_deadline"}),
    "programme": frozenset({"admission_requirements", "programme_details", "open_days", "costs_and_finance"}) | STEPS,
    "institution": frozenset({"open_days", "enrolment_deadline", "costs_and_finance"}),
    "age": frozenset({"truancy_law", "costs_and_finance", "work_and_learn", "no_diploma_options"}) | STEPS,
    "school_year": frozenset({"admission_requirements", "enrolment_deadline"}) | STEPS,
}
"""What was named -> the questions that are asked again for it: "en in Gent?" after open days asks for open days."""

ASKED: Mapping[str, tuple[str, frozenset[str]]] = {
    "study.admission.ask": ("admission_requirements", frozenset({"level", "programme"})),
    "study.admission.which_programme": ("admission_requirements", frozenset({"programme", "level"})),
    "study.details.ask": ("programme_details", frozenset({"programme"})),
    "study.details.which": ("programme_details", frozenset({"programme"})),
    "study.pathway.ask_start": ("transition_other", frozenset({"level", "school_year"})),
    "study.pathway.ask_goal": ("transition_other", frozenset({"level", "school_year", "programme"})),
}
"""A question of the bot -> what its answer is about, and what an answer names: "iets met hout" answers none."""

ITS_OWN = frozenset({
    "change_language", "ask_human", "bot_challenge", "privacy_question", "start_interest_test",
    "start_study_skills_test", "test_result_question",
})  # fmt: skip
"""Intents that a name in the message never changes into a wish."""

FACTS = STEPS | {
    "admission_requirements", "switch_study", "no_diploma_options", "work_and_learn", "costs_and_finance",
    "truancy_law", "special_needs_support", "parent_support", "enrolment_deadline",
}  # fmt: skip
"""Topics of which facts are told: a question that goes on about them is answered with facts as well."""
GUESSED = 0.75
"""Confidence below which "en wie beslist dat?" goes on about what was talked about, whatever it seems to be alone."""
HARDLY_GUESSED = 0.5
"""The same where a message only points back: "is dat daar hetzelfde?"."""

UNSURE = "nlu_fallback"
ENDS = frozenset({"level", "school_year", "programme"})
"""Entities that name an end of a way, also as `_from` and `_to`."""
WAYS = frozenset({"study.pathway.found", "study.pathway.only", "study.pathway.shortest"})
"""What the bot says when it shows ways."""

NO_WISH = frozenset({"deny", "affirm", "correction", "go_back", "more", "repeat", "stop", "nlu_fallback", "gibberish"})
"""Intents that a message with a new wish in it does not have while a search goes on."""

OF_SCHOOLS = frozenset({"level", "level_from", "level_to", "mode", "school_year"})
"""What names a kind of school, and no subject or place."""
FEW_WORDS = 6
"""Words of a question that only asks what something is."""
WISHED = frozenset({"programme", "interest", "level", "city", "mode"})
SUBJECTS = frozenset({"programme", "interest"})


@dataclass(frozen=True)
class Before:
    """What was said before, in codes: nothing typed."""

    topic: str | None = None
    """Intent of the last message that was about something."""
    asked: str | None = None
    """Key of what the bot said last."""
    wishes: frozenset[str] = frozenset()
    """Names of the wishes of the running search."""
    shown: tuple[str, ...] = ()
    """Ids of the programmes in the last answer that showed any, in order."""

    @property
    def is_searching(self) -> bool:
        """Whether a bare place or level would change a search."""
        return bool(self.wishes) or self.topic in SEARCHES or self.asked == "search.ask"


@dataclass(frozen=True)
class Meant:
    """A message in its talk."""

    intent: str
    entities: tuple[Mapping[str, Any], ...]
    confidence: float = 0.0
    likely: str | None = None
    """The likeliest intent where none is likely enough."""


def in_talk(text: str, meant: Meant, before: Before, *, wishes: Sequence[Mapping[str, Any]] = ()) -> Meant:
    """What a message means in its talk; the same as alone when it does not lean on anything.

    Args:
        text: the message, as typed.
        meant: what it means alone.
        before: what was said before it.
        wishes: what it names if it is a wish of the search that goes on.
    """
    said = flat(text)
    if before.wishes and says("starts_over", said):
        return replace(meant, intent="stop")
    as_wish = replace(meant, entities=tuple(map(_as_level, wishes))) if wishes else meant
    if meant.intent == "ask_human" and says("wants_nobody", said):
        return replace(meant, intent="deny")
    meant = _with_its_town(meant, wishes)
    meant = _with_a_number(said, meant, before)
    return (
        _asked_what(said, meant)
        or _step_told(meant)
        or _both(said, meant, before)
        or _compared(said, meant, before)
        or _taken_away(said, as_wish, before)
        or _pointed_at(said, meant, before)
        or _asked_of_it(said, meant, before)
        or _asked_leave(said, meant, before)
        or _asked_again(said, meant, before)
        or _wished(said, _with_a_number(said, as_wish, before), before)
        or _taken_up(said, as_wish, before)
        or _asked_which(said, as_wish)
        or _gone_on(said, meant, before)
        or meant
    )


def _step_told(meant: Meant) -> Meant | None:
    """Hear a step where nothing is sure but both ends are named: "ze doet havo 5, kan ze naar de universiteit?"."""
    ends = {
        str(entity["value"])
        for entity in meant.entities
        if entity["entity"].removesuffix("_from").removesuffix("_to") in ENDS
    }
    is_step = meant.intent == UNSURE and meant.likely in STEPS and len(ends) > 1
    return replace(meant, intent="transition_other") if is_step else None


def _asked_what(said: str, meant: Meant) -> Meant | None:
    """Tell what a kind of school or a way of learning is; who asks that wishes and tells nothing by its name."""
    kinds = {entity["entity"] for entity in meant.entities}
    is_asked = kinds and kinds <= OF_SCHOOLS and len(said.split()) <= FEW_WORDS and says("asks_what", said)
    if not is_asked:
        return None
    return Meant(meant.intent if meant.intent in FACTS - STEPS else "compare_programmes", (), meant.confidence)


def _both(said: str, meant: Meant, before: Before) -> Meant | None:
    """Search for the two between which somebody cannot choose: "is er een combinatie van beide?"."""
    is_both = before.topic == "choice_doubt" and before.wishes and says("both", said)
    return Meant("find_programme", tuple(_carried("resume", ["search"]))) if is_both else None


def _compared(said: str, meant: Meant, before: Before) -> Meant | None:
    """Compare the ways that were just shown: "welke is sneller?"."""
    is_way = before.asked in WAYS and before.topic in STEPS and not meant.entities
    return replace(meant, intent=str(before.topic)) if is_way and says("sooner", said) else None


def _with_its_town(meant: Meant, wishes: Sequence[Mapping[str, Any]]) -> Meant:
    """Hear the town in a search that goes on, where the message alone left it open whether one is meant."""
    if meant.intent != "find_programme" or any(entity["entity"] == "city" for entity in meant.entities):
        return meant
    taken = [(entity["start"], entity["end"]) for entity in meant.entities if entity.get("start") is not None]
    towns = (
        one
        for one in wishes
        if one["entity"] == "city" and all(one["end"] <= start or end <= one["start"] for start, end in taken)
    )
    return replace(meant, entities=(*meant.entities, *towns))


def _asked_of_it(said: str, meant: Meant, before: Before) -> Meant | None:
    """Ask about the programme that is talked about: "is het zwaar?", or how long the one takes that is named."""
    named = [entity for entity in meant.entities if entity["entity"] in SUBJECTS]
    if named:
        is_asked = meant.intent == "find_programme" and says("how_long", said)
        return replace(meant, intent="programme_details") if is_asked else None
    is_talked_about = before.shown or before.topic in SEARCHES
    if not is_talked_about or meant.intent in ITS_OWN or not is_short(said) or not says("of_it", said):
        return None
    is_guess = meant.intent in NO_WISH | {"out_of_scope"} or meant.confidence < GUESSED
    return replace(meant, intent="programme_details") if is_guess else None


def _asked_leave(said: str, meant: Meant, before: Before) -> Meant | None:
    """Whether somebody may go to a level is asked, and no search for it: "mag ik meteen niveau 2 doen?"."""
    kinds = {entity["entity"] for entity in meant.entities}
    if meant.intent != "find_programme" or not kinds & {"level", "school_year"} or kinds & {"city", *SUBJECTS}:
        return None
    if says("asks_leave", said):
        return replace(meant, intent="admission_requirements")
    is_on_way = before.topic in STEPS and says("asks_way", said)
    return replace(meant, intent=str(before.topic)) if is_on_way else None


def _asked_which(said: str, meant: Meant) -> Meant | None:
    """Search where a guess is all there is, and which programmes there are is asked: "wat is er in Heerhugowaard?"."""
    is_named = any(entity["entity"] in WISHED for entity in meant.entities)
    is_guess = meant.intent in NO_WISH or meant.confidence < GUESSED
    if not (is_named and is_guess) or meant.intent in ITS_OWN or not says("asks_which", said):
        return None
    return replace(meant, intent="find_programme")


def _as_level(entity: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read "tweede graad" as a level: it is a school year for who sits there."""
    is_grade = entity["entity"] == "school_year" and re.search(r"graad|grade", str(entity["value"]), re.IGNORECASE)
    return {**entity, "entity": "level"} if is_grade else entity


def _taken_away(said: str, meant: Meant, before: Before) -> Meant | None:
    """Take away what is named: "laat de plaats maar weg"."""
    if not before.wishes:
        return None
    names = []
    if says("takes_away", said):
        names = [name for name in ("city", "level", "mode") if says(name, said)]
    if says("everywhere", said):
        names.append("city")
    named = {entity["entity"] for entity in meant.entities}
    gone = [
        name for name in names if name in before.wishes and (name not in named or (len(names) == 1 and name == "mode"))
    ]
    if not gone:
        return None
    return Meant("find_programme", (*meant.entities, *_carried("without", gone)))


def _pointed_at(said: str, meant: Meant, before: Before) -> Meant | None:
    """Find what is pointed at: "vertel eens over die tweede"."""
    ids = list(dict.fromkeys(before.shown[at] for at in places(said, len(before.shown))))
    if not ids:
        return None
    intent = meant.intent if meant.intent in ABOUT_A_PROGRAMME else "programme_details"
    if len(ids) > 1:
        intent = "compare_programmes"
    entities = (one for one in meant.entities if one["entity"] != "school_year")  # "de tweede" is no school year here
    return Meant(intent, (*entities, *_carried("programme_id", ids)))


def _asked_again(said: str, meant: Meant, before: Before) -> Meant | None:
    """An answer to a question of ours, or the same question for something else."""
    if not meant.entities or rest(said, meant.entities):
        return None
    asked, answers = ASKED.get(before.asked or "", (None, frozenset[str]()))
    kinds = {entity["entity"].removesuffix("_to").removesuffix("_from") for entity in meant.entities}
    if asked and kinds <= answers:
        return replace(meant, intent=asked)
    if before.wishes and says("same", said):
        return None  # "and as a graduaat instead?" is a search
    leans = says("leads", said) or says("corrects", said)
    if leans and before.topic and any(before.topic in AGAIN.get(kind, ()) for kind in kinds):
        return replace(meant, intent=before.topic)
    return None


def _wished(said: str, meant: Meant, before: Before) -> Meant | None:
    """A new wish for the search that goes on."""
    wished = [entity for entity in meant.entities if entity["entity"] in WISHED]
    if not wished or not before.is_searching or meant.intent in ITS_OWN:
        return None
    is_bare = not rest(said, meant.entities)
    is_same = says("same", said) and meant.intent not in ABOUT_A_PROGRAMME - {"programme_details"}
    is_guess = meant.intent == "out_of_scope" and meant.confidence < GUESSED
    if is_bare or is_same or is_guess or meant.intent in NO_WISH:
        return replace(meant, intent="find_programme")
    return None


def _taken_up(said: str, meant: Meant, before: Before) -> Meant | None:
    """Go on with the search that was left, as it was, or search for what was only mentioned before."""
    if not says("takes_up", said) or meant.intent in ABOUT_A_PROGRAMME | ITS_OWN:
        return None
    if before.wishes:
        return Meant("find_programme", tuple(_carried("resume", ["search"])))
    is_named = any(entity["entity"] in SUBJECTS for entity in meant.entities)
    return replace(meant, intent="find_programme") if is_named else None


def _gone_on(said: str, meant: Meant, before: Before) -> Meant | None:
    """Keep to the topic where the intent is a guess, "en wie beslist dat?"; a correction is of the last question."""
    if before.topic not in FACTS:
        return None
    leads, points = says("leads", said), says("points_back", said)
    enough = GUESSED if leads else HARDLY_GUESSED if points else 0.0
    is_guess = meant.confidence < enough and is_short(said)
    if any(entity["entity"] in SUBJECTS for entity in meant.entities):
        return replace(meant, intent="find_programme") if meant.intent in NO_WISH else None
    if meant.intent == "change_language" and says("of_another", said):
        return replace(meant, intent=before.topic)  # "she not speak dutch" wishes no other language for the talk
    if meant.intent == "correction" or (is_guess and meant.intent not in ITS_OWN | {"find_programme"}):
        return replace(meant, intent=before.topic)
    return None


def _with_a_number(said: str, meant: Meant, before: Before) -> Meant:
    """Take a bare number for a level: "en 4 dan?"."""
    found = re.search(r"(?<![\w.,])[1-4](?![\w.,]*\d)", said)
    named = {entity["entity"] for entity in meant.entities}
    is_asked = before.asked == "study.admission.ask"
    if (
        not found
        or named & {"level", "school_year", "age"}
        or not (before.wishes or is_asked)
        or places(said, len(before.shown))
    ):
        return meant
    # Without its place: it was found in the flat text, which need not be as long as what was typed.
    entities = (*meant.entities, *_carried("level", [found.group()]))
    return replace(meant, entities=entities) if not rest(said, entities) else meant


def _carried(entity: str, values: Iterable[str]) -> list[dict[str, Any]]:
    """Entities that have no place in the text."""
    return [{"entity": entity, "value": value, "start": None, "end": None} for value in values]

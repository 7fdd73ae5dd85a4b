"""Switches the language of the conversation, as far as we speak it. The API carries the switch out."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from actions.saying import say

OURS = {
    "nederlands": "nl", "nederlandse": "nl", "vlaams": "nl", "dutch": "nl", "flemish": "nl", "nl": "nl",
    "engels": "en", "engelse": "en", "english": "en", "en": "en",
}  # fmt: skip

_ASKED = re.compile(
    r"\b(?:speak|talk|use|switch(?:ing)?(?: back)? to|change to|back to|continue in|naar(?: het)?|terug in(?: het)?"
    r"|spreek|spreken|praten)"
    r"\s+(?:in\s+)?(?:het\s+)?$",
    re.IGNORECASE,
)
"""Before the language that is asked for: "can you speak English? my Dutch is not good"."""

_NOT_SPOKEN = re.compile(
    r"\b(?:don'?t|doesn'?t|do not|does not|can'?t|cannot|no|not|hardly|bad|poor|geen|niet|amper|slecht|weinig|beetje"
    r"|little)\s+"
    r"(?:so |very )?"
    r"(?:good |goed )?(?:speak |understand |know |spreek |versta |begrijp )?(?:much |much of )?(?:the |het )?$",
    re.IGNORECASE,
)
"""Before a language that somebody does not speak: "I don't speak Dutch"."""

_OF_SCHOOL = re.compile(
    r"\b(?:opleiding|studie|richting|bachelor|master|graduaat|mbo|hbo|unief|universit|schol|school|lessen|nodig"
    r"|degree|study|course|programme|class|college|need|required)",
    re.IGNORECASE,
)
"""The language of a training, not of this talk: "can I do that course in English", "do I need Dutch"."""

SWITCHES = [
    {"say": "button.speak_dutch", "payload": "/speak_dutch"},
    {"say": "button.speak_english", "payload": "/speak_english"},
]
"""The API's own buttons: they work while Rasa is down."""


class ActionChangeLanguage(Action):
    """Says which languages there are, and asks the API to switch."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_change_language"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Switch to the language that was asked for; offer both when none surely was, or when we do not speak it."""
        wanted = wanted_language(hear(tracker))
        if wanted is None:
            dispatcher.utter_message(json_message=say("talk.which_language", buttons=SWITCHES))
        elif wanted == "other":
            dispatcher.utter_message(
                json_message=say("talk.other_language", {"language": "other"}, buttons=SWITCHES, do="switch_language")
            )
        else:
            dispatcher.utter_message(json_message=say(f"talk.now_{wanted}", {"language": wanted}, do="switch_language"))
        return []


def wanted_language(heard: Heard) -> str | None:
    """nl, en, other, or None when no language was named for this talk."""
    found = [
        (str(one["value"]), heard.text[: one.get("start") or 0])
        for one in heard.entities
        if one["entity"] == "language"
    ]
    said = [(value, before) for value, before in found if not _NOT_SPOKEN.search(before)]
    asked = next((value for value, before in said if _ASKED.search(before)), None)
    if asked:
        return OURS.get(asked.casefold(), "other")
    if _OF_SCHOOL.search(heard.text):
        return None
    named = list(dict.fromkeys(OURS.get(value.casefold(), "other") for value, _ in said))
    ours = [code for code in named if code != "other"]
    # "half of it is still in Dutch, put it in English": of two, the one that is not spoken now.
    changes = [code for code in ours if code != heard.language]
    if changes:
        return changes[0]
    if "other" in named:
        return "other"
    return ours[0] if ours else None

"""When a text speaks of a crisis or of a loss: nobody is asked later, by a machine, how that went."""

from __future__ import annotations

import re

# Beginnings of words, so that "bereav" is also "bereaved". Rather one too many: all that happens is that we do not ask.
CRISIS = (
    "suicid", "kill myself", "killing myself", "end my life", "ending my life", "end it all", "take my own life",
    "want to die", "wanting to die", "wish i was dead", "wish i were dead", "better off dead", "not want to live",
    "don't want to live", "not wanting to live", "not want to go on", "can't go on", "no reason to live",
    "self-harm", "self harm", "hurt myself", "hurting myself", "harm myself", "harming myself", "cut myself",
    "cutting myself", "overdos", "abus", "raped", "rape", "beats me", "hits me", "assault",
)  # fmt: skip
LOSS = (
    "died", "dies", "dying", "death", "dead", "deceased", "passed away", "passing away", "passed on", "funeral",
    "buried", "cremat", "grief", "griev", "mourn", "bereav", "widow", "miscarr", "stillb", "still birth",
    "lost the baby", "lost our baby", "lost my baby", "lost a baby", "lost my mother", "lost my mum", "lost my mom",
    "lost my father", "lost my dad", "lost my husband", "lost my wife", "lost my partner", "lost my son",
    "lost my daughter", "lost my child", "lost my brother", "lost my sister", "abortion", "terminat", "terminal",
    "palliative", "hospice", "end of life", "weeks to live", "months to live",
)  # fmt: skip
_GRAVE = re.compile(
    "|".join(r"\b" + re.escape(words).replace(r"\ ", r"\s+") for words in (*CRISIS, *LOSS)), re.IGNORECASE
)


def is_grave(text: str) -> bool:
    return _GRAVE.search(text.replace("’", "'")) is not None

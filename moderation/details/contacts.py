"""E-mail addresses, also disguised ones, and accounts elsewhere: how somebody could be written to outside the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Addresses that charities publish for everybody.
PUBLISHED = frozenset({"jo@samaritans.org", "jo@samaritans.ie", "pat@papyrus-uk.org", "help@nspcc.org.uk"})

_AT = r"(?: ?[@＠] ?| ?[\[({<] ?(?:at|@) ?[\])}>] ?)"
_DOT = r"(?:\.| ?[\[({<] ?(?:dot|\.) ?[\])}>] ?| dot )"
_EMAIL = re.compile(
    rf"(?<![\w.+@-])[\w+-]{{1,40}}(?:{_DOT}[\w+-]{{1,40}}){{0,3}}{_AT}"
    rf"[a-z0-9-]{{1,40}}(?:{_DOT}[a-z0-9-]{{1,40}}){{0,3}}{_DOT}[a-z]{{2,24}}(?![\w@])",
    re.IGNORECASE,
)
_MAILBOXES = (
    "gmail|googlemail|hotmail|outlook|yahoo|ymail|icloud|aol|live|msn|proton(?:mail)?|gmx|web|mail|me|btinternet|"
    "zoho|yandex|rediffmail|tutanota|fastmail|sky|qq"
)
# "ann at mail dot com"; with a real dot only at a well-known mailbox: "look it up at webmd.com" is none.
_IN_WORDS = re.compile(
    rf"(?<![\w.+@-])(?P<name>[\w+-]{{1,40}}(?:(?:\.| dot )[\w+-]{{1,40}}){{0,3}}) at (?!the |a |my )"
    rf"(?:[a-z0-9-]{{1,40}}(?: dot [a-z0-9-]{{1,40}}){{1,3}}|(?:{_MAILBOXES})\.(?:com|de|net|org|co\.uk|fr|in|ie|me))"
    r"\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "look looked looking read found find see seen saw it this that these there here info more one is are was me us "
    "people doctors up article page site website online advice information shop visit posted available".split()
)

# Where a link leads to a person or a chat.
_LINK = re.compile(
    r"\b(?:(?:wa|t|m|signal|line|ig|kik|fb|join\.skype|telegram|snapchat|api\.whatsapp|chat\.whatsapp|discord|invite)"
    r"\.(?:me|gg|com|im|link)/(?:add/|invite/|send\?phone=)?"
    r"|(?:discord(?:app)?\.com/(?:invite|users)|snapchat\.com/(?:add|t)|line\.me/ti|viber\.me)/"
    r"|(?:instagram|facebook|tiktok|twitter|x|linkedin|onlyfans|threads)\.(?:com|net)/"
    r"(?!groups/|hashtag/|p/|reel/|watch|events?/|company/|home\b|search)(?:@|in/|profile\.php\?id=)?)"
    r"[\w@.+=?&/-]{2,80}",
    re.IGNORECASE,
)
# Names that are nothing else, and those that are words of every day: "my line is sore", "my ig is low".
_SURE = (
    r"insta(?:gram)?|whats ?app|snap ?chat|telegram|discord|face ?book|messenger|tik ?tok|twitter|skype|we ?chat|viber"
)
_WORDS = r"ig|snap|fb|signal|kik|line|threads|tg|dc|x|reddit"
NAMED = re.compile(rf"(?:{_SURE}|\b(?:{_WORDS})\b)|/\w", re.IGNORECASE)
_SAID = re.compile(
    rf"\b(?:my|the|our) (?:(?:{_SURE}) ?(?:name|handle|user(?:name)?|account|id|tag|@)?|"
    rf"(?:{_WORDS}) (?:name|handle|user(?:name)?|account|id|tag)) ?(?:is|are|=|:|-|’s|'s)+ ?@?[\w.#-]{{3,40}}"
    rf"|\bmy (?:snap|kik) (?:is|:) ?(?=[a-z.-]{{0,40}}[\d_@])@?[\w.-]{{3,40}}"
    rf"|\b(?:my )?(?:{_SURE}|{_WORDS}) ?(?:is|:|=|-|name|handle)* ?@[\w.]{{2,40}}"
    rf"|\b(?:{_SURE}) ?[:=] ?@?[a-z_][\w.#]{{2,40}}|\b(?:snap|ig|fb|kik) ?[:=] ?@?(?=[a-z.]{{0,40}}[\d_])[\w.]{{3,40}}"
    rf"|\b(?:{_SURE}|ig|snap|kik) (?=[a-z.]{{0,40}}[\d_])[a-z][\w.]{{3,40}}\b"
    r"|\b(?:snap|kik|dm|pm) me (?:at|on) @?(?=[a-z.]{0,40}[\d_])[\w.]{3,40}"
    rf"|\b(?:add|message|msg|dm|pm|text|contact|find|follow|reach|hit|write(?: to)?|call|ping) "
    rf"(?:me|us)(?: up)?(?: \w+)? (?:on|at|via|through|over|by|in) (?:my )?(?:{_SURE}|{_WORDS})\b"
    rf"(?:[ :-]{{0,2}}(?:as |under |at )?@?[\w.]*[\d_@.][\w.]+)?"
    rf"|\b(?:{_SURE}) me\b"
    rf"|@[\w.]{{2,40}} on (?:{_SURE}|{_WORDS})\b"
    r"|\b[\w.]{2,32}#\d{4}\b(?= (?:on|in) discord)",
    re.IGNORECASE,
)
# "my instagram is full of ..." names no account.
_NO_ACCOUNT = re.compile(
    r"(?:is|are|['’]s) ?(?:full|not|no|the|so|all|just|also|only|too|very|private|gone|down|off|where|how|what|that|"
    r"making|showing|giving|filled|a|an|my|for|about|really|always|in|on|to|been|being|getting|broken|working|blocked|hacked|deleted|new|old|now|empty|locked|under|out|up)\Z",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[tuple[int, int]]:
    for found in _EMAIL.finditer(text):
        if found[0].lower() not in PUBLISHED:
            yield found.span()
    for found in _IN_WORDS.finditer(text):
        if found["name"].lower() not in _NO_NAME:
            yield found.span()


def accounts(text: str) -> Iterator[tuple[int, int]]:
    """Links to a person or a chat, and names that somebody gives of theirs. A member's `@handle` here is neither."""
    for found in _LINK.finditer(text):
        yield found.span()
    for found in _SAID.finditer(text):
        if not _NO_ACCOUNT.search(found[0]):
            yield found.span()

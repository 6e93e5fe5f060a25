"""What a text is once the marks that nobody sees are gone, and how it is shortened."""

import html
import re
import unicodedata

from django.utils.html import strip_tags

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, fillers, zero-width and direction marks, and code points that are no characters: they hide words from
# readers and screeners, forge names, or turn the page around. Tab and newline stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# A black flag spelled out in tags is the flag of a region (Scotland, Wales); tags elsewhere are smuggled text.
_TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{3,6}\U000e007f)|[\U000e0020-\U000e007f]")
_PRESENTATION = re.compile("[\ufe0e\ufe0f]+")
_JOINERS = re.compile("[\u200c\u200d]+")
# Scripts whose letters change their shape at a joiner: Arabic to Sinhala, Tibetan and Myanmar, Khmer and Mongolian,
# and the later blocks of these families.
_JOINED_SCRIPTS = ((0x0600, 0x0DFF), (0x0F00, 0x109F), (0x1780, 0x18AF), (0xA800, 0xABFF), (0x10A00, 0x11FFF))
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
# A taller pile of accents on one letter is made to cover the lines above and below.
_PILE = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_BLOCK_END = re.compile(r"<(?:br|/(?:p|li|h[1-6]|pre|tr|t[dh]))\b[^>]*>")
_SENTENCE_END = re.compile(r"[.!?…。][\"”’)]*(?=\s)")


def clean(text: str) -> str:
    """`text` with one kind of newline, composed letters and nothing unseen. Cleaning it again changes nothing."""
    text = _NEWLINE.sub("\n", text).replace("\u2800", " ")
    text = _TAGS.sub(r"\1", _UNSEEN.sub("", text))
    text = _JOINERS.sub(_joiner, _PRESENTATION.sub(_presentation, text))
    text = _PILE.sub(r"\1", unicodedata.normalize("NFC", text))
    return _BLANK_START.sub("", text).rstrip()


def excerpt(text: str, length: int) -> str:
    """The beginning of a plain text in at most `length` characters: whole sentences, or else whole words and "…"."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    ends = [end.end() for end in _SENTENCE_END.finditer(flat[: length + 1])]
    if ends and ends[-1] >= length // 2:
        return flat[: ends[-1]]
    words, space, _cut = flat[:length].rpartition(" ")
    return (words if space else flat[: length - 1]).rstrip(",;:–— ") + "…"


def words(rendered: str) -> str:
    """What is read of HTML of ours, a line for each block."""
    lines = html.unescape(strip_tags(_BLOCK_END.sub("\n", rendered))).splitlines()
    return "\n".join(line for line in map(str.strip, lines) if line)


def _presentation(selector: re.Match[str]) -> str:
    """Kept once after a symbol, where it chooses between text and picture (☎️, 1️⃣)."""
    before = selector.string[max(selector.start() - 1, 0) : selector.start()]
    return selector[0][0] if before and unicodedata.category(before)[0] in "SNP" else ""


def _joiner(run: re.Match[str]) -> str:
    """Kept once where it does something: between letters that join, and (the joiner) between emoji."""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    if _joins(before) and _joins(after):
        return run[0][0]
    return "\u200d" if "\u200d" in run[0] and _is_pictorial(before) and _is_pictorial(after) else ""


def _joins(letter: str) -> bool:
    return (
        letter != ""
        and unicodedata.category(letter)[0] in "LM"
        and any(first <= ord(letter) <= last for first, last in _JOINED_SCRIPTS)
    )


def _is_pictorial(mark: str) -> bool:
    return mark != "" and (unicodedata.category(mark) in ("So", "Sk", "Sm") or mark in "\ufe0f\u20e3\U000e007f")

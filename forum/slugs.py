"""The readable end of a question's address."""

from django.utils.text import slugify

# Paths below /questions/<id>/ that do something; a title that equals one gets `-q`.
ACTION_WORDS = {
    "answer",
    "comment",
    "same",
    "edit",
    "take-back",
    "follow",
    "close",
    "save",
    "seen",
    "similar",
    "history",
}


def slug_of(title: str) -> str:
    """ASCII, at most 60 characters, `question` if nothing is left, never a word that is an action."""
    slug = slugify(title)[:60].strip("-_") or "question"
    return f"{slug}-q" if slug in ACTION_WORDS else slug

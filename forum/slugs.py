"""The readable end of a question's address."""

from django.utils.text import slugify

LONGEST = 60
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
    """ASCII, whole words of at most 60 characters, `question` if nothing is left, never a word that is an action."""
    slug = slugify(title)
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    slug = slug.strip("-_") or "question"
    return f"{slug}-q" if slug in ACTION_WORDS else slug

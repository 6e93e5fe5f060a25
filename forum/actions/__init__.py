"""What happens when someone does something in the forum: one verb each, every effect visible in order."""

from forum.actions.counting import recount
from forum.actions.editing import change_by_moderators, edit, revise, take_back, text_of
from forum.actions.marks import (
    mark_helped,
    mark_helpful,
    mark_same,
    unmark_helped,
    unmark_helpful,
    unmark_same,
)
from forum.actions.posting import answer, ask, comment
from forum.actions.publishing import hide, publish, send_back

__all__ = [
    "answer",
    "ask",
    "change_by_moderators",
    "comment",
    "edit",
    "hide",
    "mark_helped",
    "mark_helpful",
    "mark_same",
    "publish",
    "recount",
    "revise",
    "send_back",
    "take_back",
    "text_of",
    "unmark_helped",
    "unmark_helpful",
    "unmark_same",
]

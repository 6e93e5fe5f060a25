"""What happens when someone does something in the forum: one verb each, every effect visible in order."""

from forum.actions.counting import recount
from forum.actions.editing import (
    ChangedMeanwhile,
    change_by_moderators,
    edit,
    last_text,
    others_wrote,
    revise,
    take_back,
)
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
    "ChangedMeanwhile",
    "answer",
    "ask",
    "change_by_moderators",
    "comment",
    "edit",
    "hide",
    "last_text",
    "mark_helped",
    "mark_helpful",
    "mark_same",
    "others_wrote",
    "publish",
    "recount",
    "revise",
    "send_back",
    "take_back",
    "unmark_helped",
    "unmark_helpful",
    "unmark_same",
]

"""What happens when someone does something in the forum: one verb each, every effect visible in order."""

from forum.actions.anonymity import named_posts, take_name_off
from forum.actions.closing import (
    close,
    close_as_duplicate,
    close_by_article,
    end_of_chain,
    lock_thread,
    move,
    pin,
    reopen,
    settle,
    unlock_thread,
)
from forum.actions.collapsing import collapse, expand
from forum.actions.counting import recount
from forum.actions.distance import block
from forum.actions.editing import (
    ChangedMeanwhile,
    change_by_moderators,
    edit,
    last_text,
    others_wrote,
    put_back,
    redact,
    revise,
    take_back,
)
from forum.actions.following import follow, unfollow
from forum.actions.marks import (
    mark_helped,
    mark_helpful,
    mark_outdated,
    mark_same,
    save,
    unmark_helped,
    unmark_helpful,
    unmark_outdated,
    unmark_same,
    unsave,
    visit,
)
from forum.actions.merging import merge
from forum.actions.outcomes import ask_later, ask_never, ask_now, is_grave, tell_outcome
from forum.actions.posting import answer, ask, comment
from forum.actions.prompting import (
    article_came_or_went,
    article_published,
    link_question,
    settle_second_look,
    start_article,
    unlink_question,
)
from forum.actions.publishing import hide, publish, restore, send_back
from forum.actions.tagging import add_synonym, change_tag, copy_to_tags, merge_tags, retag
from forum.actions.telling import take_up, tell_some
from forum.actions.undoing import show_again, unpublish, wait_again

__all__ = [
    "ChangedMeanwhile",
    "add_synonym",
    "answer",
    "article_came_or_went",
    "article_published",
    "ask",
    "ask_later",
    "ask_never",
    "ask_now",
    "block",
    "change_by_moderators",
    "change_tag",
    "close",
    "close_as_duplicate",
    "close_by_article",
    "collapse",
    "comment",
    "copy_to_tags",
    "edit",
    "end_of_chain",
    "expand",
    "follow",
    "hide",
    "is_grave",
    "last_text",
    "link_question",
    "lock_thread",
    "mark_helped",
    "mark_helpful",
    "mark_outdated",
    "mark_same",
    "merge",
    "merge_tags",
    "move",
    "named_posts",
    "others_wrote",
    "pin",
    "publish",
    "put_back",
    "recount",
    "redact",
    "reopen",
    "restore",
    "retag",
    "revise",
    "save",
    "send_back",
    "settle",
    "settle_second_look",
    "show_again",
    "start_article",
    "take_back",
    "take_name_off",
    "take_up",
    "tell_outcome",
    "tell_some",
    "unfollow",
    "unlink_question",
    "unlock_thread",
    "unmark_helped",
    "unmark_helpful",
    "unmark_outdated",
    "unmark_same",
    "unpublish",
    "unsave",
    "visit",
    "wait_again",
]

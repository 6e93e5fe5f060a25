"""What happens when an editor or a reviewer does something with an article."""

from articles.actions.correcting import correct_form, correct_urgently, missing_for_form, unsigned_until
from articles.actions.pictures import add_picture, describe_picture
from articles.actions.presence import be_present
from articles.actions.publishing import archive, call_off, editor_ids, publish, publish_scheduled, schedule
from articles.actions.reactions import guest_key, react
from articles.actions.reactions import take_back as take_back_reaction
from articles.actions.review_links import deal_with, make_review_link, remark, revoke_review_link
from articles.actions.reviewing import (
    author_ids_of_live,
    author_ids_since_sign_off,
    credential_of,
    find_still_right,
    is_to_be_signed,
    line_of,
    read_before,
    sign_off,
    sign_off_by_link,
    submit_for_review,
)
from articles.actions.standing import missing_on_standing_page, publish_standing_page, save_standing_page
from articles.actions.steps import NotReady
from articles.actions.topics import save_topic
from articles.actions.warning import warn_of_check
from articles.actions.writing import AddressTaken, changes_between, create, lead_here, save

__all__ = [
    "AddressTaken",
    "NotReady",
    "add_picture",
    "archive",
    "author_ids_of_live",
    "author_ids_since_sign_off",
    "be_present",
    "call_off",
    "changes_between",
    "correct_form",
    "correct_urgently",
    "create",
    "credential_of",
    "deal_with",
    "describe_picture",
    "editor_ids",
    "find_still_right",
    "guest_key",
    "is_to_be_signed",
    "lead_here",
    "line_of",
    "make_review_link",
    "missing_for_form",
    "missing_on_standing_page",
    "publish",
    "publish_scheduled",
    "publish_standing_page",
    "react",
    "read_before",
    "remark",
    "revoke_review_link",
    "save",
    "save_standing_page",
    "save_topic",
    "schedule",
    "sign_off",
    "sign_off_by_link",
    "submit_for_review",
    "take_back_reaction",
    "unsigned_until",
    "warn_of_check",
]

"""What happens when an editor or a reviewer does something with an article."""

from articles.actions.publishing import archive, publish
from articles.actions.reviewing import author_ids_since_live, credential_of, line_of, sign_off, submit_for_review
from articles.actions.steps import NotReady
from articles.actions.topics import save_topic
from articles.actions.writing import changes_between, create, save

__all__ = [
    "NotReady",
    "archive",
    "author_ids_since_live",
    "changes_between",
    "create",
    "credential_of",
    "line_of",
    "publish",
    "save",
    "save_topic",
    "sign_off",
    "submit_for_review",
]

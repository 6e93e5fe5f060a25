"""The library: topics, articles with their working copy, immutable revisions, and what was said of one revision.

Readers get `article.live`, a revision. `Article` and `Source` are the working copy that the admin edits.
"""

from articles.models.addresses import ArticleAddress, TopicAddress
from articles.models.articles import Article, Source
from articles.models.corrections import Correction
from articles.models.presence import Presence
from articles.models.review_links import Remark, ReviewLink
from articles.models.revisions import Revision, Step
from articles.models.sign_offs import SignOff
from articles.models.texts import HELP_PARTS, NONE, Citation, Text
from articles.models.topics import Topic

__all__ = [
    "HELP_PARTS",
    "NONE",
    "Article",
    "ArticleAddress",
    "Citation",
    "Correction",
    "Presence",
    "Remark",
    "ReviewLink",
    "Revision",
    "SignOff",
    "Source",
    "Step",
    "Text",
    "Topic",
    "TopicAddress",
]

"""The library: topics, articles with their working copy, immutable revisions, and what was said of one revision.

Readers get `article.live`, a revision. `Article` and `Source` are the working copy that the admin edits.
"""

from articles.models.addresses import ArticleAddress, TopicAddress
from articles.models.articles import Article, Source
from articles.models.corrections import Correction
from articles.models.link_checks import LinkCheck
from articles.models.pictures import LibraryPicture
from articles.models.presence import Presence
from articles.models.reactions import REASONS, Reaction, ReactionDay, ReaderRemark, Said
from articles.models.review_links import Remark, ReviewLink
from articles.models.revisions import Revision, Step
from articles.models.sign_offs import SignOff
from articles.models.standing import StandingPage, StandingPublication, StandingRevision
from articles.models.texts import HELP_PARTS, NONE, Citation, Focus, Text
from articles.models.topics import Topic

__all__ = [
    "HELP_PARTS",
    "NONE",
    "REASONS",
    "Article",
    "ArticleAddress",
    "Citation",
    "Correction",
    "Focus",
    "LibraryPicture",
    "LinkCheck",
    "Presence",
    "Reaction",
    "ReactionDay",
    "ReaderRemark",
    "Remark",
    "ReviewLink",
    "Revision",
    "Said",
    "SignOff",
    "Source",
    "StandingPage",
    "StandingPublication",
    "StandingRevision",
    "Step",
    "Text",
    "Topic",
    "TopicAddress",
]

"""Watched terms: what moderators have asked to see, to have a word said about, or not to lead to."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation import watched
from moderation.models import WatchedTerm
from moderation.screeners import links
from moderation.watched import Span, Term

LEVEL = 2
HOLD, WARN, BLOCK_LINK = WatchedTerm.Action


def screen(submission: Submission) -> Sequence[Finding]:
    # A moderator is known to us; nobody else may be there to read what they write.
    if submission.author.is_moderator or not (terms := watched.in_use()):
        return ()
    return [
        _finding(term, spans)
        for term, spans in found_by(terms, f"{submission.title}\n{submission.body}", body=submission.body)
    ]


def found_by(terms: Sequence[Term], text: str, body: str | None = None) -> list[tuple[Term, list[Span]]]:
    """The terms that a text has, and where; `body` is the part of it that is shown as Markdown, if not all."""
    by_words = {term.term: term for term in terms if term.action != BLOCK_LINK}
    found: dict[Term, list[Span]] = defaultdict(list)
    for said, span in watched.places(by_words, text):
        found[by_words[said]].append(span)
    return [*found.items(), *_links([term for term in terms if term.action == BLOCK_LINK], text, body or text)]


def _links(terms: Sequence[Term], text: str, body: str) -> list[tuple[Term, list[Span]]]:
    urls = links.followed(body) if terms else []
    sites = [(term, watched.site_of(term.term)) for term in terms]
    found = [(term, site, watched.named(site, text)) for term, site in sites]
    return [(term, spans) for term, site, spans in found if spans or any(watched.leads_to(url, site) for url in urls)]


def _finding(term: Term, spans: Sequence[Span]) -> Finding:
    if term.action == WARN:
        return Finding(
            rule="watched_warning",
            level=0,
            for_author=term.to_author,
            for_moderator=_("The author was told about “%(term)s”") % {"term": term.term},
            spans=spans,
            holds=False,
        )
    if term.action == BLOCK_LINK:
        author, moderator = _("It has a link to a site that a moderator looks at first."), _("Link to %(term)s")
    else:
        author, moderator = _("It has words in it that a moderator looks at first."), _("Watched: %(term)s")
    return Finding(
        rule="watched_link" if term.action == BLOCK_LINK else "watched",
        level=LEVEL,
        for_author=term.to_author or author,
        for_moderator=moderator % {"term": term.term},
        spans=spans,
    )

"""What may stand in a profile. It waits for nobody: whoever writes it is told at once what to leave out."""

from __future__ import annotations

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from core.rulings import ALLOWED, Ruling, refused
from moderation import watched
from moderation.details import details_in
from moderation.distress import kinds_in
from moderation.models import WatchedTerm
from moderation.screeners.age import too_young
from moderation.screeners.watched import found_by


def may_be_public(text: str) -> Ruling:
    """Whether a text may be read by everybody without a moderator having seen it."""
    if kinds_in(text):
        return refused(
            _(
                "What you write here deserves an answer, and nobody answers a profile. Please look at “Help now” at "
                "the top of the page, or write it in a question: a moderator reads it before others do."
            )
        )
    if details := details_in(text):
        kinds = get_text_list([str(kind.label) for kind in dict.fromkeys(kind for kind, _span in details)], _("and"))
        return refused(_("Anyone can read this, so please leave out %(details)s.") % {"details": kinds})
    if too_young(text):
        return refused(
            _("Please leave out your age. “If you are under %(age)d” at the foot of the page says who can help you.")
            % {"age": settings.MINIMUM_AGE}
        )
    for term, spans in found_by([term for term in watched.in_use() if term.action != WatchedTerm.Action.WARN], text):
        said = text[slice(*spans[0])] if spans else term.term
        return refused(_("Please leave this out here: “%(words)s”.") % {"words": said})
    return ALLOWED

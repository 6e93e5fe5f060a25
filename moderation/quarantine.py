"""A moderator takes a picture for one of abuse: it is out of everybody's reach at once, and its post hidden."""

from __future__ import annotations

from collections.abc import Collection

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

import notifications.actions
import uploads.actions
from accounts.models import User
from core import markdown
from forum.models import Edit, Post
from moderation import actions, house, rules
from moderation.forms import HideForm, RejectForm
from moderation.models import Quarantine, ReviewItem
from notifications.subjects import Subject
from uploads.models import Upload

# What a notification of this room is about: the kind of its subject.
SUBJECT = "quarantine"
RULE = "abuse"
MEDIA = "/media/"

log = structlog.get_logger("askwell.moderation")


@transaction.atomic
def quarantine(*, item: ReviewItem, version: int, moderator: User) -> None:
    """Quarantine every picture of a post, in all its texts, and hide it: what is not published goes back to its author.
    The administrators are told, nobody else. Raises Overtaken."""
    post = item.thing
    found = pictures_of(post)
    is_public = rules.HIDE in rules.decisions_on(item)
    form, act = (HideForm, actions.hide) if is_public else (RejectForm, actions.reject)
    words = str(form.SUGGESTED) % {"rule": house.REASONS[RULE].text}
    act(item=item, version=version, moderator=moderator, rule=RULE, words=words)
    leads = User.objects.filter(rules.ARE_LEADS, is_active=True).values_list("pk", flat=True)
    for upload in found:
        if uploads.actions.quarantine(upload=upload):
            kept = Quarantine.objects.create(upload=upload, item=item, moderator=moderator)
            log.warning("picture quarantined", upload=upload.pk, item=item.pk, by=moderator.pk)
            notifications.actions.notify(leads, kind="urgent", subject=(SUBJECT, kept.pk), at_once=True)


@transaction.atomic
def release(*, kept: Quarantine, by: User) -> None:
    """It shows no abuse: the picture is where it was. What became of its post is another decision."""
    uploads.actions.release(upload=kept.upload)
    notifications.actions.withdraw((SUBJECT, kept.pk))
    kept.delete()
    log.warning("picture released from quarantine", upload=kept.upload_id, by=by.pk)


def pictures_of(post: Post) -> list[Upload]:
    """The pictures of ours in any text of a post, as far as they are shown."""
    texts = [post.body, *Edit.objects.about(post).values_list("body", flat=True)]
    paths = {picture.path.removeprefix(MEDIA) for text in texts for picture in markdown.pictures(text)}
    return list(Upload.objects.shown().filter(path__in=paths).order_by("pk"))


def find(ids: Collection[int], user: User) -> dict[int, Subject]:
    """What a notification about a picture in quarantine leads an administrator to; anybody else to nothing."""
    if not rules.may_see_quarantine(user):
        return {}
    kept = Quarantine.objects.filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: Subject(_("Quarantine"), reverse("review:quarantined")) for pk in kept}

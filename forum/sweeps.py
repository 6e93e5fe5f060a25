"""What the worker does in the forum."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Credential
from core import limits
from forum import actions, documents
from forum.actions.counting import mark_clinician
from forum.actions.tagging import copy_to_tags
from forum.models import Answer, Question, Telling

# So many posts, or people, get their turn in one round.
AT_ONCE = 20
# How far back a worker that did not run for a while still looks.
LOOKED_BACK = timedelta(days=60)


def tell_followers() -> int:
    """Tell those who follow something what is new in it, of each post the next hundred. Returns how many steps."""
    steps = 0
    for telling in Telling.objects.due()[:AT_ONCE]:
        if actions.take_up(telling):
            actions.tell_some(telling=telling)
            steps += 1
    return steps


def heed_credentials() -> int:
    """A clinician's answer vouches for nothing once the credential was withdrawn: not in lists, nor in the index. And
    whether an answer is out of date by their word alone goes by whether they are a clinician now.

    Looked for every ten minutes. Returns how many questions were looked at anew.
    """
    if not limits.allow("heed_credentials", "", limit=1, seconds=600):
        return 0
    now = timezone.now()
    since = now - LOOKED_BACK
    withdrawn = Q(withdrawn_at__gte=since)
    changed = Credential.objects.filter(withdrawn | Q(verified_at__gte=since) | Q(expires_at__range=(since, now)))
    vouching = Answer.objects.filter(credential__in=Credential.objects.filter(withdrawn))
    doubted = Answer.objects.filter(outdated_marks__member__in=changed.values("user"))
    of_these = Q(pk__in=vouching.values("question")) | Q(pk__in=doubted.values("question"))
    questions = Question.objects.filter(of_these)
    for question in questions:
        with transaction.atomic():
            mark_clinician(question.pk)
            copy_to_tags(question.pk)
            documents.index(question)
    return len(questions)


def ask_how_it_went() -> int:
    """Ask those who wished it, each once however many workers there are. Returns how many were asked."""
    now = timezone.now()
    due = Question.objects.filter(ask_later_at__lte=now, status=Question.Status.PUBLISHED).order_by("ask_later_at")
    return sum(actions.ask_now(question_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))

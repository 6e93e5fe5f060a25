"""What the worker does in the forum."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import limits
from forum import documents
from forum.actions.counting import mark_clinician
from forum.models import Question

# How far back a worker that did not run for a while still looks.
LOOKED_BACK = timedelta(days=60)


def heed_withdrawn_credentials() -> int:
    """A clinician's answer vouches for nothing once the credential was withdrawn: not in lists, nor in the index.

    Looked for every ten minutes. Returns how many questions were looked at anew.
    """
    if not limits.allow("heed_withdrawn_credentials", "", limit=1, seconds=600):
        return 0
    since = timezone.now() - LOOKED_BACK
    questions = Question.objects.filter(answers__credential__withdrawn_at__gte=since).distinct()
    for question in questions:
        with transaction.atomic():
            mark_clinician(question.pk)
            documents.index(question)
    return len(questions)

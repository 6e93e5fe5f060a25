"""One member's mark on one post, at most once: what they share, what helped, what is out of date, what they keep."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from forum.models.questions import Question
from forum.models.replies import Answer


class SameQuestion(models.Model):
    """A member has the same question: 'I have this too'."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="same_marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="same_marks")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="same_question_once_per_member")]

    def __str__(self) -> str:
        return f"same {self.question_id}"


class Helpful(models.Model):
    """An answer helped a member: 'This helped me'."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="helpful_marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="helpful_marks")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "member"], name="helpful_once_per_member")]

    def __str__(self) -> str:
        return f"helpful {self.answer_id}"


class Outdated(models.Model):
    """A member says that an answer is out of date."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="outdated_marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outdated_marks")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "member"], name="outdated_once_per_member")]

    def __str__(self) -> str:
        return f"outdated {self.answer_id}"


class Saved(models.Model):
    """A question that a member wants to find again. Nobody else learns of it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="saved_by")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "question"], name="saved_once_per_member")]
        indexes = [models.Index("member", F("created_at").desc(), F("id").desc(), name="saved_newest")]

    def __str__(self) -> str:
        return f"saved {self.question_id}"


class Visit(models.Model):
    """When a member last looked at a thread: what came in since is marked as new. Nobody else learns of it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="visits")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visits")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "question"], name="visit_is_one_per_member")]

    def __str__(self) -> str:
        return f"visit {self.question_id}"

"""One member's mark on one post, at most once."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models.posts import Answer, Question


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

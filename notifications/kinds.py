"""What people are told about, and in which words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    ANSWER = "answer", _("Somebody answered your question")
    COMMENT = "comment", _("Somebody commented on what you wrote")
    HELPED = "helped", _("Your answer helped the person who asked")
    APPROVED = "approved", _("What you wrote is published")
    RETURNED = "returned", _("The Askwell moderators wrote to you about your post")
    HIDDEN = "hidden", _("The Askwell moderators have hidden what you wrote")

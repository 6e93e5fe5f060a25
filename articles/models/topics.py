"""The subjects of the library and of the forum."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class TopicQuerySet(models.QuerySet["Topic"]):
    def at(self, slug: str) -> Topic | None:
        """The topic that has this address, or had it."""
        return self.filter(slug=slug).first() or self.filter(addresses__slug=slug).first()

    def by_address(self, slugs: Collection[str]) -> dict[str, Topic]:
        """The same of many: each that is found, by the address for which it was looked."""
        found = self.filter(addresses__slug__in=slugs).annotate(found_at=F("addresses__slug")) if slugs else ()
        return {topic.found_at: topic for topic in found}

    def in_order(self) -> TopicQuerySet:
        """Each parent before its children."""
        return self.select_related("parent").order_by(
            Coalesce("parent__position", "position"),
            Coalesce("parent__name", "name"),
            F("parent").asc(nulls_first=True),
            "position",
            "name",
        )


class Topic(models.Model):
    """A subject of the library and of the forum; at most two levels."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    description = models.CharField(max_length=300, blank=True)
    is_sensitive = models.BooleanField(default=False, help_text=_("Questions are kept off search engines by default."))
    position = models.PositiveSmallIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="topic_is_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.slug])

    def clean(self) -> None:
        if self.parent is not None and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": _("Topics have two levels at most.")})

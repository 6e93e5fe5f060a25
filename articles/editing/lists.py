"""The list of articles: what it is filtered by, and what is done with many at once, each told with its outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.models import User
from articles import actions, rules
from articles.models import Article, Revision
from core.rulings import Refused

# In days: what is due within them is to be planned for.
SOON = 90


class WaitingForReview(admin.SimpleListFilter):
    title = gettext_lazy("waiting for a reviewer")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.waiting() if self.value() == "yes" else queryset


class NextCheck(admin.SimpleListFilter):
    title = gettext_lazy("next check")
    parameter_name = "check"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", _("Overdue")), ("soon", _("Due in %d days") % SOON)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        if self.value() == "overdue":
            return queryset.published().filter(next_review_on__lt=today)
        if self.value() == "soon":
            return queryset.published().filter(next_review_on__range=(today, today + timedelta(days=SOON)))
        return queryset


class WorkedOnBy(admin.SimpleListFilter):
    title = gettext_lazy("who worked on it")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        editors = User.objects.filter(is_editor=True).order_by("handle")
        return [(str(editor.pk), editor.name) for editor in editors]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if not value or not value.isascii() or not value.isdigit() or len(value) > 18:
            return queryset
        return queryset.filter(pk__in=Revision.objects.filter(author=value).values("article"))


def with_last_save(articles: QuerySet) -> QuerySet:
    """With `saved_at` and `saved_by`, of the newest revision."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    return articles.annotate(
        saved_at=Subquery(newest.values("created_at")[:1]), saved_by=Subquery(newest.values("author__handle")[:1])
    )


# Many at once


def submit(request: HttpRequest, articles: QuerySet) -> None:
    def one(article: Article) -> None:
        _require_something_new(article)
        actions.submit_for_review(article=article, editor=request.user)

    told = ngettext_lazy("Submitted for review: %d article.", "Submitted for review: %d articles.")
    _each(request, articles, one, told)


def publish(request: HttpRequest, articles: QuerySet) -> None:
    def one(article: Article) -> None:
        _require_something_new(article)
        text = article.latest_revision()
        assert text is not None
        signed = getattr(text, "sign_off", None)
        today = timezone.localdate()
        checked_on = timezone.localdate(signed.signed_at) if signed else today
        due = rules.next_check_after(checked_on, text)
        if due <= today:
            raise Refused(
                _(
                    "It was signed off on %(signed)s, so its next check was due on %(due)s. A reviewer reads it again "
                    "first; or publish it on its own page, with a day that you choose."
                )
                % {"signed": _day(checked_on), "due": _day(due)}
            )
        actions.publish(article=article, editor=request.user, next_review_on=due)
        if due <= today + timedelta(days=SOON):
            soon.append((article.title, due))

    told = ngettext_lazy("Published: %d article.", "Published: %d articles.")
    soon: list[tuple[str, date]] = []
    _each(request, articles, one, told)
    for title, due in soon:
        words = _("“%(title)s” is checked next by %(day)s already: it was signed off long ago.")
        messages.warning(request, words % {"title": title, "day": _day(due)})


def archive(request: HttpRequest, articles: QuerySet) -> HttpResponse | None:
    def one(article: Article) -> None:
        if article.state == Article.State.ARCHIVED:
            raise Refused(_("It is archived already."))
        actions.archive(article=article, editor=request.user)

    told = ngettext_lazy("Archived: %d article.", "Archived: %d articles.")
    sentence = _("Readers and search will not find these any more. Their texts and their history stay.")
    return _once_confirmed(request, articles, one, told, _("Archive"), sentence)


def find_still_right(request: HttpRequest, articles: QuerySet) -> HttpResponse | None:
    today = timezone.localdate()

    def one(article: Article) -> None:
        if not article.is_published or article.live is None:
            raise Refused(_("Readers do not have it."))
        actions.find_still_right(
            article=article, reviewer=request.user, next_review_on=rules.next_check_after(today, article.live)
        )

    told = ngettext_lazy("Found still right: %d article.", "Found still right: %d articles.")
    sentence = _("By going on you say that you have read the text of each as readers have it, and that it still holds.")
    return _once_confirmed(request, articles, one, told, _("Reviewed, still right"), sentence)


def _require_something_new(article: Article) -> None:
    if article.state == Article.State.ARCHIVED:
        raise Refused(_("It is archived."))
    latest = article.latest_revision()
    if article.is_published and latest is not None and article.live_id == latest.pk:
        raise Refused(_("Readers have its newest text already."))


def _each(request: HttpRequest, articles: QuerySet, act: Callable[[Article], None], told: Promise) -> None:
    """Do it to each in a transaction of its own, and say how many went, which not and why. `told`: with `%d`."""
    done = 0
    for article in articles.select_related("live", "topic").order_by("title", "pk"):
        try:
            act(article)
        except actions.NotReady as lack:
            _say_why_not(request, article, " ".join(map(str, lack.missing)))
        except Refused as refusal:
            _say_why_not(request, article, str(refusal))
        else:
            done += 1
    if done:
        messages.success(request, told % done)


def _say_why_not(request: HttpRequest, article: Article, why: str) -> None:
    messages.warning(request, _("“%(title)s” stays as it is. %(why)s") % {"title": article.title, "why": capfirst(why)})


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _once_confirmed(
    request: HttpRequest,
    articles: QuerySet,
    act: Callable[[Article], None],
    told: Promise,
    way: str,
    sentence: str,
) -> HttpResponse | None:
    if request.POST.get("is_sure"):
        _each(request, articles, act, told)
        return None
    context = admin.site.each_context(request) | {
        "title": way,
        "opts": Article._meta,
        "sentence": sentence,
        "articles": articles.order_by("title", "pk"),
        "action": request.POST.get("action", ""),
    }
    return render(request, "admin/articles/article/confirm.html", context)

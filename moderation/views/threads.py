"""Closing, locking, moving and joining a thread: what may settle it is looked for, and said before it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import forum.rules
import search.query
from articles.models import Article
from core.http import redirect_see_other
from core.rulings import Refused, Ruling, require
from core.text import clean
from forum.actions import ChangedMeanwhile, end_of_chain
from forum.models import Question
from forum.tags import join
from moderation import forms, rules, threads
from moderation.models import apart_from
from moderation.views.queue import moderator_required

FOUND = 8
# An address of ours, or a number as somebody reads it out.
_QUESTION = re.compile(r"(?:.*/questions/|#)?(\d{1,18})(?:/.*)?")
_ARTICLE = re.compile(r".*/articles/([\w-]+)(?:/.*)?")
_KEY = re.compile(r"(question|article)-(\d{1,18})")


@dataclass(frozen=True)
class Way:
    """One thing to do with a thread: what it asks for, what it does, and what is said when it is done."""

    form: type[forms.SeenForm]
    act: Callable[..., None]
    done: str | Promise


WAYS = {
    "close": Way(forms.CloseForm, threads.close, gettext_lazy("Closed. The person who asked is told.")),
    "duplicate": Way(
        forms.TargetForm, threads.close_as_duplicate, gettext_lazy("Closed. It leads to the other question now.")
    ),
    "article": Way(forms.ArticleForm, threads.close_by_article, gettext_lazy("Closed. It leads to the article now.")),
    "merge": Way(
        forms.TargetForm, threads.merge, gettext_lazy("Joined. Everything is here now; the person who asked is told.")
    ),
    "reopen": Way(forms.SeenForm, threads.reopen, gettext_lazy("Open again for answers.")),
    "lock": Way(forms.SeenForm, threads.lock, gettext_lazy("Locked. Nobody can write here now.")),
    "unlock": Way(forms.SeenForm, threads.unlock, gettext_lazy("Unlocked.")),
    "pin": Way(forms.PinForm, threads.pin, gettext_lazy("Pinned. It is on top of its topic now.")),
    "unpin": Way(forms.SeenForm, threads.unpin, gettext_lazy("No longer pinned.")),
    "tags": Way(forms.RetagForm, threads.retag, gettext_lazy("The tags are changed.")),
    "move": Way(forms.MoveForm, threads.move, gettext_lazy("Moved. The person who asked is told.")),
}


@dataclass(frozen=True)
class Found:
    """What may settle a question. `key` names it in the address of this page."""

    kind: str
    pk: int
    title: str
    url: str

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def thread(request: HttpRequest, question_id: int) -> HttpResponse:
    question = get_object_or_404(_questions(request), pk=question_id)
    if question.merged_into is not None:
        messages.info(request, _("This question has been joined with another one. Here it is."))
        return redirect_see_other(question.merged_into)
    require(forum.rules.may_arrange(request.user, question))
    require(rules.may_decide_about(question, apart=apart_from(request.user, question.author_id)))
    if request.method != "POST":
        return _page(request, question)
    if (name := request.POST.get("way", "")) not in WAYS:
        raise Http404
    way = WAYS[name]
    form = way.form(request.POST)
    if not form.is_valid():
        return _page(request, question, form=form, status=422)
    try:
        way.act(question=question, moderator=request.user, **form.cleaned_data)
    except ChangedMeanwhile:
        notice = _("This thread changed while you were reading. Here is how it stands now.")
        return _page(request, _fresh(request, question_id), notice=notice, status=409)
    except Refused as refusal:
        return _page(request, _fresh(request, question_id), notice=str(refusal), status=422)
    messages.success(request, str(way.done))
    return redirect_see_other(Question.objects.at(question_id).get())


def _fresh(request: HttpRequest, question_id: int) -> Question:
    fresh: Question = _questions(request).get(pk=question_id)
    return fresh


def _questions(request: HttpRequest) -> QuerySet[Any]:
    return Question.objects.for_page().with_target(request.user).with_distance(request.user)


def _page(
    request: HttpRequest,
    question: Question,
    *,
    form: django_forms.Form | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    wanted = clean(request.GET.get("q", "")).strip()[: search.query.LONGEST_TEXT]
    chosen, ruling = _chosen(request, question)
    context = {
        "question": question,
        "notice": notice,
        "form": form,
        "close_form": form if isinstance(form, forms.CloseForm) else forms.CloseForm(),
        "move_form": form if isinstance(form, forms.MoveForm) else forms.MoveForm(),
        "pin_form": form if isinstance(form, forms.PinForm) else forms.PinForm(),
        "tags_form": form if isinstance(form, forms.RetagForm) else _tags_form(question),
        "is_pinned": question.pinned_until is not None and question.pinned_until > timezone.now(),
        "wanted": wanted,
        "found": _found(request, question, wanted) if wanted else [],
        "chosen": chosen,
        "may_write": rules.may_write_to_author(request.user, question, apart=()),
        "may_merge": ruling,
    }
    return render(request, "moderation/thread.html", context, status=status)


def _tags_form(question: Question) -> forms.RetagForm:
    return forms.RetagForm(initial={"tags": join([tag.name for tag in question.tags.all()])})


def _found(request: HttpRequest, question: Question, wanted: str) -> Sequence[Found]:
    """By address, by number, or by words."""
    if match := _ARTICLE.fullmatch(wanted):
        article = Article.objects.published().for_list().at(match[1])
        return [_article(article)] if article else []
    if match := _QUESTION.fullmatch(wanted):
        questions = Question.objects.at(int(match[1])).filter(shown_to_members=True).for_list()
        return [_question(one) for one in questions if one.pk != question.pk]
    hits = search.query.search(wanted, user=request.user, size=FOUND + 1).hits
    found = [Found(hit.kind, hit.object_id, hit.title, hit.url) for hit in hits]
    return [one for one in found if (one.kind, one.pk) != ("question", question.pk)][:FOUND]


def _chosen(request: HttpRequest, question: Question) -> tuple[Found | None, Ruling | None]:
    """What was chosen, or where that leads in the end; and of a question whether the two may be joined."""
    if not (match := _KEY.fullmatch(clean(request.GET.get("to", "")))):
        return None, None
    pk = int(match[2])
    if match[1] == "article":
        article = Article.objects.published().for_list().filter(pk=pk).first()
        return (_article(article), None) if article else (None, None)
    target = Question.objects.with_distance(request.user).at(pk).filter(shown_to_members=True).first()
    if target is None or (target := end_of_chain(target)).pk == question.pk:
        return None, None
    ruling = forum.rules.may_arrange(request.user, target) and forum.rules.may_merge(question, target)
    return _question(target), ruling


def _article(article: Article) -> Found:
    return Found("article", article.pk, article.live.title, article.get_absolute_url())


def _question(question: Question) -> Found:
    return Found("question", question.pk, question.title, question.get_absolute_url())

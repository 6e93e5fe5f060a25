"""A question with its answers, and who has it too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import search.query
from core import drafts, markdown, support
from core.http import is_fragment, keep_off_search_engines, member_required, redirect_see_other, with_query
from core.models import Draft
from core.pagination import place
from core.rulings import require
from forum import actions, rules, structured, waiting
from forum.desk import desk
from forum.forms import AnswerForm
from forum.models import Question
from forum.thread import Thread, thread, with_mark, with_newest, with_news
from forum.views.answers import answer_form, from_draft
from search.hits import Hit
from search.query import Same

SIMILAR, SUGGESTED = 8, 3
DUPLICATES = 5


@require_safe
def question(request: HttpRequest, question_id: int, slug: str) -> HttpResponse:
    question = _with_draft(_visible(request), request, question_id).filter(pk=question_id).first()
    if question is None:
        return elsewhere_or_gone(request, question_id)
    if slug != question.slug:
        return _to_its_address(request, question)
    shown = thread(question, request.user, **place(request.GET), at=request.GET.get("at", ""))
    context = {
        "question": question,
        "thread": shown,
        "structured": structured.question_page(shown, question, request.user),
        "now": timezone.now().isoformat(),
        "may_settle": rules.may_settle(request.user, question),
        "may_tell": not shown.is_told and rules.may_tell_outcome(request.user, question),
        "may_be_asked": not shown.is_told and _may_be_asked(question, request),
        "may_arrange": rules.may_arrange(request.user, question),
        "may_start_article": rules.may_start_article(request.user, question),
        "may_reopen": rules.may_reopen(request.user, question),
        "form": _answer_form(request, question),
        "panels": _panels(request, question, shown),
        "answered_before": _answered_before(request, question),
        **(_where_it_stands(question, request) if _is_for_them(question, request) else {}),
    }
    response = render(request, "forum/question.html", context)
    if not question.is_for_search_engines:
        keep_off_search_engines(response)
    return response


@require_safe
def short(request: HttpRequest, question_id: int) -> HttpResponse:
    """An address without its readable end, as it is read out or cut off in a mail."""
    question = _visible(request).filter(pk=question_id).first()
    return _to_its_address(request, question) if question else elsewhere_or_gone(request, question_id)


@require_safe
def similar(request: HttpRequest, question_id: int) -> HttpResponse:
    """What is about the same, and while it waits what may answer it: fetched by the page, or a page of its own."""
    readable = Q(shown_to_members=True) | Q(status__in=Question.HELD)
    question = get_object_or_404(Question.objects.visible_to(request.user).at(question_id).filter(readable).for_page())
    scored = "scores" in request.GET and rules.may_see_scores(request.user)
    if question.is_held:
        limit = SIMILAR if scored else SUGGESTED
        asked = {"article_id": question.article_id, "topic": question.topic.slug}
        hits = search.query.suggest(question.title, user=request.user, limit=limit, **asked)
    else:
        hits = search.query.similar("question", question.pk, user=request.user, limit=SIMILAR)
    same = _same(request, question, hits) if scored else []
    duplicates = list(question.duplicates.shown_to(request.user).order_by("-closed_at", "-pk")[:DUPLICATES])
    # Whatever is a duplicate of what, the page says already.
    known = {question.duplicate_of_id, *(duplicate.pk for duplicate in duplicates)}
    same = [one for one in same if one.hit.object_id not in known]
    listed = known | {one.hit.object_id for one in same}
    context = {
        "question": question,
        "duplicates": duplicates,
        "same": same,
        "may_close": question.closed_at is None and rules.may_arrange(request.user, question),
        "articles": [hit for hit in hits if hit.kind == "article"],
        "questions": [hit for hit in hits if hit.kind == "question" and hit.object_id not in listed],
    }
    template = "forum/_similar.html" if is_fragment(request) else "forum/similar.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _same(request: HttpRequest, question: Question, hits: Sequence[Hit]) -> list[Same]:
    """Answered questions that may ask the same, with how alike the two are."""
    if question.is_held:
        return search.query.same_among(hits, title=question.title, body=markdown.plain(question.body))
    return search.query.same_as(question.pk, user=request.user)


@require_POST
@member_required
def settle(request: HttpRequest, question_id: int) -> HttpResponse:
    """The person who asked needs no more answers; with `undo`, they do."""
    question = get_object_or_404(Question.objects.visible_to(request.user).at(question_id))
    if "undo" in request.POST:
        require(rules.may_reopen(request.user, question))
        actions.reopen(question=question)
        messages.success(request, _("Your question is open again."))
    else:
        require(rules.may_settle(request.user, question))
        actions.settle(question=question)
        messages.success(request, _("Your question is closed. You can open it again at any time."))
    return redirect_see_other(question)


@require_POST
@member_required
def seen(request: HttpRequest, question_id: int) -> HttpResponse:
    """The page was looked at, as it was at the moment `until`: sent by the page itself, or with its button."""
    question = get_object_or_404(Question.objects.visible_to(request.user).at(question_id))
    require(rules.may_keep(request.user, question))
    actions.visit(question=question, member=request.user, until=_moment(request.POST.get("until", "")))
    return HttpResponse(status=204) if is_fragment(request) else redirect_see_other(question)


def _moment(text: str) -> datetime:
    """A moment with its zone; now, if it is none."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment is not None and is_aware(moment) else timezone.now()


def _open(request: HttpRequest) -> Any:
    return Question.objects.visible_to(request.user).exclude(status=Question.Status.REMOVED)


def _visible(request: HttpRequest) -> Any:
    found = _open(request).for_page().with_target(request.user).with_distance(request.user)
    found = with_newest(found.with_article(), request.user)
    return with_news(with_mark(found, request.user), request.user)


def _with_draft(questions: Any, request: HttpRequest, question_id: int) -> Any:
    """With `draft_fields` and `draft_saved_at`, of the answer that this member is writing."""
    if not request.user.is_authenticated:
        return questions
    mine = drafts.of_member(request.user.pk).filter(form=reverse("forum:answer", args=[question_id]))
    return questions.annotate(
        draft_fields=Subquery(mine.values("fields")), draft_saved_at=Subquery(mine.values("saved_at"))
    )


def _answer_form(request: HttpRequest, question: Question) -> AnswerForm | None:
    if not rules.may_answer(request.user, question):
        return None
    is_begun = question.draft_saved_at is not None
    draft = Draft(fields=question.draft_fields, saved_at=question.draft_saved_at) if is_begun else None
    return answer_form(request, question, **from_draft(draft))


def elsewhere_or_gone(request: HttpRequest, question_id: int) -> HttpResponse:
    """To the question that it was joined with; to its author, what they took back and how to undo that.

    Else 410 for what everybody could once open and its author or the moderators removed; else it was never here.
    """
    if joined := _open(request).at(question_id).first():
        return _to_its_address(request, joined)
    if request.user.is_authenticated:
        mine = Question.objects.filter(pk=question_id, author=request.user).to_be_put_back().for_page().first()
        if mine is not None:
            return render(request, "forum/taken_back.html", {"question": mine})
    removed = Question.objects.filter(pk=question_id, status=Question.Status.REMOVED, published_at__isnull=False)
    removed = removed.filter(merged_into=None)
    if removed.exclude(audience=Question.Audience.MEMBERS).exists():
        return render(request, "410.html", status=410)
    raise Http404


def _to_its_address(request: HttpRequest, question: Question) -> HttpResponse:
    return HttpResponsePermanentRedirect(with_query(request, question.get_absolute_url()))


def _is_for_them(question: Question, request: HttpRequest) -> bool:
    """Whether this person hears from the moderators here: the author; of what waits, also the moderators."""
    return request.user.is_authenticated and (question.author_id == request.user.pk or question.is_held)


def _may_be_asked(question: Question, request: HttpRequest) -> bool:
    """Whether they are offered to be asked later; always when they wished it, so that they can take that back."""
    is_grave = question.ask_later_at is None and desk().speaks_of_grave_things(f"{question.title}\n{question.body}")
    return bool(rules.may_be_asked_later(request.user, question, is_grave=is_grave))


def _answered_before(request: HttpRequest, question: Question) -> Question | None:
    """What probably answers it already, for members who might answer it once more; not what already leads here."""
    is_open = question.shown_to_members and question.closed_at is None and question.locked_at is None
    if not (is_open and request.user.is_authenticated):
        return None
    same = Question.objects.shown_to(request.user).filter(pk__in=search.query.probably_same(question.pk))
    answered = same.filter(answers_count__gt=0).exclude(duplicate_of=question)
    found: Question | None = (
        answered.with_distance(request.user).filter(is_folded=False).order_by("-helped_count").first()
    )
    return found


def _panels(request: HttpRequest, question: Question, shown: Thread) -> Sequence[support.Panel]:
    """Whom the viewer can call, while something of theirs waits that tells of distress."""
    if question.is_held:
        mine = question.author_id == request.user.pk
        return support.panels_for(request, f"{question.title}\n{question.body}") if mine else ()
    waiting = "\n".join(one.post.body for one in shown.waiting if one.post.is_held)
    return support.panels_for(request, waiting, is_reply=True)


def _where_it_stands(question: Question, request: HttpRequest) -> dict[str, Any]:
    """What the moderators say of it; while it waits, how long that may take."""
    said = {"words": desk().words_for_author(question)}
    if question.is_held:
        # Rows only once it is published.
        said["tags_to_be"] = actions.last_text(question).tags
    if question.status == Question.Status.PENDING:
        said["no_mail"] = support.desk().is_kept_off_mail(f"{question.title}\n{question.body}")
        said["wait"] = waiting.expected(request.user)
    return said

"""The admin's pages for editors between the forum and the library: an article is begun because of questions, the
questions behind one, and answers to look at again after one has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import search.query
from articles import rules
from articles.models import Article
from core import markdown
from core.http import redirect_see_other
from core.pagination import keyset, place
from core.rulings import require
from core.text import clean, excerpt
from forum import actions
from forum.library_forms import MOST, LinkQuestionForm, StartArticleForm
from forum.models import Question, SecondLook

# Beside the questions that one came from, so many are looked up that may fit.
FOUND = 5
LOOKS, EXCERPT = 30, 300


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """A draft because of the questions with these numbers (`question`, several), or of what readers did not find."""
    editor: Any = request.user
    require(rules.may_edit(editor))
    asked = request.POST if request.method == "POST" else request.GET
    title = " ".join(clean(asked.get("title", "")).split())[:150]
    came_from = Question.objects.shown_to(editor).filter(pk__in=_numbers(asked.getlist("question")))
    chosen = list(came_from.select_related("topic"))
    # Of what not everybody may read, no word gets into a title by itself.
    title = title or next((question.title for question in chosen if question.shown_to_all), "")
    offered = [*(question.pk for question in chosen), *_numbers(asked.getlist("questions"))]
    offered += _found(editor, title, chosen)
    initial = {
        "title": title,
        "topic": chosen[0].topic_id if chosen else None,
        "questions": [question.pk for question in chosen],
    }
    form = StartArticleForm(
        request.POST if request.method == "POST" else None, editor=editor, offered=offered, initial=initial
    )
    if form.is_valid():
        said = form.cleaned_data
        article = actions.start_article(editor=editor, **said, note=_("Begun because of what people asked"))
        messages.success(request, _("This is the draft. Readers do not see it yet."))
        return redirect_see_other("admin:articles_article_change", article.pk)
    return _page(request, "start", _("Start an article"), form=form, came_from=[question.pk for question in chosen])


@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, article_id: int) -> HttpResponse:
    """The questions because of which an article is written; one is linked, or with `unlink` is not any more."""
    editor: Any = request.user
    require(rules.may_edit(editor))
    article = get_object_or_404(Article, pk=article_id)
    prompts = article.prompts.filter(question__in=Question.objects.shown_to(editor)).select_related("question")
    if "unlink" in request.POST:
        prompt = get_object_or_404(prompts, question__in=_numbers([request.POST["unlink"]]))
        actions.unlink_question(article=article, question=prompt.question)
        messages.success(request, _("The question does not lead to this article any more."))
        return redirect_see_other("admin:forum_secondlook_questions", article.pk)
    form = LinkQuestionForm(request.POST if request.method == "POST" else None, editor=editor)
    if form.is_valid() and prompts.count() >= MOST:
        form.add_error("question", _("More than %d questions lead to no article. Please unlink one first.") % MOST)
    if form.is_valid():
        actions.link_question(article=article, question=form.cleaned_data["question"])
        messages.success(request, _("Linked. Once readers have the article, the question leads to it."))
        return redirect_see_other("admin:forum_secondlook_questions", article.pk)
    return _page(
        request,
        "questions",
        _("Questions behind it"),
        form=form,
        article=article,
        subtitle=article.title,
        prompts=list(prompts),
        looks=_shown(SecondLook.objects.waiting().filter(article=article).order_by("-asked_at", "-pk")[:LOOKS]),
    )


@require_safe
def second_looks(request: HttpRequest) -> HttpResponse:
    """Answers that helped somebody, and that an article has changed around since."""
    editor: Any = request.user
    require(rules.may_edit(editor))
    page = keyset(SecondLook.objects.waiting(), **place(request.GET), by="asked_at", size=LOOKS)
    return _page(request, "second_looks", _("Answers to look at again"), page=page, looks=_shown(page.items))


@require_POST
def settle(request: HttpRequest, look_id: int) -> HttpResponse:
    editor: Any = request.user
    require(rules.may_edit(editor))
    actions.settle_second_look(second_look=get_object_or_404(SecondLook, pk=look_id))
    messages.success(request, _("Thank you. It is off the list until the article changes again."))
    return redirect_see_other("admin:forum_secondlook_changelist")


def _numbers(typed: Sequence[str]) -> list[int]:
    return [int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 13][:MOST]


def _found(editor: Any, title: str, chosen: Sequence[Question]) -> list[int]:
    """The numbers of questions that may fit: near the first that was chosen, else near the title."""
    if chosen:
        hits = search.query.similar("question", chosen[0].pk, user=editor, limit=FOUND)
    else:
        hits = search.query.suggest(title, user=editor, limit=FOUND, by_words_alone=True) if title else []
    return [hit.object_id for hit in hits if hit.kind == "question"]


def _shown(looks: Any) -> list[tuple[SecondLook, str]]:
    """Each with the beginning of the answer."""
    ids = [look.pk for look in looks]
    found = SecondLook.objects.filter(pk__in=ids).select_related("answer__question", "article__live")
    return [(look, excerpt(markdown.plain(look.answer.body), EXCERPT)) for look in found.order_by("-asked_at", "-pk")]


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    context |= admin.site.each_context(request) | {"title": title, "opts": SecondLook._meta}
    status = 422 if request.method == "POST" else 200
    return render(request, f"admin/forum/{name}.html", context, status=status)

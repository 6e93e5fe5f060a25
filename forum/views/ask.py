"""Asking: from a title to a posted question, with what may already answer it shown on the way."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

import accounts.actions
import search.query
from accounts import trust
from accounts.mentions import addresses, mentioned
from articles.documents import topic_now
from core import drafts, limits, markdown
from core.http import came_from, park_and_sign_in, redirect_see_other
from core.text import clean, excerpt
from forum import actions, rules, waiting
from forum.desk import desk
from forum.forms import TITLE, AskForm
from forum.views.suggestions import article_at, heed, suggested
from search import gaps, tallies
from search.models import Wording

DAY = 24 * 60 * 60
NO_NEW_THREADS = gettext_lazy(
    "There are no new questions tonight, as no moderator is there to read them. Yours is kept under “My drafts”: "
    "post it once somebody is here again."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; a step that shows what may answer it, or how it will look, posts nothing."""
    if request.method != "POST":
        return _page(request, _first_form(request))
    needs_consent = _needs_consent(request)
    form = AskForm(request.POST, needs_consent=needs_consent)
    if "this_answers" in request.POST or "none_of_these" in request.POST:
        told = heed(request)
        typed = _typed(request) | {"answered": told["answered"]}
        return _page(request, AskForm(initial=typed, needs_consent=needs_consent), told=told)
    if request.POST.get("step") in ("suggestions", "preview"):
        return _page(request, AskForm(initial=_typed(request), needs_consent=needs_consent), step=request.POST["step"])
    if not form.is_valid():
        return _page(request, form, status=422)
    if not request.user.is_authenticated:
        if not limits.allow("park", limits.address(request), limit=rules.PARKED_AN_HOUR, seconds=3600):
            form.add_error(None, _("That was a lot of questions from one place. Please try again in an hour."))
            return _page(request, form, status=429)
        return park_and_sign_in(request, fields=_to_keep(request))
    if not (ruling := rules.may_post(request.user)):
        form.add_error(None, ruling.sentence)
        drafts.save(owner_id=request.user.pk, form=request.path, fields=_to_keep(request))
        return _page(request, form, status=403)
    if desk().takes_no_questions(request.user):
        form.add_error(None, NO_NEW_THREADS)
        drafts.save(owner_id=request.user.pk, form=request.path, fields=_to_keep(request))
        return _page(request, form, status=403)
    links = desk().unknown_links(f"{form.cleaned_data['title']}\n{form.cleaned_data['body']}")
    if not (ruling := rules.may_link(request.user, links)):
        form.add_error("body", ruling.sentence)
        return _page(request, form, status=422)
    if not limits.allow(
        "question", request.user.pk, limit=trust.allowance(request.user).a_day["question"], seconds=DAY
    ):
        form.add_error(None, trust.enough_for_today(request.user, "question"))
        drafts.save(owner_id=request.user.pk, form=request.path, fields=_to_keep(request))
        return _page(request, form, status=429)
    if needs_consent:
        accounts.actions.give_health_consent(user=request.user)
    said = form.cleaned_data
    question = actions.ask(
        author=request.user,
        title=said["title"],
        body=said["body"],
        topic=said["topic"],
        article=article_at(said["article"]),
        audience=said["audience"],
        anonymous=said["anonymous"],
        tags=said["tags"],
        ask_later=said.get("ask_later", False),
        submission_key=said["submission_key"],
    )
    tallies.posted_anyway(said["answered"])
    if said["answered"] and question.shown_to_all and not question.alias:
        gaps.count(Wording.Kind.REFUSED, question.title)
    drafts.forget(request, form=request.path)
    if not question.is_held:
        messages.success(request, _("Your question is published. We tell you when someone answers."))
    if question.warning:
        messages.info(request, question.warning)
    return redirect_see_other(question)


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Throw away what is kept of the form that is at the path `form`."""
    form = clean(request.POST.get("form", ""))
    if not url_has_allowed_host_and_scheme(form, None) or not form.startswith("/"):
        form = reverse("forum:ask")
    drafts.forget(request, form=form)
    messages.info(request, _("What you had written is gone."))
    return redirect_see_other(came_from(request, default=form))


def _first_form(request: HttpRequest) -> AskForm:
    """What was parked, else what the address says; a new title from an article does not throw the parked one away."""
    asked = {name: clean(request.GET.get(name, "")).strip() for name in ("title", "article", "topic", "answered")}
    parked = drafts.kept(request, form=request.path)
    if parked is not None and asked["title"] in ("", parked.fields.get("title")):
        return AskForm(initial=parked.fields, draft=parked, needs_consent=_needs_consent(request))
    if parked is not None:
        messages.info(request, _("You had begun another question. It is still there: open “Post your question” above."))
    asked["topic"] = (asked["topic"] and topic_now(asked["topic"])) or _likely_topic(request, asked)
    if len(asked["title"]) > TITLE["max_length"]:
        # Some people tell the whole story in the short field of an article: nothing of it is cut off.
        asked["body"], asked["title"] = asked["title"], excerpt(asked["title"], TITLE["max_length"])
        messages.info(
            request, _("That was more than fits into one sentence. All of it is below; check the short version.")
        )
    return AskForm(initial=asked, needs_consent=_needs_consent(request))


def _page(
    request: HttpRequest, form: AskForm, *, step: str = "", told: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    article = article_at(form["article"].value())
    body = str(form["body"].value() or "")[: markdown.LIMIT]
    if request.method == "POST":
        form.draft = drafts.kept(request, form=request.path)
    context = {
        "form": form,
        "article": article,
        "preview": markdown.render(body, people=addresses(mentioned(body))) if step == "preview" else "",
        "step": step,
        "wait": waiting.expected(request.user),
        "takes_no_questions": request.user.is_authenticated and desk().takes_no_questions(request.user),
        "is_read_first": not request.user.is_authenticated or trust.allowance(request.user).is_read_first,
    }
    context |= told or suggested(request, form["title"].value(), body, article)
    return render(request, "forum/ask.html", context, status=status)


def _likely_topic(request: HttpRequest, asked: dict[str, str]) -> str:
    """The slug of the article's topic, else of the nearest thing in the index; empty when there is none."""
    if article := article_at(asked["article"]):
        return article.live.topic.slug
    nearest = search.query.suggest(asked["title"], user=request.user, limit=1) if asked["title"] else []
    return nearest[0].topic if nearest else ""


def _needs_consent(request: HttpRequest) -> bool:
    return request.user.is_authenticated and not accounts.actions.has_health_consent(request.user)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed into the form; nothing else that was sent along."""
    return {name: clean(request.POST[name]) for name in AskForm.base_fields if name in request.POST}


def _to_keep(request: HttpRequest) -> dict[str, str]:
    return {name: value for name, value in _typed(request).items() if name not in AskForm.NEVER_KEPT}

"""Who wrote something without their name: asked for a listed reason, and shown to whoever asked, for a day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import redirect_see_other
from core.rulings import require
from forum.models import Answer, Comment, Question
from moderation import revealing, rules
from moderation.queue_forms import RevealForm
from moderation.views.queue import moderator_required

POSTS = {posts.kind: posts for posts in (Question, Answer, Comment)}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def reveal(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in POSTS:
        raise Http404
    post = get_object_or_404(POSTS[kind], pk=pk)
    require(rules.may_reveal(request.user, post))
    form = RevealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revealing.reveal(post=post, reason=form.cleaned_data["reason"], moderator=request.user)
        return redirect_see_other("review:reveal", kind, pk)
    shown = revealing.standing(post, request.user)
    context = {
        "post": post,
        "form": form,
        "shown": shown,
        "until": revealing.shown_until(shown) if shown else None,
        "who": post.author if shown else None,
    }
    return render(request, "moderation/reveal.html", context, status=422 if request.method == "POST" else 200)

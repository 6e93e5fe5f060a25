"""Taking an earlier text of a post out for ever: shown once more, then done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

import forum.rules
from accounts.models import Distance
from core.http import redirect_see_other
from core.rulings import require
from forum.models import Edit
from moderation import rules, threads
from moderation.models import apart_from
from moderation.views.queue import moderator_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def redact(request: HttpRequest, text_id: int) -> HttpResponse:
    text = get_object_or_404(Edit.objects.with_thread(), pk=text_id)
    post = text.thing
    if text.state == Edit.State.REDACTED and text.listed_at is not None:
        return redirect_see_other(post.history_url)
    post.keeps_off = post.alias is None and Distance.objects.has_blocked(post.author_id, request.user.pk)
    require(forum.rules.may_redact(request.user, post, text))
    require(rules.may_decide_about(post, apart=apart_from(request.user, post.author_id)))
    if request.method != "POST":
        return render(request, "moderation/redact.html", {"text": text, "post": post})
    threads.redact(text=text, moderator=request.user)
    messages.success(request, _("Removed for good. Nobody can read it any more."))
    return redirect_see_other(post.history_url)

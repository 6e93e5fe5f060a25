"""Notes about a post or a member: written where either is looked at, and withdrawn by whoever wrote them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.http import redirect_see_other
from core.rulings import require
from moderation import notes, rules
from moderation.members import file_of
from moderation.models import Note, ReviewItem
from moderation.queue_forms import NoteForm
from moderation.views import members
from moderation.views.queue import find, moderator_required, page


@require_POST
@moderator_required
def on_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """A note about what an item of the queue is about."""
    item, form = find(request, item_id), NoteForm(request.POST)
    if not form.is_valid():
        return page(request, item, note=form, status=422)
    notes.write(thing=item.thing, writer=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Your note is kept."))
    return redirect_see_other("review:item", item.pk)


@require_POST
@moderator_required
def on_member(request: HttpRequest, handle: str) -> HttpResponse:
    them, may_act = members.find(request, handle)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return members.page(request, file_of(them), may_act, note=form, status=422)
    notes.write(thing=them, writer=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("Your note is kept."))
    return redirect_see_other("review:member", them.handle)


@require_POST
@moderator_required
def withdraw(request: HttpRequest, note_id: int) -> HttpResponse:
    note = get_object_or_404(Note.objects.select_related("member", "question", "answer", "comment"), pk=note_id)
    require(rules.may_withdraw(request.user, note))
    thing = note.thing
    notes.withdraw(note=note)
    messages.success(request, _("Your note is gone."))
    if note.member is not None:
        return redirect_see_other("review:member", note.member.handle)
    item = ReviewItem.objects.about(thing).order_by("-pk").first()
    return redirect_see_other("review:item", item.pk) if item else redirect_see_other("review:queue")

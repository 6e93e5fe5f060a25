"""Correcting what readers have without a new sign-off: its form, or at once what was wrong in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import actions, rules
from articles.editing.changes import changes_between
from articles.editing.pages import article_of, page_about, text_of
from articles.step_forms import UrgentForm
from core.http import redirect_see_other
from core.rulings import require


@require_http_methods(["GET", "HEAD", "POST"])
def correct_form(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    text = text_of(article)
    if request.method == "POST":
        try:
            actions.correct_form(article=article, editor=request.user)
        except actions.NotReady:
            pass
        else:
            messages.success(request, _("Published. Readers have revision %d now.") % text.number)
            return redirect_see_other("admin:articles_article_change", article.pk)
    return page_about(
        request,
        article,
        "correct_form",
        _("Correction of form"),
        missing=actions.missing_for_form(article, text),
        changes=changes_between(article.live_sign_off.revision, text) if article.live_sign_off else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct_urgently(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_correct_urgently(request.user))
    article = article_of(article_id)
    is_possible = article.is_published and not article.is_withdrawn
    form = UrgentForm(request.POST or None, live=article.live) if is_possible else None
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data
        try:
            actions.correct_urgently(
                article=article, editor=request.user, texts=form.texts, box=said["box"], reason=said["reason"]
            )
        except actions.NotReady as lack:
            for sentence in lack.missing:
                form.add_error(None, sentence)
        else:
            messages.success(request, _("Corrected. Readers have it now, and the reviewers are told."))
            return redirect_see_other("admin:articles_article_review", article.pk)
    return page_about(
        request,
        article,
        "correct_urgently",
        _("Urgent correction"),
        form=form,
        withdrawn_on=article.withdrawn_on or actions.unsigned_until(),
    )

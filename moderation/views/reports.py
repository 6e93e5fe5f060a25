"""Reporting a post or a member, signed in or not."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import trust
from accounts.models import User
from core import countries, limits
from core.http import redirect_see_other
from core.rulings import require
from forum.actions import others_wrote
from forum.models import Answer, Comment, Question
from moderation import actions, house, rules, support
from moderation.distress import Kind
from moderation.forms import ReportForm
from moderation.models import Report

REPORTS_AN_HOUR = 10
MINE_SHOWN = 10
POSTS = {posts.kind: posts for posts in (Question, Answer, Comment)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What is wrong, and anything that helps; an address only from people whom we could not ask otherwise."""
    thing = get_object_or_404(_reportable(request, kind), pk=pk)
    require(rules.may_report(request.user, thing, others_wrote=kind in POSTS and others_wrote(thing)))
    is_member = request.user.is_authenticated
    form = ReportForm(
        request.POST or None,
        is_member=is_member,
        has_picture=kind in POSTS and "<img" in thing.body_html,
        initial={"reason": request.GET.get("reason")},
    )
    status = 200
    if request.method == "POST":
        if not form.is_valid():
            status = 422
        elif is_member and not limits.allow(
            "report by", request.user.pk, limit=trust.allowance(request.user).reports_a_day, seconds=86_400
        ):
            form.add_error(None, _("You have reported a lot today. Please send this one tomorrow."))
            status = 429
        elif not limits.allow("report", limits.address(request), limit=REPORTS_AN_HOUR, seconds=3600):
            form.add_error(None, _("That was a lot of reports from one place. Please send this one in an hour."))
            status = 429
        else:
            said = form.cleaned_data
            actions.report(
                thing=thing,
                reporter=request.user if is_member else None,
                reason=said["reason"],
                note=said["note"],
                contact=said.get("contact", ""),
                is_about_picture=said.get("is_about_picture", False),
                submission_key=said["submission_key"],
            )
            thanks = reverse("moderation:reported", args=[kind, pk])
            return redirect_see_other(thanks + "?worried=yes" if said["reason"] == house.WORRIED.code else thanks)
    return render(request, "moderation/report.html", {"form": form, "thing": thing, "kind": kind}, status=status)


@require_safe
def reported(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Thanks, and what happens next; members also read what came of their reports of this, and who worries what they
    can do now."""
    thing = _reportable(request, kind).filter(pk=pk).first()
    mine: QuerySet[Report] = Report.objects.none()
    if request.user.is_authenticated:
        mine = request.user.reports_made.filter(**{f"{kind}_id": pk}).order_by("-pk")[:MINE_SHOWN]
    context = {
        "thing": thing,
        "kind": kind,
        "mine": mine,
        "is_open": not mine or any(one.state == Report.State.OPEN for one in mine),
        "panel": None,
    }
    if request.GET.get("worried") == "yes" or any(one.is_worry for one in mine):
        country, is_guessed = countries.of(request)
        context["panel"] = support.panel("crisis", country, is_guessed=is_guessed, kinds=[Kind.SELF_HARM])
    return render(request, "moderation/reported.html", context)


def _reportable(request: HttpRequest, kind: str) -> QuerySet[Any]:
    if kind == "member":
        return User.objects.filter(is_active=True)
    if kind not in POSTS:
        raise Http404
    return POSTS[kind].objects.visible_to(request.user).for_page()

"""Who may do what, as docs/moderating.md prints it: each cell of its table is asked of the rules themselves."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory

import accounts.actions
import accounts.rules
import articles.rules
import forum.rules
from accounts.models import User
from core.models import Announcement
from forum.models import Comment, Question
from moderation import rules
from moderation.models import Appeal, Decision, Letter

ROLES = {
    "member": {},
    "moderator": {"is_moderator": True},
    "senior moderator": {"is_moderator": True, "is_senior_moderator": True},
    "editor": {"is_staff": True, "is_editor": True},
    "senior editor": {"is_staff": True, "is_editor": True, "is_senior_editor": True},
    "reviewer": {"is_reviewer": True},
    "administrator": {"is_staff": True, "is_superuser": True, "is_moderator": True, "is_editor": True},
}


def somebody(role: str, pk: int = 1) -> User:
    return User(pk=pk, handle=f"somebody-{pk}", **ROLES[role])


def on(role: str):
    return lambda user: rules.may_sanction(user, somebody(role, 2), apart=())


def in_the_admin(user: User, model: type, what: str) -> bool:
    request = RequestFactory().get("/admin/")
    request.user = user
    return getattr(admin.site.get_model_admin(model), f"has_{what}_permission")(request)


ACTS = {
    "Read the queue and decide": rules.may_review,
    "Close, move, join and lock threads": lambda user: forum.rules.may_arrange(user, Question(shown_to_members=True)),
    "See what there is of a member": lambda user: rules.may_look_at(user, somebody("member", 2), apart=()),
    "Warn, pause and suspend a member": on("member"),
    "The same, somebody who works for the site": lambda user: all(
        on(role)(user) for role in ("moderator", "editor", "reviewer")
    ),
    "The same, a senior moderator": on("senior moderator"),
    "The same, an administrator": on("administrator"),
    "Decide an appeal against a decision of another": lambda user: rules.may_decide_appeal(
        user, Decision(moderator_id=9), people=(), is_apart=False
    ),
    "Show again what stayed hidden on appeal": lambda user: rules.may_restore(
        user, Decision(code="hidden"), Question(status="hidden"), is_undone=False, appeal=Appeal(outcome_id=1)
    ),
    "Quarantine suspected pictures of abuse": rules.may_review,
    "Know of what is in quarantine": rules.may_see_quarantine,
    "See who wrote something without their name, for a listed reason": lambda user: rules.may_reveal(
        user, Comment(alias=2, author_id=9, question=Question(author_id=8))
    ),
    "Search the log of decisions": rules.may_review,
    "Take the log along as a table": rules.may_download_log,
    "Write to authors, and read their letters": lambda user: all(
        (
            rules.may_write_to_author(user, Question(author=somebody("member", 2)), apart=()),
            rules.may_read_letter(user, Letter(author=somebody("member", 2)), apart=()),
        )
    ),
    "Read and use the saved replies": rules.may_review,
    "Change the saved replies": rules.may_change_replies,
    "Write and publish articles": articles.rules.may_edit,
    "Take out at once what is wrong in an article that readers have": articles.rules.may_correct_urgently,
    "Read drafts of articles": articles.rules.may_read_drafts,
    "Announce something above every page": lambda user: in_the_admin(user, Announcement, "add"),
    "Give roles": lambda user: in_the_admin(user, User, "change"),
    "Need two-step sign-in": accounts.rules.needs_second_factor,
}


def table() -> tuple[list[str], dict[str, list[str]]]:
    """The roles, and by act what each may."""
    text = (settings.BASE_DIR / "docs" / "moderating.md").read_text().partition("## Who may do what")[2]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in re.findall(r"^\|.*\|$", text, re.MULTILINE)]
    head, _line, *body = rows[: len(ACTS) + 2]
    return head[1:], {act: cells for act, *cells in body}


def test_the_table_has_every_role_and_act():
    roles, acts = table()
    assert (roles, list(acts)) == (list(ROLES), list(ACTS))


@pytest.mark.parametrize("act", ACTS)
def test_each_role_may_what_the_table_says(act):
    roles, acts = table()
    may = {role: "yes" if ACTS[act](somebody(role)) else "–" for role in roles}
    assert may == dict(zip(roles, acts[act], strict=True))


@pytest.mark.parametrize("role", ROLES)
def test_nobody_acts_on_themselves(role):
    assert not rules.may_sanction(somebody(role), somebody(role), apart=())


@pytest.mark.django_db
def test_who_is_made_a_senior_moderator_is_a_moderator_and_not_when_it_ends(ana):
    accounts.actions.give_roles(user=ana, is_senior_moderator=True)
    ana.refresh_from_db()
    assert (ana.is_moderator, ana.is_senior_moderator) == (True, True)
    accounts.actions.give_roles(user=ana)
    ana.refresh_from_db()
    assert (ana.is_moderator, ana.is_senior_moderator) == (False, False)


@pytest.mark.django_db
def test_who_is_made_a_senior_editor_is_an_editor_and_not_when_it_ends(ana):
    accounts.actions.give_roles(user=ana, is_senior_editor=True)
    ana.refresh_from_db()
    assert (ana.is_editor, ana.is_senior_editor) == (True, True)
    accounts.actions.give_roles(user=ana)
    ana.refresh_from_db()
    assert (ana.is_editor, ana.is_senior_editor) == (False, False)

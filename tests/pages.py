"""
Every address of the site, what it is, and how a test gets to see it. `make test` fails when there is an address that is
not here: add its name to `KINDS`, a sight of it to `SIGHTS` if it is a page, and its row to tests/test_access.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import urlencode

from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from notifications.mails import unsubscribe_token
from tests.factories import PASSWORD
from tests.stage import GUEST, SHARED, Stage


class Kind(Enum):
    PAGE = auto()  # whole pages for people
    FRAGMENT = auto()  # a part of a page, fetched by the page
    ACTION = auto()  # takes a POST and leads to a page
    FILE = auto()  # text, JSON or a picture
    DOOR = auto()  # only ever leads elsewhere


STOCK_ADMIN = "admin:stock"  # what Django has in every admin

KINDS = {
    Kind.PAGE: """
        forum:home forum:topic forum:member forum:ask forum:questions forum:mine forum:question forum:answer
        forum:comment_question forum:comment_answer forum:similar
        forum:edit_question forum:edit_answer forum:edit_comment
        articles:index articles:article
        pages:about pages:how_we_write pages:accessibility pages:contact pages:help_now pages:privacy pages:rules
        search:search notifications:inbox notifications:unsubscribe
        review:queue review:item review:decide moderation:report moderation:reported
        accounts:settings account_signup account_login account_request_login_code account_confirm_login_code
        account_logout account_inactive account_reauthenticate account_email
        account_change_password account_set_password account_reset_password account_confirm_password_reset_code
        account_complete_password_reset account_password_reset_completed
        mfa_index mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes usersessions_list
        admin:articles_article_preview admin:articles_article_revision admin:articles_article_history
        admin:articles_article_differences admin:articles_article_submit admin:articles_article_sign_off
        admin:articles_article_publish admin:articles_article_archive
        demo:mail demo:message
    """,
    Kind.FRAGMENT: "forum:suggestions",
    Kind.ACTION: """
        forum:forget forum:same forum:take_back_question forum:helpful forum:helped forum:take_back_answer
        forum:take_back_comment notifications:read_all review:take review:pass_on
    """,
    Kind.FILE: "healthz readyz media markdownx_markdownify markdownx_upload mfa_download_recovery_codes",
    Kind.DOOR: "forum:short notifications:open settings/ account_email_verification_sent",
}
KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
# Parts of a page that an address gives to a page that asks for them, beside whole pages or after an action.
IN_PARTS = ("forum:similar", "forum:comment_question", "forum:comment_answer", "forum:same", "forum:helpful")


def names() -> set[str]:
    """The name of every address there is, with its namespace; the path of one that has no name."""
    return set(_names(get_resolver(), "", ""))


def _names(resolver: URLResolver, namespace: str, path: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""), here)
        elif is_stock_admin(namespace, pattern):
            yield STOCK_ADMIN
        else:
            yield namespace + pattern.name if pattern.name else here


def is_stock_admin(namespace: str, pattern: URLPattern) -> bool:
    return namespace == "admin:" and pattern.callback.__module__.startswith(("django.", "config."))


def name_of(path: str) -> str:
    """The name of the address that answers `path`."""
    match = get_resolver().resolve(path.partition("?")[0])
    if match.namespace == "admin" and match.func.__module__.startswith(("django.", "config.")):
        return STOCK_ADMIN
    return match.view_name if match.url_name else match.route


@dataclass(frozen=True)
class Sight:
    """
    A page as somebody sees it: who, where, and with which status. `before` is what they did just before, `typed` what
    they sent with the form of the page.
    """

    who: str
    path: Callable[[Stage], str]
    status: int = 200
    before: Callable[[Client, Stage], object] | None = None
    typed: dict[str, str] | None = field(default=None, hash=False)

    def client(self, stage: Stage) -> Client:
        client = stage.client(self.who)
        if self.before:
            self.before(client, stage)
        return client

    def open(self, stage: Stage) -> tuple[Client, object]:
        """The client that looks, and what it was answered."""
        client, path = self.client(stage), self.path(stage)
        return client, client.get(path) if self.typed is None else client.post(path, self.typed)


def at(path: str) -> Callable[[Stage], str]:
    return lambda stage: path


def named(name: str, *args: object) -> Callable[[Stage], str]:
    return lambda stage: reverse(name, args=args)


def of_question(name: str, which: str = "public") -> Callable[[Stage], str]:
    return lambda stage: reverse(f"forum:{name}", args=[stage.questions[which].pk])


def of_answer(name: str, which: str = "public") -> Callable[[Stage], str]:
    return lambda stage: reverse(f"forum:{name}", args=[stage.answers[which].pk])


def question(which: str = "public", query: str = "") -> Callable[[Stage], str]:
    return lambda stage: stage.questions[which].get_absolute_url() + query


def article(name: str, which: str = "published", *more: object) -> Callable[[Stage], str]:
    return lambda stage: reverse(f"admin:articles_article_{name}", args=[stage.articles[which].pk, *more])


def item(kind: str, which: str, *decision: str) -> Callable[[Stage], str]:
    """The item about a post or a person in the review queue, or the form of one decision on it."""

    def path(stage: Stage) -> str:
        pk = stage.item(getattr(stage, kind)[which]).pk
        return reverse("review:decide" if decision else "review:item", args=[pk, *decision])

    return path


def taken_up_by(who: str, kind: str, which: str) -> Callable[[Client, Stage], object]:
    return lambda client, stage: stage.client(who).post(item(kind, which)(stage) + "take/")


def with_draft(client: Client, stage: Stage) -> None:
    client.cookies["draft"] = stage.browser_draft


def after_code_request(client: Client, stage: Stage) -> None:
    client.post("/accounts/login/code/", {"email": stage.people["ana"].email})


def after_reset_request(client: Client, stage: Stage) -> None:
    client.post("/accounts/password/reset/", {"email": stage.people["ana"].email})


def after_reset_code(client: Client, stage: Stage) -> None:
    after_reset_request(client, stage)
    client.post("/accounts/password/reset/confirm/", {"code": code_in_mail()})


def after_password(client: Client, stage: Stage) -> None:
    client.post("/accounts/login/", {"login": stage.people["mia"].email, "password": PASSWORD})


def code_in_mail() -> str:
    """The code in the newest mail."""
    return re.findall(r"^\s*(\d{4}-\d{4})\s*$", mail.outbox[-1].body, re.MULTILINE)[0]


WRONG_CODE = {"code": "0000-0000"}
ASKED = "?" + urlencode({"title": f"Is {SHARED} in the stomach normal?", "article": f"why-does-{SHARED}-twitch"})

SIGHTS = {
    # The forum
    "home": Sight(GUEST, at("/")),
    "home, member": Sight("eve", at("/")),
    "topic": Sight(GUEST, at("/topics/muscles-and-nerves/")),
    "topic in a topic, member": Sight("eve", at("/topics/twitches/")),
    "topic, empty": Sight(GUEST, at("/topics/sleep/")),
    "member, clinician": Sight(GUEST, at("/members/cleo/?show=answers")),
    "member": Sight(GUEST, at("/members/benjamin/")),
    "member, empty": Sight("eve", at("/members/eve/")),
    "ask": Sight(GUEST, at("/ask/")),
    "ask with a title": Sight(GUEST, at(f"/ask/{ASKED}")),
    "ask with a draft": Sight(GUEST, at("/ask/"), before=with_draft),
    "ask, member": Sight("eve", at(f"/ask/{ASKED}")),
    "ask with a draft, member": Sight("cleo", at("/ask/")),
    "ask, wrong": Sight("eve", at("/ask/"), 422, typed={"title": "Why?", "topic": "none", "audience": "all"}),
    "ask, preview": Sight(GUEST, at("/ask/"), typed={"title": "A title", "body": "# One\n\n## Two", "step": "preview"}),
    "questions": Sight(GUEST, at("/questions/")),
    "questions, newest": Sight("eve", at("/questions/?sort=newest")),
    "questions of a topic": Sight(GUEST, at("/questions/?sort=unanswered&topic=muscles-and-nerves")),
    "questions, none": Sight(GUEST, at("/questions/?topic=sleep")),
    "questions, after the last": Sight(GUEST, at("/questions/?after=1-1")),
    "my questions": Sight("newt", at("/questions/mine/")),
    "my questions, nameless": Sight("nora", at("/questions/mine/")),
    "my questions, none": Sight("eve", at("/questions/mine/")),
    "question": Sight(GUEST, question()),
    "question, member": Sight("eve", question()),
    "question, asker": Sight("ana", question()),
    "question, with what waits": Sight("newt", question()),
    "question, unanswered": Sight(GUEST, question("unanswered")),
    "question, nameless": Sight(GUEST, question("anonymous")),
    "question for members": Sight("eve", question("members question")),
    "question, held": Sight("newt", question("held question")),
    "question, held, moderator": Sight("mia", question("held question")),
    "question, returned": Sight("newt", question("returned question")),
    "question, hidden": Sight("ben", question("hidden question")),
    "question, changed": Sight("ana", question("edited")),
    "question, removed": Sight(GUEST, question("removed question"), 410),
    "answer": Sight(GUEST, of_question("answer")),
    "answer, member": Sight("eve", of_question("answer")),
    "answer, clinician": Sight("cleo", of_question("answer", "unanswered")),
    "answer, wrong": Sight("eve", of_question("answer"), 422, typed={"basis": "source", "body": "Too short"}),
    "answer, wrong, guest": Sight(GUEST, of_question("answer"), 422, typed={"basis": "source", "body": "Too short"}),
    "comments on a question": Sight(GUEST, of_question("comment_question")),
    "comments on a question, member": Sight("eve", of_question("comment_question")),
    "comment, wrong": Sight("eve", of_question("comment_question"), 422, typed={"body": "No"}),
    "comments with a heading": Sight(GUEST, of_question("comment_question", "unanswered")),
    "comments on an answer": Sight(GUEST, of_answer("comment_answer")),
    "comments on an answer, member": Sight("eve", of_answer("comment_answer", "kind words")),
    "similar": Sight(GUEST, of_question("similar")),
    "edit question": Sight("ana", of_question("edit_question")),
    "edit question, returned": Sight("newt", of_question("edit_question", "returned question")),
    "edit question, wrong": Sight("ana", of_question("edit_question"), 422, typed={"title": "", "body": "x"}),
    "edit answer": Sight("ana", of_answer("edit_answer", "of ana")),
    "edit comment": Sight("ana", lambda stage: reverse("forum:edit_comment", args=[stage.comments["of ana"].pk])),
    # The library
    "articles": Sight(GUEST, at("/articles/")),
    "articles of a topic": Sight("eve", at("/articles/?topic=muscles-and-nerves")),
    "articles, none": Sight(GUEST, at("/articles/?topic=sleep")),
    "article": Sight(GUEST, at(f"/articles/why-does-{SHARED}-twitch/")),
    "article, member": Sight("eve", at(f"/articles/how-{SHARED}-of-the-eye-goes-away/")),
    "about": Sight(GUEST, at("/about/")),
    "about, member": Sight("eve", at("/about/")),
    "how we write": Sight(GUEST, at("/about/how-we-write/")),
    "accessibility": Sight(GUEST, at("/accessibility/")),
    "contact": Sight(GUEST, at("/contact/")),
    "help now": Sight(GUEST, at("/help-now/")),
    "privacy": Sight(GUEST, at("/privacy/")),
    "rules": Sight(GUEST, at("/rules/")),
    # Finding and being told
    "search, empty": Sight(GUEST, at("/search/")),
    "search": Sight(GUEST, at(f"/search/?q={SHARED}+stomach")),
    "search, member": Sight("eve", at(f"/search/?q={SHARED}&kind=question&since=year&answered=1&topic=twitches")),
    "search, nothing": Sight(GUEST, at("/search/?q=xylophone+quartz")),
    "search, no words": Sight(GUEST, at("/search/?q=%3F%3F")),
    "inbox": Sight("ana", at("/notifications/")),
    "inbox, with what is gone": Sight("eve", at("/notifications/")),
    "inbox, empty": Sight("boss", at("/notifications/")),
    "inbox, after the last": Sight("ana", at("/notifications/?after=1-1")),
    "notification of another": Sight("eve", lambda stage: stage.notifications("ana")[0].get_absolute_url(), 403),
    "notification, gone": Sight("ana", lambda stage: "/n/" + _gone(stage) + "/", 404),
    "unsubscribe": Sight(
        GUEST, lambda stage: reverse("notifications:unsubscribe", args=[unsubscribe_token(stage.people["ana"].pk)])
    ),
    # Moderation
    "review queue": Sight("mia", at("/review/")),
    "review queue, taken up": Sight("mia", at("/review/"), before=taken_up_by("mia", "questions", "held question")),
    "item": Sight("mia", item("questions", "held question")),
    "item, mine": Sight(
        "mia", item("questions", "held question"), before=taken_up_by("mia", "questions", "held question")
    ),
    "item, another's": Sight(
        "mia", item("questions", "held question"), before=taken_up_by("boss", "questions", "held question")
    ),
    "item, with a link": Sight("mia", item("questions", "held anonymous question")),
    "item, a change": Sight("mia", item("questions", "edited")),
    "item, reported": Sight("mia", item("questions", "of ben")),
    "item, a person": Sight("mia", item("people", "cleo")),
    "item, an answer": Sight("mia", item("answers", "held answer")),
    "item, a comment": Sight("mia", item("comments", "held comment")),
    "item, decided": Sight("mia", item("questions", "hidden question")),
    "decide: edit": Sight("mia", item("questions", "held question", "edit")),
    "decide: changes": Sight("mia", item("questions", "held question", "changes")),
    "decide: changes, wrong": Sight(
        "mia", item("questions", "held question", "changes"), 422, typed={"version": "1", "words": "No"}
    ),
    "decide: changes, too late": Sight(
        "mia", item("questions", "held question", "changes"), 409, typed={"version": "0", "words": "Please say more."}
    ),
    "decide: reject": Sight("mia", item("questions", "held question", "reject")),
    "decide: hide": Sight("mia", item("questions", "of ben", "hide")),
    "report": Sight(GUEST, lambda stage: reverse("moderation:report", args=["question", stage.questions["public"].pk])),
    "report, member": Sight("eve", lambda stage: reverse("moderation:report", args=["member", stage.people["ben"].pk])),
    "report, wrong": Sight(
        GUEST,
        lambda stage: reverse("moderation:report", args=["comment", stage.comments["public"].pk]),
        422,
        typed={"contact": "nowhere"},
    ),
    "reported": Sight(
        GUEST, lambda stage: reverse("moderation:reported", args=["question", stage.questions["public"].pk])
    ),
    # Accounts
    "settings: profile": Sight("eve", at("/settings/profile/")),
    "settings: profile, wrong": Sight(
        "eve", at("/settings/profile/"), 422, typed={"handle": "?", "about": "www.x.com"}
    ),
    "settings: account": Sight("mia", at("/settings/account/")),
    "settings: notifications": Sight("eve", at("/settings/notifications/")),
    "sign up": Sight(GUEST, at("/accounts/signup/?next=/ask/")),
    "sign up, with a draft": Sight(GUEST, at("/accounts/signup/?next=/ask/"), before=with_draft),
    "sign up, wrong": Sight(GUEST, at("/accounts/signup/"), 422, typed={"email": "nobody"}),
    "sign in": Sight(GUEST, at("/accounts/login/")),
    "sign in, wrong": Sight(GUEST, at("/accounts/login/"), 422, typed={"login": "a@example.org", "password": "x"}),
    "ask for a code": Sight(GUEST, at("/accounts/login/code/")),
    "type the code": Sight(GUEST, at("/accounts/login/code/confirm/"), before=after_code_request),
    "type the code, wrong": Sight(
        GUEST, at("/accounts/login/code/confirm/"), 422, before=after_code_request, typed=WRONG_CODE
    ),
    "sign out": Sight("eve", at("/accounts/logout/")),
    "account closed": Sight(GUEST, at("/accounts/inactive/")),
    "is it you?": Sight("eve", at("/accounts/reauthenticate/")),
    "address": Sight("eve", at("/accounts/email/")),
    "address, wrong": Sight("eve", at("/accounts/email/"), 200, typed={"email": "nobody", "action_add": ""}),
    "change password": Sight("eve", at("/accounts/password/change/")),
    "first password": Sight("cody", at("/accounts/password/set/")),
    "forgotten password": Sight(GUEST, at("/accounts/password/reset/")),
    "forgotten password, code": Sight(GUEST, at("/accounts/password/reset/confirm/"), before=after_reset_request),
    "forgotten password, new one": Sight(GUEST, at("/accounts/password/reset/complete/"), before=after_reset_code),
    "forgotten password, done": Sight(GUEST, at("/accounts/password/reset/done/")),
    "two steps": Sight("eve", at("/accounts/2fa/")),
    "two steps, on": Sight("mia", at("/accounts/2fa/")),
    "second step": Sight(GUEST, at("/accounts/2fa/authenticate/"), before=after_password),
    "second step, again": Sight("mia", at("/accounts/2fa/reauthenticate/")),
    "authenticator app": Sight("eve", at("/accounts/2fa/totp/activate/")),
    "authenticator app, off": Sight("mia", at("/accounts/2fa/totp/deactivate/")),
    "recovery codes": Sight("mia", at("/accounts/2fa/recovery-codes/")),
    "recovery codes, new": Sight("mia", at("/accounts/2fa/recovery-codes/generate/")),
    "sign-ins": Sight("mia", at("/accounts/sessions/")),
    # The admin
    "admin": Sight("ed", at("/admin/")),
    "admin, boss": Sight("boss", at("/admin/")),
    "admin: articles": Sight("ed", at("/admin/articles/article/")),
    "admin: articles, reviewer": Sight("rae", at("/admin/articles/article/?waiting=yes")),
    "admin: new article": Sight("ed", at("/admin/articles/article/add/")),
    "admin: article": Sight(
        "ed", lambda s: reverse("admin:articles_article_change", args=[s.articles["published"].pk])
    ),
    "admin: topics": Sight("ed", at("/admin/articles/topic/")),
    "admin: topic": Sight("ed", lambda s: reverse("admin:articles_topic_change", args=[s.topics["mind"].pk])),
    "admin: people": Sight("boss", at("/admin/accounts/user/")),
    "admin: person": Sight("boss", lambda s: reverse("admin:accounts_user_change", args=[s.people["cleo"].pk])),
    "admin: credentials": Sight("boss", at("/admin/accounts/credential/")),
    "admin: new credential": Sight("boss", at("/admin/accounts/credential/add/")),
    "admin: preview": Sight("ed", article("preview")),
    "admin: revision": Sight("ed", article("revision", "published", 1)),
    "admin: history": Sight("ed", article("history")),
    "admin: differences": Sight("ed", article("differences")),
    "admin: submit": Sight("ed", article("submit", "draft")),
    "admin: sign off": Sight("rae", article("sign_off", "submitted")),
    "admin: publish": Sight("ed", article("publish")),
    "admin: archive": Sight("ed", article("archive")),
    # The demo
    "mails": Sight(GUEST, at("/demo/mail/")),
    "mail": Sight(GUEST, at("/demo/mail/newest-0/")),
    # What is refused
    "no such page": Sight(GUEST, at("/no-such-page/"), 404),
    "no such page, member": Sight("eve", at("/questions/999999/nothing/"), 404),
    "not yours": Sight("eve", of_question("edit_question"), 403),
    "not for members": Sight("eve", at("/review/"), 403),
}


def _gone(stage: Stage) -> str:
    """The token of a notification about something that was taken down."""
    return next(told.token for told in stage.notifications("ana") if told.withdrawn_at)

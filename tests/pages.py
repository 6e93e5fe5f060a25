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
from django.urls import URLResolver, get_resolver, reverse

from accounts import suspension
from forum.models import Post
from moderation.models import SavedReply
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
        forum:home forum:topic forum:tags forum:tag forum:member forum:ask forum:questions forum:mine forum:drafts
        forum:follow forum:followed forum:name_off forum:distance
        forum:question forum:answer forum:outcome
        forum:comment_question forum:comment_answer forum:comments_on_question forum:comments_on_answer forum:similar
        forum:edit_question forum:edit_answer forum:edit_comment
        forum:history_question forum:history_answer forum:history_comment
        articles:index articles:article articles:history articles:helpful
        pages:about pages:how_we_write pages:accessibility pages:contact pages:help_now pages:privacy pages:rules
        pages:young
        search:search notifications:inbox notifications:preferences notifications:unsubscribe
        standing:trust standing:decisions standing:decision standing:suspended review:member review:appeals
        review:quarantined
        review:appeal
        review:queue review:several review:spared review:pause review:decided review:log review:undo review:item
        review:decide review:thread review:redact
        review:lines review:new_line
        review:line review:duty review:replies review:new_reply review:reply review:letters review:letter review:write
        standing:letters standing:letter standing:new_letter standing:suspended_letter
        moderation:report moderation:reported
        review:figures review:reveal public:transparency
        accounts:settings account_signup account_login account_request_login_code account_confirm_login_code
        account_logout account_inactive account_reauthenticate account_email
        account_change_password account_set_password account_reset_password account_confirm_password_reset_code
        account_complete_password_reset account_password_reset_completed
        mfa_index mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes
        mfa_generate_recovery_codes usersessions_list
        admin:articles_article_preview admin:articles_article_revision admin:articles_article_history
        admin:articles_article_differences admin:articles_article_submit admin:articles_article_sign_off
        admin:articles_article_review admin:articles_article_still_right admin:articles_article_correct_form
        admin:articles_article_correct_urgently admin:articles_article_call_off for_review:read
        admin:articles_standingpage_preview admin:articles_standingpage_revision admin:articles_standingpage_history
        admin:articles_standingpage_differences admin:articles_standingpage_publish
        admin:articles_article_publish admin:articles_article_archive admin:articles_article_readers
        admin:articles_article_pictures admin:articles_article_picture
        admin:moderation_watchedterm_try admin:search_synonym_try
        admin:forum_secondlook_start admin:forum_secondlook_questions
        demo:mail demo:message
    """,
    Kind.FRAGMENT: """
        forum:suggestions forum:told_of_suggestions forum:complete_tag review:waiting admin:articles_article_present
    """,
    Kind.ACTION: """
        forum:forget forum:opened_suggestion forum:same forum:save forum:seen forum:settle forum:ask_later
        forum:take_back_question forum:helpful forum:helped forum:outdated forum:take_back_answer
        forum:take_back_comment forum:put_back_question forum:put_back_answer forum:put_back_comment
        notifications:read_all review:take review:pass_on review:lift standing:acknowledge
        review:quarantine review:release review:close_letter
        admin:forum_secondlook_settle
        review:note_on_item review:note_on_member review:withdraw_note
        admin:articles_article_revoke admin:articles_article_deal_with admin:articles_article_remark
        for_review:remark for_review:approve
        admin:articles_article_drop
    """,
    Kind.FILE: """
        healthz readyz media forum:keep_draft markdownx_markdownify markdownx_upload mfa_download_recovery_codes
        review:log_csv
        admin:articles_article_keep admin:articles_article_look
        admin:articles_article_source admin:articles_article_find admin:articles_article_add_picture
        admin:articles_article_small_picture
        forum:feed forum:feed_of_question forum:feed_of_topic forum:feed_of_tag forum:feed_of_articles
        forum:feed_of_articles_of_topic
        forum:robots forum:sitemaps forum:sitemap
    """,
    Kind.DOOR: """
        forum:short forum:place_of_answer forum:place_of_comment
        notifications:open settings/ account_email_verification_sent
    """,
}
KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}
# Parts of a page that an address gives to a page that asks for them, beside whole pages or after an action.
IN_PARTS = (
    "admin:articles_article_pictures",
    "articles:helpful",
    "forum:similar",
    "forum:comment_question",
    "forum:comment_answer",
    "forum:comments_on_question",
    "forum:comments_on_answer",
    "forum:same",
    "forum:save",
    "forum:follow",
    "forum:distance",
    "forum:helpful",
    "forum:outdated",
)


def names() -> set[str]:
    """The name of every address there is, with its namespace; the path of one that has no name."""
    return set(_names(get_resolver(), "", ""))


def _names(resolver: URLResolver, namespace: str, path: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""), here)
        elif namespace == "admin:" and is_stock(pattern.name, pattern.callback):
            yield STOCK_ADMIN
        else:
            yield namespace + pattern.name if pattern.name else here


def is_stock(name: str | None, view: Callable[..., object]) -> bool:
    """Whether a page of the admin is Django's; a list is also when all that is ours is its title."""
    return view.__module__.startswith(("django.", "config.")) or (name or "").endswith("_changelist")


def name_of(path: str) -> str:
    """The name of the address that answers `path`."""
    match = get_resolver().resolve(path.partition("?")[0])
    if match.namespace == "admin" and is_stock(match.url_name, match.func):
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


def with_scores(which: str) -> Callable[[Stage], str]:
    return lambda stage: of_question("similar", which)(stage) + "?scores=yes"


def starting(which: str) -> Callable[[Stage], str]:
    return lambda stage: reverse("admin:forum_secondlook_start") + f"?question={stage.questions[which].pk}"


def behind(which: str) -> Callable[[Stage], str]:
    return lambda stage: reverse("admin:forum_secondlook_questions", args=[stage.articles[which].pk])


def of_follow(kind: str, key: object = None) -> Callable[[Stage], str]:
    """The button of one thing; of the public question, if no other is given."""
    return lambda stage: reverse("forum:follow", kwargs={"kind": kind, "key": key or stage.questions["public"].pk})


def of_answer(name: str, which: str = "public") -> Callable[[Stage], str]:
    return lambda stage: reverse(f"forum:{name}", args=[stage.answers[which].pk])


def question(which: str = "public", query: str = "") -> Callable[[Stage], str]:
    return lambda stage: stage.questions[which].get_absolute_url() + query


def of_thread(which: str = "public", query: str = "") -> Callable[[Stage], str]:
    return lambda stage: reverse("review:thread", args=[stage.questions[which].pk]) + query


def _quote(post: Post) -> str:
    return f"?quote={post.kind}-{post.pk}"


def earlier_text() -> Callable[[Stage], str]:
    return lambda stage: reverse("review:redact", args=[stage.answers["changed"].edits.listed().latest("-id").pk])


def reveal(kind: str, which: str = "anonymous") -> Callable[[Stage], str]:
    """Where it is asked who wrote something; boss was shown it of the answer."""

    def path(stage: Stage) -> str:
        post = getattr(stage, kind)[which]
        return reverse("review:reveal", args=[post.kind, post.pk])

    return path


def line(which: str = "unchecked") -> Callable[[Stage], str]:
    return lambda stage: reverse("review:line", args=[stage.lines[which].pk])


def reply() -> Callable[[Stage], str]:
    """The form of a saved reply."""
    return lambda stage: reverse("review:reply", args=[SavedReply.objects.get(title="Leave names out").pk])


def letter(name: str, which: str = "to newt") -> Callable[[Stage], str]:
    return lambda stage: reverse(name, args=[stage.letters[which].pk])


def writing() -> Callable[[Stage], str]:
    """The form of a letter to ben."""
    return lambda stage: reverse("review:write", args=["answer", stage.answers["public"].pk])


def suspended_letter(which: str = "to sue") -> Callable[[Stage], str]:
    return lambda stage: reverse(
        "standing:suspended_letter", args=[suspension.token(stage.people["sue"]), stage.letters[which].pk]
    )


def decision(who: str, code: str) -> Callable[[Stage], str]:
    """The page on which somebody reads the reasons of a decision about them."""
    return lambda stage: reverse("standing:decision", args=[stage.decision(stage.people[who], code).pk])


def undoing(which: str, kind: str = "questions") -> Callable[[Stage], str]:
    """The page that takes the last decision about a post back."""
    return lambda stage: reverse("review:undo", args=[stage.decision(getattr(stage, kind)[which]).pk])


def of_returned() -> Callable[[Stage], str]:
    """The same about what newt was asked to change."""
    return lambda stage: reverse("standing:decision", args=[stage.decision(stage.questions["returned question"]).pk])


def suspended() -> Callable[[Stage], str]:
    return lambda stage: reverse("standing:suspended", args=[suspension.token(stage.people["sue"])])


def appeal() -> Callable[[Stage], str]:
    hidden = "hidden anonymous"
    return lambda stage: reverse("review:appeal", args=[stage.decision(stage.answers[hidden]).appeal.pk])


def standing_page(name: str, *more: object) -> Callable[[Stage], str]:
    """The rules, which are being changed."""
    return lambda stage: reverse(f"admin:articles_standingpage_{name}", args=[stage.standing_page.pk, *more])


def article(name: str, which: str = "published", *more: object) -> Callable[[Stage], str]:
    return lambda stage: reverse(f"admin:articles_article_{name}", args=[stage.articles[which].pk, *more])


def for_review(page: str, which: str = "submitted") -> Callable[[Stage], str]:
    return lambda stage: reverse(f"for_review:{page}", args=[stage.tokens[which]])


def picture(which: str) -> Callable[[Stage], str]:
    return lambda stage: reverse("admin:articles_article_picture", args=[stage.uploads[which].pk])


def small_picture(which: str) -> Callable[[Stage], str]:
    return lambda stage: reverse("admin:articles_article_small_picture", args=[stage.uploads[which].pk])


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


RETITLED = f"Is {SHARED} in the stomach something normal?"
NOT_HELPED = {"helped": "no", "reason": "missing"}
WRONG_CODE = {"code": "0000-0000"}
ASKED = "?" + urlencode({"title": f"Is {SHARED} in the stomach normal?", "article": f"why-does-{SHARED}-twitch"})

SIGHTS = {
    # The forum
    "home": Sight(GUEST, at("/")),
    "home, member": Sight("eve", at("/")),
    "topic": Sight(GUEST, at("/topics/muscles-and-nerves/")),
    "topic in a topic, member": Sight("eve", at("/topics/twitches/")),
    "topic, empty": Sight(GUEST, at("/topics/sleep/")),
    "tags": Sight(GUEST, at("/tags/")),
    "tags, after the last": Sight("eve", at("/tags/?after=zz")),
    "tag": Sight(GUEST, at("/tags/coffee/")),
    "tag, member": Sight("eve", at("/tags/coffee/")),
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
    "questions with a tag": Sight("eve", at("/questions/?sort=newest&topic=muscles-and-nerves&tag=coffee")),
    "questions, clinician": Sight(GUEST, at("/questions/?sort=clinician")),
    "questions, following": Sight("eve", at("/questions/?sort=following")),
    "questions, saved": Sight("eve", at("/questions/?sort=saved")),
    "questions, none": Sight(GUEST, at("/questions/?topic=sleep")),
    "questions, after the last": Sight(GUEST, at("/questions/?after=1-1")),
    "follow": Sight("eve", at("/topics/muscles-and-nerves/follow/")),
    "following": Sight("eve", at("/settings/following/")),
    "following, questions": Sight("eve", at("/settings/following/?kind=question")),
    "following, nothing": Sight("boss", at("/settings/following/")),
    "following, wrong": Sight("eve", at("/settings/following/"), 422, typed={"follow": "x"}),
    "distance": Sight("eve", at("/members/cleo/distance/")),
    "distance, wrong": Sight("eve", at("/members/cleo/distance/"), 422, typed={"do": "x"}),
    "decisions": Sight("newt", at("/settings/decisions/")),
    "decisions, none": Sight("eve", at("/settings/decisions/")),
    "decision": Sight("newt", of_returned()),
    "warning": Sight("sam", decision("sam", "warned")),
    "pause": Sight("sam", decision("sam", "silenced")),
    "appeal, wrong": Sight("sam", decision("sam", "silenced"), 422, typed={"text": "No"}),
    "suspended": Sight(GUEST, suspended()),
    "suspended, no longer": Sight(GUEST, at("/suspended/forged/"), 404),
    "home, warned": Sight("sam", at("/")),
    "file of a member": Sight("mia", at("/review/members/sam/")),
    "file of a member, wrong": Sight("mia", at("/review/members/sam/"), 422, typed={"kind": "ban"}),
    "file of somebody who works here": Sight("mia", at("/review/members/rae/")),
    "letters": Sight("mia", at("/review/letters/")),
    "letters, all": Sight("mia", at("/review/letters/?show=all")),
    "letter": Sight("mia", letter("review:letter")),
    "letter, nameless": Sight("mia", letter("review:letter", "to nora")),
    "letter, asked": Sight("mia", letter("review:letter", "of eve")),
    "letter, wrong": Sight("mia", letter("review:letter"), 422, typed={"words": "No"}),
    "letter, too late": Sight("mia", letter("review:letter"), 409, typed={"words": "Good to hear.", "last_read": "0"}),
    "write to the author": Sight("mia", writing()),
    "write to the author, wrong": Sight("mia", writing(), 422, typed={"words": "Dear {handle}, hello."}),
    "my letters": Sight("newt", at("/messages/")),
    "my letters, none": Sight("ben", at("/messages/")),
    "my letter": Sight("newt", letter("standing:letter")),
    "my letter, in distress": Sight("nora", letter("standing:letter", "to nora")),
    "my letter, wrong": Sight("newt", letter("standing:letter"), 422, typed={"text": ""}),
    "my letter, suspended": Sight(GUEST, suspended_letter()),
    "ask the moderators": Sight("ben", at("/messages/new/")),
    "ask the moderators, wrong": Sight("ben", at("/messages/new/"), 422, typed={"text": "", "about": "question-0"}),
    "saved replies": Sight("mia", at("/review/replies/")),
    "saved replies, senior": Sight("boss", at("/review/replies/")),
    "saved reply": Sight("boss", reply()),
    "saved reply, new": Sight("boss", at("/review/replies/new/")),
    "saved reply, wrong": Sight("boss", reply(), 422, typed={"title": "", "words": "Hello {name}, please."}),
    "appeals": Sight("mia", at("/review/appeals/")),
    "quarantine": Sight("boss", at("/review/quarantine/")),
    "appeal": Sight("mia", appeal()),
    "appeal, decided wrongly": Sight("mia", appeal(), 422, typed={"outcome": "overturn", "words": "No"}),
    "trust": Sight("newt", at("/settings/trust/")),
    "trust, all of it": Sight("eve", at("/settings/trust/")),
    "kept at a distance": Sight("boss", at("/settings/distance/")),
    "kept at a distance, nobody": Sight("eve", at("/settings/distance/")),
    "my drafts": Sight("cleo", at("/settings/drafts/")),
    "my drafts, none": Sight("eve", at("/settings/drafts/")),
    "my questions": Sight("newt", at("/questions/mine/")),
    "my questions, nameless": Sight("nora", at("/questions/mine/")),
    "my questions, none": Sight("eve", at("/questions/mine/")),
    "name off": Sight("ben", of_question("name_off")),
    "question": Sight(GUEST, question()),
    "question, member": Sight("eve", question()),
    "question, folded": Sight("boss", question()),
    "question, asker": Sight("ana", question()),
    "question, with what waits": Sight("newt", question()),
    "question, unanswered": Sight(GUEST, question("unanswered")),
    "question, nameless": Sight(GUEST, question("anonymous")),
    "question with a collapsed answer": Sight(GUEST, question("of ben")),
    "question for members": Sight("eve", question("members question")),
    "question, held": Sight("newt", question("held question")),
    "question, held, moderator": Sight("mia", question("held question")),
    "question, returned": Sight("newt", question("returned question")),
    "question, hidden": Sight("ben", question("hidden question")),
    "question, answered before": Sight("mia", question("asked again")),
    "question, closed": Sight(GUEST, question("closed")),
    "question, closed, member": Sight("eve", question("closed")),
    "question, settled, asker": Sight("ben", question("settled")),
    "question, locked": Sight("eve", question("locked")),
    "question, moderator": Sight("mia", question()),
    "question, changed": Sight("ana", question("edited")),
    "question, removed": Sight(GUEST, question("removed question"), 410),
    "question, taken back": Sight("ben", question("removed question")),
    "my questions, taken back": Sight("ben", at("/questions/mine/")),
    "answer": Sight(GUEST, of_question("answer")),
    "answer, member": Sight("eve", of_question("answer")),
    "answer, quoting": Sight(GUEST, lambda stage: of_question("answer")(stage) + _quote(stage.answers["public"])),
    "answer, clinician": Sight("cleo", of_question("answer", "unanswered")),
    "answer, wrong": Sight("eve", of_question("answer"), 422, typed={"basis": "source", "body": "Too short"}),
    "answer, wrong, guest": Sight(GUEST, of_question("answer"), 422, typed={"basis": "source", "body": "Too short"}),
    "question with an outcome": Sight("eve", question("anonymous")),
    "question, to be asked later": Sight("ana", question("edited")),
    "how it went": Sight("ana", of_question("outcome")),
    "how it went, wrong": Sight("ana", of_question("outcome"), 422, typed={"went": "well", "body": "No"}),
    "comments on a question": Sight(GUEST, of_question("comment_question")),
    "comments on a question, member": Sight("eve", of_question("comment_question")),
    "comment, wrong": Sight("eve", of_question("comment_question"), 422, typed={"body": "No"}),
    "comments with a heading": Sight(GUEST, of_question("comment_question", "unanswered")),
    "comments on an answer": Sight(GUEST, of_answer("comment_answer")),
    "comments on an answer, member": Sight("eve", of_answer("comment_answer", "kind words")),
    "more comments on a question": Sight(GUEST, of_question("comments_on_question")),
    "more comments on an answer, member": Sight("eve", of_answer("comments_on_answer")),
    "similar": Sight(GUEST, of_question("similar")),
    "similar, with scores": Sight("mia", with_scores("asked again")),
    "similar, held, with scores": Sight("mia", with_scores("held question")),
    "edit question": Sight("ana", of_question("edit_question")),
    "edit question, returned": Sight("newt", of_question("edit_question", "returned question")),
    "edit question, wrong": Sight("ana", of_question("edit_question"), 422, typed={"title": "", "body": "x"}),
    "edit question, too late": Sight(
        "ana", of_question("edit_question"), 409, typed={"title": RETITLED, "body": "Mine.", "version": "0"}
    ),
    "edit answer": Sight("ana", of_answer("edit_answer", "of ana")),
    "edit comment": Sight("ana", lambda stage: reverse("forum:edit_comment", args=[stage.comments["of ana"].pk])),
    "history of a question": Sight("eve", of_question("history_question")),
    "history of an answer": Sight(GUEST, of_answer("history_answer", "changed")),
    "history of an answer, member": Sight("eve", of_answer("history_answer", "changed")),
    "history of an answer, moderator": Sight("mia", of_answer("history_answer", "changed")),
    "history of a comment": Sight(
        GUEST, lambda stage: reverse("forum:history_comment", args=[stage.comments["public"].pk])
    ),
    # The library
    "articles": Sight(GUEST, at("/articles/")),
    "articles of a topic": Sight("eve", at("/articles/?topic=muscles-and-nerves")),
    "articles, none": Sight(GUEST, at("/articles/?topic=sleep")),
    "article": Sight(GUEST, at(f"/articles/why-does-{SHARED}-twitch/")),
    "article, its history": Sight(GUEST, at(f"/articles/why-does-{SHARED}-twitch/history/")),
    "article, gone": Sight(GUEST, at("/articles/archived-article/"), 410),
    "article, member": Sight("eve", at(f"/articles/how-{SHARED}-goes-away/")),
    "helpful": Sight(GUEST, at(f"/articles/why-does-{SHARED}-twitch/helpful/?helped=no")),
    "helpful, member": Sight("eve", at(f"/articles/why-does-{SHARED}-twitch/helpful/")),
    "helpful, said": Sight(GUEST, at(f"/articles/how-{SHARED}-goes-away/helpful/"), typed=NOT_HELPED),
    "helpful, in distress": Sight(
        GUEST, at(f"/articles/why-does-{SHARED}-twitch/helpful/"), 422, typed=NOT_HELPED | {"text": "I want to die"}
    ),
    "about": Sight(GUEST, at("/about/")),
    "about, member": Sight("eve", at("/about/")),
    "how we write": Sight(GUEST, at("/about/how-we-write/")),
    "accessibility": Sight(GUEST, at("/accessibility/")),
    "contact": Sight(GUEST, at("/contact/")),
    "help now": Sight(GUEST, at("/help-now/")),
    "search, in distress": Sight(GUEST, at("/search/?q=I+want+to+die&country=IS")),
    "ask, being hurt": Sight(GUEST, at("/ask/?title=he+locks+me+in+and+takes+my+phone")),
    "help now in a country": Sight(GUEST, at("/help-now/?country=IS")),
    "help now where nothing is known": Sight("eve", at("/help-now/?country=AR")),
    "privacy": Sight(GUEST, at("/privacy/")),
    "rules": Sight(GUEST, at("/rules/")),
    "young": Sight(GUEST, at("/young/")),
    # Finding and being told
    "search, empty": Sight(GUEST, at("/search/")),
    "search": Sight(GUEST, at(f"/search/?q={SHARED}+stomach")),
    "search, member": Sight("eve", at(f"/search/?q={SHARED}&kind=question&since=year&answered=1&topic=twitches")),
    "search, put right": Sight(GUEST, at(f"/search/?q={SHARED}+stomahc")),
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
    "review queue, narrowed down": Sight("mia", at("/review/?kind=answer&rule=first_post&claimed=free&q=newt")),
    "review queue, nothing found": Sight("mia", at("/review/?q=xylophone")),
    "review queue, taken up": Sight("mia", at("/review/"), before=taken_up_by("mia", "questions", "held question")),
    "several": Sight("mia", at("/review/several/")),
    "what I decided": Sight("mo", at("/review/decided/")),
    "what I decided, nothing": Sight("mia", at("/review/decided/")),
    "every decision": Sight("mia", at("/review/log/")),
    "every decision, narrowed down": Sight("boss", at("/review/log/?code=hidden&rule=unkind")),
    "every decision, none": Sight("mia", at("/review/log/?until=2001-01-01")),
    "every decision, wrong": Sight("mia", at("/review/log/?moderator=nobody-here&since=x")),
    "reveal": Sight("boss", reveal("questions")),
    "reveal, wrong": Sight("boss", reveal("questions"), 422, typed={"reason": "curious"}),
    "reveal, shown": Sight("boss", reveal("answers")),
    "transparency": Sight(GUEST, at("/transparency/")),
    "figures": Sight("mia", at("/review/figures/")),
    "undo": Sight("mia", undoing("returned question")),
    "undo, too late": Sight("mia", undoing("masked")),
    "undo, hidden": Sight("mia", undoing("hidden question")),
    "spared": Sight("mia", at("/review/spared/")),
    "spared, wrong": Sight("mia", at("/review/spared/"), 422, typed={"classes": "x"}),
    "a break": Sight("mia", at("/review/break/")),
    "item": Sight("mia", item("questions", "held question")),
    "item, mine": Sight(
        "mia", item("questions", "held question"), before=taken_up_by("mia", "questions", "held question")
    ),
    "item, another's": Sight(
        "mia", item("questions", "held question"), before=taken_up_by("boss", "questions", "held question")
    ),
    "item, with a link": Sight("mia", item("questions", "held anonymous question")),
    "item, a change": Sight("mia", item("questions", "edited")),
    "item, collapsed": Sight("mia", item("answers", "collapsed answer")),
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
    "thread": Sight("mia", of_thread()),
    "thread, looked for": Sight("mia", of_thread("public", f"?q={SHARED}")),
    "thread, nothing found": Sight("mia", of_thread("public", "?q=xylophone")),
    "thread, chosen": Sight("mia", lambda stage: _to(stage, f"question-{stage.questions['of ben'].pk}")),
    "thread, chosen article": Sight("mia", lambda stage: _to(stage, f"article-{stage.articles['published'].pk}")),
    "thread, closed": Sight("mia", of_thread("closed")),
    "thread, wrong": Sight("mia", of_thread(), 422, typed={"way": "move", "topic": "none", "as_seen": "x"}),
    "thread, too late": Sight("mia", of_thread(), 409, typed={"way": "lock", "as_seen": "x"}),
    "redact": Sight("mia", earlier_text()),
    "duty": Sight("mia", at("/review/duty/")),
    "duty, none": Sight("boss", at("/review/duty/")),
    "duty, wrong": Sight("mia", at("/review/duty/"), 422, typed={"begins_0": "8 o’clock", "ends_1": "18:00"}),
    "support lines": Sight("mia", at("/review/lines/")),
    "support lines of a country": Sight("mia", at("/review/lines/?country=IS")),
    "support lines, none": Sight("mia", at("/review/lines/?country=AR")),
    "support line": Sight("mia", line()),
    "support line, withdrawn": Sight("mia", line("withdrawn")),
    "support line, new": Sight("mia", at("/review/lines/new/?country=IS")),
    "support line, wrong": Sight("mia", line(), 422, typed={"country": "XX", "kind": "x", "number": "call us"}),
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
    "admin: pictures": Sight("ed", at("/admin/articles/article/pictures/")),
    "admin: pictures, none": Sight("ed", at("/admin/articles/article/pictures/?q=xylophone")),
    "admin: picture": Sight("ed", picture("shown")),
    "admin: topics": Sight("ed", at("/admin/articles/topic/")),
    "admin: topic": Sight("ed", lambda s: reverse("admin:articles_topic_change", args=[s.topics["mind"].pk])),
    "admin: people": Sight("boss", at("/admin/accounts/user/")),
    "admin: person": Sight("boss", lambda s: reverse("admin:accounts_user_change", args=[s.people["cleo"].pk])),
    "admin: credentials": Sight("boss", at("/admin/accounts/credential/")),
    "admin: new credential": Sight("boss", at("/admin/accounts/credential/add/")),
    "admin: mails that failed": Sight("boss", at("/admin/notifications/givenupmail/")),
    "admin: night": Sight("boss", at("/admin/moderation/nightrules/add/")),
    "admin: watched terms": Sight("boss", at("/admin/moderation/watchedterm/")),
    "admin: new watched term": Sight("boss", at("/admin/moderation/watchedterm/add/")),
    "admin: try watched terms": Sight("boss", at("/admin/moderation/watchedterm/try/")),
    "admin: try watched terms, found": Sight(
        "boss", at("/admin/moderation/watchedterm/try/"), typed={"term": "vinegar", "action": "hold", "text": "Vinegar"}
    ),
    "admin: gaps": Sight("ed", at("/admin/search/gap/")),
    "admin: start an article": Sight("ed", starting("public")),
    "admin: start an article, a gap": Sight("ed", at("/admin/forum/secondlook/start/?title=coffee+eyelid")),
    "admin: start an article, members": Sight("ed", starting("members question")),
    "admin: start an article, wrong": Sight("ed", starting("public"), 422, typed={"title": "", "topic": "none"}),
    "admin: questions behind": Sight("ed", behind("draft")),
    "admin: questions behind, none": Sight("ed", behind("submitted")),
    "admin: questions behind, wrong": Sight("ed", behind("draft"), 422, typed={"question": "x"}),
    "admin: second looks": Sight("ed", at("/admin/forum/secondlook/")),
    "admin: suggestions": Sight("ed", at("/admin/search/suggestionday/")),
    "admin: synonyms": Sight("ed", at("/admin/search/synonym/")),
    "admin: new synonym": Sight("ed", at("/admin/search/synonym/add/")),
    "admin: try synonyms": Sight("ed", at("/admin/search/synonym/try/")),
    "admin: try synonyms, found": Sight(
        "ed",
        at("/admin/search/synonym/try/"),
        typed={"asked": "gullible eyelids", "said": "gullible", "called": "twitching"},
    ),
    "admin: preview": Sight("ed", article("preview")),
    "admin: revision": Sight("ed", article("revision", "published", 1)),
    "admin: history": Sight("ed", article("history")),
    "admin: differences": Sight("ed", article("differences")),
    "admin: submit": Sight("ed", article("submit", "draft")),
    "admin: sign off": Sight("rae", article("sign_off", "submitted")),
    "admin: sign off, changed": Sight("rae", article("sign_off")),
    "admin: review": Sight("ed", article("review", "submitted")),
    "admin: review, link made": Sight(
        "ed", article("review", "submitted"), typed={"name": "A", "role": "B", "email": "a@example.org"}
    ),
    "admin: still right": Sight("rae", article("still_right", "related")),
    "admin: correction of form": Sight("ed", article("correct_form")),
    "admin: urgent correction": Sight("boss", article("correct_urgently")),
    "admin: call off": Sight("ed", article("call_off", "submitted")),
    "text for review": Sight(GUEST, for_review("read")),
    "text for review, wrong": Sight(GUEST, for_review("approve"), 422, typed={"name": "", "role": "B"}),
    "admin: publish": Sight("ed", article("publish")),
    "admin: readers": Sight("ed", article("readers")),
    "admin: archive": Sight("ed", article("archive")),
    "admin: standing pages": Sight("ed", at("/admin/articles/standingpage/")),
    "admin: standing page": Sight("ed", standing_page("change")),
    "admin: standing page, wrong": Sight("ed", standing_page("change"), 422, typed={"title": "", "body": "## Kept"}),
    "admin: standing page, preview": Sight("ed", standing_page("preview")),
    "admin: standing page, revision": Sight("ed", standing_page("revision", 1)),
    "admin: standing page, history": Sight("ed", standing_page("history")),
    "admin: standing page, differences": Sight("ed", standing_page("differences")),
    "admin: standing page, publish": Sight("ed", standing_page("publish")),
    # The demo
    "mails": Sight(GUEST, at("/demo/mail/")),
    "mail": Sight(GUEST, at("/demo/mail/newest-0/")),
    # What is refused
    "no such page": Sight(GUEST, at("/no-such-page/"), 404),
    "no such page, member": Sight("eve", at("/questions/999999/nothing/"), 404),
    "not yours": Sight("eve", of_question("edit_question"), 403),
    "not for members": Sight("eve", at("/review/"), 403),
}


def _to(stage: Stage, key: str) -> str:
    return of_thread("public", f"?to={key}")(stage)


def _gone(stage: Stage) -> str:
    """The token of a notification about something that was taken down."""
    return next(told.token for told in stage.notifications("ana") if told.withdrawn_at)

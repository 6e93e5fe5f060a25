"""
One of everything: a site on which every kind of page has something to show, and whatever not everybody may see holds a
word of its own, by which a test can tell that it got out.
"""

from __future__ import annotations

import datetime as dt
import pickle
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

import accounts.actions
import articles.actions
import articles.standing
import forum.actions
import moderation.actions
import moderation.appeals
import moderation.duty
import moderation.letters
import moderation.lines
import moderation.quarantine
import moderation.revealing
import moderation.sanctions
import moderation.threads
import uploads.actions
from accounts import rules
from accounts.models import User
from articles.models import Article, Citation, Said, StandingPage, Topic
from core import drafts
from forum.models import Answer, Comment, Edit, Post, Question, SecondLook
from moderation.models import Decision, Letter, Quarantine, ReviewItem, SavedReply, SupportLine
from notifications.models import Notification
from search import gaps
from search.models import Entry, SuggestionDay, Wording
from tests import factories
from tests.uploads import samples
from uploads.models import Upload

GUEST = "guest"
# When mia is on duty.
DAWN, DUSK = dt.time(0, 0), dt.time(23, 59)
# In every text of the stage, secret or not: whoever searches for it should find what they may see, and nothing else.
SHARED = "fasciculation"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# A link that holds the post of somebody who is no new member.
LINK = "https://somewhere.example/page"

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
RICH = f"""{SHARED} began after a bug.

## When it happens

It **hurts** at <night>, mostly

- lying down
- [when tired](https://www.nih.gov/health)

### What I tried

1. sleep
2. `magnesium`

> somebody said so

| day | how bad | what I did about it, in so many words that it does not fit on a phone |
| --- | --- | --- |
| one | bad | {"nothing " * 12}|

```
{"a line of a report that is longer than any screen " * 4}
```

{LONG_WORD}
"""
BODY = f"""{SHARED} is the name of it.[^1]

## What is happening

A small bundle of muscle fibres fires without being asked to.

## Why it happens

Tiredness, coffee, magnesium.

### In the night

Mostly then.

## What helps

| what | how well |
| --- | --- |
| rest | well, as far as anybody has ever looked at it in a study that deserves the name |

## How it goes on

It ends.
"""


def secret(label: str) -> str:
    """The word that gives away what `label` names; it can stand in a title, an address and a handle."""
    return f"zq{label.replace(' ', '').replace('-', '')}qz"


def sentence(label: str) -> str:
    return f"Does the {SHARED} of {secret(label)} come back?"


@dataclass
class Stage:
    """Everybody and everything, by name. `sessions` are those of people who have just signed in with both steps."""

    people: dict[str, User] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    standing_page: StandingPage | None = None
    questions: dict[str, Question] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    lines: dict[str, SupportLine] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    # Of review links.
    tokens: dict[str, str] = field(default_factory=dict)
    browser_draft: str = ""

    def client(self, who: str, **how: Any) -> Client:
        client = Client(**how)
        if who != GUEST:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def item(self, post: Post) -> ReviewItem:
        return ReviewItem.objects.about(post).latest("id")

    def decision(self, thing: Post | User, code: str = "") -> Decision:
        """The last about somebody or what they wrote; with `code`, the last such."""
        about = Decision.objects.about(thing)
        return (about.filter(code=code) if code else about).latest("id")

    def posts(self) -> Iterator[Post]:
        yield from (*self.questions.values(), *self.answers.values(), *self.comments.values())

    def notifications(self, who: str) -> list[Notification]:
        return list(Notification.objects.filter(recipient=self.people[who]).order_by("id"))


class KeptStage:
    """The stage in an SQLite database of its own, from which it is copied: building it takes seconds."""

    def __init__(self, migrated: Path, path: Path) -> None:
        """Build it into `path`, a copy of the database `migrated`."""
        shutil.copyfile(migrated, path)
        self.path, settings_dict = path, connection.settings_dict
        in_use = settings_dict["NAME"]
        connection.close()
        settings_dict["NAME"] = str(path)
        try:
            with transaction.atomic():
                self.pickled = pickle.dumps(build())
        finally:
            connection.close()
            settings_dict["NAME"] = in_use

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Around a transaction in which it is copied, as SQLite opens no other file in one."""
        with connection.cursor() as cursor:
            cursor.execute("ATTACH %s AS kept", [str(self.path)])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("DETACH kept")

    def copy(self) -> Stage:
        """Put all of it in the place of what is in the database."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM kept.sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'PRAGMA kept.table_xinfo("{table}")')
                # What is generated is not copied.
                columns = ", ".join(f'"{row[1]}"' for row in cursor.fetchall() if row[6] == 0)
                cursor.execute(f'DELETE FROM main."{table}"')
                cursor.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM kept."{table}"')
        return pickle.loads(self.pickled)


def build() -> Stage:
    stage = Stage()
    _people(stage)
    _library(stage)
    _threads(stage)
    _closed(stage)
    _written(stage)
    _waiting(stage)
    _taken_down(stage)
    _at_once(stage)
    _changed(stage)
    _kept_apart(stage)
    _followed(stage)
    _kept_away(stage)
    _lines(stage)
    _replies()
    _sanctioned(stage)
    _letters(stage)
    _not_found()
    for who in stage.people:
        stage.sessions[who] = _sign_in(stage.people[who])
    factories.find_neighbours()
    return stage


def _people(stage: Stage) -> None:
    """The cast, and nora, who writes without her name. What mo and ed do, they do as moderators and editors only."""

    def join(who: str, **fields: Any) -> User:
        stage.people[who] = factories.make_user(who, **fields)
        return stage.people[who]

    for who in ("ana", "ben", "eve"):
        join(who)
    join("newt", trust=User.Trust.NEW)
    join("sam")
    join("sue")
    factories.make_credential(join("cleo", display_name="Cleo Clinician", about=f"I look at {SHARED} all day."))
    join("mia", is_moderator=True)
    join("boss", is_staff=True, is_superuser=True, is_moderator=True, is_editor=True)
    factories.make_credential(join("rae", is_staff=True, is_reviewer=True, display_name="Rae Reviewer"))
    for who, label, fields in (
        ("mo", "moderator", {"is_moderator": True}),
        ("ed", "editor", {"is_staff": True, "is_editor": True}),
        ("nora", "anonymous", {}),
    ):
        name = secret(label)
        stage.people[who] = factories.make_user(name, display_name=name.capitalize(), **fields)
    # Whoever joined with a code and never chose a password.
    stage.people["cody"] = accounts.actions.register(email="cody@example.org", handle="cody")
    for person in stage.people.values():
        accounts.actions.give_health_consent(user=person)
    accounts.actions.change_handle(user=stage.people["ben"], handle="benjamin")


def _library(stage: Stage) -> None:
    ed, rae = stage.people["ed"], stage.people["rae"]
    muscles = stage.topics["muscles"] = factories.make_topic("Muscles and nerves", description="What moves us.")
    stage.topics["twitches"] = factories.make_topic("Twitches", parent=muscles)
    stage.topics["mind"] = factories.make_topic("Mind", is_sensitive=True)
    stage.topics["empty"] = factories.make_topic("Sleeping")
    stage.topics["empty"].name, stage.topics["empty"].slug = "Sleep", "sleep"
    articles.actions.save_topic(topic=stage.topics["empty"])
    picture = SimpleUploadedFile("twitch.png", samples.picture(), "image/png")
    stage.uploads["shown"] = uploads.actions.receive(owner=ed, file=picture, for_library=True)
    words: dict[str, Any] = {
        "topic": stage.topics["twitches"],
        "body": f"{BODY}\n![A muscle](/media/{stage.uploads['shown'].path})",
        "hero": stage.uploads["shown"],
        "hero_alt": "A twitching muscle",
    }
    stage.articles["published"] = factories.make_article(ed, rae, f"Why does {SHARED} twitch?", **words)
    stage.articles["related"] = factories.make_article(ed, rae, f"How {SHARED} of the eye goes away", body=BODY)
    # Their addresses say nothing, so that whoever tries one learns nothing from its echo.
    archived = factories.make_article(ed, rae, sentence("archived article"), body=BODY, slug="archived-article")
    articles.actions.archive(article=archived, editor=ed)
    stage.articles["archived"] = archived
    replaced = factories.make_article(ed, rae, sentence("archived article"), body=BODY, slug="replaced-article")
    articles.actions.archive(article=replaced, editor=ed, successor=stage.articles["published"])
    stage.articles["replaced"] = replaced
    stage.articles["related"].slug = f"how-{SHARED}-goes-away"
    articles.actions.save(article=stage.articles["related"], editor=ed)
    # Sent for a post: only who knows the post, once it is published, knows of it.
    sent = uploads.actions.receive(owner=ed, file=SimpleUploadedFile("foot.png", samples.picture(), "image/png"))
    articles.actions.describe_picture(upload=sent, alt=secret("picture for a post"))
    for state in ("draft", "submitted"):
        hidden = secret(f"{state} article")
        stage.articles[state] = factories.make_draft(
            ed,
            sentence(f"{state} article"),
            slug=f"{state}-article",
            body=f"{BODY}\n\n{hidden}",
            lay_words=hidden,
            sources=[Citation(title=hidden, publisher=hidden, url=f"https://www.nih.gov/{hidden}")],
        )
    articles.actions.submit_for_review(article=stage.articles["submitted"], editor=ed)
    # The rules are being rewritten.
    stage.standing_page, _made = StandingPage.objects.get_or_create(name="rules")
    rewritten = replace(articles.standing.of_askwell("rules")[0], body=f"## Be kind\n\n{secret('standing page')}")
    articles.actions.save_standing_page(
        page=stage.standing_page, editor=ed, words=rewritten, note=secret("standing page")
    )
    link, stage.tokens["submitted"] = articles.actions.make_review_link(
        revision=stage.articles["submitted"].latest_revision(), editor=ed, name="Demo reviewer", role="pharmacist"
    )
    articles.actions.remark(revision=link.revision, link=link, body=sentence("remark of a reviewer"))
    # The published article is being rewritten.
    working_copy, hidden = stage.articles["published"], secret("working copy")
    working_copy.title = sentence("working copy")
    for name in ("standfirst", "key_points", "body", "help_emergency", "help_soon", "lay_words", "byline", "hero_alt"):
        setattr(working_copy, name, f"{getattr(working_copy, name)} {hidden}")
    cited = [Citation(title=hidden, publisher=hidden, url=f"https://www.nih.gov/{hidden}")]
    articles.actions.save(article=working_copy, editor=ed, sources=cited, note=hidden)
    # What readers said of it.
    for label, reader in (("remark", {"member": stage.people["eve"]}), ("remark of a guest", {"guest": "somebody"})):
        articles.actions.react(
            article=stage.articles["published"], says=Said.MISSING, key=uuid.uuid4(), text=sentence(label), **reader
        )


def ask(stage: Stage, name: str, who: str, title: str = "", **fields: Any) -> Question:
    fields = {"article": stage.articles["published"], "topic": stage.topics["twitches"]} | fields
    title = title or sentence(name)
    body = fields.pop("body", f"{title} It began three days ago, and I wonder about it.")
    stage.questions[name] = factories.make_question(stage.people[who], title, body, **fields)
    return stage.questions[name]


def answer(stage: Stage, name: str, who: str, question: Question, **fields: Any) -> Answer:
    fields = {"body": f"{sentence(name)} Mine did."} | fields
    stage.answers[name] = factories.make_answer(stage.people[who], question, **fields)
    return stage.answers[name]


def comment(stage: Stage, name: str, who: str, post: Question | Answer, **fields: Any) -> Comment:
    fields = {"body": f"{sentence(name)} I ask myself."} | fields
    stage.comments[name] = factories.make_comment(stage.people[who], post, **fields)
    return stage.comments[name]


def _threads(stage: Stage) -> None:
    """What everybody may read, and what only members may."""
    people = stage.people
    question = ask(stage, "public", "ana", f"Is {SHARED} in the stomach normal?", body=RICH)
    comment(stage, "public", "ben", question, body="How **long** did it last?")
    reply = answer(stage, "public", "ben", question, body=RICH)
    ask(stage, "asked again", "ben", question.title, body=RICH)
    comment(stage, "on answer", "ana", reply, body="Thank you, that is good to hear.")
    credential = people["cleo"].credentials.get()
    answer(stage, "of cleo", "cleo", question, basis=Answer.Basis.CLINICIAN, credential=credential)
    answer(stage, "kind words", "eve", question, basis=Answer.Basis.SUPPORT, body="Hang in there, all of you.")
    forum.actions.mark_helpful(answer=reply, member=people["cleo"])
    forum.actions.mark_helped(answer=reply)
    forum.actions.mark_outdated(answer=reply, member=people["cleo"])
    forum.actions.mark_same(question=question, member=people["cleo"])
    forum.actions.save(question=question, member=people["eve"])
    ask(stage, "unanswered", "ben", f"Can coffee bring on {SHARED} in the eyelid?", body="", tags="Coffee, eyelid")
    forum.actions.add_synonym(tag=stage.questions["unanswered"].tags.get(slug="coffee"), name="Espresso")
    comment(stage, "with a heading", "eve", stage.questions["unanswered"], body="# Yes\n\nWith me it does.")
    of_ben = ask(stage, "of ben", "ben", f"Who else has {SHARED} when it is hot outside?")
    forum.actions.pin(question=of_ben, until=timezone.now() + timedelta(days=7))
    comment(stage, "of ana", "ana", answer(stage, "of ana", "ana", of_ben, body="I have, each summer for years."))
    # Without a name
    answer(stage, "anonymous", "nora", question, anonymous=True, body="I have it too, in the left leg.")
    comment(stage, "anonymous", "nora", question, anonymous=True, body="Both legs by now.")
    nameless = ask(stage, "anonymous", "nora", f"Is {SHARED} something to tell at work?", anonymous=True)
    comment(stage, "of anonymous asker", "nora", answer(stage, "to anonymous", "ben", nameless))
    comment(stage, "outcome", "nora", nameless, is_outcome=True, body="Better.\n\nI told two of them.")
    # For members
    members = ask(stage, "members question", "ana", audience=Question.Audience.MEMBERS, tags=secret("members tag"))
    comment(stage, "members comment", "ben", answer(stage, "members answer", "ben", members))


def _written(stage: Stage) -> None:
    """Articles that are written because of questions, and what helped to be looked at again."""
    articles, questions = stage.articles, stage.questions
    for article, question in (("related", "of ben"), ("related", "members question"), ("draft", "public")):
        forum.actions.link_question(article=articles[article], question=questions[question])
    SecondLook.objects.create(answer=stage.answers["public"], article=articles["published"])


def _closed(stage: Stage) -> None:
    """What is closed, and leads where not everybody may follow."""
    closed = ask(stage, "closed", "ben", f"Has {SHARED} of the calf been asked about before?")
    _close_as_duplicate(closed, stage.questions["members question"])
    forum.actions.settle(question=ask(stage, "settled", "ben", f"Which doctor knows about {SHARED}?"))
    locked = ask(stage, "locked", "ana", f"Is {SHARED} all in the mind, as some say?")
    answer(stage, "locked", "ben", locked, body="Nobody who has it would say so.")
    forum.actions.lock_thread(question=locked, as_seen=locked.standing)


def _close_as_duplicate(question: Question, target: Question) -> None:
    forum.actions.close_as_duplicate(question=question, target=target, as_seen=question.standing)
    question.refresh_from_db()


def _waiting(stage: Stage) -> None:
    """What waits for a moderator, and what went back to its author."""
    question, reply = stage.questions["public"], stage.answers["public"]
    ask(stage, "held question", "newt", tags=f"{secret('held tag')}, coffee")
    answer(stage, "held answer", "newt", question)
    comment(stage, "held comment", "newt", question)
    ask(stage, "held anonymous question", "nora", anonymous=True, body=f"{sentence('held anonymous question')} {LINK}")
    for name, post in (
        ("returned question", ask(stage, "returned question", "newt")),
        ("returned answer", answer(stage, "returned answer", "newt", question)),
        ("returned comment", comment(stage, "returned comment", "newt", reply)),
    ):
        words = f"Please leave the address out. {secret('words to author')}"
        _decide(stage, moderation.actions.ask_for_changes, post, words=words)
        assert post.status == Post.Status.RETURNED, name
    mended = ask(stage, "mended", "ana", f"Is there {SHARED} that comes from new shoes?")
    comment(stage, "held outcome", "ana", mended, is_outcome=True, body=f"{sentence('held outcome')} {LINK}")
    # A change of what is published.
    for name, post in (
        ("held question edit", ask(stage, "edited", "ana", f"What helps against {SHARED} of the thumb?")),
        ("held answer edit", answer(stage, "edited", "ana", stage.questions["of ben"], body="Mine came back in May.")),
        ("held comment edit", comment(stage, "edited", "ana", question, body="It lasted for a week.")),
    ):
        title = sentence(name) if isinstance(post, Question) else ""
        words = {"title": title, "body": f"{sentence(name)} {LINK}", "tags": secret("held tag edit")}
        forum.actions.edit(post=post, editor=stage.people["ana"], **words)
        assert ReviewItem.objects.about(post).open().exists(), name


def _taken_down(stage: Stage) -> None:
    """What the moderators have hidden and what its author removed, with what others wrote below it."""
    people, question = stage.people, stage.questions["public"]
    hidden_question = ask(stage, "hidden question", "ben")
    comment(stage, "on eve", "ben", answer(stage, "under hidden question", "eve", hidden_question))
    _close_as_duplicate(ask(stage, "led to hidden", "ana", f"Where does {SHARED} lead to?"), hidden_question)
    hidden_answer = answer(stage, "hidden answer", "ben", question)
    comment(stage, "under hidden answer", "eve", hidden_answer)
    comment(stage, "on hidden answer", "ana", hidden_answer, body="Are you sure of that?")
    for post in (hidden_question, hidden_answer, comment(stage, "hidden comment", "ben", question)):
        report(stage, post)
        _decide(stage, moderation.actions.hide, post, rule="unkind", words=f"Please be kind. {secret('why hidden')}")
        assert post.status == Post.Status.HIDDEN
    for post in (
        ask(stage, "removed question", "ben"),
        answer(stage, "removed answer", "ben", question),
        comment(stage, "removed comment", "ben", question),
        ask(stage, "removed while held", "newt"),
    ):
        forum.actions.take_back(post=post)
        assert post.status == Post.Status.REMOVED
    assert people["eve"].questions.count() == 0


def _at_once(stage: Stage) -> None:
    """An answer that a member takes for dangerous, and a picture that mo takes for one of abuse."""
    doubted = answer(stage, "collapsed answer", "sam", stage.questions["of ben"])
    report(stage, doubted, reporter=stage.people["eve"], reason="dangerous")
    doubted.refresh_from_db()
    assert doubted.collapsed_at
    picture = SimpleUploadedFile("leg.png", samples.picture(), "image/png")
    upload = stage.uploads["quarantined"] = uploads.actions.receive(owner=stage.people["ben"], file=picture)
    body = f"{sentence('quarantined question')} ![My leg](/media/{upload.path})"
    _decide(stage, moderation.quarantine.quarantine, ask(stage, "quarantined question", "ben", body=body))
    upload.refresh_from_db()
    assert upload.quarantined_at and Quarantine.objects.get().upload == upload


def _changed(stage: Stage) -> None:
    """What a moderator took out of a text before it was published, and what its author changed in the open."""
    title = f"Who to call about {SHARED} at the weekend?"
    post = ask(
        stage, "masked", "newt", title, body=f"It began on Friday. Call me on {secret('masked number')}, please."
    )
    _decide(
        stage,
        moderation.actions.edit_and_approve,
        post,
        title=title,
        body="It began on Friday. Call me on […], please.",
        words="We took your phone number out.",
    )
    assert post.status == Post.Status.PUBLISHED
    changed = answer(stage, "changed", "ben", stage.questions["of ben"], body="Mine has been there since May.")
    Edit.objects.about(changed).update(listed_at=timezone.now() - timedelta(hours=1))
    reason = "I looked it up."
    forum.actions.edit(post=changed, editor=changed.author, title="", body="Mine is there since April.", reason=reason)
    redacted = comment(stage, "redacted text", "ben", changed)
    Edit.objects.about(redacted).update(listed_at=timezone.now() - timedelta(hours=1))
    forum.actions.edit(post=redacted, editor=redacted.author, title="", body="I ask myself when.")
    moderation.threads.redact(text=redacted.edits.listed().latest("-id"), moderator=stage.people["mo"])


def _kept_apart(stage: Stage) -> None:
    """What is nobody's business but one person's: reports that wait, and forms that were not sent."""
    report(stage, stage.questions["of ben"])
    report(stage, stage.people["cleo"])
    report(stage, ask(stage, "of boss", "boss", f"Is there a word for {SHARED} in Welsh, by any chance?"))
    text = f"{sentence('parked draft')} And then?"
    for path in ("/ask/", f"/questions/{stage.questions['public'].pk}/answer/"):
        drafts.save(owner_id=stage.people["cleo"].pk, form=path, fields={"title": text, "body": text})
    guest = Client()
    title = sentence("browser draft")
    typed = {"title": title, "body": f"{title} And then?", "topic": "mind", "audience": "usual"}
    response = guest.post("/ask/", typed)
    assert drafts.COOKIE in guest.cookies, response.content.decode()
    stage.browser_draft = guest.cookies[drafts.COOKIE].value


def _followed(stage: Stage) -> None:
    """One of each kind that may be followed, and what cannot be opened any more."""
    questions = [stage.questions[which] for which in ("public", "members question", "hidden question")]
    tag = stage.questions["unanswered"].tags.get(slug="coffee")
    articles = [stage.articles[which] for which in ("published", "archived")]
    for thing in (*questions, stage.topics["muscles"], tag, *articles, stage.people["ben"]):
        forum.actions.follow(thing=thing, member=stage.people["eve"])


def _kept_away(stage: Stage) -> None:
    """Some whom others do not want to read."""
    accounts.actions.mute(member=stage.people["boss"], other=stage.people["ben"])
    forum.actions.block(member=stage.people["boss"], other=stage.people["nora"])


def _lines(stage: Stage) -> None:
    """When mia is on duty, and numbers to call: checked, unchecked, and not shown any more."""
    mo = stage.people["mo"]
    moderation.duty.choose_hours(moderator=stage.people["mia"], spans=dict.fromkeys(range(7), (DAWN, DUSK)))
    for name, number in (("checked", "123 456"), ("unchecked", "123 789"), ("withdrawn", "123 000")):
        words = {"country": "IS", "kind": "crisis", "name": "The listeners", "number": number, "hours": "day and night"}
        stage.lines[name] = moderation.lines.add(moderator=mo, words=words, is_checked=name == "checked")
    line = stage.lines["withdrawn"]
    moderation.lines.correct(line=line, moderator=mo, words=line.words, is_checked=False, is_shown=False)


def _replies() -> None:
    """What moderators often write, offered and not."""
    words = "Hello {handle}, please leave out of “{title}” what could tell who somebody is."
    for title, is_active in (("Leave names out", True), ("Leave numbers out", False)):
        SavedReply.objects.create(title=title, words=words, uses=["changes", "sanction"], is_active=is_active)


def _sanctioned(stage: Stage) -> None:
    """Sam has a warning to read and may not post, sue may not even sign in, and nora says that we are wrong."""
    answer(stage, "of sue", "sue", stage.questions["public"], body="Mine went away in the spring.")
    post = comment(stage, "of sam", "sam", stage.questions["public"], body="I would not listen to any of them.")
    for who, kind, days, words in (
        ("sam", "warn", None, f"Please be kind. {secret('why sanctioned')}"),
        ("sam", "silence", 7, f"Please be kind. {secret('why sanctioned')}"),
        ("sue", "suspend", 30, "You advertise again and again."),
    ):
        moderation.sanctions.impose(
            member=stage.people[who],
            moderator=stage.people["mo"],
            kind=kind,
            days=days,
            rule="unkind",
            words=words,
            evidence=[f"comment-{post.pk}"] if who == "sam" else [],
            as_seen=moderation.sanctions.view_of(stage.people[who]),
        )
        stage.people[who].refresh_from_db()
    hidden = answer(stage, "hidden anonymous", "nora", stage.questions["public"], anonymous=True, body="Do not listen.")
    report(stage, hidden)
    _decide(stage, moderation.actions.hide, hidden, rule="unkind", words="Please be kind.")
    moderation.revealing.reveal(post=stage.answers["anonymous"], reason="danger", moderator=stage.people["boss"])
    moderation.appeals.appeal(
        decision=stage.decision(hidden), member=stage.people["nora"], text=f"I was kind. {secret('appeal')}"
    )


def _letters(stage: Stage) -> None:
    """What mo wrote to authors, one of whom answered, one nameless and one suspended, and what a member asks."""
    about = {
        "to newt": stage.questions["masked"],
        "to nora": stage.comments["anonymous"],
        "to sue": stage.answers["of sue"],
    }
    for name, post in about.items():
        words = f"How are you now? {secret('letter to author') if name == 'to newt' else ''}"
        stage.letters[name] = moderation.letters.write(
            post=post, moderator=stage.people["mo"], text=words, submission_key=uuid.uuid4()
        )
    for name, text in (("to newt", f"Better. {secret('reply to letter')}"), ("to nora", "I want to die.")):
        moderation.letters.reply(letter=stage.letters[name], text=text, submission_key=uuid.uuid4())
    eve = stage.people["eve"]
    stage.letters["of eve"] = moderation.letters.ask(
        author=eve, thing=eve, text=f"Who are you? {secret('asked moderators')}", submission_key=uuid.uuid4()
    )


def _not_found() -> None:
    """What readers looked for in vain on three days, added up with what nobody answers."""
    for days_ago in range(3):
        for kind in Wording.Kind:
            Wording.objects.create(
                kind=kind,
                key="levit",
                words="levitation",
                day=timezone.localdate() - timedelta(days=days_ago),
                count=2,
            )
    gaps.add_up()
    for kind, number in Entry.objects.values_list("kind", "object_id"):
        SuggestionDay.objects.create(day=timezone.localdate(), kind=kind, object_id=number, answered=1, refused=1)


def report(stage: Stage, thing: Any, *, reporter: User | None = None, reason: str = "unkind") -> None:
    moderation.actions.report(
        thing=thing,
        reporter=reporter,
        reason=reason,
        note=f"I know them: {secret('report note')}",
        contact=f"{secret('report contact')}@example.org",
        submission_key=uuid.uuid4(),
    )


def _decide(stage: Stage, decide: Any, post: Post, **said: str) -> None:
    item = factories.item_of(post)
    decide(item=item, version=item.version, moderator=stage.people["mo"], **said)
    post.refresh_from_db()


def _sign_in(user: User) -> str:
    """The key of a session that needs no further proof of who this is."""
    client = Client()
    client.force_login(user)
    session = client.session
    # From the future, so that it is a recent one for as long as the tests run.
    proof = {"at": time.time() + 3600, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", **proof}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
    if rules.needs_second_factor(user):
        TOTP.activate(user, TOTP_SECRET)
        RecoveryCodes.activate(user)
        session[AUTHENTICATION_METHODS_SESSION_KEY].append({"method": "mfa", **proof})
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value

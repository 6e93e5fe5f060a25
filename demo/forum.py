"""The questions of the demo and what became of them, out of demo/content/questions/."""

from __future__ import annotations

import uuid
from typing import Any

import yaml

import forum.actions
import moderation.actions
import moderation.letters
import moderation.threads
from accounts.models import Credential, User
from articles.models import Article, Topic
from demo import clock
from demo.library import CONTENT
from forum.models import Answer, Post, Question, Tag
from forum.sweeps import tell_followers
from forum.tags import slug_of
from moderation import house
from moderation.models import ReviewItem

NAMES = uuid.UUID("8f2b9c1e-6a0d-4c55-9d0e-2f6c1f5a7b31")
# What is usual, and left out where it is so.
POST = {"anonymous": False, "state": "published"}
QUESTION = POST | {
    "article": None,
    "tags": "",
    "audience": Question.Audience.PUBLIC,
    "same_by": [],
    "saved_by": [],
    "seen": {},
    "followed_by": [],
    "comments": [],
    "answers": [],
    "edits": [],
    "reports": [],
}
ANSWER = POST | {"helped": False, "helpful_by": [], "comments": []}
# How long a text of the demo waited for its moderator.
READ_AFTER = 0.4


def load(cast: dict[str, User]) -> None:
    """Whatever is there already is left as it is."""
    known = set(Question.objects.values_list("submission_key", flat=True))
    for file in sorted((CONTENT / "questions").glob("*.yaml")):
        for row in yaml.safe_load(file.read_text()):
            if _key(row["key"]) not in known:
                _Thread(QUESTION | row, cast).play()
    _describe_tags()
    if not known:
        _follow(cast)


def _describe_tags() -> None:
    """What moderators made of the words that members gave their questions; those with a description are done."""
    for row in yaml.safe_load((CONTENT / "tags.yaml").read_text()):
        tag = Tag.objects.get(slug=slug_of(row["name"]))
        if not tag.description:
            forum.actions.change_tag(tag=tag, name=tag.name, description=row["description"])
            for name in row["synonyms"]:
                forum.actions.add_synonym(tag=tag, name=name)


def _follow(cast: dict[str, User]) -> None:
    """What the people of the demo follow beside single questions."""
    for name, follows in yaml.safe_load((CONTENT / "follows.yaml").read_text()).items():
        things = [
            *Topic.objects.filter(slug__in=follows.get("topics", [])),
            *Tag.objects.filter(slug__in=follows.get("tags", [])),
            *Article.objects.filter(slug__in=follows.get("articles", [])),
            *(cast[other] for other in follows.get("members", [])),
        ]
        for thing in things:
            forum.actions.follow(thing=thing, member=cast[name])


class _Thread:
    """One question and everything that happened under it."""

    def __init__(self, row: dict[str, Any], cast: dict[str, User]) -> None:
        self.row, self.cast = row, cast

    def play(self) -> None:
        row, asked = self.row, self.row["asked_hours_ago"]
        with clock.at(clock.hours_ago(asked)):
            question = forum.actions.ask(
                author=self.cast[row["by"]],
                title=row["title"],
                body=(row["body"] or "").strip(),
                topic=Topic.objects.get(slug=row["topic"]),
                article=Article.objects.get(slug=row["article"]) if row["article"] else None,
                audience=row["audience"],
                anonymous=row["anonymous"],
                tags=row["tags"],
                submission_key=_key(row["key"]),
            )
        self.settle(question, row, asked)
        for name in row["followed_by"]:
            forum.actions.follow(thing=question, member=self.cast[name])
        for number, comment in enumerate(row["comments"]):
            self.comment(question, comment, f"{row['key']}/c{number}")
        answers = [self.answer(question, ANSWER | answer, number) for number, answer in enumerate(row["answers"])]
        if "outcome" in row:
            self.comment(question, row["outcome"] | {"by": row["by"]}, f"{row['key']}/o", is_outcome=True)
        for edit in row["edits"]:
            with clock.at(clock.hours_ago(edit["hours_ago"])):
                forum.actions.edit(
                    post=question, editor=self.cast[edit["by"]], title=edit["title"], body=edit["body"].strip()
                )
        for name in row["same_by"]:
            forum.actions.mark_same(question=question, member=self.cast[name])
        for name in row["saved_by"]:
            forum.actions.save(question=question, member=self.cast[name])
        for name, hours_ago in row["seen"].items():
            forum.actions.visit(question=question, member=self.cast[name], until=clock.hours_ago(hours_ago))
        for number, report in enumerate(row["reports"]):
            post, written = question, row
            if place := report.get("answer"):
                post, written = answers[place - 1], row["answers"][place - 1]
            self.report(post, report, number)
            if written.get("state") == "hidden":
                self.hide(post, report, written["moderator_words"])
        if "closed" in row:
            self.close(question, row["closed"])
        if "letter" in row:
            self.write(question, row["letter"])

    def answer(self, question: Question, row: dict[str, Any], number: int) -> Answer:
        author = self.cast[row["by"]]
        as_clinician = row["basis"] == Answer.Basis.CLINICIAN
        with clock.at(clock.hours_ago(row["hours_ago"])):
            answer = forum.actions.answer(
                author=author,
                question=question,
                body=row["body"].strip(),
                basis=row["basis"],
                credential=Credential.objects.filter(user=author).first() if as_clinician else None,
                anonymous=row["anonymous"],
                submission_key=_key(f"{self.row['key']}/a{number}"),
            )
        self.settle(answer, row, row["hours_ago"])
        for name in row["helpful_by"]:
            forum.actions.mark_helpful(answer=answer, member=self.cast[name])
        if row["helped"]:
            forum.actions.mark_helped(answer=answer)
        for place, comment in enumerate(row["comments"]):
            self.comment(answer, comment, f"{self.row['key']}/a{number}c{place}")
        return answer

    def comment(self, post: Question | Answer, row: dict[str, Any], key: str, *, is_outcome: bool = False) -> None:
        with clock.at(clock.hours_ago(row["hours_ago"])):
            comment = forum.actions.comment(
                author=self.cast[row["by"]],
                post=post,
                body=row["body"].strip(),
                anonymous=row.get("anonymous", False),
                is_outcome=is_outcome,
                submission_key=_key(key),
            )
        self.settle(comment, {"state": "published"}, row["hours_ago"])

    def settle(self, post: Post, row: dict[str, Any], hours_ago: float) -> None:
        """What the moderators decided about a held post, and whether its author took it down."""
        state = row["state"]
        if state == "pending":
            return
        with clock.at(clock.hours_ago(max(hours_ago - READ_AFTER, 0))):
            item = ReviewItem.objects.about(post).open().first()
            decision: dict[str, Any] = {"item": item, "moderator": self.cast["moderator"]}
            if item is not None:
                decision["version"] = item.version
            if state == "returned":
                moderation.actions.ask_for_changes(words=self.row["moderator_words"].strip(), **decision)
            elif state == "rejected":
                moderation.actions.reject(rule=house.OTHER.code, words=self.row["moderator_words"].strip(), **decision)
            elif item is not None:
                moderation.actions.approve(**decision)
            if state == "removed":
                forum.actions.take_back(post=post)
            # What the worker does, as long ago as the rest.
            tell_followers()
        post.refresh_from_db()

    def report(self, post: Post, row: dict[str, Any], number: int) -> None:
        with clock.at(clock.hours_ago(row["hours_ago"])):
            moderation.actions.report(
                thing=post,
                reporter=self.cast[row["by"]] if row["by"] else None,
                reason=row["reason"],
                note=row["words"],
                contact="",
                submission_key=_key(f"{self.row['key']}/r{number}"),
            )

    def hide(self, post: Post, report: dict[str, Any], words: str) -> None:
        with clock.at(clock.hours_ago(report["hours_ago"] - READ_AFTER)):
            item = ReviewItem.objects.about(post).open().get()
            moderation.actions.hide(
                item=item,
                version=item.version,
                moderator=self.cast["moderator"],
                rule=report["reason"],
                words=words.strip(),
            )

    def write(self, question: Question, row: dict[str, Any]) -> None:
        """A letter of the moderators to its author, and what that author answered."""
        key = f"{self.row['key']}/l"
        with clock.at(clock.hours_ago(row["hours_ago"])):
            letter = moderation.letters.write(
                post=question,
                moderator=self.cast["moderator"],
                text=row["words"].strip(),
                submission_key=_key(key),
            )
        with clock.at(clock.hours_ago(row["answered_hours_ago"])):
            moderation.letters.reply(letter=letter, text=row["answer"].strip(), submission_key=_key(f"{key}1"))

    def close(self, question: Question, row: dict[str, Any]) -> None:
        with clock.at(clock.hours_ago(row["hours_ago"])):
            if row.get("reason") == Question.CloseReason.SETTLED:
                forum.actions.settle(question=question)
                return
            question.refresh_from_db()
            seen = {"question": question, "as_seen": question.standing, "moderator": self.cast["moderator"]}
            if "duplicate_of" in row:
                target = Question.objects.get(submission_key=_key(row["duplicate_of"]))
                moderation.threads.close_as_duplicate(target=target, **seen)
            elif "article" in row:
                moderation.threads.close_by_article(target=Article.objects.get(slug=row["article"]), **seen)
            else:
                moderation.threads.close(reason=row["reason"], **seen)
            if row.get("locked"):
                moderation.threads.lock(**seen | {"as_seen": question.standing})


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMES, name)

"""The questions of the demo and what became of them, out of demo/content/questions.yaml."""

from __future__ import annotations

import uuid
from typing import Any

import yaml

import forum.actions
import moderation.actions
from accounts.models import Credential, User
from articles.models import Article, Topic
from demo import clock
from demo.library import CONTENT
from forum.models import Answer, Post, Question
from moderation import house
from moderation.models import ReviewItem

NAMES = uuid.UUID("8f2b9c1e-6a0d-4c55-9d0e-2f6c1f5a7b31")
# How long a text of the demo waited for its moderator.
READ_AFTER = 0.4


def load(cast: dict[str, User]) -> None:
    """Whatever is there already is left as it is."""
    known = set(Question.objects.values_list("submission_key", flat=True))
    for row in yaml.safe_load((CONTENT / "questions.yaml").read_text()):
        if _key(row["key"]) not in known:
            _Thread(row, cast).play()


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
                submission_key=_key(row["key"]),
            )
        self.settle(question, row, asked)
        for number, comment in enumerate(row["comments"]):
            self.comment(question, comment, f"{row['key']}/c{number}")
        answers = [self.answer(question, answer, number) for number, answer in enumerate(row["answers"])]
        for edit in row.get("edits", ()):
            with clock.at(clock.hours_ago(edit["hours_ago"])):
                forum.actions.edit(
                    post=question, editor=self.cast[edit["by"]], title=edit["title"], body=edit["body"].strip()
                )
        for name in row["same_by"]:
            forum.actions.mark_same(question=question, member=self.cast[name])
        for number, report in enumerate(row.get("reports", ())):
            self.report(answers[report["answer"] - 1] if "answer" in report else question, report, number)
        if row["state"] == "hidden":
            self.hide(question)

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

    def comment(self, post: Question | Answer, row: dict[str, Any], key: str) -> None:
        with clock.at(clock.hours_ago(row["hours_ago"])):
            comment = forum.actions.comment(
                author=self.cast[row["by"]],
                post=post,
                body=row["body"].strip(),
                anonymous=row["anonymous"],
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

    def hide(self, question: Question) -> None:
        report = self.row["reports"][-1]
        with clock.at(clock.hours_ago(report["hours_ago"] - READ_AFTER)):
            item = ReviewItem.objects.about(question).open().get()
            moderation.actions.hide(
                item=item,
                version=item.version,
                moderator=self.cast["moderator"],
                rule=report["reason"],
                words=self.row["moderator_words"].strip(),
            )


def _key(name: str) -> uuid.UUID:
    return uuid.uuid5(NAMES, name)

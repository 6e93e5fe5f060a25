"""The same stage with many more of everything, made quickly: what a page costs must not depend on it."""

from __future__ import annotations

import itertools
import uuid
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

import search.due
import search.index
from accounts.models import User
from articles import documents as library
from articles.models import Article, Reaction, ReactionDay, ReaderRemark, Revision, Said, SignOff, Topic
from core import drafts
from forum import documents as forum
from forum.library_forms import MOST
from forum.models import (
    Answer,
    Comment,
    Edit,
    Follow,
    Post,
    Prompt,
    Question,
    SameQuestion,
    Saved,
    SecondLook,
    Tag,
    Tagging,
)
from moderation.models import REPORT, Decision, Letter, LetterMessage, Report, ReviewItem
from notifications.models import Notification
from search.models import Due, Entry
from tests import factories
from tests.stage import SHARED, Stage

# More than a page shows: of answers 20, of comments 50, of what is found and of what waits 50.
PEOPLE, TOPICS, ARTICLES, QUESTIONS, ANSWERS, COMMENTS, NOTIFICATIONS, ITEMS, TEXTS = (
    40,
    30,
    30,
    110,
    60,
    240,
    50,
    60,
    50,
)

numbers = itertools.count(1)


def fill(stage: Stage) -> None:
    people = _people()
    Topic.objects.bulk_create(Topic(name=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS))
    _articles(stage)
    _readers(stage)
    questions = _questions(stage, people)
    _thread(stage, people)
    _written(stage, questions)
    _tags(stage, questions)
    _notifications(stage, questions)
    _queue(stage, people)
    _letters(stage)
    for question in Question.objects.filter(shown_to_members=True).select_related("topic").with_origin():
        search.index.put(forum.document(question, []))
    # Of the crowd itself nobody looks at the neighbours.
    Due.objects.all().delete()
    staged = {"question": stage.questions, "article": stage.articles}
    for kind, things in staged.items():
        for key in Entry.objects.filter(kind=kind, object_id__in=[one.pk for one in things.values()]).values_list("pk"):
            search.due.again(*key)
    factories.find_neighbours()


def _people() -> list[User]:
    people = [User(email=f"crowd{n}@example.org", handle=f"crowd-{n}", password="!") for n in range(PEOPLE)]
    return User.objects.bulk_create(people)


def _post(**fields: Any) -> dict[str, Any]:
    """The columns of a published post."""
    at = timezone.now() - timedelta(minutes=next(numbers))
    published = {"status": Post.Status.PUBLISHED, "published_at": at, "created_at": at}
    shown = {"shown_to_members": True, "shown_to_all": True, "submission_key": uuid.uuid4()}
    words = {"body": f"{SHARED} once more.", "body_html": f"<p>{SHARED} once more.</p>"}
    return published | shown | words | fields


def _articles(stage: Stage) -> None:
    """Articles that readers have, and many revisions of one."""
    ed, rae, topic = stage.people["ed"], stage.people["rae"], stage.topics["twitches"]
    today, like = timezone.localdate(), stage.articles["related"].live
    made = Article.objects.bulk_create(
        Article(title=f"About {SHARED} {n}", slug=f"about-{n}", topic=topic) for n in range(ARTICLES)
    )
    words = {"topic": topic, "author": ed, "rendered_with": like.rendered_with, "sources": like.sources}
    texts = {name: getattr(like, name) for name in ("standfirst", "body", "body_html", "key_points", "key_points_html")}
    revisions = Revision.objects.bulk_create(
        Revision(article=article, number=1, title=article.title, **words, **texts) for article in made
    )
    signed = SignOff.objects.bulk_create(
        SignOff(revision=revision, reviewer=rae, revision_author=ed, line="Rae") for revision in revisions
    )
    for article, revision, sign_off in zip(made, revisions, signed, strict=True):
        article.state, article.live, article.live_sign_off = Article.State.PUBLISHED, revision, sign_off
        article.published_at, article.checked_on = timezone.now(), today
        article.next_review_on = today + timedelta(days=365)
    columns = ["state", "live", "live_sign_off", "published_at", "checked_on", "next_review_on"]
    Article.objects.bulk_update(made, columns)
    for article in made:
        search.index.put(library.document(article))
    for which in ("published", "related"):
        article = stage.articles[which]
        last = article.revisions.latest("number").number
        Revision.objects.bulk_create(
            Revision(article=article, number=last + n, title=f"{article.title} {n}", **words, **texts)
            for n in range(1, ARTICLES + 1)
        )


def _questions(stage: Stage, people: list[User]) -> list[Question]:
    authors = [stage.people["ben"], stage.people["cleo"], *people]
    return Question.objects.bulk_create(
        Question(
            title=f"Is {SHARED} number {n} normal?",
            slug=f"number-{n}",
            topic=stage.topics["twitches"],
            article=stage.articles["published"],
            author=authors[n % 2] if n % 3 else authors[n % len(authors)],
            alias=1 if n % 10 == 0 else None,
            active_at=timezone.now() - timedelta(minutes=n),
            **_post(),
        )
        for n in range(QUESTIONS)
    )


def _written(stage: Stage, questions: list[Question]) -> None:
    """As many questions behind one article as there may be, and many answers to look at again."""
    Prompt.objects.bulk_create(Prompt(article=stage.articles["published"], question=one) for one in questions[:MOST])
    Prompt.objects.bulk_create(
        Prompt(article=article, question=stage.questions["public"], announced_at=timezone.now())
        for article in Article.objects.published().exclude(pk=stage.articles["published"].pk)[:TEXTS]
    )
    helped = list(stage.questions["public"].answers.filter(shown_to_members=True).order_by("-pk")[:TEXTS])
    Answer.objects.filter(pk__in=[answer.pk for answer in helped]).update(helped_at=timezone.now())
    SecondLook.objects.bulk_create(SecondLook(answer=answer, article=stage.articles["related"]) for answer in helped)


def _tags(stage: Stage, questions: list[Question]) -> None:
    """Three tags on each question, and members who saved and follow many."""
    tags = [*Tag.objects.all(), *Tag.objects.bulk_create(Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(200))]
    coffee = Tag.objects.get(slug="coffee")
    Tagging.objects.bulk_create(
        Tagging(
            question=question,
            tag=tag,
            topic_id=question.topic_id,
            active_at=question.active_at,
            published_at=question.published_at,
            shown_to_members=True,
            shown_to_all=True,
        )
        for n, question in enumerate(questions)
        for tag in {coffee, tags[n % len(tags)], tags[(n + 1) % len(tags)]}
    )
    cleo = stage.people["cleo"].pk
    for name in ("answer", "comment_question"):
        for one in questions[:40]:
            path = reverse(f"forum:{name}", args=[one.pk])
            drafts.keep(owner_id=cleo, form=path, fields={"body": f"Words {one.pk}"}, began=None, window="")
    for who in ("ana", "eve"):
        Saved.objects.bulk_create(Saved(member=stage.people[who], question=one) for one in questions[:100])
        Follow.objects.bulk_create(Follow(member=stage.people[who], question=one) for one in questions[:100])


def _readers(stage: Stage) -> None:
    """What many readers said of an article, on many days."""
    revision, today = stage.articles["published"].live, timezone.now().date()
    row = {"article": stage.articles["published"], "revision": revision, "says": Said.UNCLEAR}
    Reaction.objects.bulk_create(Reaction(guest=f"guest {n}", day=today, **row) for n in range(TEXTS))
    ReaderRemark.objects.bulk_create(
        ReaderRemark(text=f"{SHARED} {n}", submission_key=uuid.uuid4(), **row) for n in range(TEXTS)
    )
    ReactionDay.objects.bulk_create(
        ReactionDay(revision=revision, day=today - timedelta(days=n), says=Said.YES, count=n) for n in range(1, TEXTS)
    )


def _thread(stage: Stage, people: list[User]) -> None:
    """A thread as long as they get: answers of every kind, comments under all of them, many who have it too."""
    question, credential = stage.questions["public"], stage.people["cleo"].credentials.get()
    bases = [Answer.Basis.OWN, Answer.Basis.CARER, Answer.Basis.SOURCE, Answer.Basis.SUPPORT, Answer.Basis.CLINICIAN]
    answers = []
    for n in range(ANSWERS):
        basis = bases[n % len(bases)]
        by_clinician = basis == Answer.Basis.CLINICIAN
        author = stage.people["cleo"] if by_clinician else people[n % len(people)]
        more = {"credential": credential, "credential_line": credential.line} if by_clinician else {}
        rank = 0 if basis == Answer.Basis.SUPPORT else Answer.LEAST_RANK + 100 + n
        answers.append(Answer(question=question, author=author, basis=basis, rank=rank, **more, **_post()))
    made = Answer.objects.bulk_create(answers)
    Comment.objects.bulk_create(
        Comment(
            question=question,
            answer=made[n % len(made)] if n % 2 else None,
            author=people[n % len(people)],
            alias=100 + n % len(people) if n % 4 == 0 else None,
            **_post(),
        )
        for n in range(COMMENTS)
    )
    SameQuestion.objects.bulk_create(SameQuestion(question=question, member=person) for person in people)
    Edit.objects.bulk_create(
        Edit(
            answer=stage.answers["changed"],
            state=Edit.State.SUPERSEDED,
            body=f"{SHARED} since {n}.",
            listed_at=timezone.now() - timedelta(days=n + 1),
        )
        for n in range(TEXTS)
    )
    Question.objects.filter(pk=question.pk).update(answers_count=ANSWERS, same_count=PEOPLE)
    # What one member has waiting in it.
    Answer.objects.bulk_create(
        Answer(
            question=question,
            author=stage.people["newt"],
            basis=Answer.Basis.OWN,
            **_post(status=Post.Status.PENDING, published_at=None, shown_to_members=False, shown_to_all=False),
        )
        for _ in range(10)
    )


def _notifications(stage: Stage, questions: list[Question]) -> None:
    reply = stage.answers["public"]
    for who in ("ana", "eve"):
        Notification.objects.bulk_create(
            Notification(
                recipient=stage.people[who],
                kind="comment" if n % 3 else "answer",
                subject_kind="question" if n % 3 else "answer",
                subject_id=questions[n].pk if n % 3 else reply.pk,
                read_at=timezone.now() if n % 2 else None,
                created_at=timezone.now() - timedelta(minutes=n),
            )
            for n in range(NOTIFICATIONS)
            # The same is not told twice while it is unread.
            if n % 3 or n % 2
        )


def _letters(stage: Stage) -> None:
    """Many of one member, that wait and that are over, and many words in those."""
    now, newt, mo = timezone.now(), stage.people["newt"], stage.people["mo"]
    made = Letter.objects.bulk_create(
        Letter(question=question, author=newt, opened_at=now, ends_at=now + timedelta(days=n % 2), waiting_since=now)
        for question in (stage.questions["held question"], stage.questions["returned question"])
        for n in range(TEXTS)
    )
    LetterMessage.objects.bulk_create(
        LetterMessage(letter=letter, is_from_moderators=True, writer=mo, text="Hello.", submission_key=uuid.uuid4())
        for letter in [*made, *[stage.letters["to newt"]] * TEXTS]
    )


def _queue(stage: Stage, people: list[User]) -> None:
    """Much that waits, of every kind, and one item with a long story."""
    held = {"status": Post.Status.PENDING, "published_at": None, "shown_to_members": False, "shown_to_all": False}
    topic, question, newt = stage.topics["twitches"], stage.questions["public"], stage.people["newt"]
    posts: list[Any] = Question.objects.bulk_create(
        Question(title=f"May {SHARED} {n} be asked?", slug=f"held-{n}", topic=topic, author=newt, **_post(**held))
        for n in range(ITEMS // 3)
    )
    posts += Answer.objects.bulk_create(
        Answer(question=question, basis=Answer.Basis.OWN, author=people[n % len(people)], **_post(**held))
        for n in range(ITEMS // 3)
    )
    posts += Comment.objects.bulk_create(
        Comment(question=question, author=people[n % len(people)], **_post(**held)) for n in range(ITEMS // 3)
    )
    Edit.objects.bulk_create(
        Edit(**{post.kind: post}, state=Edit.State.HELD, title=getattr(post, "title", ""), body=post.body)
        for post in posts
    )
    reason = {"rule": "first_post", "level": 1, "words": "First posts", "author": "We read first posts.", "spans": []}
    ReviewItem.objects.bulk_create(ReviewItem(**{post.kind: post}, reasons=[reason], harm=1) for post in posts)
    for item in (stage.item(stage.questions["of ben"]), stage.item(stage.questions["held question"])):
        story = {item.question.kind: item.question}
        Report.objects.bulk_create(
            Report(**story, reason="unkind", note=f"Note {n}", submission_key=uuid.uuid4()) for n in range(40)
        )
        said = {"rule": REPORT, "level": 2, "words": "unkind", "author": "", "spans": []}
        ReviewItem.objects.filter(pk=item.pk).update(reasons=[*item.reasons, *[said] * 40])
        Decision.objects.bulk_create(
            Decision(
                item=item,
                moderator=stage.people["mo"],
                code=Decision.Code.KEPT,
                item_version=1000 + n,
                target_kind="question",
                target_id=item.question_id,
            )
            for n in range(30)
        )
        Edit.objects.bulk_create(Edit(**story, state=Edit.State.SUPERSEDED, title=f"Text {n}") for n in range(30))

"""Whatever people do, in whatever order and from however old a page: every counter equals the rows that it counts."""

import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import notifications.actions
from accounts.models import User
from articles.models import Topic
from core.rulings import require
from forum import actions, documents, privacy, rules
from forum.models import Answer, Comment, Question
from search.models import Entry
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STEPS = 300
BETWEEN_LOOKS = 4
OLD_PAGE = 0.2
SEED = 20


class Walk:
    """Some people, some topics, and dice. A post is at times the row as it was when it was last come by."""

    def __init__(self, people: list[User], topics: list[Topic], seed: int) -> None:
        self.people, self.topics, self.dice = people, topics, random.Random(seed)
        self.seen: dict[tuple[str, int], Any] = {}

    def one(self, model: type) -> Any:
        pks = list(model.objects.order_by("pk").values_list("pk", flat=True))
        pk = self.dice.choice(pks)
        old = self.seen.get((model.__name__, pk))
        if old is not None and self.dice.random() < OLD_PAGE:
            return old
        return self.seen.setdefault((model.__name__, pk), model.objects.get(pk=pk))

    def person(self) -> User:
        return self.dice.choice(self.people)

    def question(self) -> Question:
        return self.one(Question)

    def answer(self) -> Answer:
        return self.one(Answer)

    def post(self) -> Question | Answer | Comment:
        return self.one(self.dice.choice([Question, Answer, Answer, Comment]))

    def commented(self) -> Question | Answer:
        return self.one(self.dice.choice([Question, Answer]))

    def maybe(self) -> bool:
        return self.dice.random() < 0.4


def ask(walk: Walk) -> None:
    audience = walk.dice.choice(["public", "public", "unlisted", "members"])
    tags = ", ".join(walk.dice.sample(["sleep", "coffee", "cold", "heat"], 2))
    topic = walk.dice.choice(walk.topics)
    factories.make_question(walk.person(), topic=topic, audience=audience, anonymous=walk.maybe(), tags=tags)


def reply(walk: Walk) -> None:
    author, question, basis = walk.person(), walk.question(), walk.dice.choice(["own", "own", "carer", "support"])
    credential = author.credentials.first()
    if credential is not None and question.author_id != author.pk and walk.maybe():
        factories.make_answer(author, question, basis="clinician", credential=credential)
    else:
        factories.make_answer(author, question, basis=basis, anonymous=walk.maybe())


def be_helped(walk: Walk) -> None:
    answer, member = walk.answer(), walk.person()
    require(rules.may_mark_helpful(member, answer))
    actions.mark_helpful(answer=answer, member=member)


def say_it_is_out_of_date(walk: Walk) -> None:
    answer, member = walk.answer(), walk.person()
    require(rules.may_mark_outdated(member, answer))
    actions.mark_outdated(answer=answer, member=member)


def tell_how_it_went(walk: Walk) -> None:
    question = walk.question()
    if question.author is not None and question.status == "published":
        key = uuid.UUID(int=walk.dice.getrandbits(128))
        actions.tell_outcome(author=question.author, question=question, body="Not better.", submission_key=key)


def put_back(walk: Walk) -> None:
    model = walk.dice.choice([Question, Answer, Comment])
    post = model.objects.to_be_put_back().order_by("pk").first()
    if post is not None and post.author is not None:
        actions.put_back(post=post)


def edit(walk: Walk) -> None:
    post = walk.post()
    if post.author is not None:
        text = f"Now that I have slept on it I say it better: {walk.dice.random()}."
        actions.edit(post=post, editor=post.author, title=getattr(post, "title", ""), body=text)


def arrange(walk: Walk) -> None:
    one, other = walk.question(), walk.question()
    as_seen = one.standing
    walk.dice.choice(
        [
            lambda: actions.close(question=one, reason="heated", as_seen=as_seen),
            lambda: actions.close_as_duplicate(question=one, target=other, as_seen=as_seen),
            lambda: actions.reopen(question=one),
            lambda: actions.settle(question=one),
            lambda: actions.move(question=one, topic=walk.dice.choice(walk.topics), as_seen=as_seen),
            lambda: actions.pin(question=one, until=timezone.now(), as_seen=as_seen),
            lambda: actions.retag(question=one, names=walk.dice.sample(["sleep", "coffee", "heat"], 1)),
        ]
    )()


def merge(walk: Walk) -> None:
    source = walk.question()
    actions.merge(source=source, into=walk.question(), as_seen=source.standing)


def read(walk: Walk) -> None:
    notice = walk.person().notifications.order_by("?").first()
    if notice is not None:
        notifications.actions.mark_read(recipient_id=notice.recipient_id, ids=[notice.pk])


def leave(walk: Walk) -> None:
    """Somebody is erased, and somebody else comes."""
    gone = walk.people.pop(walk.dice.randrange(len(walk.people)))
    privacy.erase(User.objects.get(pk=gone.pk))
    walk.people.append(factories.make_user())


WHAT_PEOPLE_DO: list[tuple[int, Callable[[Walk], Any]]] = [
    (6, ask),
    (14, reply),
    (6, lambda walk: factories.make_comment(walk.person(), walk.commented(), anonymous=walk.maybe())),
    (8, lambda walk: actions.mark_same(question=walk.question(), member=walk.person())),
    (4, lambda walk: actions.unmark_same(question=walk.question(), member=walk.person())),
    (8, be_helped),
    (4, lambda walk: actions.unmark_helpful(answer=walk.answer(), member=walk.person())),
    (8, lambda walk: actions.mark_helped(answer=walk.answer())),
    (3, lambda walk: actions.unmark_helped(answer=walk.answer())),
    (4, say_it_is_out_of_date),
    (2, lambda walk: actions.unmark_outdated(answer=walk.answer(), member=walk.person())),
    (2, tell_how_it_went),
    (5, put_back),
    (5, lambda walk: actions.hide(post=walk.post())),
    (10, lambda walk: actions.publish(post=walk.post())),
    (2, lambda walk: actions.send_back(post=walk.post())),
    (5, edit),
    (4, lambda walk: actions.take_back(post=walk.post())),
    (8, arrange),
    (4, merge),
    (2, lambda walk: actions.save(question=walk.question(), member=walk.person())),
    (2, lambda walk: actions.visit(question=walk.question(), member=walk.person(), until=timezone.now())),
    (3, read),
    (1, leave),
]


def test_every_counter_is_right_all_the_way(ana, ben, cleo, eve, newt, topic):
    walk = Walk([ana, ben, cleo, eve, newt], [topic, factories.make_topic("Sleep")], SEED)
    for _ in range(4):
        ask(walk)
        reply(walk)
        factories.make_comment(ana, walk.answer())
    weights, steps = zip(*WHAT_PEOPLE_DO, strict=True)
    done = 0
    for number in range(STEPS):
        try:
            walk.dice.choices(steps, weights)[0](walk)
            done += 1
        except (PermissionDenied, actions.ChangedMeanwhile):
            pass
        if number % BETWEEN_LOOKS == 0:
            assert actions.recount(check=True) == [], f"at step {number} of seed {SEED}"
    assert actions.recount(check=True) == []
    assert done > STEPS / 2
    assert Question.objects.exclude(merged_into=None).exists()
    copied = ("answers_count", "helped", "clinician", "audience", "topic", "title")
    found = {entry.object_id: [getattr(entry, name) for name in copied] for entry in Entry.objects.all()}
    assert found == {one.object_id: [getattr(one, name) for name in copied] for one in documents.documents()}


def test_recount_knows_every_counter(question, answer):
    """A new column that counts is healed, or this fails. What the index holds is a copy, which `reindex` makes anew."""
    columns = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name.endswith("_count") and model is not Entry
    ]
    assert len(columns) >= 8
    for model, name in columns:
        model._default_manager.update(**{name: 77})
    found = actions.recount(check=True)
    unknown = [
        name
        for model, name in columns
        if not any(f"{model._meta.model_name} " in line and f" {name}: 77" in line for line in found)
    ]
    assert unknown == []
    actions.recount()
    assert actions.recount(check=True) == []

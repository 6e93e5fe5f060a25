"""Which forms are kept while somebody writes, what of them, and what each is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.drafts import ASIDE
from core.models import Draft
from core.text import excerpt
from forum.models import Answer, Comment, Question

# One member has no more of them at once, and none is longer, counted in characters: several times what may be posted.
MOST, LONGEST = 100, 100_000
SAVED_AN_HOUR = 1_500

REPLY = ("submission_key", "body", "anonymous")
CHANGE = ("version", "title", "body", "tags", "reason")


@dataclass(frozen=True)
class Kind:
    """What is kept: `fields`. Sending the form `makes` a post, or where that is nothing changes what it is `about`."""

    label: str | Promise
    fields: tuple[str, ...]
    makes: type[Question] | type[Answer] | type[Comment] | None
    about: type[Question] | type[Answer] | type[Comment] | None


KINDS = {
    "forum:ask": Kind(
        _("A question"),
        tuple("submission_key article answered title body topic tags anonymous audience ask_later".split()),
        Question,
        None,
    ),
    "forum:outcome": Kind(_("How it went"), ("submission_key", "went", "body"), Comment, Question),
    "forum:answer": Kind(_("An answer"), ("basis", *REPLY), Answer, Question),
    "forum:comment_question": Kind(_("A comment on the question"), REPLY, Comment, Question),
    "forum:comment_answer": Kind(_("A comment on an answer"), REPLY, Comment, Answer),
    "forum:edit_question": Kind(_("A change of your question"), CHANGE, None, Question),
    "forum:edit_answer": Kind(_("A change of your answer"), CHANGE, None, Answer),
    "forum:edit_comment": Kind(_("A change of your comment"), CHANGE, None, Comment),
}


@dataclass(frozen=True)
class Place:
    """Where a form is: the name of its address, its kind, and the id of the post that it is about."""

    name: str
    kind: Kind
    pk: int | None


def place_of(path: str) -> Place | None:
    """The form at `path`; None where there is none that is kept."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    kind = KINDS.get(match.view_name)
    return Place(match.view_name, kind, next(iter(match.captured_kwargs.values()), None)) if kind else None


def is_sent(place: Place, fields: Mapping[str, str], owner: User) -> bool:
    """Whether this was posted already: what a page sends as it is left may come after the post itself."""
    if place.kind.makes is not None:
        key = fields["submission_key"]
        return bool(place.kind.makes._default_manager.filter(author=owner, submission_key=key).exists())
    assert place.kind.about is not None
    post = place.kind.about._default_manager.filter(author=owner, pk=place.pk).first()
    last = post.edits.order_by("pk").last() if post else None
    return last is not None and all(
        fields[name] == getattr(last, name) for name in ("title", "body", "tags") if name in fields
    )


BEGINNING = 160


@dataclass(frozen=True)
class Begun:
    """A draft as its writer finds it in their list.

    `question` is what it belongs to, where they may still open that; `url` leads on with it, empty where nothing does.
    """

    draft: Draft
    label: str | Promise
    question: Question | None
    url: str
    beginning: str
    whole: str


def begun(drafts: Sequence[Draft], owner: User) -> list[Begun]:
    """What these drafts are about, in a few statements however many there are."""
    places = {draft.form: place_of(draft.form.partition(ASIDE)[0]) for draft in drafts}
    about: dict[tuple[type, int], int] = {}
    for model in (Answer, Comment):
        ids = {place.pk for place in places.values() if place and place.kind.about is model}
        visible = model._default_manager.visible_to(owner).filter(pk__in=ids).values_list("pk", "question_id")
        about |= {(model, pk): question_id for pk, question_id in visible}
    ids = {place.pk for place in places.values() if place and place.kind.about is Question} | set(about.values())
    questions = Question.objects.visible_to(owner).filter(pk__in=ids).only("title", "slug").in_bulk()
    about |= {(Question, pk): pk for pk in questions}

    def one(draft: Draft) -> Begun:
        place = places[draft.form]
        post = (place.kind.about, place.pk) if place else None
        question = questions.get(about.get(post, 0)) if post else None
        is_open = place is not None and (place.kind.about is None or question is not None)
        words = "\n\n".join(filter(None, (draft.fields.get("title"), draft.fields.get("body"))))
        beginning = excerpt(words, BEGINNING)
        return Begun(
            draft,
            place.kind.label if place else "",
            question,
            url=draft.form if is_open and ASIDE not in draft.form else "",
            beginning=beginning,
            whole=words if beginning != words else "",
        )

    return [one(draft) for draft in drafts]

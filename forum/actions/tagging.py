"""Tags of a question, and what of the question is copied to them; the words that moderators keep in order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from forum import documents, tags
from forum.models import Edit, Question, Tag, Tagging, TagSynonym

# Of the question, what a list by tag goes by.
COPIED = ("topic_id", "active_at", "published_at", "clinician_replied", "shown_to_members", "shown_to_all")


def tag(question_id: int, names: Sequence[str]) -> None:
    """Put exactly the tags of these names on a published question. A name that is no tag yet becomes one."""
    wanted = {one.pk for one in _named(names[: tags.MOST])}
    on_it = Tagging.objects.filter(question_id=question_id)
    on_it.exclude(tag__in=wanted).delete()
    new = wanted - set(on_it.values_list("tag_id", flat=True))
    of_question = _copies(question_id)
    Tagging.objects.bulk_create(
        [Tagging(question_id=question_id, tag_id=pk, **of_question) for pk in sorted(new)], ignore_conflicts=True
    )


def copy_to_tags(question_id: int) -> None:
    """Tell the tags of a question how it stands. Called by whatever changes what `COPIED` and `is_answered` name, in
    its transaction and after that change."""
    Tagging.objects.filter(question_id=question_id).update(**_copies(question_id))


@transaction.atomic
def retag(*, question: Question, names: Sequence[str]) -> None:
    """Change the tags of a question and leave its text as it is."""
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)
    standing = Edit.objects.filter(question=question, state__in=[Edit.State.LIVE, Edit.State.HELD])
    standing.update(tags=tags.join(list(names)))
    if question.status == Question.Status.PUBLISHED:
        tag(question.pk, names)
        documents.index(question)


@transaction.atomic
def merge_tags(*, tag: Tag, into: Tag) -> None:
    """Put `into` in the place of `tag` wherever it stands; the old word becomes another word for it."""
    if tag.pk == into.pk:
        return
    questions = list(Tagging.objects.filter(tag=tag).values_list("question_id", flat=True))
    both = Tagging.objects.filter(tag=into, question__in=questions).values("question_id")
    Tagging.objects.filter(tag=tag, question__in=list(both.values_list("question_id", flat=True))).delete()
    Tagging.objects.filter(tag=tag).update(tag=into)
    tag.synonyms.update(tag=into)
    for follow in tag.follows.all():
        if follow.member.follows.filter(tag=into).exists():
            follow.delete()
        else:
            type(follow).objects.filter(pk=follow.pk).update(tag=into)
    slug, name = tag.slug, tag.name
    tag.delete()
    TagSynonym.objects.create(slug=slug, name=name, tag=into)
    _index(questions)


@transaction.atomic
def change_tag(*, tag: Tag, name: str, description: str) -> None:
    """Another name or description; the address stays, and so do the questions."""
    Tag.objects.filter(pk=tag.pk).update(name=name, description=description)
    _index(Tagging.objects.filter(tag=tag).values_list("question_id", flat=True))


@transaction.atomic
def add_synonym(*, tag: Tag, name: str) -> None:
    """Another word for `tag`. One that is a tag itself is merged into it."""
    slug = tags.slug_of(name)
    if twin := Tag.objects.filter(slug=slug).exclude(pk=tag.pk).first():
        merge_tags(tag=twin, into=tag)
    elif slug != tag.slug:
        TagSynonym.objects.update_or_create(slug=slug, defaults={"name": name, "tag": tag})
        _index(Tagging.objects.filter(tag=tag).values_list("question_id", flat=True))


def _named(names: Sequence[str]) -> list[Tag]:
    """The tags of these names; another word for one is that one."""
    found: dict[str, Tag] = {}
    slugs = {tags.slug_of(name): name for name in names}
    for known in (
        Tag.objects.filter(Q(slug__in=slugs) | Q(synonyms__slug__in=slugs)).distinct().prefetch_related("synonyms")
    ):
        found |= dict.fromkeys([known.slug, *(other.slug for other in known.synonyms.all())], known)
    for slug, name in slugs.items():
        if slug and slug not in found:
            found[slug] = Tag.objects.get_or_create(slug=slug, defaults={"name": name})[0]
    return [found[slug] for slug in slugs if slug in found]


def _copies(question_id: int) -> dict[str, object]:
    row: dict[str, object] = Question.objects.values(*COPIED, "answers_count").get(pk=question_id)
    return {"is_answered": bool(row.pop("answers_count"))} | row


def _index(questions: Collection[int] | QuerySet[Tagging, int]) -> None:
    for question in Question.objects.filter(pk__in=list(questions)):
        documents.index(question)

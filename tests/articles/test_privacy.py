"""Who leaves takes their name along; the library keeps its texts, its pictures and its signatures."""

import pytest

from accounts.privacy import rooms
from articles import actions
from articles.models import Correction, Remark, ReviewLink, SignOff
from tests.factories import make_draft, make_user
from uploads.actions import receive
from uploads.models import Upload


@pytest.fixture
def room():
    return next(room for room in rooms() if room.name == "articles")


def leave(user) -> None:
    """Every room, as `manage.py worker` will do it; a second time changes nothing."""
    for _ in range(2):
        for room in rooms():
            room.erase(user)


def test_editors_and_reviewers_are_given_what_they_did(room, article, ed, rae):
    mine = room.export(ed)
    assert [(one["article__slug"], one["number"]) for one in mine["revisions"]] == [(article.slug, 1)]
    assert [one["kind"] for one in mine["steps"]] == ["submitted", "published"]
    assert [one["line"] for one in room.export(rae)["sign_offs"]] == ["rae, neurology, United Kingdom"]


def test_texts_stay_without_the_name_of_who_wrote_them(article, ed):
    leave(ed)
    article.refresh_from_db()
    assert article.live.written_by == "a former editor"
    assert {step.taken_by for step in article.live.steps.all()} == {"a former editor"}


def test_what_was_remarked_asked_and_corrected_is_given_and_stays_without_a_name(room, article, boss, rae):
    actions.remark(revision=article.live, reviewer=rae, body="Is it?")
    actions.make_review_link(revision=article.live, editor=boss, name="Demo reviewer", role="pharmacist")
    actions.correct_urgently(article=article, editor=boss, texts={}, box="Two.", reason="Wrong.")
    assert [one["body"] for one in room.export(rae)["remarks"]] == ["Is it?"]
    assert [one["name"] for one in room.export(boss)["review_links"]] == ["Demo reviewer"]
    leave(rae)
    leave(boss)
    assert [one.made_by for one in Remark.objects.all()] == ["a former editor"]
    assert ReviewLink.objects.get().made_by is None
    assert Correction.objects.get().editor is None


def test_what_was_signed_stays_signed(client, article, rae):
    leave(rae)
    assert SignOff.objects.get().line == "rae, neurology, United Kingdom"
    assert "rae, neurology, United Kingdom" in client.get(article.get_absolute_url()).content.decode()


def test_pictures_in_the_library_stay_when_a_former_editor_leaves(ed, file):
    max_ = make_user("max", is_editor=True)
    hero, inside, unused = (receive(owner=max_, file=file) for _ in range(3))
    draft = make_draft(ed, body=f"![A belly]({inside.get_absolute_url()})", hero=hero, hero_alt="A belly")
    actions.save(article=draft, editor=max_)
    max_.is_editor = False
    max_.save()
    leave(max_)
    assert set(Upload.objects.values_list("pk", "owner")) == {(hero.pk, None), (inside.pk, None)}
    assert unused.pk not in Upload.objects.values_list("pk", flat=True)

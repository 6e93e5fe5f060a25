"""What the demo says: true to the rules that every text of the library and of the forum keeps."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone

from articles import rules
from articles.models import Article, ReaderRemark, Remark
from forum import following
from forum.models import Answer, Comment, Follow, Post, Question, Saved, TagSynonym, Telling, Visit
from notifications.models import Notification
from search.models import Gap, SuggestionDay, Wording

pytestmark = pytest.mark.slow

CONTENT = Path(__file__).parent.parent / "demo" / "content"
ARTICLES = sorted((CONTENT / "articles").glob("*.md"))
# "The doctor asks about your medicines" names none.
MEDICINE = re.compile(
    r"(?<!your )medicines\b|(?:painkiller|antidepressant|antacid|steroid|iron tablet)s?\b"
    r"|prednisone|gabapentin|ibuprofen|aspirin|sumatriptan",
    re.IGNORECASE,
)
POSTS = (Question, Answer, Comment)
DOSE = re.compile(r"\d\s?(?:mg|mcg|µg|ml|milligrams?|micrograms?|millilitres?|g)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("demo")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """The demo, loaded once for all tests here."""


def _state():
    """How many rows there are of every kind, and which text stands where."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models()}
    texts = [list(model.objects.order_by("pk").values_list("pk", "version", "status")) for model in POSTS]
    return counts, texts, list(Article.objects.order_by("pk").values_list("pk", "state", "live_id"))


def test_the_demo_fills_the_site_once_and_every_counter_is_right(demo):
    published = Article.objects.published()
    assert published.count() >= 14
    assert len({article.topic.parent_id or article.topic_id for article in published.select_related("topic")}) >= 6
    assert Question.objects.count() == 60
    before = _state()
    call_command("demo")
    assert _state() == before
    call_command("recount", check=True)


def test_every_state_has_something_to_show(demo):
    def seen(model, field):
        return set(model.objects.values_list(field, flat=True))

    assert seen(Question, "status") == set(Post.Status.values)
    assert seen(Question, "audience") == set(Question.Audience.values)
    assert seen(Answer, "basis") == set(Answer.Basis.values)
    assert {"pending", "published", "hidden", "removed"} <= seen(Answer, "status")
    assert {"", "duplicate", "article", "settled", "heated"} <= seen(Question, "close_reason")
    assert seen(Article, "state") >= {"draft", "in_review", "published"}
    assert Article.objects.published().filter(next_review_on__lt=timezone.localdate()).exists()
    assert Question.objects.exclude(locked_at=None).exists()
    assert Question.objects.shown_to(AnonymousUser()).filter(taggings=None).count() == 0
    assert TagSynonym.objects.exists()
    assert Saved.objects.exists()
    assert Comment.objects.filter(is_outcome=True, shown_to_all=True).exists()
    assert {follow.kind for follow in Follow.objects.all()} == set(following.KINDS)
    told = Notification.objects.filter(kind="followed", recipient__handle="demo-reader", read_at=None)
    assert told.exists() and not told.filter(created_at__gt=timezone.now() - timedelta(hours=1)).exists()
    assert not Telling.objects.exists()
    assert seen(Gap, "kind") >= set(Wording.Kind.values)
    assert SuggestionDay.objects.filter(answered__gt=0).exists() and ReaderRemark.objects.exists()
    assert Remark.objects.exists()
    assert Visit.objects.filter(seen_at__lt=F("question__active_at")).exists()


def test_what_the_demo_publishes_lacks_nothing(demo):
    for article in Article.objects.published().select_related("live"):
        assert rules.missing_in_text(article.live) == [], article.slug


def test_links_between_the_articles_of_the_demo_lead_to_readers_pages():
    published = {file.stem for file in ARTICLES if "\nstate: published\n" in file.read_text()}
    linked = {slug for file in ARTICLES for slug in re.findall(r"\]\(/articles/([^/)]+)/", file.read_text())}
    assert linked <= published


def test_every_medicine_that_an_article_names_comes_with_whom_to_talk_to_before_changing_it():
    """In the same section, and in the same line where the line says when to see somebody."""
    without = []
    for file in ARTICLES:
        _, front, body = file.read_text().split("---\n", 2)
        words = yaml.safe_load(front)
        parts = [*re.split(r"^#{2,3} ", body, flags=re.MULTILINE), *words["help_soon"], *words["help_visit"]]
        without += [f"{file.stem}: {part[:60]}" for part in parts if MEDICINE.search(part) and "prescriber" not in part]
    assert without == []


def test_no_text_of_the_demo_names_a_dose():
    for file in [*ARTICLES, *(CONTENT / "questions").glob("*.yaml")]:
        assert not DOSE.search(file.read_text()), file.name

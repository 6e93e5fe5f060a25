"""What became of suggestions: each thing counted once, for a document and a day, and of nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from search import query, tallies
from search.models import Suggestion, SuggestionDay

PAGE = reverse("admin:search_suggestionday_changelist")
COUNTED = ("opened", "answered", "posted", "refused")


@pytest.fixture
def offered(library, guest):
    library.article("Eyelid twitching", object_id=7)
    library.question("Eyelid twitching at work", object_id=8)
    return tallies.tokens(query.suggest("eyelid twitching", user=guest))


def totals() -> list[tuple[int, int, int, int, int]]:
    days = SuggestionDay.objects.order_by("object_id")
    return list(days.values_list("object_id", *COUNTED))


def test_each_thing_counts_once_however_often_it_is_sent(offered):
    first, second = offered
    for _ in range(2):
        tallies.opened(first)
        tallies.answers(first)
        tallies.refused(second)
    assert totals() == [(7, 1, 1, 0, 0), (8, 0, 0, 0, 1)]


def test_who_posts_after_all_within_the_day_is_not_counted_as_answered(offered):
    tallies.answers(offered[0])
    for _ in range(2):
        tallies.posted_anyway(" ".join(offered))
    assert totals() == [(7, 0, 1, 1, 0)]
    assert tallies.totals().weeks[0][1].settled == 0


def test_after_a_day_nothing_is_left_to_add_to(offered, time_machine):
    tallies.answers(offered[0])
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    assert tallies.forget() == 1
    tallies.posted_anyway(offered[0])
    tallies.opened(offered[1])
    assert totals() == [(7, 0, 1, 0, 0)]
    assert not Suggestion.objects.exists()


def test_what_is_kept_names_nobody_and_repeats_nothing(offered):
    tallies.answers(offered[0])
    kept = {field.name for model in (Suggestion, SuggestionDay) for field in model._meta.fields}
    assert kept == {"id", "showing", "kind", "object_id", "day", "made_at", "opened", "answered", "posted", "refused"}


@pytest.mark.parametrize("token", ["", "x", "\x00", "a:b:c", "😵" * 900, "x " * 4_000])
def test_a_forged_token_counts_nothing(offered, token):
    for count in (tallies.opened, tallies.answers, tallies.refused, tallies.posted_anyway):
        count(token)
        count(offered[0][:-1] + token[:1])
    assert totals() == []


@pytest.fixture
def counted(library):
    """In this week and the last: an article that settles one of two, and a question that is refused."""
    library.article("Eyelid twitching", object_id=7)
    library.question("Eyelid twitching at work", object_id=8)
    today = timezone.localdate()
    rows = ((0, "article", 7, 3, 2, 1, 0), (7, "article", 7, 1, 1, 0, 0), (0, "question", 8, 2, 0, 0, 4))
    SuggestionDay.objects.bulk_create(
        SuggestionDay(
            day=today - timedelta(days=ago), kind=kind, object_id=number, **dict(zip(COUNTED, counts, strict=True))
        )
        for ago, kind, number, *counts in rows
    )


def test_the_weeks_are_added_up_the_newest_first(counted):
    newest, before = (outcome for _first, outcome in tallies.totals().weeks)
    assert (newest.opened, newest.answered, newest.posted, newest.settled, newest.refused) == (5, 2, 1, 1, 4)
    assert (before.opened, before.settled) == (1, 1)


def test_documents_are_told_by_what_they_settled_and_by_how_often_they_were_refused(counted):
    totals = tallies.totals()
    assert [(key, outcome.settled) for key, outcome in totals.settling] == [(("article", 7), 2)]
    assert [(key, outcome.refused) for key, outcome in totals.refused] == [(("question", 8), 4)]


def test_it_is_added_up_once_an_hour(counted, django_assert_num_queries):
    tallies.totals()
    with django_assert_num_queries(0):
        tallies.totals()


def test_editors_read_what_became_of_suggestions_and_of_nothing_that_is_not_public(
    client, settings, ed, counted, library
):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    page = client.get(PAGE).text
    assert "Eyelid twitching at work" in page
    assert ">Eyelid twitching</a>" in page
    library.taken_down = {("question", 8)}
    assert "Eyelid twitching at work" not in client.get(PAGE).text


def test_nobody_posts_past_what_nobody_said_answers_it(offered):
    tallies.opened(offered[0])
    for rows, fields in ((Suggestion, {"posted": True}), (SuggestionDay, {"posted": 1})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**fields)

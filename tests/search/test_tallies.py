"""What became of suggestions: each thing counted once, for a document and a day, and of nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from search import query, tallies
from search.models import Suggestion, SuggestionDay


@pytest.fixture
def offered(library, guest):
    library.article("Eyelid twitching", object_id=7)
    library.question("Eyelid twitching at work", object_id=8)
    return tallies.tokens(query.suggest("eyelid twitching", user=guest))


def totals() -> list[tuple[int, int, int, int, int]]:
    days = SuggestionDay.objects.order_by("object_id")
    return list(days.values_list("object_id", "opened", "answered", "posted", "refused"))


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
    assert SuggestionDay.objects.get().settled == 0


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


def test_none_of_these_is_told_by_document_the_most_refused_first(library, guest, offered):
    tallies.refused(" ".join(offered))
    tallies.refused(tallies.tokens(query.suggest("eyelid twitching at work", user=guest, limit=1))[0])
    today = timezone.localdate()
    assert tallies.refusals(today) == [("question", 8, 2), ("article", 7, 1)]
    assert tallies.refusals(today + timedelta(days=1)) == []


def test_nobody_posts_past_what_nobody_said_answers_it(offered):
    tallies.opened(offered[0])
    for rows, fields in ((Suggestion, {"posted": True}), (SuggestionDay, {"posted": 1})):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.update(**fields)

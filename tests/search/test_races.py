"""What happens at the same moment. These commit, and run in threads on either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from search import index, query, tallies
from search.models import Entry, Posting, Suggestion, SuggestionDay


@pytest.mark.django_db(transaction=True)
def test_a_document_put_by_several_at_once_is_there_once(library):
    document = library.question("Stomach twitching", body="After a stomach bug.")
    index.remove("question", document.object_id)
    start = Barrier(4)

    def put(_: int) -> None:
        try:
            start.wait()
            index.put(document)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, range(4)))
    assert Entry.objects.count() == 1
    assert Posting.objects.count() == len(index.weights(document))


@pytest.mark.django_db(transaction=True)
def test_what_becomes_of_a_suggestion_is_counted_once_of_many_at_once(library, guest):
    """One showing, pressed eight times at once, and two more showings of the same day beside it."""
    library.article("Eyelid twitching", object_id=7)
    shown = [tallies.tokens(query.suggest("eyelid twitching", user=guest))[0] for _ in range(3)]
    steps = (tallies.opened, tallies.answers, tallies.refused)
    jobs = [(step, token) for token in (*[shown[0]] * 8, *shown[1:]) for step in steps]
    start = Barrier(8)

    def press(some: list) -> None:
        try:
            start.wait()
            for step, token in some:
                step(token)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(press, [jobs[number::8] for number in range(8)]))
    day = SuggestionDay.objects.get()
    assert (day.opened, day.answered, day.refused) == (3, 3, 3)
    assert Suggestion.objects.count() == 3

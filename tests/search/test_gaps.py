"""What readers did not find: counted of nobody, screened first, shown from five on three days, gone in time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search import gaps
from search.models import Gap, Wording

NOTHING, REFUSED, REPEATED = Gap.Kind.NOTHING, Gap.Kind.REFUSED, Gap.Kind.REPEATED
LIST = reverse("admin:search_gap_changelist")


@pytest.fixture
def on(monkeypatch):
    """`on(days_ago)`: from now on it is that day."""
    now = timezone.now()

    def go(days_ago: float) -> datetime:
        moment = now - timedelta(days=days_ago)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return go


def look_for(text: str, times: int = 1) -> None:
    for _ in range(times):
        gaps.count(Wording.Kind.NOTHING, text)


def shown(kind: Gap.Kind = NOTHING) -> list[gaps.Shown]:
    gaps.add_up()
    return gaps.shown()[kind]


def words_shown() -> list[str]:
    return [gap.words for gap in shown()]


# What is counted


@pytest.mark.django_db
def test_a_search_that_finds_nothing_is_counted_by_wording_and_day_and_of_nobody(client, ana):
    for who in (None, ana):
        if who:
            client.force_login(who)
        client.get("/search/", {"q": "Is levitation  painful?"})
    client.get("/search/", {"q": "painful LEVITATIONS"})
    (row,) = Wording.objects.all()
    assert (row.kind, row.words, row.count, row.day) == ("nothing", "levitation painful", 3, timezone.localdate())
    assert {field.name for field in Wording._meta.fields} == {"id", "kind", "key", "words", "day", "count"}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": ""},
        {"q": "what is the"},
        {"q": "twitching"},
        {"q": "levitation", "kind": "article"},
        {"q": "levitation", "after": "1-1"},
        {"q": "levitation " + "and other things that happened to me " * 6},
        {"q": "one two three four five six alpha beta gamma delta epsilon zeta eta theta"},
    ],
)
def test_what_is_no_subject_or_was_found_is_not_counted(client, question, asked):
    client.get("/search/", asked)
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself tonight",
        "can't breathe and lips going blue",
        "my husband hits me",
        "levitation ana.smith@example.org",
        "levitation 020 7946 0018",
        "levitation 12 Elm Street, Springfield",
    ],
)
@pytest.mark.django_db
def test_what_tells_of_distress_or_of_somebody_is_not_counted_at_all(client, text):
    client.get("/search/", {"q": text})
    gaps.count(Wording.Kind.REFUSED, text)
    assert not Wording.objects.exists()


def test_editors_who_look_whether_something_can_be_found_do_not_count(client, ed):
    client.force_login(ed)
    client.get("/search/", {"q": "levitation"})
    assert not Wording.objects.exists()


@pytest.mark.django_db
def test_one_address_fills_no_table(client, monkeypatch):
    monkeypatch.setattr("search.views.IN_VAIN_AN_HOUR", 2)
    for word in ("levitation", "unicorns", "dragons"):
        assert client.get("/search/", {"q": word}).status_code == 200
    assert Wording.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_searches_at_the_same_moment_are_all_counted():
    start = Barrier(4)

    def search(_: int) -> None:
        try:
            start.wait()
            look_for("levitation", 5)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(search, range(4)))
    assert Wording.objects.get().count == 20


# When it is shown


@pytest.mark.django_db
def test_a_wording_is_shown_from_five_searches_on_three_days(on):
    on(2)
    look_for("levitation", 3)
    look_for("unicorns")
    on(1)
    look_for("levitation")
    look_for("unicorns")
    assert words_shown() == []
    on(0)
    look_for("unicorns", 2)
    assert words_shown() == []
    look_for("levitation")
    assert words_shown() == ["levitation"]
    look_for("unicorns")
    assert words_shown() == ["levitation", "unicorns"]


@pytest.mark.django_db
def test_pressing_reload_a_hundred_times_is_one_day(on):
    on(1)
    look_for("levitation", 100)
    on(0)
    look_for("levitation", 100)
    assert words_shown() == []


@pytest.mark.django_db
def test_it_says_how_often_lately_and_before(on):
    for days_ago, times in ((60, 9), (40, 1), (28, 1), (27, 2), (1, 3)):
        on(days_ago)
        look_for("levitation", times)
    on(0)
    (gap,) = shown()
    assert (gap.recent, gap.before, gap.trend) == (5, 2, "more often")


@pytest.mark.django_db
def test_a_wording_that_came_up_once_is_gone_after_a_week_and_all_after_ninety_days(on):
    on(92)
    look_for("levitation", 3)
    on(91)
    look_for("levitation", 3)
    on(8)
    look_for("unicorns")
    look_for("dragons")
    on(1)
    look_for("dragons")
    look_for("levitation")
    on(0)
    assert words_shown() == []
    gaps.forget()
    left = Wording.objects.order_by("day", "words").values_list("words", flat=True)
    assert list(left) == ["dragons", "dragons", "levitation"]


@pytest.mark.django_db
def test_the_worker_adds_up_and_forgets_once_an_hour(on):
    on(9)
    look_for("unicorns")
    for days_ago in (2, 1, 0):
        on(days_ago)
        look_for("levitation", 2)
    assert gaps.sweep() == 1
    assert list(Wording.objects.values_list("words", flat=True).distinct()) == ["levitation"]
    look_for("levitation")
    assert gaps.sweep() == 0
    assert gaps.shown()[NOTHING][0].recent == 6


# Questions that ask much the same


@pytest.fixture
def asked(library):
    for number, more in enumerate(("", " again", " at night"), start=1):
        library.question(f"Eyelid twitching for weeks{more}", object_id=number, published_at=timezone.now())
    library.question("Coming off prednisone", object_id=9, published_at=timezone.now())
    library.settle()
    return library


def test_unanswered_questions_that_ask_the_same_are_one_gap(asked):
    (gap,) = shown(REPEATED)
    assert sorted(hit.object_id for hit in gap.questions) == [1, 2, 3]
    assert (gap.recent, gap.before, gap.trend) == (3, 0, "new")
    assert gap.words == gap.questions[0].title
    # Nothing of what they say is kept.
    assert Gap.objects.get().words == ""


def test_an_answered_question_is_no_gap(asked):
    title = "Eyelid twitching for weeks"
    gaps.add_up()
    asked.question(title, object_id=1, answers_count=1, published_at=timezone.now())
    (gap,) = gaps.shown()[REPEATED]
    assert sorted(hit.object_id for hit in gap.questions) == [2, 3]
    asked.settle()
    (gap,) = shown(REPEATED)
    assert sorted(hit.object_id for hit in gap.questions) == [2, 3]


def test_questions_for_members_only_are_no_gap(library):
    for number in (1, 2):
        library.question("Eyelid twitching for weeks", object_id=number, audience="members")
    library.question("Eyelid twitching for weeks", object_id=3)
    library.settle()
    assert shown(REPEATED) == []


def test_what_was_taken_down_since_is_not_shown_and_one_alone_is_no_gap(asked, library):
    gaps.add_up()
    library.taken_down = {("question", 1)}
    (gap,) = gaps.shown()[REPEATED]
    assert (sorted(hit.object_id for hit in gap.questions), gap.recent) == ([2, 3], 2)
    library.taken_down = {("question", 1), ("question", 2)}
    assert gaps.shown()[REPEATED] == []


def test_what_is_paired_through_others_is_together():
    found = gaps.together([(1, 2), (5, 6), (3, 2), (7, 8), (8, 5)])
    assert sorted(map(sorted, found)) == [[1, 2, 3], [5, 6, 7, 8]]


# The page


def test_editors_read_it_and_get_on_from_there(client, settings, ed, on, asked):
    settings.REQUIRE_STAFF_MFA = False
    for days_ago in (2, 1, 0):
        on(days_ago)
        look_for("levitation & more", 2)
        gaps.count(Wording.Kind.REFUSED, "unicorns")
        gaps.count(Wording.Kind.REFUSED, "unicorns")
    gaps.add_up()
    client.force_login(ed)
    page = client.get(LIST).text
    for part in ("levitation", "unicorns", "Eyelid twitching for weeks", "?title=levitation", "?said=levitation"):
        assert part in page
    # A link leads to the search as a reader has it, and is not counted.
    before = sum(Wording.objects.values_list("count", flat=True))
    client.get("/search/", {"q": "levitation"})
    assert sum(Wording.objects.values_list("count", flat=True)) == before
    assert 'value="levitation"' in client.get(reverse("admin:articles_article_add"), {"title": "levitation"}).text


@pytest.mark.parametrize("who", ["ana", "mia", "rae"])
def test_nobody_else_reads_it(request, settings, who):
    settings.REQUIRE_STAFF_MFA = False
    client = Client()
    assert client.get(LIST).status_code == 302
    client.force_login(request.getfixturevalue(who))
    assert client.get(LIST).status_code in (302, 403)

"""What people say and what it is called here: found both ways, at a low weight, within bounds."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from search import candidates, query, synonyms, words
from search.models import Synonym

PAIR = {"reason": "Ben could not find it"}


@pytest.fixture(autouse=True)
def nothing_known(db):
    """A site whose editors put out of use all that came with it."""
    Synonym.objects.all().delete()


def pair(said: str, called: str, **more) -> Synonym:
    made = Synonym(said=said, called=called, **PAIR | more)
    synonyms.save(made)
    # As a commit does.
    cache.delete(synonyms.KEY)
    return made


def titles(found) -> list[str]:
    return [hit.title for hit in found]


def others(text: str, **more) -> list[str]:
    return [other.wording for other in synonyms.known(words.stems(text), **more)]


def test_a_pair_is_heeded_both_ways_with_phrases_of_several_words():
    pair("heart attack", "myocardial infarction")
    assert others("My father had a heart attack") == ["myocardial infarction"]
    assert others("after myocardial infarctions") == ["heart attack"]
    assert others("a panic attack, and my heart races") == []


def test_the_longest_phrase_counts():
    pair("blood clot", "thrombosis")
    pair("blood clot in the leg", "deep vein thrombosis")
    assert others("a blood clot in my leg") == ["deep vein thrombosis"]
    assert others("a blood clot") == ["thrombosis"]


def test_pairs_may_form_a_circle_and_lead_one_step():
    pair("piles", "haemorrhoids")
    pair("haemorrhoids", "hemorrhoids")
    pair("hemorrhoids", "piles")
    pair("hemorrhoids", "emerods")
    assert others("piles") == ["haemorrhoids", "hemorrhoids"]


def test_a_search_gets_so_many_other_words_and_no_more(monkeypatch):
    for number in range(20):
        pair("tummy", f"other{'abcdefghijklmnopqrst'[number]} wordings")
    assert len(others("tummy")) == synonyms.MOST_ADDED
    monkeypatch.setattr(synonyms, "MOST_WORDS_ADDED", 3)
    assert len(others("tummy")) == 2


def test_what_was_asked_with_anyway_is_not_added():
    pair("twitching", "fasciculation")
    assert others("Is twitching a fasciculation?") == []


def test_one_that_is_out_of_use_counts_no_more_and_again_when_it_is_put_back():
    made = pair("twitching", "fasciculation")
    assert others("twitching") == ["fasciculation"]
    made.is_active = False
    synonyms.save(made)
    cache.delete(synonyms.KEY)
    assert others("twitching") == []
    made.is_active = True
    synonyms.save(made)
    cache.delete(synonyms.KEY)
    assert others("twitching") == ["fasciculation"]


def test_a_change_counts_at_once_for_all_who_share_the_cache(django_capture_on_commit_callbacks):
    assert others("twitching") == []
    with django_capture_on_commit_callbacks(execute=True):
        synonyms.save(Synonym(said="twitching", called="fasciculation", **PAIR))
    assert others("twitching") == ["fasciculation"]


def test_pairs_are_read_once_and_looked_at_again_within_a_minute(django_assert_num_queries):
    assert synonyms.REMEMBERED <= 60
    others("twitching")
    Synonym.objects.create(said="twitching", called="fasciculation", **PAIR)
    with django_assert_num_queries(0):
        assert others("twitching") == []
    # Another process told nobody; a minute later the stamp is gone.
    cache.delete(synonyms.KEY)
    with django_assert_num_queries(1):
        assert others("twitching") == ["fasciculation"]


@pytest.mark.parametrize(
    ("said", "called"), [("twitching", "fasciculation"), ("Fasciculation", "Twitching"), ("", "x")]
)
def test_a_pair_is_there_once_whichever_way_round_and_says_something(said, called):
    pair("twitching", "fasciculation")
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(said=said, called=called, **PAIR)


# What is found


def test_what_shares_no_word_is_found_and_says_how_it_is_called(library, guest):
    library.article("Fasciculation: what it is", object_id=1)
    library.article("Swollen ankles", object_id=2)
    assert query.search("my eyelid is twitching", user=guest).hits == []
    pair("twitching", "fasciculation")
    (hit,) = query.search("my eyelid is twitching", user=guest).hits
    assert (hit.object_id, hit.matched, hit.also_called) == (1, ["twitching"], "fasciculation")
    (hit,) = query.suggest("Why is it twitching?", user=guest)
    assert (hit.object_id, hit.matched, hit.also_called) == (1, ["twitching"], "fasciculation")


def test_it_tells_which_of_the_words_is_called_so(library, guest):
    pair("twitching", "fasciculation")
    library.article("Eyelid fasciculation", object_id=1)
    (hit,) = query.search("my eyelid is twitching", user=guest).hits
    assert (hit.matched, hit.also_called) == (["twitching"], "fasciculation")


def test_tags_of_a_question_are_no_other_name_for_it(library, guest):
    library.question("Can coffee cause belly spasms?", synonyms=["twitching"], body="It is twitching.", object_id=1)
    assert query.search("belly", user=guest).hits[0].also_called == ""


def test_the_word_itself_finds_better_than_another_for_the_same(library, guest):
    pair("tummy", "abdomen")
    library.question("Abdomen aches", object_id=2)
    library.question("Tummy aches", object_id=1)
    assert titles(query.search("my tummy", user=guest).hits) == ["Tummy aches", "Abdomen aches"]


def test_half_a_phrase_finds_nothing_and_adds_nothing(library, guest):
    pair("hypertension", "high blood pressure")
    library.question("Blood in a nosebleed", object_id=1)
    library.question("Is this blood pressure too high?", object_id=2)
    assert titles(query.search("hypertension", user=guest).hits) == ["Is this blood pressure too high?"]


def test_another_wording_is_only_told_where_the_page_uses_it(library, guest):
    pair("twitching", "MI")
    library.article("Twitching might pass", object_id=1, body="It might take a mile.")
    assert query.search("twitching", user=guest).hits[0].also_called == ""


def test_a_common_synonym_leaves_room_for_what_was_written(library, monkeypatch):
    monkeypatch.setattr(candidates, "POSTINGS_OF_SYNONYM", 2)
    pair("tummy", "abdomen")
    for number in range(1, 6):
        library.question("Abdomen", object_id=number)
    assert candidates.look_up(words.stems("tummy")).chosen == (("abdomen", 2),)


# In the admin


@pytest.fixture
def desk(client, settings, ed):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    return client


ADD = "admin:search_synonym_add"
FIELDS = {"said": "twitching", "called": "fasciculation", "reason": "Readers say so", "is_active": "on"}


def test_an_editor_adds_a_pair_which_says_who_when_and_why(desk, ed):
    assert desk.post(reverse(ADD), FIELDS).status_code == 302
    made = Synonym.objects.get()
    assert (made.said, made.called, made.reason, made.added_by) == (*list(FIELDS.values())[:3], ed)
    assert made.added_at


@pytest.mark.parametrize(
    ("changed", "said_of"),
    [
        ({"reason": ""}, "reason"),
        ({"said": "", "called": "x"}, "said"),
        ({"said": "twitching", "called": "the twitch"}, "called"),
        ({"said": "and so on"}, "said"),
        ({"said": "bad feeling"}, "said"),
        ({"said": "one ankle two knee three elbow four"}, "said"),
        ({"said": "fasciculation", "called": "Twitching"}, "__all__"),
    ],
)
def test_a_pair_that_could_not_work_is_refused_with_a_sentence(desk, changed, said_of):
    pair("twitching", "fasciculation")
    response = desk.post(reverse(ADD), FIELDS | {"said": "jerking"} | changed)
    assert response.status_code == 422
    assert said_of in response.context["adminform"].form.errors
    assert Synonym.objects.count() == 1


def test_a_pair_is_put_out_of_use_and_never_deleted(desk, boss):
    made = pair("twitching", "fasciculation")
    one = [made.pk]
    desk.post(reverse("admin:search_synonym_change", args=one), FIELDS | {"is_active": ""})
    made.refresh_from_db()
    assert not made.is_active
    desk.force_login(boss)
    assert desk.post(reverse("admin:search_synonym_delete", args=one), {"post": "yes"}).status_code == 403


def test_the_test_box_shows_what_is_found_now_and_would_be_with_the_pair(desk, library):
    library.article("Fasciculation: what it is", object_id=1)
    library.article("Fasciculation for members", object_id=2, audience="members")
    typed = {"asked": "twitching", "said": "twitching", "called": "fasciculation"}
    response = desk.post(reverse("admin:search_synonym_try"), typed)
    (_, now), (_, then) = response.context["found"]
    # As a reader who is not signed in.
    assert (titles(now), titles(then)) == ([], ["Fasciculation: what it is"])
    assert Synonym.objects.count() == 0
    assert others("twitching") == []


def test_what_came_with_askwell_is_told_from_what_was_added(desk, ed):
    pair("twitching", "fasciculation", added_by=ed)
    pair("piles", "haemorrhoids")
    for wanted, said in (("askwell", ["piles"]), ("here", ["twitching"])):
        response = desk.get(reverse("admin:search_synonym_changelist"), {"from": wanted})
        assert [one.said for one in response.context["cl"].result_list] == said


def test_the_test_box_wants_a_whole_pair_or_none(desk):
    try_it = reverse("admin:search_synonym_try")
    assert desk.post(try_it, {"asked": "twitching", "said": "twitching"}).status_code == 422
    assert desk.post(try_it, {"asked": "twitching"}).status_code == 200

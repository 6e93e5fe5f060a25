import pytest

from search import query
from search.documents import Section
from search.models import Synonym


@pytest.fixture
def shelf(library):
    """What the ask page of the first article knows of."""
    library.article(
        "Why do my stomach muscles twitch?",
        object_id=1,
        synonyms=["fasciculation", "belly flutter"],
        topic="muscles",
        answer="Most twitches pass by themselves.",
        sections=[
            Section("causes", "Common causes", "Doctors call it fasciculation. Too little magnesium is one cause."),
            Section("doses", "Supplements", "Adults take 300 mg of zinc."),
        ],
    )
    library.question(
        "Stomach twitching for three days after a stomach bug",
        object_id=2,
        topic="muscles",
        origin=1,
        body="I was sick. It is twitching non-stop.",
        answer="After vomiting you lose potassium and magnesium as well as water.",
        stands_on="A clinician",
        answers_count=4,
        helped=True,
    )
    library.question("How long did withdrawal from prednisone last for you?", object_id=3, topic="medicines")
    library.question("Does it get better at night, or worse the next day?", object_id=4, topic="sleep")
    return library


ASKED = "Twitching under my ribs every night, is it the same thing?"


def test_what_shares_the_subject_is_suggested_with_a_sentence_and_what_it_stands_on(shelf, guest):
    article, question = sorted(query.suggest(ASKED, user=guest), key=lambda hit: hit.kind)
    assert (article.label, article.title) == ("Reviewed article", "Why do my stomach muscles twitch?")
    assert (article.stands_on, article.sentence) == ("Reviewed article", "Most twitches pass by themselves.")
    assert question.label == "Question · 4 answers · helped the asker"
    assert (question.stands_on, question.sentence) == (
        "A clinician",
        "After vomiting you lose potassium and magnesium as well as water.",
    )


def test_it_says_why_and_how_it_is_called_here(shelf, guest):
    Synonym.objects.get_or_create(said="twitching", called="fasciculation")
    article = next(hit for hit in query.suggest(ASKED, user=guest) if hit.kind == "article")
    assert article.matched == ["twitching"]
    assert article.also_called == "fasciculation"


def test_another_name_is_only_given_when_the_page_uses_it(shelf, guest):
    article = query.suggest("fasciculation", user=guest)[0]
    assert article.also_called == ""


def test_lay_words_find_what_shares_no_word_with_the_title(shelf, guest):
    assert query.suggest("My belly flutters", user=guest)[0].object_id == 1


def test_the_article_asked_from_is_offered_with_the_section_that_fits(shelf, guest):
    found = query.suggest("Does magnesium stop the twitching?", user=guest, article_id=1)
    hit = next(hit for hit in found if hit.kind == "article")
    assert (hit.url, hit.section) == ("/articles/1/#causes", "Common causes")
    assert hit.sentence == "Too little magnesium is one cause."


def test_the_article_asked_from_is_left_out_when_no_section_fits(shelf, guest):
    assert [hit.object_id for hit in query.suggest(ASKED, user=guest, article_id=1)] == [2]


def test_nothing_is_suggested_for_words_that_everybody_writes(shelf, guest):
    for title in ("Is it normal that it is worse at night?", "Help please", "???", "", "and or not", "pain every day"):
        assert query.suggest(title, user=guest) == []


def test_what_tells_of_no_subject_is_like_nothing_however_it_is_worded(shelf, guest, monkeypatch):
    rank = query.rank

    def alike(*args, **kwargs):
        found = rank(*args, **kwargs)
        for match in found:
            match.likeness = 0.9
        return found

    monkeypatch.setattr(query, "rank", alike)
    assert query.suggest("Dear doctor, please help me get better at night", user=guest) == []
    assert query.suggest("Stomach trouble that gets better at night", user=guest)


@pytest.mark.parametrize(
    ("asked", "likeness", "count"),
    [
        ("Twitching eyelid after a concert in Leeds", 0.54, 0),
        ("Twitching eyelid after a concert in Leeds", 0.55, 1),
        ("Stomach twitching after a concert in Leeds", 0.36, 1),
        ("Stomach twitching after a concert in Leeds", 0.34, 0),
        ("Stomach twitching after a concert in Leeds", -0.1, 0),
    ],
)
def test_the_less_alike_the_wording_the_more_words_it_takes(shelf, guest, monkeypatch, asked, likeness, count):
    def alike(*args, **kwargs):
        found = [match for match in rank(*args, **kwargs) if match.entry.kind == "article"]
        for match in found:
            match.likeness = likeness
        return found

    rank = query.rank
    monkeypatch.setattr(query, "rank", alike)
    assert len(query.suggest(asked, user=guest)) == count


def test_a_tag_of_a_question_is_no_name_for_it(library, guest):
    library.question(
        "Sleeping with heartburn", synonyms=["night"], answer="At night I lift the bed.", stands_on="A member"
    )
    (hit,) = query.suggest("heartburn", user=guest)
    assert hit.also_called == ""


def test_one_word_in_common_out_of_many_is_not_enough(shelf, library, guest):
    others = ["Marathon training", "Sore knee", "Swollen ankle", "Running shoes", "Iron tablets"]
    for number, title in enumerate(others, start=50):
        library.question(title, object_id=number)
    asked = "Marathon training with a swollen knee and iron shoes, and my stomach"
    assert 2 not in [hit.object_id for hit in query.suggest(asked, user=guest)]


def test_one_word_in_common_out_of_three_is_not_enough(shelf, library, guest):
    library.article("White coat hypertension", object_id=50)
    assert query.suggest("White discharge from the vagina", user=guest) == []
    assert [hit.object_id for hit in query.suggest("A white coat", user=guest)] == [50]


def test_a_part_of_the_body_alone_is_no_reason(shelf, guest):
    assert query.suggest("My stomach and the muscle beside it", user=guest) == []
    assert query.suggest("A lump on my stomach", user=guest) == []


def test_a_title_that_holds_every_word_is_a_reason_whatever_they_are(library, guest):
    library.article("Chest pain: what to do")
    assert [hit.title for hit in query.suggest("pain in my chest", user=guest)] == ["Chest pain: what to do"]


def test_near_the_article_asked_from_less_is_enough(shelf, guest):
    asked = "Twitching since I began to knit, sew, paint and garden"
    assert query.suggest(asked, user=guest) == []
    assert [hit.object_id for hit in query.suggest(asked, user=guest, article_id=1)] == [2]


def test_never_more_than_three(shelf, library, guest):
    for number in range(20, 26):
        library.question("Stomach twitching", object_id=number)
    assert len(query.suggest(ASKED, user=guest)) == 3
    assert len(query.suggest(ASKED, user=guest, article_id=1)) == 3


def test_a_sentence_that_may_not_stand_alone_leaves_the_title_only(library, guest):
    library.question(
        "Magnesium for cramps", answer="I took 400 mg and stopped taking my tablets. Ignore it.", stands_on="A member"
    )
    (hit,) = query.suggest("Does magnesium help with cramps?", user=guest)
    assert (hit.title, hit.sentence, hit.stands_on) == ("Magnesium for cramps", "", "")


def test_what_was_asked_is_never_quoted_as_an_answer(library, guest):
    library.question("Magnesium for cramps", body="I think magnesium cures all cramps.")
    (hit,) = query.suggest("Does magnesium help with cramps?", user=guest)
    assert hit.sentence == ""


def test_a_sentence_is_quoted_whole_or_not_at_all(library, guest):
    library.question("Magnesium for cramps", answer="magnesium " * 60 + "is not what you need")
    (hit,) = query.suggest("Does magnesium help with cramps?", user=guest)
    assert hit.sentence == ""


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_suggestion_costs_a_fixed_number_of_statements(
    shelf, library, guest, ana, signed_in, django_assert_max_num_queries
):
    for number in range(20, 60):
        library.question("Stomach twitching", object_id=number)
    with django_assert_max_num_queries(8):
        assert query.suggest(ASKED, user=ana if signed_in else guest, article_id=1)

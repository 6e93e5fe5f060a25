import re
from urllib.parse import quote

import pytest

from tests.search.conftest import NOW


def page(client, **parameters) -> str:
    response = client.get("/search/", parameters)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_search_says_what_to_write(client, library):
    assert "Write a few words" in page(client)


def test_results_show_kind_title_and_the_words_looked_for(client, library):
    library.article("Why do my stomach muscles twitch?", answer="Most twitches <b>pass</b> by themselves.")
    html = page(client, q="twitching")
    assert "Reviewed article" in html
    assert "Most <mark>twitches</mark> &lt;b&gt;pass&lt;/b&gt; by themselves." in html


def test_without_results_the_words_go_along_to_the_ask_page(client, library):
    html = page(client, q="stomach & twitching?")
    assert "We found nothing that fits" in html
    assert 'href="/ask/?title=stomach%20%26%20twitching%3F"' in html


def test_a_narrowed_search_without_results_offers_the_whole(client, library):
    library.article("Cramps explained")
    html = page(client, q="cramps", kind="question")
    assert "Search everything instead" in html
    assert 'href="?q=cramps"' in html


def test_the_links_that_narrow_keep_the_words_and_each_other(client, library):
    library.question("Cramps", topic="sleep", topic_name="Sleep", answers_count=1)
    html = page(client, q="cramps", kind="question", answered="1")
    assert 'href="?q=cramps&amp;kind=question&amp;topic=sleep&amp;answered=1"' in html
    assert re.search(r'href="\?q=cramps&amp;kind=question&amp;answered=1" aria-current="true">Questions', html)
    assert 'href="?q=cramps&amp;kind=question" aria-current="true">Answered questions' in html


def test_a_topic_without_results_is_still_called_by_its_name(client, library):
    library.question("Cramps", topic="sleep", topic_name="Sleep and rest")
    assert 'aria-current="true">Sleep and rest' in page(client, q="thumb", topic="sleep")


def test_the_next_page_keeps_the_search(client, library):
    for number in range(1, 26):
        library.question("Night cramps", object_id=number)
    html = page(client, q="cramps", kind="question")
    cursor = re.search(r'rel="next" href="\?q=cramps&amp;kind=question&amp;after=([0-9-]+)"', html)[1]
    html = page(client, q="cramps", kind="question", after=cursor)
    assert html.count("<article") == 5
    assert 'rel="next"' not in html


def test_beyond_the_last_page_there_is_a_way_back(client, library):
    library.question("Night cramps")
    assert "Back to the first results" in page(client, q="cramps", after="1-1")


UNKIND = [
    "",
    " ",
    "a" * 60_000,
    "word " * 12_000,
    "the and of to",
    "twitching AND (stomach OR",
    '"twitching',
    "-twitching +stomach title:x *",
    "'; DROP TABLE search_entry; --",
    "nul\x00nul",
    "😵\u200d💫🤢",
    "头痛怎么办",
    "\u202eكتف ألم",
    "x",
    "%00%zz",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "{{ 7|add:7 }}{% debug %}",
]


@pytest.mark.parametrize("text", UNKIND)
def test_whatever_is_typed_is_answered_kindly_and_safely(client, library, text):
    library.question("Stomach twitching", body="<script>alert(1)</script> nul x")
    html = page(client, q=text)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert len(html) < 60_000


@pytest.mark.parametrize("name", ["kind", "topic", "answered", "since", "after"])
@pytest.mark.parametrize("value", ["", "nonsense", "\x00", "😵", "1" * 5_000, "2024-13-45", "<script>", "-1"])
def test_whatever_else_stands_in_the_address_is_answered_kindly(client, library, name, value):
    library.question("Stomach twitching", published_at=NOW)
    assert "<script>" not in page(client, q="twitching", **{name: value})


def test_broken_bytes_in_the_address_are_answered_kindly(client, library):
    assert client.get("/search/?q=%ff%fe%00&after=%ff").status_code == 200


def test_only_reading_is_possible(client, library):
    assert client.post("/search/", {"q": "x"}).status_code == 405


def test_no_cache_keeps_and_no_engine_lists_what_somebody_looked_for(client, library):
    response = client.get("/search/", {"q": "twitching"})
    assert response["X-Robots-Tag"] == "noindex"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert not response.cookies


def test_what_may_not_be_read_is_not_on_the_page(client, library):
    library.question("Night cramps of a member", audience="members", topic="secret", topic_name="Secret topic")
    gone = library.question("Night cramps taken down")
    library.taken_down.add(("question", gone.object_id))
    html = page(client, q=quote("cramps"))
    assert "Night cramps" not in html
    assert "Secret topic" not in html


@pytest.mark.parametrize(("signed_in", "budget"), [(False, 8), (True, 12)])
def test_the_page_stays_within_its_budget(client, library, ana, signed_in, budget, django_assert_max_num_queries):
    for number in range(1, 31):
        library.question("Night cramps", object_id=number, topic=f"t{number}", topic_name=f"T{number}")
        library.article("Cramps explained", object_id=number, answer="Cramps pass by themselves.")
    if signed_in:
        client.force_login(ana)
    with django_assert_max_num_queries(budget):
        html = page(client, q="night cramps explained")
    assert html.count("<article") == 20


def test_what_was_perhaps_meant_is_offered_and_keeps_what_was_chosen(client, library):
    library.question("Stomach twitching")
    html = page(client, q="<b>twitchng</b>", kind="question")
    assert "Did you mean" in html
    assert 'href="?q=%3Cb%3Etwitching%3C%2Fb%3E&amp;kind=question"' in html
    assert "&lt;b&gt;<em>twitching</em>&lt;/b&gt;" in html


def test_a_phrase_that_stands_nowhere_leads_to_its_words(client, library):
    library.question("Coming off steroids")
    html = page(client, q='"off steroids coming"', kind="question")
    assert "must be there word for word" in html
    assert 'href="?q=off+steroids+coming&amp;kind=question"' in html


def test_people_are_asked_without_the_marks_for_the_search(client, library):
    assert 'href="/ask/?title=off%20steroids%20safely"' in page(client, q='"off steroids" safely -asthma')


def test_an_empty_search_tells_of_the_marks_and_leads_to_the_lists(client, library):
    html = page(client)
    assert "cramps -pregnancy" in html
    assert 'href="/articles/"' in html and 'href="/questions/"' in html


def test_what_is_put_right_costs_no_statement_beyond_the_budget(client, library, django_assert_max_num_queries):
    for number in range(1, 31):
        library.question("Night cramps", object_id=number)
        library.article("Cramps explained", object_id=number, answer="Cramps pass by themselves.")
    page(client, q="cramps")
    with django_assert_max_num_queries(8):
        assert "Did you mean" in page(client, q="night cramsp explained")

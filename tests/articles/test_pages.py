"""What readers see of the library."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article
from tests.factories import make_article, make_question, make_topic


@pytest.fixture
def html(client, article) -> str:
    return client.get(article.get_absolute_url()).content.decode()


def test_the_page_has_the_parts_in_their_order(html):
    parts = [
        "Couldn’t find what you’re looking for?",
        "<h1>Why do my stomach muscles twitch?</h1>",
        '<p class="standfirst">A flutter under the skin',
        "Written by <b>the Askwell editors</b>",
        "✓ Medically reviewed by rae, neurology, United Kingdom",
        "In short",
        "Call an emergency number now if",
        "What is happening",
        "See a doctor in the next day or two if",
        'id="source-1"',
        "Still have something to ask?",
        "Get help from other members!",
        "Post your question on the forum",
        "Nothing is posted yet. Next we show answers that already exist, then you decide.",
    ]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)


def test_a_help_part_that_was_decided_to_be_empty_is_not_shown(html):
    assert "Mention it at your next visit if" not in html


def test_the_question_takes_the_article_along(html):
    assert '<input type="hidden" name="article" value="why-do-my-stomach-muscles-twitch">' in html


def test_numbers_in_the_text_lead_to_the_sources(html):
    assert 'href="#source-1"' in html


def test_an_overdue_page_says_so(client, article):
    Article.objects.filter(pk=article.pk).update(
        checked_on="2024-11-05", next_review_on=timezone.localdate() - timedelta(days=1)
    )
    page = client.get(article.get_absolute_url()).content.decode()
    assert "We last checked this page in November 2024. It is waiting for its next check." in page
    assert "Next check by" not in page


def test_contents_are_listed_from_four_sections_on(client, ed, rae):
    sections = "\n\n".join(f"## Section {number}\n\nText.[^1]" for number in range(1, 5))
    long = make_article(ed, rae, "A long one", body=sections)
    assert "On this page" in client.get(long.get_absolute_url()).content.decode()


def test_a_short_page_has_no_contents(html):
    assert "On this page" not in html


def test_questions_that_came_from_the_article_are_shown(client, ana, article):
    question = make_question(ana, "Twitching under my ribs every night?", article=article)
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Members asked about this" in page
    assert question.title in page


def test_a_reader_gets_no_cookie(client, article):
    for address in (article.get_absolute_url(), "/articles/", "/about/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "") or not client.cookies


def test_the_page_stays_within_its_budget(client, ana, article, ed, rae, django_assert_max_num_queries):
    for number in range(3):
        make_question(ana, f"Twitching of my stomach muscles, number {number}?", article=article)
        make_article(ed, rae, f"Twitching muscles {number}")
    with django_assert_max_num_queries(8):
        client.get(article.get_absolute_url())


@pytest.mark.parametrize("address", ["/articles/nothing-here/", "/articles/?topic=nothing-here", "/articles/%00/"])
def test_what_is_not_there_is_a_404(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["after=x", "after=99999999999999999-1", "after=-1", "topic=%00", "topic=", "after="])
def test_an_odd_address_shows_the_first_page(client, article, query):
    assert article.title in client.get(f"/articles/?{query}").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client, article, method):
    assert getattr(client, method)(article.get_absolute_url()).status_code == 405


def test_the_list_begins_with_what_was_checked_last(client, ed, rae):
    for number, days in enumerate([30, 3, 300]):
        article = make_article(ed, rae, f"Number {number}")
        Article.objects.filter(pk=article.pk).update(checked_on=timezone.localdate() - timedelta(days=days))
    page = client.get("/articles/").content.decode()
    assert page.index("Number 1") < page.index("Number 0") < page.index("Number 2")


def test_the_list_goes_on_where_it_stopped(client, ed, rae, monkeypatch):
    monkeypatch.setattr("articles.views.PAGE_SIZE", 2)
    titles = {make_article(ed, rae, f"Number {number}").title for number in range(5)}
    seen, after = [], ""
    while True:
        page = client.get("/articles/", {"after": after}).context["page"]
        seen += [article.live.title for article in page.items]
        if not (after := page.next_cursor):
            break
    assert len(seen) == 5
    assert set(seen) == titles


def test_a_topic_lists_what_is_below_it_too(client, ed, rae, topic):
    hands = make_topic("Hands and wrists", parent=topic)
    make_article(ed, rae, "Numb fingers", topic=hands)
    make_article(ed, rae, "Heartburn", topic=make_topic("Digestion"))
    page = client.get("/articles/?topic=muscles-and-nerves").content.decode()
    assert "Numb fingers" in page
    assert "Heartburn" not in page


def test_a_topic_without_articles_offers_to_ask(client, topic):
    page = client.get("/articles/?topic=muscles-and-nerves").content.decode()
    assert "Nothing here yet" in page


def test_a_list_stays_within_its_budget(client, ed, rae, django_assert_max_num_queries):
    for number in range(5):
        make_article(ed, rae, f"Number {number}")
    with django_assert_max_num_queries(8):
        client.get("/articles/")


def test_a_source_cannot_run_a_script(client, ed, rae):
    tricky = {"title": '<img src=x onerror="alert(1)">', "publisher": "</ol><script>", "url": 'https://a.org/"><b>'}
    article = make_article(ed, rae, "Tricky", sources=[tricky])
    page = client.get(article.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
    assert '"><b>' not in page


@pytest.mark.parametrize(
    "address",
    [
        "/about/",
        "/about/how-we-write/",
        "/rules/",
        "/privacy/",
        "/contact/",
        "/help-now/",
        "/accessibility/",
        "/young/",
    ],
)
def test_the_standing_pages_stand(client, db, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1

"""The public history of an article: what readers had, who signed it, and what changed in substance."""

import re

import pytest

from articles import actions, history
from articles.models import Article, Step
from tests import factories


def publish(article: Article, ed, rae, note: str = "", **words: str) -> None:
    for name, value in words.items():
        setattr(article, name, value)
    actions.sign_off(revision=actions.save(article=article, editor=ed), reviewer=rae)
    actions.publish(article=article, editor=ed, next_review_on=article.next_review_on, for_readers=note)


def read(client, article: Article) -> str:
    return client.get(f"{article.get_absolute_url()}history/").text


def test_each_published_text_is_listed_with_who_signed_it_and_the_words_that_changed(client, article, ed, rae):
    publish(article, ed, rae, "We say more of sleep.", body=f"{article.body} Sleep helps.", lay_words="quiver")
    page = read(client, article)
    assert page.count("Signed off by rae, neurology, United Kingdom") == 2
    assert page.index("We say more of sleep.") < page.index("Published")
    assert re.search(r"<ins><span[^>]*>added: </span> ?Sleep helps\.</ins>", page)
    assert "quiver" not in page and "Everyday words" not in page
    assert f'<a href="{article.get_absolute_url()}">' in page
    assert "noindex" in page


def test_what_readers_never_had_is_not_in_it(client, article, ed, rae):
    article.body += " Half a thought."
    actions.save(article=article, editor=ed)
    publish(article, ed, rae, title="Twitching", body="## What is happening\n\nA thought.[^1]")
    assert "Half a thought" not in read(client, article)
    assert "Twitching" in read(client, article)


def test_a_text_that_readers_see_no_change_of_says_so(client, article, ed, rae):
    publish(article, ed, rae, lay_words="quiver")
    assert "Nothing that readers see." in read(client, article)


def test_checks_and_corrections_of_form_are_told_without_words(client, article, ed, rae, mia):
    article.body = article.body.replace("happening", "happning")
    publish(article, ed, rae, body=article.body)
    article.body = article.body.replace("happning", "happening")
    actions.save(article=article, editor=ed)
    actions.correct_form(article=article, editor=ed)
    actions.find_still_right(article=article, reviewer=rae, next_review_on=article.next_review_on)
    newest = read(client, article).partition("Changed")[0]
    assert "Read again, and still right" in newest and "Corrected in its form" in newest
    assert "By rae, neurology" in newest
    assert "<ins>" not in newest and "<del>" not in newest


def test_what_was_taken_out_at_once_is_not_repeated(client, article, ed, rae):
    wrong = f"{article.body}\n\nTake ten tablets."
    publish(article, ed, rae, body=wrong, title="Twitching")
    actions.correct_urgently(
        article=article,
        editor=ed,
        texts={"body": article.live.body.replace("\n\nTake ten tablets.", "")},
        box="This page named a dose that was wrong.",
        reason="A dose was wrong.",
    )
    page = read(client, article)
    assert "Take ten" not in page
    assert "Corrected at once" in page and "A dose was wrong." in page
    assert page.count("Something changed in: Text.") == 2
    assert "Twitching</ins>" in page and "named a dose that was wrong." in page
    publish(article, ed, rae, standfirst="A flutter is nearly always harmless.", correction_box="")
    page = read(client, article)
    assert "Take ten" not in page and "nearly always harmless" in page


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_there_is_none_of_what_readers_may_not_open(client, article, ed, state):
    before = client.get(article.get_absolute_url())
    Article.objects.filter(pk=article.pk).update(state=state)
    response = client.get(f"{article.get_absolute_url()}history/")
    assert before.status_code == 200 and response.status_code in (404, 410)
    assert article.title not in response.text


def test_an_old_address_leads_to_the_article(client, article, ed):
    old = article.get_absolute_url()
    article.slug = "twitching"
    actions.save(article=article, editor=ed)
    assert client.get(f"{old}history/")["Location"] == "/articles/twitching/"


def test_it_goes_on_where_it_stopped_in_both_directions(
    client, article, ed, rae, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(history, "PAGE", 2)
    for number in range(4):
        publish(article, ed, rae, f"Note {number}", standfirst=f"Number {number}.")
    path, seen, pages = f"{article.get_absolute_url()}history/", [], []
    query = ""
    while True:
        with django_assert_max_num_queries(8):
            page = client.get(f"{path}?{query}").context["page"]
        pages.append(page)
        seen += [entry.step.pk for entry in page.items]
        if not page.next_cursor:
            break
        query = f"after={page.next_cursor}"
    assert seen == list(Step.objects.filter(kind="published").order_by("-taken_at").values_list("pk", flat=True))
    assert [entry.is_first for page in pages for entry in page.items] == [False] * 4 + [True]
    back = client.get(f"{path}?before={pages[1].previous_cursor}").context["page"]
    assert [entry.step.pk for entry in back.items] == seen[:2]
    assert all(entry.changes for entry in back.items)


# Why a page can be trusted


def test_the_panel_says_who_when_and_on_what(client, article):
    page = client.get(article.get_absolute_url()).text
    panel = page.partition('id="trust"')[2].partition("</section>")[0]
    for part in (
        "the Askwell editors",
        "✓ rae, neurology, United Kingdom",
        "Last checked",
        "First published",
        "1 source",
    ):
        assert part in panel
    for address in ("#sources", "/about/how-we-write/", f"{article.get_absolute_url()}history/"):
        assert f'href="{address}"' in panel


def test_who_pays_is_told_for_all_or_for_one(client, settings, article, ed, rae):
    path = article.get_absolute_url()
    assert "Nobody who sells what this page is about paid for it" in client.get(path).text
    settings.FUNDING = "A charity pays."
    assert "A charity pays." in client.get(path).text
    publish(article, ed, rae, interests="A hospital paid for this one.")
    assert "A hospital paid for this one." in client.get(path).text
    assert "A charity pays." not in client.get(path).text


def test_each_source_leads_back_to_each_place_that_refers_to_it(client, ed, rae):
    article = factories.make_article(
        ed,
        rae,
        key_points="One.[^1]\nTwo.[^2]",
        body="## Why\n\nOnce.[^1] Twice.[^1] [not this](#source-1)",
        sources=[{"title": f"S{n}", "publisher": "P", "url": f"https://www.nih.gov/{n}"} for n in (1, 2, 3)],
    )
    page = client.get(article.get_absolute_url()).text
    assert re.findall(r'<sup id="([^"]+)"><a href="#source-(\d)"', page) == [
        ("cited-1-1", "1"),
        ("cited-2-1", "2"),
        ("cited-1-2", "1"),
        ("cited-1-3", "1"),
    ]
    listed = re.findall(r'<li id="source-(\d)">(.*?)</li>', page)
    back = {number: re.findall(r'href="#(cited-[^"]+)"', text) for number, text in listed}
    assert back == {"1": ["cited-1-1", "cited-1-2", "cited-1-3"], "2": ["cited-2-1"], "3": []}


def test_the_day_of_the_last_change_is_that_of_the_text_readers_have(article, ed, rae):
    before = article.live_since
    actions.archive(article=article, editor=ed)
    actions.publish(article=article, editor=ed, next_review_on=article.next_review_on)
    article.refresh_from_db()
    assert article.live_since == before
    publish(article, ed, rae, title="Another")
    article.refresh_from_db()
    assert article.live_since > before
    assert article.published_at == before

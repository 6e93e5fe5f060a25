"""The page of a question: whom it opens for, at which address, and what it says."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forum import actions
from forum.models import Answer, Question
from forum.slugs import slug_of
from tests import factories

pytestmark = pytest.mark.django_db


def read(url: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_a_published_question(question):
    page = read(question.get_absolute_url())
    assert question.title in page
    assert question.body in page


def test_it_is_reached_through_its_topic_and_the_topic_above(ana):
    above = factories.make_topic("Muscles")
    question = factories.make_question(ana, topic=factories.make_topic("Calves", parent=above))
    page = read(question.get_absolute_url())
    assert page.index("/topics/muscles/") < page.index("/topics/calves/") < page.index("<h1>")


@pytest.mark.parametrize("slug", ["wrong", "stomach", "%E2%80%AE", "x" * 300])
def test_a_wrong_slug_leads_to_the_right_one_for_ever(client, question, slug):
    answer = client.get(f"/questions/{question.pk}/{slug}/?after=3-4")
    assert (answer.status_code, answer["Location"]) == (301, f"{question.get_absolute_url()}?after=3-4")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (
            "Calf cramp at 4 in the morning, what gets you out of it fast?",
            "calf-cramp-at-4-in-the-morning-what-gets-you-out-of-it-fast",
        ),
        (
            "Calf cramp at 4 in the morning, what gets you out of it faster?",
            "calf-cramp-at-4-in-the-morning-what-gets-you-out-of-it",
        ),
        ("Oesophagogastroduodenoscopy" * 3, "oesophagogastroduodenoscopyoesophagogastroduodenoscopyoesoph"),
        ("头痛怎么办？", "question"),
        ("Edit", "edit-q"),
    ],
)
def test_the_readable_end_of_an_address_is_whole_words_and_no_action(title, slug):
    assert slug_of(title) == slug


def test_the_short_address_leads_to_the_whole_one(client, question):
    answer = client.get(f"/questions/{question.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, question.get_absolute_url())


@pytest.mark.parametrize("url", ["/questions/0/x/", "/questions/999999999999999999999/x/", "/questions/-1/x/"])
def test_what_never_was_is_missing(client, url):
    assert client.get(url).status_code == 404


def test_it_says_which_article_it_was_asked_from(ana, article):
    question = factories.make_question(ana, article=article)
    page = read(question.get_absolute_url())
    assert article.get_absolute_url() in page
    assert article.live.title in page


def test_an_article_that_readers_cannot_open_is_not_named(ana, ed, rae):
    article = factories.make_article(ed, rae, "What hiccups are good for")
    question = factories.make_question(ana, article=article)
    type(article).objects.filter(pk=article.pk).update(state="archived")
    assert "What hiccups are good for" not in read(question.get_absolute_url())


# Whom it opens for


def test_a_held_question_is_there_for_its_author_only(newt, eve, browser_of):
    held = factories.make_question(newt)
    assert Client().get(held.get_absolute_url()).status_code == 404
    assert browser_of(eve).get(held.get_absolute_url()).status_code == 404
    page = read(held.get_absolute_url(), browser_of(newt))
    assert "Only you and the moderators can see it" in page
    assert "noindex" in page


def test_a_wrong_slug_does_not_give_away_a_held_question(newt, eve, browser_of):
    held = factories.make_question(newt)
    for client in (Client(), browser_of(eve)):
        assert client.get(f"/questions/{held.pk}/x/").status_code == 404
        assert client.get(f"/questions/{held.pk}/").status_code == 404


def test_a_moderator_opens_a_held_question(newt, mia, browser_of):
    held = factories.make_question(newt)
    assert held.body in read(held.get_absolute_url(), browser_of(mia))


def test_a_hidden_question_is_missing_and_its_author_is_told(ana, eve, question, browser_of):
    actions.hide(post=question)
    assert Client().get(question.get_absolute_url()).status_code == 404
    assert browser_of(eve).get(question.get_absolute_url()).status_code == 404
    assert "This question is hidden." in read(question.get_absolute_url(), browser_of(ana))


def test_a_question_for_members_opens_only_for_people_signed_in(ana, eve, browser_of):
    question = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    assert Client().get(question.get_absolute_url()).status_code == 404
    page = read(question.get_absolute_url(), browser_of(eve))
    assert "only for people signed in" in page
    assert "noindex" in page


def test_search_engines_are_asked_not_to_list_an_unlisted_question(ana):
    question = factories.make_question(ana, audience=Question.Audience.UNLISTED)
    page = read(question.get_absolute_url())
    assert '<meta name="robots" content="noindex">' in page
    assert "canonical" not in page


def test_a_public_question_names_its_own_address(settings, question):
    page = read(f"{question.get_absolute_url()}?after=2-1")
    assert f'<link rel="canonical" href="{settings.BASE_URL}{question.get_absolute_url()}">' in page
    assert "noindex" not in page


@pytest.fixture
def removed(question) -> Question:
    Question.objects.filter(pk=question.pk).update(
        status="removed", removed_by="author", shown_to_members=False, shown_to_all=False
    )
    return question


def test_what_was_public_and_is_removed_is_gone(removed, eve, browser_of):
    for client in (Client(), browser_of(eve)):
        assert client.get(removed.get_absolute_url()).status_code == 410
        assert client.get(f"/questions/{removed.pk}/").status_code == 410
        assert removed.title not in client.get(removed.get_absolute_url()).content.decode()


def test_what_only_members_saw_is_missing_when_it_is_removed(client, removed):
    Question.objects.filter(pk=removed.pk).update(audience=Question.Audience.MEMBERS)
    assert client.get(removed.get_absolute_url()).status_code == 404


def test_what_was_taken_back_before_anybody_saw_it_is_missing(client, newt, eve, mia, browser_of):
    held = factories.make_question(newt)
    actions.take_back(post=held)
    for somebody in (client, browser_of(eve), browser_of(mia)):
        assert somebody.get(held.get_absolute_url()).status_code == 404
    # Its author as well, once it is too late to undo that.
    assert "Undo: put it back" in browser_of(newt).get(held.get_absolute_url()).content.decode()
    type(held).objects.filter(pk=held.pk).update(removed_at=timezone.now() - held.PUT_BACK_WITHIN)
    assert browser_of(newt).get(held.get_absolute_url()).status_code == 404


# What it says


def test_the_tally_is_in_words(client, ana, ben, cleo, question):
    page = read(question.get_absolute_url())
    assert "No answers yet" in page
    helped = factories.make_answer(ben, question)
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    actions.mark_helped(answer=helped)
    page = read(question.get_absolute_url())
    assert "2 answers" in page
    assert "1 helped the asker" in page
    assert "a clinician replied" in page


def test_answers_stand_in_order_of_help(ana, ben, eve, cleo, question):
    plain, helpful, helped = (factories.make_answer(author, question) for author in (ben, eve, cleo))
    actions.mark_helpful(answer=helpful, member=ana)
    actions.mark_helped(answer=helped)
    page = read(question.get_absolute_url())
    places = [page.index(f'id="answer-{answer.pk}"') for answer in (helped, helpful, plain)]
    assert places == sorted(places)


def test_each_answer_says_what_it_stands_on(ben, cleo, eve, question):
    factories.make_answer(ben, question, basis="carer")
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    page = read(question.get_absolute_url())
    assert "Experience of someone I care for" in page
    assert "Clinician, verified when written" in page
    assert "neurology, United Kingdom" in page
    assert "General information, not advice for you: this clinician has not examined you." in page


def test_the_label_of_a_clinician_goes_with_the_credential(cleo, question):
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    cleo.credentials.update(withdrawn_at=question.created_at)
    page = read(question.get_absolute_url())
    assert "Clinician, verified" not in page
    assert "neurology" not in page


def test_what_helped_is_not_called_checked_unless_a_clinician_wrote_it(ben, cleo, question):
    answer = factories.make_answer(ben, question)
    actions.mark_helped(answer=answer)
    assert "Helped the asker (not medically checked)" in read(question.get_absolute_url())
    actions.unmark_helped(answer=answer)
    by_clinician = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    actions.mark_helped(answer=by_clinician)
    page = read(question.get_absolute_url())
    assert "Helped the asker" in page
    assert "not medically checked" not in page


def test_kind_words_stand_apart_and_are_not_counted(ben, eve, question):
    kind = factories.make_answer(ben, question, "Hang in there, you are not alone.", basis="support")
    answer = factories.make_answer(eve, question)
    page = read(question.get_absolute_url())
    assert "1 answer" in page
    assert page.index(f'id="answer-{answer.pk}"') < page.index("Kind words") < page.index(f'id="answer-{kind.pk}"')


def test_an_edited_post_says_so(ben, answer, question):
    assert "Edited" not in read(question.get_absolute_url())
    actions.edit(post=answer, editor=ben, title="", body="Mine went away after two weeks of sleeping more.")
    page = read(question.get_absolute_url())
    assert "Edited" in page
    assert "two weeks" in page


def test_comments_stand_under_what_they_are_about(ben, cleo, answer, question):
    first = factories.make_comment(cleo, question, "Since when, if I may ask?")
    second = factories.make_comment(cleo, answer, "Was that with or without a pillow?")
    page = read(question.get_absolute_url())
    assert page.index(first.body) < page.index(f'id="answer-{answer.pk}"') < page.index(second.body)


def test_only_the_first_comments_stand_on_the_page(ben, question):
    for number in range(12):
        factories.make_comment(ben, question, f"Remark number {number}.")
    page = read(question.get_absolute_url())
    assert page.count("Remark number") == 10
    all_of_them = read(reverse("forum:comment_question", args=[question.pk]))
    assert all_of_them.count("Remark number") == 12


def test_the_other_comments_follow_on_a_page_of_their_own_or_in_place(client, ben, answer):
    for number in range(13):
        factories.make_comment(ben, answer, f"Remark number {number}.")
    link = re.search(r'href="(/answers/\d+/comments/\?after=\d+)"', read(answer.question.get_absolute_url()))[1]
    page, part = read(link), client.get(link, headers={"HX-Request": "true"})
    for text in (page, part.content.decode()):
        assert re.findall(r"Remark number (\d+)", text) == ["10", "11", "12"]
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    assert "Show the first comments" in page


def test_many_comments_come_in_pages(ben, question, monkeypatch):
    monkeypatch.setattr("forum.thread.COMMENTS_OF_A_PAGE", 2)
    comments = [factories.make_comment(ben, question, f"Remark number {number}.") for number in range(5)]
    for name in ("comment_question", "comments_on_question"):
        url = reverse(f"forum:{name}", args=[question.pk])
        found, after = [], ""
        for _ in range(3):
            page = read(f"{url}?after={after}")
            found += [comment for comment in comments if comment.body in page]
            after = str(found[-1].pk)
        assert found == comments


def test_a_member_reads_all_comments_of_a_locked_thread(ben, eve, question, browser_of):
    factories.make_comment(ben, question, "A remark from before.")
    Question.objects.filter(pk=question.pk).update(locked_at=question.published_at)
    page = read(reverse("forum:comments_on_question", args=[question.pk]), browser_of(eve))
    assert "A remark from before." in page
    assert f'"/questions/{question.pk}/comment/"' not in page


def test_the_address_of_a_comment_leads_to_where_it_stands(client, ben, answer):
    comments = [factories.make_comment(ben, answer, f"Remark number {number}.") for number in range(11)]
    for comment in (comments[0], comments[10]):
        response = client.get(reverse("forum:place_of_comment", args=[comment.pk]))
        assert response.status_code == 302
        place, _, fragment = response["Location"].partition("#")
        assert f'id="{fragment}"' in read(place)
        assert comment.body in read(place)


# Pages of answers


@pytest.fixture
def many(question, monkeypatch) -> list[Answer]:
    monkeypatch.setattr("forum.thread.ANSWERS", 3)
    answers = [factories.make_answer(factories.make_user(), question) for _ in range(7)]
    kind = factories.make_answer(factories.make_user(), question, "Hang in there, all of you.", basis="support")
    actions.mark_helpful(answer=answers[4], member=factories.make_user())
    return [answers[4], *answers[:4], *answers[5:], kind]


def on_page(page: str, answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if f'id="answer-{answer.pk}"' in page]


def walk(url: str, query: str, many: list[Answer], way: str, cursor: str) -> list[list[Answer]]:
    pages = []
    while True:
        page = read(url + query)
        pages.append(on_page(page, many))
        place = page.partition(f'rel="{way}" href="?{cursor}=')[2].partition("#")[0]
        if not place:
            return pages
        query = f"?{cursor}={place}"


def test_every_answer_is_on_exactly_one_page_both_ways(question, many):
    url = question.get_absolute_url()
    pages = walk(url, "", many, "next", "after")
    assert [answer for page in pages for answer in page] == many
    assert [len(page) for page in pages] == [3, 3, 2]
    last = f"?after={many[5].rank}-{many[5].pk}"
    assert walk(url, last, many, "prev", "before") == pages[::-1]


def test_on_a_page_in_the_middle_of_a_thread_one_can_go_back(question, many):
    page = read(many[4].get_absolute_url().partition("#")[0])
    assert on_page(page, many) == many[4:7]
    before = page.partition('rel="prev" href="?before=')[2].partition("#")[0]
    assert on_page(read(f"{question.get_absolute_url()}?before={before}"), many) == many[1:4]


def test_long_threads_lead_to_the_newest_answer(question, many):
    newest = many[6]
    assert f'href="?at={newest.pk}#answer-{newest.pk}"' in read(question.get_absolute_url())
    assert f'href="#answer-{newest.pk}"' in read(newest.get_absolute_url().partition("#")[0])
    actions.hide(post=newest)
    newest = many[5]
    assert f'href="?at={newest.pk}#answer-{newest.pk}"' in read(question.get_absolute_url())


def test_the_address_of_an_answer_leads_to_the_page_it_is_on(client, ana, many):
    response = client.get(reverse("forum:place_of_answer", args=[many[5].pk]))
    assert (response.status_code, response["Location"]) == (302, many[5].get_absolute_url())
    elsewhere = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    hidden = factories.make_answer(ana, elsewhere)
    assert client.get(reverse("forum:place_of_answer", args=[hidden.pk])).status_code == 404


def test_a_link_to_an_answer_opens_the_page_it_is_on(client, question, many):
    far = many[5]
    assert far in on_page(read(far.get_absolute_url().partition("#")[0]), many)
    assert on_page(read(many[1].get_absolute_url().partition("#")[0]), many) == many[:3]


@pytest.mark.parametrize(
    "query", ["after=", "after=x", "after=1", "after=-1--1", "after=9" + "9" * 30 + "-1", "before=x", "at=x"]
)
def test_a_broken_cursor_opens_the_first_page(question, many, query):
    assert on_page(read(f"{question.get_absolute_url()}?{query}"), many) == many[:3]


@pytest.mark.parametrize("at", ["0", "999999999999999999", "-5", "²"])
def test_a_link_to_an_answer_that_is_not_here_opens_the_first_page(question, many, at):
    assert on_page(read(f"{question.get_absolute_url()}?at={at}"), many) == many[:3]


def test_a_link_to_an_answer_elsewhere_opens_the_first_page(ben, ana, question, many):
    elsewhere = factories.make_answer(ben, factories.make_question(ana))
    assert on_page(read(f"{question.get_absolute_url()}?at={elsewhere.pk}"), many) == many[:3]


# Guests and fragments


def test_a_guest_gets_no_cookie_and_no_token(client, question, answer, many):
    response = client.get(question.get_absolute_url())
    assert not response.cookies
    page = response.content.decode()
    assert "csrfmiddlewaretoken" not in page
    assert 'method="post"' not in page


def test_what_a_guest_would_do_leads_to_signing_in_and_back(client, question, answer):
    page = read(question.get_absolute_url(), client)
    assert f'href="/accounts/login/?next={question.get_absolute_url()}"' in page
    assert f'href="/questions/{question.pk}/answer/"' in page


def test_a_member_finds_the_form_and_their_marks(ben, eve, question, answer, browser_of):
    actions.mark_same(question=question, member=eve)
    page = read(question.get_absolute_url(), browser_of(eve))
    assert 'id="your-answer"' in page
    assert page.count('aria-pressed="true"') == 1


def test_the_form_is_folded_for_who_asked_or_has_answered(ana, ben, eve, question, answer, browser_of):
    address = question.get_absolute_url()
    assert "Write another answer" in read(address, browser_of(ben))
    assert "Answer your own question" in read(address, browser_of(ana))
    for page in (read(address, browser_of(who)) for who in (ana, ben)):
        assert 'id="your-answer"' in page
    assert "<details><summary>" not in read(address, browser_of(eve))


def test_authors_are_led_to_change_what_is_theirs(ana, ben, eve, question, answer, browser_of):
    comment = factories.make_comment(ana, answer)
    links = {post: f'href="/{post.kind}s/{post.pk}/edit/"' for post in (question, answer, comment)}
    for user, theirs in ((ana, {question, comment}), (ben, {answer}), (eve, set())):
        page = read(question.get_absolute_url(), browser_of(user))
        assert {post for post, link in links.items() if link in page} == theirs
    assert "/edit/" not in read(question.get_absolute_url())


def test_similar_questions_come_as_a_part_or_as_a_page(client, ana, question):
    other = factories.make_question(ana, "Stomach twitching a week after a stomach bug")
    factories.find_neighbours()
    url = reverse("forum:similar", args=[question.pk])
    part = client.get(url, headers={"HX-Request": "true"})
    assert other.title in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    page = read(url)
    assert other.title in page
    assert "<html" in page


def test_the_similar_ones_of_a_question_that_is_not_shown_are_missing(client, newt):
    held = factories.make_question(newt)
    assert client.get(reverse("forum:similar", args=[held.pk])).status_code == 404


def test_a_question_is_not_posted_to(client, question):
    assert client.post(question.get_absolute_url()).status_code == 405

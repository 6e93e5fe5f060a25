"""Moderators close, lock, move and join threads: the target is looked for, two at once do it once, the log says so."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from forum.actions import ChangedMeanwhile
from forum.models import Question
from moderation import actions, threads
from moderation.models import Decision, ReviewItem
from tests import factories
from tests.moderation.conftest import sign_in


@pytest.fixture
def other(ben, topic) -> Question:
    return factories.make_question(ben, "What did the twitching in your belly turn out to be?", topic=topic)


def send(client, question, **fields):
    """As from the page that shows the thread now."""
    question = Question.objects.get(pk=question.pk)
    return client.post(f"/review/question/{question.pk}/", {"as_seen": question.standing} | fields)


@pytest.mark.django_db
def test_closing_is_logged_and_leaves_open_what_waits_about_the_question(question, mia):
    client = sign_in(mia)
    assert send(client, question, way="close", reason="").status_code == 422
    assert send(client, question, way="close", reason="heated").status_code == 303
    assert send(client, question, way="lock").status_code == 303
    assert send(client, question, way="unlock").status_code == 303
    assert send(client, question, way="reopen").status_code == 303
    topic = factories.make_topic("Sleep")
    assert send(client, question, way="move", topic=topic.pk).status_code == 303
    # Each has an item of its own, which leads back here.
    assert f"/review/question/{question.pk}/" in client.get(f"/review/{ReviewItem.objects.latest('pk').pk}/").text
    assert [decision.code for decision in Decision.objects.order_by("pk")] == [
        "closed",
        "locked",
        "unlocked",
        "reopened",
        "moved",
    ]
    assert not ReviewItem.objects.open().exists()
    assert send(client, question, way="burn").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["{pk}", "#{pk}", "https://x.example{url}?at=3#answers", "belly turn out"])
def test_the_target_is_found_by_address_number_or_words(question, other, mia, wanted):
    client, path = sign_in(mia), f"/review/question/{question.pk}/"
    wanted = wanted.format(pk=other.pk, url=other.get_absolute_url())
    assert f"?to=question-{other.pk}" in client.get(path, {"q": wanted}).text
    assert "Close as a duplicate" in client.get(path, {"to": f"question-{other.pk}"}).text
    assert send(client, question, way="duplicate", target=other.pk).status_code == 303
    question.refresh_from_db()
    assert question.duplicate_of == other


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["0", "#99999999999999999999", "/articles/nothing/", "/questions/x", "?"])
def test_what_is_not_there_is_not_found(question, mia, wanted):
    client, path = sign_in(mia), f"/review/question/{question.pk}/"
    assert "Nothing found" in client.get(path, {"q": wanted}).text
    assert client.get(path, {"to": wanted}).status_code == 200
    assert send(client, question, way="duplicate", target=wanted).status_code == 422
    assert send(client, question, way="duplicate", target=question.pk).status_code == 422


@pytest.mark.django_db
def test_an_article_is_found_and_settles_it(question, article, mia):
    client = sign_in(mia)
    assert (
        f"?to=article-{article.pk}"
        in client.get(f"/review/question/{question.pk}/", {"q": article.get_absolute_url()}).text
    )
    assert send(client, question, way="article", target=article.pk).status_code == 303


@pytest.mark.django_db
def test_nobody_decides_about_their_own_question(question, ana, other):
    type(ana).objects.filter(pk=ana.pk).update(is_moderator=True)
    assert send(sign_in(ana), question, way="close", reason="heated").status_code == 403
    assert send(sign_in(ana), other, way="close", reason="heated").status_code == 303


@pytest.mark.django_db
def test_the_second_moderator_is_told(question, mia, mo):
    seen = question.standing
    assert send(sign_in(mia), question, way="close", reason="heated").status_code == 303
    late = sign_in(mo).post(f"/review/question/{question.pk}/", {"as_seen": seen, "way": "lock"})
    assert late.status_code == 409
    assert "This thread changed while you were reading" in late.text
    assert Decision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_decisions_at_once_one_wins(question, other, mia):
    seen = question.standing

    def decide(number: int) -> bool:
        mine = Question.objects.get(pk=question.pk)
        try:
            if number % 2:
                threads.close(question=mine, reason="heated", as_seen=seen, moderator=mia)
            else:
                threads.close_as_duplicate(question=mine, target=other, as_seen=seen, moderator=mia)
        except ChangedMeanwhile:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(decide, range(12)))
    assert won.count(True) == 1
    assert Decision.objects.count() == 1


@pytest.mark.django_db
def test_two_threads_are_joined_after_saying_what_moves(question, answer, other, mia, ben, eve):
    client, path = sign_in(mia), f"/review/question/{question.pk}/"
    assert "1 answer of this question" in client.get(path, {"to": f"question-{other.pk}"}).text
    type(mia).objects.filter(pk=ben.pk).update(is_moderator=True)
    assert "own question" in sign_in(ben).get(path, {"to": f"question-{other.pk}"}).text
    assert send(sign_in(ben), question, way="merge", target=other.pk).status_code == 422
    actions.report(thing=question, reporter=eve, reason="dangerous", note="", contact="", submission_key="0" * 32)
    assert "decide that first" in send(client, question, way="merge", target=other.pk).text
    item = ReviewItem.objects.open().get()
    actions.keep(item=item, version=item.version, moderator=mia)
    response = send(client, question, way="merge", target=other.pk)
    assert (response.status_code, response["Location"]) == (303, other.get_absolute_url())
    assert Decision.objects.latest("pk").code == "merged"
    assert client.get(path)["Location"] == other.get_absolute_url()


@pytest.mark.django_db
def test_pinning_and_tags_are_logged(client, question, mia):
    moderator = sign_in(mia)
    assert send(moderator, question, way="pin", days="400").status_code == 422
    assert send(moderator, question, way="pin", days="7").status_code == 303
    assert "Pinned" in client.get(question.topic.get_absolute_url()).text
    assert send(moderator, question, way="unpin").status_code == 303
    assert "Pinned" not in client.get(question.topic.get_absolute_url()).text
    assert send(moderator, question, way="tags", tags="0151 234567").status_code == 422
    assert send(moderator, question, way="tags", tags="sleep, coffee").status_code == 303
    assert [tag.name for tag in question.tags.all()] == ["coffee", "sleep"]
    assert [decision.code for decision in Decision.objects.order_by("pk")] == ["pinned", "unpinned", "tagged"]

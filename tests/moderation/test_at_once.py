"""What reports do at once: hide what several members report, collapse what one reports as dangerous; until decided."""

import uuid
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connections, transaction
from django.urls import reverse
from django.utils import timezone

import forum.actions
import moderation.actions
import search.query
from accounts.models import User
from forum.actions import recount
from forum.models import Answer
from moderation import at_once, statements
from moderation.models import Decision, Report, ReviewItem
from moderation.undoing import undo
from notifications.models import Notification
from notifications.sweeps import send_mails
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in

pytestmark = pytest.mark.django_db

WORD = "zebrafish"
FOLDED = "Somebody reported this answer as advice that could hurt."


def report(thing, reporter=None, reason="unkind") -> Report:
    return moderation.actions.report(
        thing=thing, reporter=reporter, reason=reason, note="", contact="", submission_key=uuid.uuid4()
    )


def crowd(size: int, **fields) -> list[User]:
    return [factories.make_user(**fields) for _ in range(size)]


def settled(reporter: User, about: User, state: str, *, reason="dangerous", days=1) -> None:
    Report.objects.create(
        member=about,
        reporter=reporter,
        reason=reason,
        state=state,
        settled_at=timezone.now() - timedelta(days=days),
        submission_key=uuid.uuid4(),
    )


def told(person, kind: str) -> bool:
    return Notification.objects.unread().filter(recipient=person, kind=kind).exists()


@pytest.fixture
def risky(ben, question) -> Answer:
    """By somebody who has published little."""
    return factories.make_answer(ben, question, f"Drink the {WORD} tea instead of going to see anybody about it.")


# What a report weighs


def test_a_report_weighs_what_its_reporter_was_right_about():
    assert at_once.weight(upheld=0, dismissed=0, is_new=False) == 0.5
    assert at_once.weight(upheld=8, dismissed=0, is_new=False) == 0.9
    assert at_once.weight(upheld=0, dismissed=8, is_new=False) == 0.1
    assert at_once.weight(upheld=0, dismissed=0, is_new=True) == 0.25


def test_reports_weigh_once_for_each_member_and_by_the_last_90_days(answer, ana, ben, eve, mo):
    settled(eve, mo, "upheld", reason="unkind")
    settled(eve, mo, "dismissed", reason="unkind", days=91)
    for reporter in (eve, eve, None):
        report(answer, reporter, "copied")
    assert at_once.weight_of_reports(answer) == pytest.approx(2 / 3)
    report(answer, factories.make_user(trust=User.Trust.NEW))
    assert at_once.weight_of_reports(answer) == pytest.approx(2 / 3 + 1 / 4)


def test_what_the_author_says_of_their_own_post_weighs_nothing(question, ana, ben):
    factories.make_answer(ben, question)
    report(question, ana)
    assert at_once.weight_of_reports(question) == 0


# Hidden


@pytest.mark.parametrize("kind", ["question", "answer", "comment"])
def test_what_several_members_report_is_out_of_sight_until_decided(client, ana, ben, eve, mia, question, kind):
    post = {
        "question": lambda: question,
        "answer": lambda: factories.make_answer(ben, question, f"{WORD} tea is what helped me with all of it."),
        "comment": lambda: factories.make_comment(ben, question, f"{WORD} tea?"),
    }[kind]()
    path, author = question.get_absolute_url(), post.author
    for person in crowd(3):
        report(post, person)
        post.refresh_from_db()
        assert post.shown_to_all
    report(post, eve)
    post.refresh_from_db()
    item = item_of(post)
    assert (post.shown_to_members, post.shown_to_all, item.at_once, item.is_open) == (False, False, "hidden", True)
    assert recount(check=True) == []
    if kind == "question":
        assert [who.get(path).status_code for who in (client, sign_in(eve))] == [404, 404]
    else:
        assert all(WORD not in who.get(path).text for who in (client, sign_in(eve)))
    assert not Decision.objects.exists()
    # Moderators see it, and its author is told that software took part.
    page = sign_in(mia).get(f"/review/{item.pk}/").text
    assert "Out of sight until decided" in page and post.body[:20] in page
    assert told(author, "put_aside")
    for page in (path, "/settings/decisions/"):
        assert "our software keeps it out of sight until a moderator reads it" in sign_in(author).get(page).text


def test_only_members_and_only_enough_of_them_hide_anything(answer):
    for _ in range(6):
        report(answer)
    for person in crowd(3, trust=User.Trust.NEW):
        report(answer, person)
    for person in crowd(2):
        report(answer, person)
    answer.refresh_from_db()
    assert answer.shown_to_all
    assert item_of(answer).at_once == ""


def hidden(post) -> ReviewItem:
    for person in crowd(4):
        report(post, person)
    post.refresh_from_db()
    assert post.status == "hidden"
    return item_of(post)


def test_keep_shows_it_again_at_once_and_no_more_reports_hide_it(client, answer, ben, mia, question):
    item = hidden(answer)
    last = Report.objects.latest("pk").pk
    assert decide(sign_in(mia), item, "keep", last_report=last).status_code == 303
    answer.refresh_from_db()
    assert (answer.status, answer.shown_to_all) == ("published", True)
    assert recount(check=True) == []
    assert (told(ben, "put_aside"), told(ben, "kept")) == (False, True)
    assert not statements.holds(ben)
    for person in crowd(5):
        report(answer, person)
    answer.refresh_from_db()
    assert answer.shown_to_all


def test_what_was_changed_since_it_was_kept_can_be_hidden_again(answer, mia):
    decide(sign_in(mia), hidden(answer), "keep", last_report=Report.objects.latest("pk").pk)
    Answer.objects.filter(pk=answer.pk).update(edited_at=timezone.now() + timedelta(seconds=1))
    answer.refresh_from_db()
    for person in crowd(4):
        report(answer, person)
    answer.refresh_from_db()
    assert answer.status == "hidden"


def test_hide_makes_it_a_decision_whose_reasons_say_that_software_took_part(answer, ben, mia, mo):
    item = hidden(answer)
    assert decide(sign_in(mia), item, "hide", rule="unkind").status_code == 303
    answer.refresh_from_db()
    made = Decision.objects.get()
    assert (answer.status, made.code) == ("hidden", "hidden")
    assert "Our software had kept it out of sight" in statements.statement(made).software
    page = sign_in(ben).get(f"/settings/decisions/{made.pk}/").text
    assert "Our software had kept it out of sight" in page and "how" in page
    undo(decision=made, moderator=mo)
    answer.refresh_from_db()
    assert answer.shown_to_all
    assert not item_of(answer).is_put_aside


def test_a_change_that_waits_is_decided_beside_what_is_out_of_sight(answer, ben, mia):
    User.objects.filter(pk=ben.pk).update(trust=User.Trust.NEW)
    ben.refresh_from_db()
    answer.author = ben
    forum.actions.edit(post=answer, editor=ben, title="", body=f"Now with more of the {WORD} tea in it.")
    item = hidden(answer)
    # What is sent back leaves it hidden, what is approved is shown.
    assert decide(sign_in(mia), item, "changes", words="Please say where that is from.").status_code == 303
    answer.refresh_from_db()
    item = item_of(answer)
    assert (answer.status, item.is_open, item.is_put_aside) == ("hidden", True, True)
    assert decide(sign_in(mia), item, "keep", last_report=Report.objects.latest("pk").pk).status_code == 303
    answer.refresh_from_db()
    assert answer.shown_to_all


def test_its_author_neither_changes_nor_takes_back_what_is_out_of_sight(answer, ben):
    hidden(answer)
    client = sign_in(ben)
    client.post(f"/answers/{answer.pk}/take-back/")
    answer.refresh_from_db()
    assert answer.status == "hidden"


def test_nothing_is_done_at_once_about_a_member(eve):
    for person in crowd(5):
        report(eve, person, "dangerous")
    assert ReviewItem.objects.about(eve).get().at_once == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.about(eve).update(at_once="hidden")


# Collapsed


def test_dangerous_advice_collapses_at_once_and_can_be_opened(client, risky, ben, eve, mia, question):
    path = question.get_absolute_url()
    assert FOLDED not in client.get(path).text
    report(risky, eve, "dangerous")
    risky.refresh_from_db()
    item = item_of(risky)
    assert (bool(risky.collapsed_at), risky.status, item.at_once) == (True, "published", "collapsed")
    for page in (path, f"/answers/{risky.pk}/comments/", f"/answers/{risky.pk}/comment/"):
        shown = client.get(page, follow=True).text
        if WORD in shown:
            before, details = shown.split("<details><summary>Read it all the same", 1)
            assert FOLDED in before and WORD not in before and WORD in details.split("</details>")[0]
    assert WORD in client.get(path).text
    assert told(ben, "put_aside")
    assert "our software has collapsed it" in sign_in(ben).get("/settings/decisions/").text
    assert "Collapsed until decided" in sign_in(mia).get(f"/review/{item.pk}/").text


def test_what_is_collapsed_is_in_no_search_feed_data_list_quotation_or_mail(client, risky, ana, ben, eve, question):
    path = question.get_absolute_url()
    places = (
        reverse("forum:feed_of_question", args=[question.pk]),
        f"/search/?q={WORD}",
        f"{ben.get_absolute_url()}?show=answers",
    )

    def structured() -> str:
        return "".join(part.split("</script>")[0] for part in client.get(path).text.split("ld+json")[1:])

    assert WORD in structured() and search.query.search(WORD, user=eve).hits
    assert all(WORD in client.get(one, follow=True).text for one in (places[0], places[2]))
    report(risky, eve, "dangerous")
    assert not search.query.search(WORD, user=eve).hits
    assert WORD not in structured() and "QAPage" not in structured()
    for one in places:
        shown = client.get(one, follow=True).text.replace(f"q={WORD}", "").replace(f'value="{WORD}"', "")
        assert f"{WORD} tea" not in shown, one
    assert WORD not in sign_in(eve).get(f"/questions/{question.pk}/answer/?quote=answer-{risky.pk}").text
    assert told(ana, "answer")
    while send_mails():
        pass
    sent = Notification.objects.filter(mail_sent_at__isnull=False)
    assert set(sent.values_list("recipient__handle", "kind")) == {("ben", "put_aside")}


def test_keep_expands_it_and_it_is_found_again(client, risky, ben, eve, mia, question):
    made = report(risky, eve, "dangerous")
    assert decide(sign_in(mia), item_of(risky), "keep", last_report=made.pk).status_code == 303
    risky.refresh_from_db()
    assert risky.collapsed_at is None
    assert FOLDED not in client.get(question.get_absolute_url()).text
    assert search.query.search(WORD, user=eve).hits
    assert told(ben, "kept")
    report(risky, factories.make_user(), "dangerous")
    risky.refresh_from_db()
    assert risky.collapsed_at is None


def test_hide_ends_it_too_and_says_what_software_did(risky, eve, mia):
    report(risky, eve, "dangerous")
    decide(sign_in(mia), item_of(risky), "hide", rule="dangerous")
    risky.refresh_from_db()
    assert (risky.status, risky.collapsed_at) == ("hidden", None)
    assert "Our software had collapsed it" in statements.statement(Decision.objects.get()).software


def test_taking_it_back_and_putting_it_back_does_not_expand_it(risky, eve, mia):
    made = report(risky, eve, "dangerous")
    forum.actions.take_back(post=risky)
    forum.actions.put_back(post=risky)
    risky.refresh_from_db()
    assert risky.collapsed_at is not None
    item = item_of(risky)
    assert item.is_put_aside
    decide(sign_in(mia), item, "keep", last_report=made.pk)
    risky.refresh_from_db()
    assert risky.collapsed_at is None


@pytest.mark.parametrize(
    "case", ["guest", "new", "other reason", "dismissed lately", "dismissed thrice", "published much", "clinician"]
)
def test_where_one_word_is_not_enough_it_stays_open(risky, ben, eve, mo, question, cleo, case):
    answer, reporter, reason = risky, eve, "dangerous"
    match case:
        case "guest":
            reporter = None
        case "new":
            eve.trust = User.Trust.NEW
        case "other reason":
            reason = "unkind"
        case "dismissed lately":
            settled(eve, mo, "dismissed", days=89)
        case "dismissed thrice":
            for _ in range(3):
                settled(eve, mo, "dismissed", days=400)
        case "published much":
            User.objects.filter(pk=ben.pk).update(published_count=3)
        case "clinician":
            answer = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    report(answer, reporter, reason)
    answer.refresh_from_db()
    assert (answer.collapsed_at, item_of(answer).at_once) == (None, "")


def test_what_was_dismissed_long_ago_or_for_another_reason_does_not_end_it(risky, eve, mo):
    for _ in range(2):
        settled(eve, mo, "dismissed", days=91)
    settled(eve, mo, "dismissed", reason="unkind")
    report(risky, eve, "dangerous")
    risky.refresh_from_db()
    assert risky.collapsed_at is not None


def test_a_question_and_a_comment_do_not_collapse(ana, question, eve):
    remark = factories.make_comment(ana, question)
    for post in (question, remark):
        report(post, eve, "dangerous")
        assert item_of(post).at_once == ""


# At once


@pytest.mark.django_db(transaction=True)
def test_reports_that_arrive_at_once_hide_it_once(answer, ben):
    people = crowd(6)
    start = Barrier(len(people))
    failed: list[Exception] = []

    def send(person: User) -> None:
        try:
            start.wait()
            report(Answer.objects.for_page().get(pk=answer.pk), person)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=send, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    answer.refresh_from_db()
    item = ReviewItem.objects.about(answer).get()
    assert (answer.status, item.at_once, len(item.reasons)) == ("hidden", "hidden", 6)
    assert Notification.objects.filter(recipient=ben, kind="put_aside").count() == 1
    assert recount(check=True) == []

"""Warning, pausing and suspending a member: who may, what follows, and when it ends."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

import forum.actions
from accounts.models import User
from forum.models import Edit, Question
from moderation import privacy, rules, sanctions
from moderation.actions import Overtaken
from moderation.models import Decision, Report, ReviewItem, Sanction, Words
from notifications.models import Notification
from notifications.sweeps import send_mails
from tests import factories
from tests.factories import PASSWORD
from tests.moderation.conftest import sign_in
from tests.moderation.test_standing import reported

pytestmark = pytest.mark.django_db

WORDS = "Please do not write to people like that."


def impose(member: User, moderator: User, kind: str = "silence", days: int | None = 3, **said) -> Sanction:
    said = {"rule": "unkind", "words": WORDS, "evidence": [], "as_seen": sanctions.view_of(member)} | said
    made = sanctions.impose(
        member=member, moderator=moderator, kind=kind, days=None if kind == "warn" else days, **said
    )
    member.refresh_from_db()
    return made


def filled(member: User, **fields) -> dict[str, object]:
    return {
        "kind": "silence",
        "days": 3,
        "rule": "unkind",
        "words": WORDS,
        "as_seen": sanctions.view_of(member),
    } | fields


def act(moderator: User, member: User, **fields):
    return sign_in(moderator).post(f"/review/members/{member.handle}/", filled(member, **fields))


ASKED = {"title": "Does anyone else have this in the evening?", "topic": "muscles-and-nerves", "audience": "usual"}


def ask(client: Client):
    body = "It began three days ago and it does not hurt, it is only odd."
    return client.post("/ask/", ASKED | {"body": body, "consent": "on", "submission_key": uuid.uuid4()})


# What follows


def test_who_is_paused_reads_and_does_not_post_until_the_day(ben, mia, question):
    client = sign_in(ben)
    act(mia, ben)
    refused = ask(client)
    assert refused.status_code == 403
    assert "You cannot post until" in refused.text and "it is only odd" in refused.text
    assert "it is only odd" in client.get("/ask/").text
    assert client.get(question.get_absolute_url()).status_code == 200
    Sanction.objects.update(until=timezone.now(), made_at=timezone.now() - timedelta(days=3))
    User.objects.filter(pk=ben.pk).update(silenced_until=timezone.now())
    assert ask(client).status_code == 303


def test_who_is_warned_posts_nothing_before_they_confirm_that_they_read_it(ben, mia, question):
    client = sign_in(ben)
    act(mia, ben, kind="warn", days="")
    assert ask(client).status_code == 403
    page = client.get("/").text
    assert "The moderators have written to you" in page
    decision = Decision.objects.get()
    statement = client.get(f"/settings/decisions/{decision.pk}/").text
    assert WORDS in statement and "I have read this" in statement
    for _ in range(2):
        assert client.post(f"/settings/decisions/{decision.pk}/read/").status_code == 303
    assert ask(client).status_code == 303
    assert "I have read this" not in client.get(f"/settings/decisions/{decision.pk}/").text


def test_nobody_confirms_for_another(ben, eve, mia):
    impose(ben, mia, "warn")
    assert sign_in(eve).post(f"/settings/decisions/{Decision.objects.get().pk}/read/").status_code == 404
    ben.refresh_from_db()
    assert ben.must_acknowledge


def test_who_is_suspended_is_out_and_reads_why_at_the_door(ben, mia):
    client = sign_in(ben)
    act(mia, ben, kind="suspend", days=7)
    assert client.get("/settings/profile/").status_code == 303
    door = Client().post("/accounts/login/", {"login": ben.email, "password": PASSWORD})
    assert door.status_code == 403
    (way,) = [part for part in door.text.split('"') if part.startswith("/suspended/")]
    page = Client().get(way)
    assert page.status_code == 200 and WORDS in page.text
    assert "Be kind. Disagree with what was said" in page.text and "You can appeal until" in page.text
    assert page.headers["Cache-Control"].count("no-store") == 1
    assert Client().get(way[:-3] + "xx/").status_code == 404
    User.objects.filter(pk=ben.pk).update(suspended_until=timezone.now())
    assert Client().get(way).status_code == 404


def test_each_is_told_in_the_inbox_and_by_mail_that_says_nothing_of_what(ben, mia, mailoutbox):
    for kind in ("warn", "silence"):
        impose(ben, mia, kind)
    assert set(Notification.objects.values_list("kind", "recipient")) == {("warned", ben.pk), ("silenced", ben.pk)}
    inbox = sign_in(ben).get("/notifications/").text
    assert "have sent you a warning" in inbox and "have paused your posting" in inbox
    opened = sign_in(ben).get(Notification.objects.get(kind="silenced").get_absolute_url())
    assert opened["Location"] == f"/settings/decisions/{Decision.objects.get(code='silenced').pk}/"
    Notification.objects.update(mail_due_at=timezone.now())
    assert send_mails() == 1
    assert WORDS not in str(mailoutbox[0].message())


def test_the_rule_speaks_where_the_moderator_writes_nothing_and_a_reason_of_ones_own_needs_words(ben, mia):
    assert act(mia, ben, words="").status_code == 303
    assert "Be kind. Disagree with what was said" in Words.objects.get().to_author
    refused = act(mia, ben, words="", rule="other")
    assert refused.status_code == 422 and "Please tell them why." in refused.text
    assert act(mia, ben, days="").status_code == 422
    assert act(mia, ben, days="4").status_code == 422


def test_what_is_running_ends_early_and_the_longest_of_what_stays_counts(ben, mia, mo):
    short, long = impose(ben, mia, days=1), impose(ben, mia, days=30)
    assert ben.silenced_until == long.until
    for _ in range(2):
        assert sign_in(mo).post(f"/review/members/{ben.handle}/lift/", {"sanction": long.pk}).status_code == 303
    ben.refresh_from_db()
    assert ben.silenced_until == short.until
    assert Decision.objects.filter(code="lifted", moderator=mo).count() == 1
    assert Notification.objects.filter(recipient=ben, kind="lifted").count() == 1
    sanctions.lift(sanction=short, moderator=mo)
    ben.refresh_from_db()
    assert ben.silenced_until is None
    with pytest.raises(Overtaken):
        sanctions.lift(sanction=short, moderator=mo)


def test_what_was_reported_of_a_member_is_decided_with_it(ben, mia):
    reported(ben)
    act(mia, ben)
    item, decision = ReviewItem.objects.get(), Decision.objects.get()
    assert (item.state, decision.item) == ("closed", item)
    assert Report.objects.get().state == "upheld"


def test_the_log_has_neither_words_nor_names(ben, mia):
    impose(ben, mia, evidence=["question-1"])
    row = Decision.objects.values().get()
    assert WORDS not in str(row) and ben.handle not in str(row)
    assert (row["code"], row["rule"], row["target_kind"], row["target_id"]) == ("silenced", "unkind", "member", ben.pk)


# The page of a member


def test_the_page_shows_what_has_their_name_and_nothing_that_has_not(ben, mia, topic):
    named = factories.make_question(ben, "Does anyone else have this under the left arm?", topic=topic)
    hidden = factories.make_question(ben, "Would you tell this to your employer?", topic=topic, anonymous=True)
    for post in (named, hidden):
        reported(post)
        item = factories.item_of(post)
        page = sign_in(mia).get(f"/review/{item.pk}/").text
        assert ("/review/members/ben/" in page) == (post == named)
    page = sign_in(mia).get("/review/members/ben/").text
    assert named.title in page and hidden.title not in page
    assert f"question-{named.pk}" in page and f"question-{hidden.pk}" not in page
    assert "0 led to something, 0 did not, 1 wait" in page
    assert act(mia, ben, evidence=[f"question-{hidden.pk}"]).status_code == 422
    assert act(mia, ben, evidence=[f"question-{named.pk}"]).status_code == 303
    statement = sign_in(ben).get(f"/settings/decisions/{Decision.objects.latest('pk').pk}/").text
    assert named.title in statement


@pytest.mark.parametrize(
    ("history", "step"),
    [
        ([], ("warn", 1)),
        ([("warn", None)], ("silence", 1)),
        ([("warn", None), ("silence", 1)], ("silence", 3)),
        ([("silence", 7), ("silence", 3)], ("silence", 30)),
        ([("suspend", 7), ("warn", None)], ("suspend", 30)),
        ([("suspend", 30)], ("suspend", 30)),
    ],
)
def test_the_next_step_is_proposed(history, step):
    assert rules.proposed(history) == step


# Who may


def test_nobody_acts_on_themselves_or_on_whoever_blocked_or_reported_them(ana, ben, eve, mia, mo, question):
    forum.actions.block(member=ben, other=mia)
    reported(mia, reporter=eve)
    reported(factories.make_answer(mia, question), reporter=ana)
    for them in (mia, ben, eve, ana):
        address = f"/review/members/{them.handle}/"
        assert sign_in(mia).get(address).status_code == 403
        assert sign_in(mia).post(address, filled(them)).status_code == 403
    for them in (ben, eve, ana):
        assert sign_in(mo).get(f"/review/members/{them.handle}/").status_code == 200
    earlier = Edit.objects.about(question).get()
    Edit.objects.filter(pk=earlier.pk).update(state="superseded", listed_at=timezone.now())
    for address in (f"/review/question/{question.pk}/", f"/review/text/{earlier.pk}/redact/"):
        assert [sign_in(who).get(address).status_code for who in (mia, mo)] == [403, 200]
    assert not Sanction.objects.exists()


def test_what_reporters_wrote_is_decided_by_another_unless_it_has_no_name(ana, ben, mia, mo, topic):
    named = factories.make_question(ben, "Does anyone else have this under the left arm?", topic=topic)
    nameless = factories.make_question(ben, "Would you tell this to your employer?", topic=topic, anonymous=True)
    for post in (named, nameless):
        reported(post)
    by_ben = reported(mia, reporter=ben)
    items = [factories.item_of(post) for post in (named, nameless)]
    assert list(ReviewItem.objects.open().not_of(mia)) == items[1:]
    assert [sign_in(mia).get(f"/review/{item.pk}/").status_code for item in items] == [403, 200]
    Report.objects.filter(pk=by_ben.pk).update(state="dismissed")
    assert sign_in(mia).get(f"/review/{items[0].pk}/").status_code == 200


def test_who_closed_their_account_is_not_acted_on(ben, mia):
    User.objects.filter(pk=ben.pk).update(is_active=False)
    assert act(mia, ben).status_code == 403
    assert "This account is closed." in sign_in(mia).get("/review/members/ben/").text


# At once


def test_of_two_on_what_both_read_the_second_is_told_and_keeps_what_they_typed(ben, mia, mo):
    fields = filled(ben)
    assert sign_in(mia).post("/review/members/ben/", fields).status_code == 303
    late = sign_in(mo).post("/review/members/ben/", fields | {"kind": "suspend", "words": "I have had enough of this."})
    assert late.status_code == 409
    assert "Another moderator was quicker" in late.text and "I have had enough of this." in late.text
    assert Sanction.objects.count() == Decision.objects.count() == 1
    assert late.context["form"]["as_seen"].value() == sanctions.view_of(ben)


def test_a_report_that_comes_in_meanwhile_remains_to_be_decided(ben, mia):
    read = reported(ben)
    fields = filled(ben)
    unread = reported(ben)
    assert sign_in(mia).post("/review/members/ben/", fields).status_code == 303
    assert ReviewItem.objects.about(ben).open().exists()
    assert [Report.objects.get(pk=one.pk).state for one in (read, unread)] == ["upheld", "open"]


@pytest.mark.parametrize("as_seen", ["", "0", "0-", "0-x", "9-0", "0-٣", "-"])
def test_what_nobody_has_read_is_not_acted_on(ben, mia, as_seen):
    assert act(mia, ben, as_seen=as_seen).status_code in (409, 422)
    assert not Sanction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_is_written(ben, mia, mo):
    as_seen = sanctions.view_of(ben)

    def silence(number: int) -> bool:
        try:
            impose(User.objects.get(pk=ben.pk), (mia, mo)[number % 2], days=(1, 3)[number % 2], as_seen=as_seen)
        except Overtaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(silence, range(24)))
    assert won.count(True) == Sanction.objects.count() == Decision.objects.count() == 1
    ben.refresh_from_db()
    assert ben.silenced_until == Sanction.objects.get().until


# What can never be false


def test_what_the_database_refuses(ben, mia):
    made = impose(ben, mia)
    decision = Decision.objects.create(
        item=made.decision.item, item_version=9, moderator=mia, code="kept", target_kind="member", target_id=ben.pk
    )
    now = timezone.now()
    sound = {"member": ben, "number": 2, "kind": "silence", "rule": "unkind", "days": 3, "decision": decision}
    sound |= {"made_at": now, "until": now + timedelta(days=3)}
    for wrong in (
        {"number": 1},
        {"days": 4},
        {"days": None},
        {"until": None},
        {"until": now},
        {"acknowledged_at": now},
        {"kind": "warn"},
        {"kind": "ban"},
        {"rule": ""},
        {"decision": made.decision},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Sanction.objects.create(**sound | wrong)
    for code in ("warned", "silenced", "suspended"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(
                item=made.decision.item, item_version=8, moderator=mia, code=code, target_kind="member", target_id=1
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=ben.pk).update(is_senior_moderator=True)


# One's data


def test_people_get_what_was_done_about_them_and_erasing_takes_it(ben, mia):
    impose(ben, mia)
    given = privacy.export(ben)
    assert given["sanctions"][0]["kind"] == "silence"
    assert given["decisions_about_me"][0]["words__to_author"] == WORDS
    assert mia.handle not in str(given)
    assert not any(
        "moderator" in key
        for part in ("decisions_about_me", "sanctions", "appeals")
        for row in given[part]
        for key in row
    )
    for _ in range(2):
        privacy.erase(ben)
    assert not Sanction.objects.exists() and not Words.objects.exists()
    assert Decision.objects.count() == 1


def test_moderators_still_read_and_decide_about_posts_of_who_is_suspended(ben, mia, topic):
    newcomer = factories.make_user("newcomer", trust="new")
    held = factories.make_question(newcomer, topic=topic)
    impose(newcomer, mia, "suspend", 30)
    factories.approve(held, mia)
    assert held.status == Question.Status.PUBLISHED

"""Saved replies: offered where words go to an author, filled in on the server, and never sent with a gap in them."""

import uuid
from importlib import import_module

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from moderation import actions, replies
from moderation.models import Decision, Sanction, SavedReply
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in

pytestmark = pytest.mark.django_db

WORDS = "Hello {handle}, in “{title}” you go against our rule: “{rule}” Until {until}. Appeal: {appeal} ({site})"
RULE = "Be kind. Disagree with what was said, not with who said it."


@pytest.fixture
def una(db) -> User:
    return factories.make_user("una", is_moderator=True, is_senior_moderator=True)


def saved(words: str = WORDS, uses: tuple[str, ...] = ("changes", "reject", "sanction"), **fields) -> SavedReply:
    SavedReply.objects.all().delete()
    return SavedReply.objects.create(title="Kinder", words=words, uses=uses, **fields)


def put_in(client, path: str, reply: SavedReply, **typed: str):
    return client.post(path, {"put_in": "yes", "reply": reply.pk, "words": ""} | typed)


def test_a_chosen_reply_is_put_in_with_what_is_known_and_nothing_is_decided(held, mia):
    reply, path = saved(), f"/review/{item_of(held).pk}/reject/"
    page = put_in(sign_in(mia), path, reply, version=str(item_of(held).version), rule="unkind", words="Dear newt,")
    words = page.context["form"]["words"].value()
    assert words.startswith("Dear newt,\n\nHello newt, in “Does magnesium help")
    assert RULE in words and "/settings/decisions/ (Askwell)" in words
    assert page.context["form"]["rule"].value() == "unkind"
    assert not Decision.objects.exists()
    # What is not known is not sent.
    refused = decide(sign_in(mia), item_of(held), "reject", rule="unkind", words=words)
    assert refused.status_code == 422
    assert "Please put words in place of {until}" in refused.text
    assert decide(
        sign_in(mia), item_of(held), "reject", rule="unkind", words=words.replace("{until}", "May")
    ).status_code
    assert Decision.objects.get().code == "rejected"


def test_whose_name_is_not_on_a_post_is_not_in_the_words(newt, mia, topic):
    nameless = factories.make_question(newt, anonymous=True, topic=topic)
    page = put_in(sign_in(mia), f"/review/{item_of(nameless).pk}/changes/", saved(), version="1")
    assert "Hello Anonymous asker" in page.text
    assert "newt" not in page.text


def test_a_reply_is_offered_for_what_it_is_for_as_long_as_it_is_in_use(held, mia):
    path = f"/review/{item_of(held).pk}/"
    reply = saved(uses=("changes",))
    assert "Kinder" in sign_in(mia).get(f"{path}changes/").text
    assert "Kinder" not in sign_in(mia).get(f"{path}reject/").text
    # Whoever sends the number of another gets no words.
    assert put_in(sign_in(mia), f"{path}reject/", reply, version="1").context["form"]["words"].value() == ""
    SavedReply.objects.update(is_active=False)
    assert "Kinder" not in sign_in(mia).get(f"{path}changes/").text


def test_words_to_a_member_know_until_when_and_nothing_is_done(eve, mia):
    actions.report(thing=eve, reporter=None, reason="unkind", note="", contact="", submission_key=uuid.uuid4())
    reply = saved("Hello {handle}: “{rule}” It lasts until {until}.")
    typed = {"kind": "silence", "days": "7", "rule": "unkind", "as_seen": ""}
    page = put_in(sign_in(mia), "/review/members/eve/", reply, **typed)
    words = page.context["form"]["words"].value()
    assert words.startswith(f"Hello eve: “{RULE}” It lasts until") and "{" not in words
    assert page.context["form"]["days"].value() == "7"
    assert not Sanction.objects.exists()


def test_senior_moderators_change_what_all_read(una, mia):
    reply = saved()
    said = {
        "title": "Kinder",
        "words": "Hello {handle}, please.",
        "uses": ["hide"],
        "rule": "unkind",
        "is_active": "on",
    }
    assert sign_in(mia).post(f"/review/replies/{reply.pk}/", said).status_code == 403
    assert sign_in(una).post(f"/review/replies/{reply.pk}/", said)["Location"] == "/review/replies/"
    page = sign_in(mia).get("/review/replies/").text
    for words in ("Hello {handle}, please.", "Hide it", "only for the rule:", "changed by una"):
        assert words in page
    twin = sign_in(una).post("/review/replies/new/", said)
    assert (twin.status_code, "Another reply has this title" in twin.text) == (422, True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedReply.objects.create(title="Silent", words="")


def test_a_reply_with_a_variable_that_nobody_knows_is_not_saved(una):
    said = {"title": "New", "words": "Hello {name}, you {Handle} know {site}.", "uses": ["changes"]}
    refused = sign_in(una).post("/review/replies/new/", said)
    assert refused.status_code == 422
    assert "We do not know what {name}, {Handle} stands for." in refused.text
    assert "Hello {name}" in refused.text
    assert not SavedReply.objects.filter(title="New").exists()


def test_the_replies_of_a_new_site_can_be_saved_as_they_are():
    for _title, uses, _rule, words in import_module("moderation.migrations.0023_first_saved_replies").REPLIES:
        assert replies.unknown(words) == []
        assert set(uses) <= set(SavedReply.Use)

"""Tags: words that become one tag each, nowhere before their question is shown, and copies that stay true."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import withdraw_credential
from forum import actions, sweeps, tags
from forum.models import Edit, Question, Tag, Tagging, TagSynonym
from search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def tagged(ana, topic) -> Question:
    return factories.make_question(ana, topic=topic, tags="Coffee, Eye lid")


def names(question: Question) -> list[str]:
    return [tag.name for tag in question.tags.all()]


@pytest.mark.parametrize("name", ["covid-19", "vitamin B12", "Crohn’s disease", "MRI", "Übelkeit", "omega-3"])
def test_what_a_tag_may_be_called(name):
    assert tags.is_name(name)


@pytest.mark.parametrize(
    "name", ["0151 2345", "call 07700 900123", "a@b.example", "www.example.org", "x", "睡眠", "<b>", "2026", "a" * 41]
)
def test_what_is_no_tag(name):
    assert not tags.is_name(name)


def test_two_spellings_are_one_tag(ana, tagged):
    other = factories.make_question(ana, tags="coffee,  eye-lid,#COFFEE")
    assert names(other) == names(tagged) == ["Coffee", "Eye lid"]


def test_tags_are_asked_for_on_the_form(ana, topic, browser_of):
    browser = browser_of(ana)
    typed = {"title": "Can coffee make an eyelid twitch for a whole week?", "topic": topic.slug, "audience": "usual"}
    page = browser.post("/ask/", typed | {"tags": "coffee, 0151 234567", "consent": "on"})
    assert page.status_code == 422
    assert "Please change: “0151 234567”" in page.content.decode()
    assert "coffee, 0151 234567" in page.content.decode()
    assert "these are 6" in browser.post("/ask/", typed | {"tags": "aa,bb,cc,dd,ee,ff"}).content.decode()
    browser.post("/ask/", typed | {"tags": "coffee, Eyelid", "consent": "on"})
    question = Question.objects.get()
    assert names(question) == ["Eyelid", "coffee"]
    form = {"title": question.title, "body": "", "version": question.edits.latest("id").pk, "tags": "sleep"}
    browser.post(f"/questions/{question.pk}/edit/", form)
    assert names(question) == ["sleep"]


def test_a_held_question_makes_no_tag_until_it_is_published(newt, mia):
    held = factories.make_question(newt, tags="coffee")
    assert not Tag.objects.exists()
    factories.approve(held, mia)
    assert names(held) == ["coffee"]


def test_who_asked_sees_the_tags_of_what_waits(browser_of, newt):
    held = factories.make_question(newt, tags="coffee, night shift")
    assert "Tags: coffee, night shift" in " ".join(browser_of(newt).get(held.get_absolute_url()).text.split())


def test_a_held_change_leaves_the_tags_as_they_are(ana, mia, tagged):
    actions.edit(post=tagged, editor=ana, title=tagged.title, body="See www.example.net, all of you.", tags="sleep")
    assert names(tagged) == ["Coffee", "Eye lid"]
    factories.approve(tagged, mia)
    assert names(tagged) == ["sleep"]


def test_what_the_screeners_look_at_has_the_tags_in_it(ana):
    held = factories.make_question(ana, body="It began some days ago, when I lay down.", tags="www.example.net")
    assert held.is_held


def test_a_change_of_the_text_alone_keeps_the_tags(ana, tagged):
    actions.edit(post=tagged, editor=ana, title=tagged.title, body="It began four days ago, and it is no better now.")
    assert names(tagged) == ["Coffee", "Eye lid"]


def test_copies_follow_whatever_happens_to_a_question(ana, ben, cleo, newt, mia, tagged):
    def steps():
        yield factories.make_answer(ben, tagged)
        reply = factories.make_answer(cleo, tagged, basis="clinician", credential=cleo.credentials.get())
        yield factories.make_comment(ben, tagged)
        withdraw_credential(credential=reply.credential)
        yield sweeps.heed_credentials()
        yield actions.hide(post=reply)
        yield actions.publish(post=reply)
        yield actions.move(question=tagged, topic=factories.make_topic("Sleep"), as_seen=fresh().standing)
        yield actions.edit(
            post=tagged, editor=ana, title=tagged.title, body="It is three weeks now.", tags="coffee, tea"
        )
        yield actions.hide(post=tagged)
        yield actions.publish(post=tagged)

    def fresh() -> Question:
        return Question.objects.get(pk=tagged.pk)

    for _ in steps():
        assert actions.recount(check=True) == []
    assert (
        Tagging.objects.filter(question=tagged, shown_to_all=True, is_answered=True, topic__slug="sleep").count() == 2
    )


def test_recount_heals_the_copies(tagged):
    Tagging.objects.update(is_answered=True, active_at=timezone.now() - timedelta(days=9))
    assert len(actions.recount()) == 4
    assert actions.recount(check=True) == []


def test_a_tag_leads_to_its_questions_and_another_word_leads_to_it(client, tagged, ben):
    tag = tagged.tags.get(slug="coffee")
    actions.add_synonym(tag=tag, name="Espresso")
    assert tagged.title in client.get("/tags/coffee/").content.decode()
    assert client.get("/tags/espresso/").headers["Location"] == "/tags/coffee/"
    assert names(factories.make_question(ben, tags="espresso")) == ["Coffee"]
    assert "Coffee" in client.get("/tags/").content.decode()
    offered = client.get("/tags/complete/?tags=sleep,+cof", headers={"HX-Request": "true"}).content.decode()
    assert "Coffee" in offered
    assert "Eye lid" not in offered
    assert "Espresso" in Entry.objects.get(kind="question", object_id=tagged.pk).synonyms


def test_a_tag_without_a_shown_question_is_nowhere(client, ana, eve, browser_of, tagged):
    members = factories.make_question(ana, audience="members", tags="tea")
    actions.hide(post=tagged)
    for path in ("/tags/coffee/", "/tags/tea/"):
        assert client.get(path).status_code == 404
    page = client.get("/tags/").content.decode() + client.get("/tags/complete/?tags=tea").content.decode()
    assert not {"Coffee", ">tea<"} & {word for word in ("Coffee", ">tea<") if word in page}
    assert members.title in browser_of(eve).get("/tags/tea/").content.decode()


def test_by_topic_and_tag(client, ana, ben, tagged):
    elsewhere = factories.make_question(ana, topic=factories.make_topic("Sleep"), tags="coffee")
    both = client.get("/questions/?sort=newest&topic=sleep&tag=coffee").content.decode()
    assert elsewhere.title in both
    assert tagged.title not in both
    factories.make_answer(ben, elsewhere)
    waiting = client.get("/questions/?sort=unanswered&tag=coffee").content.decode()
    assert tagged.title in waiting
    assert elsewhere.title not in waiting


def test_one_tag_takes_the_place_of_another(client, ana, tagged):
    both = factories.make_question(ana, tags="coffee, caffeine")
    coffee, caffeine = Tag.objects.get(slug="coffee"), Tag.objects.get(slug="caffeine")
    actions.add_synonym(tag=coffee, name="espresso")
    actions.merge_tags(tag=coffee, into=caffeine)
    assert names(both) == ["caffeine"]
    assert names(tagged) == ["Eye lid", "caffeine"]
    assert set(TagSynonym.objects.values_list("slug", "tag")) == {("coffee", caffeine.pk), ("espresso", caffeine.pk)}
    assert client.get("/tags/espresso/").headers["Location"] == "/tags/caffeine/"
    assert actions.recount(check=True) == []


def test_tags_are_changed_without_the_text(tagged):
    actions.retag(question=tagged, names=["sleep"])
    assert names(tagged) == ["sleep"]
    assert Edit.objects.get(question=tagged).tags == "sleep"


def test_the_database_keeps_a_tag_on_a_question_once_and_no_secret(tagged):
    tagging = Tagging.objects.first()
    twin = Tagging.objects.get(pk=tagging.pk)
    twin.pk, twin._state.adding = None, True
    for change in (
        twin.save,
        lambda: Tagging.objects.filter(pk=tagging.pk).update(shown_to_members=False),
        lambda: Tag.objects.create(name="coffee", slug="coffee"),
        tagging.tag.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_editors_keep_the_words_in_order(client, ed, eve, tagged, settings):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    coffee, eyelid = Tag.objects.get(slug="coffee"), Tag.objects.get(slug="eye-lid")
    path = f"/admin/forum/tag/{coffee.pk}/change/"
    said = {"name": "Coffee", "description": "What is in the cup.", "another_word": "espresso", "instead": ""}
    assert client.post(path, said | {"another_word": "0151 23456"}).status_code == 200
    assert client.post(path, said).status_code == 302
    assert "What is in the cup." in client.get("/tags/coffee/").content.decode()
    assert client.get("/tags/espresso/").headers["Location"] == "/tags/coffee/"
    assert client.post(path, said | {"another_word": "", "instead": "nothing"}).status_code == 200
    assert client.post(path, said | {"another_word": "", "instead": "eye-lid"}).status_code == 303
    assert list(tagged.tags.all()) == [eyelid]

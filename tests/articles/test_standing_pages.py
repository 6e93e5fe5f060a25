"""The standing pages: what a site begins with, and how editors change it."""

from dataclasses import asdict, replace

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles import actions, standing
from articles.editing.standing import StandingForm
from articles.models import StandingPage, StandingPublication, StandingRevision
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NAMES = StandingPage.Name.values


@pytest.fixture(autouse=True)
def rows(db):
    """As the migration makes them, whatever was emptied since."""
    StandingPage.objects.bulk_create([StandingPage(name=name) for name in NAMES], ignore_conflicts=True)


def address(name: str, page: str = "change", *more: int) -> str:
    return reverse(f"admin:articles_standingpage_{page}", args=[StandingPage.objects.get(name=name).pk, *more])


def typed(desk: Client, name: str, **changes: str) -> dict[str, str]:
    return come_back(desk.get(address(name))) | changes


def come_back(response: HttpResponse) -> dict[str, str]:
    """What a browser sends of the form on a page as it is."""
    form = response.context["form"]
    return {field: "" if form[field].value() is None else form[field].value() for field in form.fields}


def save(desk: Client, name: str, **changes: str) -> int:
    return desk.post(address(name), typed(desk, name, **changes)).status_code


def publish(desk: Client, name: str, why: str = "Somebody asked.") -> int:
    form = desk.get(address(name, "publish")).context["form"]
    return desk.post(address(name, "publish"), {"number": form["number"].value(), "why": why}).status_code


# What a site begins with


@pytest.mark.parametrize("name", NAMES)
def test_each_page_stands_with_rows_and_without(client, settings, name):
    settings.MINIMUM_AGE = 18
    with_rows = client.get(reverse(f"pages:{name}")).text
    StandingPage.objects.all().delete()
    assert client.get(reverse(f"pages:{name}")).text == with_rows
    assert with_rows.count("<h1") == 1
    assert "{" not in with_rows.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("name", NAMES)
def test_what_askwell_comes_with_could_be_published(name):
    words = standing.of_askwell(name)[0]
    assert actions.missing_on_standing_page(words, "yes") == []
    form = StandingForm(asdict(words), latest=None)
    assert form.is_valid() and form.words == words


def test_the_site_fills_in_what_it_knows(client, settings):
    settings.MINIMUM_AGE, settings.CONTACT_EMAIL = 18, "us@askwell.example"
    assert "<h1>If you are under 18</h1>" in client.get("/young/").text
    assert '<a href="mailto:us@askwell.example">us@askwell.example</a>' in client.get("/contact/").text


@pytest.mark.parametrize("name", NAMES)
def test_rules_and_privacy_say_since_when_they_hold(client, name):
    assert ("Last changed:" in client.get(reverse(f"pages:{name}")).text) == (name in ("rules", "privacy"))


def test_a_page_stays_within_its_budget(client, desk, django_assert_max_num_queries):
    save(desk, "rules", body="## New\n\nBe kind.")
    publish(desk, "rules")
    with django_assert_max_num_queries(8):
        assert "Be kind." in Client().get("/rules/").text


# Editing


def test_an_editor_changes_a_page_and_readers_get_it_once_it_is_published(desk, ed):
    assert (
        save(desk, "about", title="Who we are", body="## Us\n\nWe are {minimum_age} or older.", note="Shorter") == 303
    )
    assert "Who we are" not in Client().get("/about/").text
    assert "<h1>Who we are</h1>" in desk.get(address("about", "preview")).text
    assert "We are 16 or older." in desk.get(address("about", "preview")).text
    page = desk.get(address("about", "publish")).text
    assert "What changes for readers" in page and "<ins>" in page
    assert publish(desk, "about", "It was too long.") == 303
    assert "<h1>Who we are</h1>" in Client().get("/about/").text
    given = StandingPublication.objects.get()
    assert (given.editor, given.why, given.revision.number, given.revision.author) == (ed, "It was too long.", 1, ed)
    history = desk.get(address("about", "history")).text
    assert "Shorter" in history and "It was too long." in history and "Readers have this text." in history


def test_the_buttons_lead_on(desk):
    assert desk.post(address("about"), typed(desk, "about", _preview="1"))["Location"] == address("about", "preview")
    assert desk.post(address("about"), typed(desk, "about", _publish="1"))["Location"] == address("about", "publish")


def test_a_save_that_changes_nothing_is_no_revision(desk):
    for _time in range(2):
        save(desk, "about", title="Who we are")
    assert StandingRevision.objects.count() == 1


def test_revisions_are_compared_and_restored(desk):
    save(desk, "rules", body="## One\n\nBe kind.")
    save(desk, "rules", body="## One\n\nBe kinder.")
    assert "<ins>kinder.</ins>" in desk.get(address("rules", "differences")).text
    assert "From the text that Askwell comes with" in desk.get(address("rules", "differences") + "?from=0&to=2").text
    restored = desk.get(address("rules") + "?restore=1").context["form"]
    assert (restored["body"].value(), restored["note"].value()) == ("## One\n\nBe kind.", "As in revision 1")
    assert restored["based_on"].value() == 2


@pytest.fixture
def max_(db):
    return make_user("max", is_editor=True)


def save_as(editor, name: str, **changes: str) -> None:
    page = StandingPage.objects.get(name=name)
    now = standing.out_of(page.latest()) if page.latest() else standing.of_askwell(name)[0]
    actions.save_standing_page(page=page, editor=editor, words=replace(now, **changes))


def test_what_two_editors_changed_in_different_places_goes_together(desk, max_):
    save_as(max_, "rules", body="## First\n\nOne.\n\n## Second\n\nTwo.")
    began = typed(desk, "rules", body="## First\n\nOne of ed.\n\n## Second\n\nTwo.", note="Mine")
    save_as(max_, "rules", title="Of max", body="## First\n\nOne.\n\n## Second\n\nTwo of max.")
    refused = desk.post(address("rules"), began)
    assert refused.status_code == 422
    assert "max saved this page while you were writing (revision 2" in refused.text
    assert "Already put together" in refused.text and "You both changed" not in refused.text
    assert f"{address('rules', 'differences')}?to=2" in refused.text
    assert desk.post(address("rules"), come_back(refused)).status_code == 303
    last = StandingPage.objects.get(name="rules").latest()
    assert (last.number, last.title, last.note) == (3, "Of max", "Mine")
    assert last.body == "## First\n\nOne of ed.\n\n## Second\n\nTwo of max."


@pytest.mark.parametrize("is_first", [True, False], ids=["from what Askwell comes with", "from a revision"])
@pytest.mark.parametrize(
    ("choice", "body"),
    [("mine", "## Of ed"), ("theirs", "## Of max"), ("both", "## Of ed\n\n## Of max"), ("", "## Of ed")],
)
def test_of_a_part_that_both_changed_the_second_one_chooses(desk, max_, is_first, choice, body):
    if not is_first:
        save_as(max_, "rules", body="## Before")
    began = typed(desk, "rules", body="## Of ed")
    save_as(max_, "rules", body="## Of max")
    refused = desk.post(address("rules"), began)
    assert "You both changed: Text" in refused.text
    chosen = come_back(refused) | {"settle-body": choice}
    assert desk.post(address("rules"), chosen).status_code == 303
    assert StandingPage.objects.get(name="rules").latest().body == body


def test_what_was_chosen_stays_when_a_third_editor_is_quicker(desk, max_):
    began = typed(desk, "rules", body="## Of ed")
    save_as(max_, "rules", body="## Of max")
    chosen = come_back(desk.post(address("rules"), began)) | {"settle-body": "both"}
    save_as(max_, "rules", title="Of a third one")
    refused = desk.post(address("rules"), chosen)
    assert refused.status_code == 422
    assert desk.post(address("rules"), come_back(refused)).status_code == 303
    last = StandingPage.objects.get(name="rules").latest()
    assert (last.title, last.body) == ("Of a third one", "## Of ed\n\n## Of max")


@pytest.mark.parametrize("based_on", ["", "x", "-1", "9", "9" * 30])
def test_a_form_that_says_nothing_of_its_origin_is_an_old_one(desk, max_, based_on):
    save_as(max_, "rules", body="## Of max")
    assert desk.post(address("rules"), typed(desk, "rules", body="## Of ed", based_on=based_on)).status_code == 422
    assert StandingPage.objects.get(name="rules").latest().number == 1


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("## A\n\n{minimum_aeg} or older", "“{minimum_aeg}” stands for nothing that this site knows."),
        ("## A\n\n[Here](/articles/nothing/)", "Readers cannot open that article."),
        ("## A\n\n[Here](#section-b)", "That page has no place “section-b”."),
        ("## A\n\n[Here](/privacy/#section-nothing)", "That page has no place “section-nothing”."),
    ],
)
def test_publishing_refuses_with_the_list_of_what_is_wrong(desk, body, why):
    assert save(desk, "rules", body=body) == 303
    assert why in desk.get(address("rules", "publish")).text
    response = desk.post(address("rules", "publish"), {"number": 1, "why": "x"})
    assert response.status_code == 422 and why in response.text
    assert StandingPage.objects.get(name="rules").live is None


def test_publishing_asks_why_and_for_the_text_that_was_looked_at(desk):
    assert desk.get(address("rules", "publish")).text.count("Nothing has been saved yet.") == 1
    save(desk, "rules", body="## One\n\nBe kind.")
    assert publish(desk, "rules", why=" ") == 422
    save(desk, "rules", body="## Two\n\nBe kind.")
    response = desk.post(address("rules", "publish"), {"number": 1, "why": "Because."})
    assert response.status_code == 422 and "saved a newer text meanwhile" in response.text
    assert "Because." in response.text and '<input type="hidden" name="number" value="2"' in response.text


def test_an_empty_page_is_not_saved_and_nothing_is_lost(desk):
    response = desk.post(address("rules"), typed(desk, "rules", title="", body="## Kept\n\nWords."))
    assert response.status_code == 422
    assert "## Kept" in response.text


@pytest.mark.parametrize("page", ["change", "preview", "history", "differences", "publish"])
def test_only_editors_open_them(client, settings, rae, page):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    assert client.get(address("rules", page)).status_code == 403


def test_nothing_can_be_published_without_saying_why_or_when(ed):
    page = StandingPage.objects.get(name="rules")
    revision = actions.save_standing_page(page=page, editor=ed, words=standing.of_askwell("rules")[0])
    with pytest.raises(actions.NotReady):
        actions.publish_standing_page(revision=revision, editor=ed, why="")
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingPublication.objects.create(revision=revision, editor=ed, why="")
    with pytest.raises(IntegrityError), transaction.atomic():
        StandingPage.objects.filter(pk=page.pk).update(live=revision)
    with pytest.raises(TypeError):
        revision.save()

"""While an editor writes: what is typed is kept and shown as it will be, and editors see each other."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Presence
from core.models import Draft
from tests.articles.test_admin_form import ADD, address, source, typed
from tests.factories import make_draft, make_topic, make_user

KEEP, DROP, LOOK, SOURCE, FIND = (
    reverse(f"admin:articles_article_{name}") for name in ("keep", "drop", "look", "source", "find")
)


@pytest.fixture
def draft(ed):
    return make_draft(ed)


@pytest.fixture
def max_(db):
    return make_user("max", is_editor=True, is_staff=True)


def keep(client, form, **fields):
    return client.post(KEEP, {"form": form, "window": "w", "began": ""} | fields)


# Keeping


def test_what_is_typed_is_kept_once_for_each_editor_and_article(desk, draft, ed, max_):
    fields = typed(desk, address(draft), title="Half a title")
    assert keep(desk, address(draft), **fields).status_code == 200
    assert keep(desk, address(draft), **fields | {"title": "A whole title"}).status_code == 200
    other = Client()
    other.force_login(max_)
    assert keep(other, address(draft), **fields | {"title": "Of max"}).status_code == 200
    kept = {one.owner_id: one.fields["title"] for one in Draft.objects.filter(form=address(draft))}
    assert kept == {ed.pk: "A whole title", max_.pk: "Of max"}
    assert draft.revisions.count() == 1


def test_what_was_kept_is_offered_taken_and_saved(desk, draft):
    fields = typed(desk, address(draft), title="After the crash", body="Lost?[^2]", **{"sources-TOTAL_FORMS": 2})
    keep(desk, address(draft), **fields | source(0, "First", 1) | source(1, "Second", 2))
    assert "You have changes from" in desk.get(address(draft)).content.decode()
    again = typed(desk, address(draft) + "?draft=take")
    assert (again["title"], again["body"]) == ("After the crash", "Lost?[^2]")
    assert desk.post(address(draft), again).status_code == 303
    assert draft.latest_revision().title == "After the crash"
    assert [one.title for one in draft.sources.all()] == ["First", "Second"]
    assert not Draft.objects.exists()
    assert "You have changes from" not in desk.get(address(draft)).content.decode()


def test_a_new_article_is_kept_too(desk, topic):
    keep(desk, ADD, **typed(desk, ADD, title="Sore throat", topic=topic.pk))
    assert typed(desk, ADD + "?draft=take")["title"] == "Sore throat"
    desk.post(ADD, typed(desk, ADD + "?draft=take"))
    assert not Draft.objects.exists()


def test_what_was_kept_is_dropped(desk, draft):
    keep(desk, address(draft), **typed(desk, address(draft), title="Never mind"))
    response = desk.post(DROP, {"form": address(draft)})
    assert (response.status_code, response["Location"]) == (303, address(draft))
    assert not Draft.objects.exists()


def test_what_is_saved_already_is_not_kept(desk, draft):
    fields = typed(desk, address(draft))
    response = keep(desk, address(draft), **fields)
    assert (response.status_code, response.json()["is_sent"]) == (409, True)
    assert not Draft.objects.exists()


def test_an_empty_form_is_not_kept(desk):
    assert keep(desk, ADD, **typed(desk, ADD)).json()["is_sent"] is True


def test_two_windows_do_not_overwrite_each_other(desk, draft):
    fields = typed(desk, address(draft))
    keep(desk, address(draft), **fields | {"title": "Of the first window", "window": "1"})
    response = keep(desk, address(draft), **fields | {"title": "Of the second", "window": "2"})
    assert response.status_code == 409
    assert response.json()["fields"]["title"] == "Of the first window"


def test_what_was_kept_of_an_older_text_meets_what_somebody_saved(desk, draft, max_):
    keep(desk, address(draft), **typed(desk, address(draft), key_points="Mine."))
    draft.title = "Max was faster"
    actions.save(article=draft, editor=max_)
    response = desk.post(address(draft), typed(desk, address(draft) + "?draft=take"))
    assert response.status_code == 422
    assert 'value="Max was faster"' in response.content.decode()


@pytest.mark.parametrize("form", ["", "/ask/", "/admin/articles/article/999/change/", "/admin/articles/topic/add/"])
def test_other_forms_are_not_kept(desk, form):
    assert keep(desk, form, title="x").status_code == 400


def test_what_is_far_too_long_is_refused_with_a_sentence(desk, draft):
    response = keep(desk, address(draft), body="x" * 400_000)
    assert response.status_code == 413
    assert response.json()["error"].endswith(".")


@pytest.mark.parametrize("page", [KEEP, DROP, LOOK])
def test_only_editors_keep_and_look(client, settings, draft, rae, page):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    assert client.post(page, {"form": address(draft), "title": "Mine"}).status_code == 403
    assert not Draft.objects.exists()


def test_articles_are_not_among_the_drafts_of_members(desk, draft):
    keep(desk, address(draft), **typed(desk, address(draft), title="Half an article"))
    shown = desk.get("/settings/drafts/")
    assert shown.status_code == 200
    assert "Half an article" not in shown.content.decode()


def test_a_form_that_comes_back_is_kept_as_it_was_sent(desk, draft):
    keep(desk, address(draft), **typed(desk, address(draft), title="Before"))
    response = desk.post(address(draft), typed(desk, address(draft), title="", note="Typed with care"))
    kept = Draft.objects.get()
    assert (response.status_code, kept.fields["title"], kept.fields["note"]) == (422, "", "Typed with care")
    assert f'data-saved="{kept.saved_at.isoformat()}"' in response.content.decode()
    again = {"began": kept.saved_at.isoformat(), "window": "another"}
    assert keep(desk, address(draft), **typed(desk, address(draft), title="After") | again).status_code == 200


# Looking


def test_the_preview_is_the_page(desk, draft):
    """Word for word the same as the page of the revision, once it is saved."""
    fields = typed(desk, address(draft), title="As it will be", body="## Why\n\nText[^1] and [^9].", help_soon="now.")
    shown = desk.post(LOOK, fields | {"form": address(draft)}).json()["page"]
    desk.post(address(draft), fields)
    page = desk.get(address(draft, "preview")).content.decode()
    for part in (r"<h1>.*?</h1>", r'<p class="standfirst">.*?</p>', r'<div class="prose">.*?</div>'):
        (here,), (there,) = re.findall(part, shown, re.DOTALL), re.findall(part, page, re.DOTALL)
        assert here == there
    assert "[^9]" in shown
    assert draft.latest_revision().number == 2


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"topic": "x", "hero": "x"},
        {"topic": "9" * 30, "body": "\0[^1]", "sources-0-title": "Only this"},
        {"sources-0-url": "http://["},
    ],
)
def test_half_a_form_is_shown_too(desk, fields):
    assert desk.post(LOOK, {"form": ADD} | fields).status_code == 200


def test_a_page_without_a_title_says_so(desk):
    assert "<h1>Without a title yet</h1>" in desk.post(LOOK, {"form": ADD}).json()["page"]


def test_what_the_form_asks_again_and_again_is_cheap(desk, draft, django_assert_max_num_queries):
    fields = typed(desk, address(draft), body="## Part\n\nText[^1].\n\n" * 100)
    desk.post(LOOK, fields | {"form": address(draft)})
    with django_assert_max_num_queries(10):
        desk.post(LOOK, fields | {"form": address(draft)})
    beat(desk, draft)
    with django_assert_max_num_queries(12):
        beat(desk, draft)
    keep(desk, address(draft), **fields)
    with django_assert_max_num_queries(12):
        keep(desk, address(draft), **fields)


def test_a_text_that_is_too_long_is_not_shown(desk):
    assert desk.post(LOOK, {"form": ADD, "body": "x" * 60_001}).status_code == 422


def test_nothing_of_a_preview_runs(desk):
    text = "<script>alert(1)</script> [x](javascript:alert(1))"
    page = desk.post(LOOK, {"form": ADD, "title": text, "body": text, "byline": text}).json()["page"]
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


# Editors beside each other


def beat(client, article, **fields):
    return client.post(address(article, "present"), {"based_on": "1"} | fields).content.decode()


def test_editors_see_each_other(desk, draft, max_):
    other = Client()
    other.force_login(max_)
    assert "max" not in beat(desk, draft)
    assert "ed has this article open too" in beat(other, draft, is_writing="1")
    assert "max is writing in this article too" in beat(desk, draft)


def test_who_is_silent_has_gone(desk, draft, max_):
    actions.be_present(article=draft, editor=max_, is_writing=True)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert "max" not in beat(desk, draft)
    assert [one.editor.handle for one in Presence.objects.all()] == ["ed"]


def test_an_editor_hears_of_a_save_before_their_own(desk, draft, max_):
    draft.title = "Max was faster"
    actions.save(article=draft, editor=max_)
    assert "max saved revision 2" in beat(desk, draft)
    assert "saved revision" not in beat(desk, draft, based_on="2")


def test_editors_far_apart_lose_nothing_and_need_not_choose(desk, draft, max_):
    fields = typed(desk, address(draft), key_points="Of ed.", body="First of ed.\n\nSecond.")
    draft.title, draft.standfirst = "Of max", "Of max."
    actions.save(article=draft, editor=max_, sources=[{"title": "Of max", "publisher": "M", "url": "https://m.org/"}])
    refused = desk.post(address(draft), fields)
    assert refused.status_code == 422
    assert "Already put together" in refused.content.decode()
    assert "You both changed" not in refused.content.decode()
    assert "The list of sources was changed too" in refused.content.decode()
    context = refused.context
    form = context["adminform"].form
    again = {name: form[name].value() or "" for name in form.fields} | cells(context)
    assert desk.post(address(draft), again).status_code == 303
    last = draft.latest_revision()
    assert (last.title, last.standfirst, last.key_points) == ("Of max", "Of max.", "Of ed.")
    assert [one["title"] for one in last.sources] == ["Of max"]


def keep_on(client, page, fields):
    """What the script of a form sends that came back."""
    began = Draft.objects.get(form=page).saved_at.isoformat()
    assert client.post(KEEP, {"form": page, "began": began} | fields).status_code == 200


def cells(context):
    (formset,) = (one.formset for one in context["inline_admin_formsets"])
    rows = (formset.management_form, *formset.forms)
    return {bound.html_name: bound.value() or "" for row in rows for bound in row}


@pytest.mark.parametrize(
    ("choice", "body"),
    [("mine", "Of ed."), ("theirs", "Of max."), ("both", "Of ed.\n\nOf max."), ("nonsense", "Of ed."), ("", "Of ed.")],
)
def test_of_a_part_that_both_changed_the_second_one_chooses(desk, draft, max_, choice, body):
    fields = typed(desk, address(draft), body="Of ed.")
    draft.body = "Of max."
    actions.save(article=draft, editor=max_)
    refused = desk.post(address(draft), fields).content.decode()
    assert "You both changed: Text" in refused
    assert "<ins>" in refused
    desk.post(address(draft), fields | {"based_on": "2", "settle-body": choice})
    assert draft.latest_revision().body == body
    assert draft.revisions.filter(body="Of max.").exists()


@pytest.mark.parametrize(
    ("choice", "body"), [("mine", "Of ed."), ("theirs", "Of max."), ("both", "Of ed.\n\nOf max."), ("", "Of ed.")]
)
@pytest.mark.parametrize("is_taken_later", [False, True], ids=["saved", "kept"])
def test_what_was_chosen_stays_when_a_third_editor_is_quicker(desk, draft, max_, choice, body, is_taken_later):
    fields = typed(desk, address(draft), body="Of ed.", standfirst="Of ed.")
    draft.body = "Of max."
    actions.save(article=draft, editor=max_)
    desk.post(address(draft), fields)
    draft.title = "Of a third one"
    actions.save(article=draft, editor=make_user("third", is_editor=True))
    page = address(draft)
    if is_taken_later:
        keep_on(desk, page, fields | {"based_on": "2", "settle-body": choice})
        again = typed(desk, f"{page}?draft=take")
        assert again["body"] == body
    else:
        again = fields | {"based_on": "2", "settle-body": choice}
    refused = desk.post(page, again)
    assert refused.status_code == 422
    assert "third saved this article" in refused.content.decode()
    form = refused.context["adminform"].form
    assert (form["body"].value(), form["title"].value()) == (body, "Of a third one")
    desk.post(page, {name: form[name].value() or "" for name in form.fields} | cells(refused.context))
    last = draft.latest_revision()
    assert (last.title, last.standfirst, last.body) == ("Of a third one", "Of ed.", body)


def test_what_was_chosen_is_asked_again_where_a_third_editor_changed_the_same(desk, draft, max_):
    fields = typed(desk, address(draft), body="Of ed.")
    draft.body = "Of max."
    actions.save(article=draft, editor=max_)
    desk.post(address(draft), fields)
    draft.body = "Of a third one."
    actions.save(article=draft, editor=max_)
    chosen = fields | {"based_on": "2", "settle-body": "both"}
    refused = desk.post(address(draft), chosen)
    assert refused.context["adminform"].form["body"].value() == "Of ed.\n\nOf max."
    assert "You both changed: Text" in refused.content.decode()
    desk.post(address(draft), chosen | {"based_on": "3", "body": "Of ed.\n\nOf max."})
    assert draft.latest_revision().body == "Of ed.\n\nOf max.\n\nOf a third one."


def test_sources_that_were_chosen_stay_when_a_third_editor_is_quicker(desk, draft, max_):
    fields = typed(desk, address(draft), **{"sources-0-title": "Of ed"})
    actions.save(article=draft, editor=max_, sources=[{"title": "Of max", "publisher": "M", "url": "https://m.org/"}])
    desk.post(address(draft), fields)
    draft.title = "Of a third one"
    actions.save(article=draft, editor=max_)
    chosen = fields | {"based_on": "2", "settle-sources": "theirs"}
    keep_on(desk, address(draft), chosen)
    assert typed(desk, f"{address(draft)}?draft=take")["sources-0-title"] == "Of max"
    refused = desk.post(address(draft), chosen)
    assert cells(refused.context)["sources-0-title"] == "Of max"


def test_two_texts_that_are_too_long_together_stay_in_the_form(desk, draft, max_):
    fields = typed(desk, address(draft), body="Of ed. " * 5_000)
    draft.body = "Of max. " * 5_000
    actions.save(article=draft, editor=max_)
    desk.post(address(draft), fields)
    refused = desk.post(address(draft), fields | {"based_on": "2", "settle-body": "both"})
    assert refused.status_code == 422
    body = refused.context["adminform"].form["body"].value()
    assert "Of ed. Of ed." in body and "Of max. Of max." in body
    assert draft.latest_revision().number == 2


# An older revision


def test_an_older_revision_is_restored_as_a_new_one(desk, draft, ed):
    first = draft.latest_revision()
    draft.title, draft.body = "Worse", "Much worse."
    actions.save(article=draft, editor=ed, sources=[])
    assert f"{address(draft)}?restore=1" in desk.get(address(draft, "history")).content.decode()
    desk.post(address(draft), typed(desk, address(draft) + "?restore=1"))
    last = draft.latest_revision()
    assert (last.number, last.note) == (3, "Revision 1 restored")
    assert (last.title, last.body, last.sources) == (first.title, first.body, first.sources)


@pytest.mark.parametrize("number", ["9", "x", "", "-1"])
def test_a_revision_that_there_is_not_is_not_restored(desk, draft, number):
    assert desk.get(f"{address(draft)}?restore={number}").status_code == 200


# Sources and related articles


def test_of_a_link_is_known_what_an_article_here_says_of_it(desk, article):
    known = article.sources.get()
    said = desk.get(SOURCE, {"url": known.url}).json()
    assert said == {"title": known.title, "publisher": known.publisher}
    elsewhere = known.url.rstrip("/") + "/another"
    assert desk.get(SOURCE, {"url": elsewhere}).json() == {"title": "", "publisher": known.publisher}
    assert desk.get(SOURCE, {"url": "https://unknown.example/"}).json() == {"title": "", "publisher": ""}


def test_of_our_own_article_its_title_is_known(desk, article, settings):
    settings.BASE_URL = "https://askwell.example"
    said = desk.get(SOURCE, {"url": f"https://askwell.example{article.get_absolute_url()}"}).json()
    assert said == {"title": article.title, "publisher": "askwell.example"}


@pytest.mark.parametrize("url", ["", "nonsense", "http://[", "/articles/x/"])
def test_what_is_no_link_is_refused(desk, url):
    assert desk.get(SOURCE, {"url": url}).status_code == 422


def test_related_articles_are_found_by_parts_of_their_title(desk, article, ed):
    make_draft(ed, "Muscle cramps at night", topic=make_topic("Night"))
    found = desk.get(FIND, {"q": "night cramps"}).json()["found"]
    assert found == [{"slug": "muscle-cramps-at-night", "title": "Muscle cramps at night"}]
    assert desk.get(FIND, {"q": ""}).json()["found"] == []
    assert json.loads(desk.get(FIND, {"q": "%"}).content)["found"] == []


def test_the_form_says_the_titles_of_related_articles(desk, ed, article):
    other = make_draft(ed, "Other", pins=article.slug)
    assert f'data-slug="{article.slug}">{article.title}' in desk.get(address(other)).content.decode()

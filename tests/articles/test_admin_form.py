"""The article form in the admin: every Save is a revision, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import actions
from articles.models import Article
from tests.factories import make_draft, make_user
from tests.uploads import samples
from uploads.models import Upload

ADD = reverse("admin:articles_article_add")


def address(article: Article, page: str = "change") -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def typed(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the form at `url`, with `changes`."""
    context = client.get(url).context
    form = context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    fields = {name: "" if value is None else value for name, value in fields.items()}
    (sources,) = (one.formset for one in context["inline_admin_formsets"])
    for row in (sources.management_form, *sources.forms):
        fields |= {bound.html_name: "" if bound.value() is None else bound.value() for bound in row}
    return fields | changes


def source(row: int, title: str, position: int | str = "") -> dict[str, Any]:
    said = {"position": position, "title": title, "publisher": "A library", "url": "https://www.nlm.nih.gov/x"}
    return {f"sources-{row}-{name}": value for name, value in said.items()}


@pytest.fixture
def draft(ed) -> Article:
    return make_draft(ed)


# Saving


def test_an_editor_writes_an_article(desk, topic):
    fields = typed(desk, ADD, title="Sore throat", topic=topic.pk, body="## Why\n\nText.", note="First")
    response = desk.post(ADD, fields | source(0, "Throats"))
    article = Article.objects.get()
    assert (response.status_code, response["Location"]) == (303, address(article))
    revision = article.latest_revision()
    assert (revision.number, revision.note, revision.written_by) == (1, "First", "ed")
    assert (article.slug, article.state) == ("sore-throat", "draft")
    assert [one["title"] for one in revision.sources] == ["Throats"]


def test_a_save_is_the_next_revision(desk, draft):
    desk.post(address(draft), typed(desk, address(draft), title="Another title", note="Clearer"))
    draft.refresh_from_db()
    assert [(one.number, one.title) for one in draft.revisions.all()] == [
        (2, "Another title"),
        (1, "Why do my stomach muscles twitch?"),
    ]


def test_a_save_without_a_change_says_so(desk, draft):
    response = desk.post(address(draft), typed(desk, address(draft)), follow=True)
    assert "Nothing had changed" in response.content.decode()
    assert draft.revisions.count() == 1


@pytest.mark.parametrize(
    ("button", "page"),
    [("_save", "change"), ("_preview", "preview"), ("_submit", "submit"), ("_publish", "publish")],
)
def test_each_button_saves_and_leads_on(desk, draft, button, page):
    response = desk.post(address(draft), typed(desk, address(draft), title="New", **{button: "x"}))
    assert response["Location"] == address(draft, page)
    assert draft.latest_revision().title == "New"


def test_saving_publishes_nothing(desk, client, article):
    desk.post(address(article), typed(desk, address(article), title="Half a thought"))
    assert "Half a thought" not in Client().get(article.get_absolute_url()).content.decode()


# Sources


def test_sources_stand_in_the_order_of_their_numbers(desk, draft):
    fields = typed(desk, address(draft), **{"sources-TOTAL_FORMS": 4})
    fields |= source(0, "Third", 3) | source(1, "First", 1) | source(2, "Last") | source(3, "Second", 2)
    desk.post(address(draft), fields)
    assert [one.title for one in draft.sources.all()] == ["First", "Second", "Third", "Last"]
    assert [one["title"] for one in draft.latest_revision().sources] == ["First", "Second", "Third", "Last"]


def test_an_emptied_row_is_a_source_less(desk, draft):
    fields = typed(desk, address(draft)) | source(0, "") | {"sources-0-publisher": "", "sources-0-url": ""}
    desk.post(address(draft), fields)
    assert draft.sources.count() == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.org/x", "nonsense", "", "https://" + "a" * 600])
def test_a_source_has_an_address_on_the_web(desk, draft, url):
    response = desk.post(address(draft), typed(desk, address(draft), **{"sources-0-url": url}))
    assert response.status_code == 422
    assert draft.revisions.count() == 1


@pytest.mark.parametrize("counts", [{"sources-INITIAL_FORMS": 7}, {"sources-TOTAL_FORMS": "x"}, {"sources-0-id": 999}])
def test_odd_rows_are_no_error_of_ours(desk, draft, counts):
    assert desk.post(address(draft), typed(desk, address(draft)) | counts).status_code in (303, 422)


# Two editors at once


def test_two_editors_at_once_do_not_overwrite_each_other(desk, draft):
    fields = typed(desk, address(draft), title="Ed was slower", body="Words of ed", note="Mine")
    draft.title = "Max was faster"
    actions.save(article=draft, editor=make_user("max", is_editor=True))
    response = desk.post(address(draft), fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert "max saved this article while you were writing (revision 2" in page
    assert all(mine in page for mine in ("Ed was slower", "Words of ed", 'value="Mine"'))
    assert f"{address(draft, 'differences')}?to=2" in page
    draft.refresh_from_db()
    assert (draft.title, draft.latest_revision().number) == ("Max was faster", 2)


def test_the_second_save_is_on_purpose(desk, draft):
    fields = typed(desk, address(draft), title="Ed was slower")
    draft.title = "Max was faster"
    actions.save(article=draft, editor=make_user("max", is_editor=True))
    refused = desk.post(address(draft), fields).content.decode()
    (based_on,) = re.findall(r'name="based_on" value="(\d+)"', refused)
    assert desk.post(address(draft), fields | {"based_on": based_on}).status_code == 303
    assert [one.title for one in draft.revisions.all()][:2] == ["Ed was slower", "Max was faster"]


# Pictures


def test_a_picture_at_the_top_is_encoded_anew_and_shown(desk, draft, file):
    desk.post(address(draft), typed(desk, address(draft), hero_alt="A belly") | {"hero-file": file})
    revision = draft.latest_revision()
    assert (revision.hero_alt, revision.hero.path[-5:], revision.hero.owner.handle) == ("A belly", ".webp", "ed")
    page = desk.get(address(draft, "preview")).content.decode()
    assert f'<img src="{revision.hero.get_absolute_url()}" alt="A belly" width="60" height="40">' in page


def test_a_picture_is_kept_when_something_else_is_wrong(desk, draft, file):
    response = desk.post(address(draft), typed(desk, address(draft), title="") | {"hero-file": file})
    assert response.status_code == 422
    assert f'name="hero" value="{Upload.objects.get().pk}"' in response.content.decode()


def test_a_picture_is_taken_away(desk, draft, picture):
    draft.hero = picture
    actions.save(article=draft, editor=draft.latest_revision().author)
    desk.post(address(draft), typed(desk, address(draft), **{"hero-remove": "on"}))
    assert draft.latest_revision().hero is None


@pytest.mark.parametrize("content", [b"<html>", b"", samples.picture()[:100]], ids=["html", "empty", "cut off"])
def test_what_is_no_picture_is_refused_with_a_sentence(desk, draft, content):
    file = samples.BytesIO(content)
    file.name = "belly.png"
    response = desk.post(address(draft), typed(desk, address(draft), title="Kept") | {"hero-file": file})
    assert response.status_code == 422
    assert 'value="Kept"' in response.content.decode()


# Bad input


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 151),
        ("title", "x" * 1_000_000),
        ("topic", "999"),
        ("topic", "x\0"),
        ("slug", "Not a slug!"),
        ("standfirst", "x" * 401),
        ("body", "x" * 60_001),
        ("help_soon", "x" * 4_001),
        ("byline", " "),
        ("hero", "999"),
        ("hero", "x"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(desk, draft, field, value):
    fields = typed(desk, address(draft), note="Typed with care") | {field: value}
    response = desk.post(address(draft), fields)
    assert response.status_code == 422
    assert "Typed with care" in response.content.decode()
    assert "errorlist" in response.content.decode()
    assert draft.revisions.count() == 1


@pytest.mark.parametrize("based_on", ["", "x", "-1", "9" * 30])
def test_a_form_that_says_nothing_of_its_origin_is_an_old_one(desk, draft, based_on):
    response = desk.post(address(draft), typed(desk, address(draft), title="New", based_on=based_on))
    assert response.status_code == 422
    assert draft.revisions.count() == 1


def test_unseen_marks_and_scripts_do_no_harm(desk, draft):
    text = "A\u202eb\u200bc\0 <script>alert(1)</script> [x](javascript:alert(1))"
    desk.post(address(draft), typed(desk, address(draft), title=text, body=text, key_points=text))
    revision = draft.latest_revision()
    assert revision.title == "Abc <script>alert(1)</script> [x](javascript:alert(1))"
    page = desk.get(address(draft, "preview")).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_slug_belongs_to_one_article(desk, draft, ed):
    make_draft(ed, "Other", slug="taken")
    response = desk.post(address(draft), typed(desk, address(draft), slug="taken"))
    assert response.status_code == 422


# Who may


def test_members_and_moderators_do_not_get_in(client, settings, draft, ana, mia):
    settings.REQUIRE_STAFF_MFA = False
    mia.is_staff = True
    mia.save()
    for person in (ana, mia):
        client.force_login(person)
        assert client.get(address(draft)).status_code in (302, 403)
        assert client.post(address(draft), {"title": "Mine"}).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.title != "Mine"


def test_who_is_not_signed_in_is_led_to_sign_in(client, draft):
    response = client.get(address(draft), follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")


def test_a_reviewer_reads_the_preview_and_changes_nothing(client, settings, draft, rae):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    assert client.get(address(draft))["Location"] == address(draft, "preview")
    assert client.post(address(draft), {"title": "Mine"}).status_code == 303
    assert client.get(reverse("admin:articles_article_changelist")).status_code == 200
    assert client.get(ADD).status_code == 403
    draft.refresh_from_db()
    assert draft.title != "Mine"


@pytest.mark.parametrize("model", ["article", "topic"])
def test_nothing_is_deleted(client, settings, boss, article, model):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(boss)
    thing = article if model == "article" else article.topic
    assert client.post(reverse(f"admin:articles_{model}_delete", args=[thing.pk]), {"post": "yes"}).status_code == 403


# Lists and topics


def test_the_list_is_searched_and_filtered(desk, article, ed):
    make_draft(ed, "Heartburn", lay_words="acid")
    shown = desk.get("/admin/articles/article/?state__exact=published").content.decode()
    assert article.title in shown
    assert "Heartburn" not in shown
    assert "Heartburn" in desk.get("/admin/articles/article/?q=acid").content.decode()


def test_the_list_says_where_a_new_text_waits(desk, article, ed):
    article.title = "A new title"
    actions.save(article=article, editor=ed)
    actions.submit_for_review(article=article, editor=ed)
    shown = desk.get("/admin/articles/article/?waiting=yes").content.decode()
    assert "Published; a new text waits for a reviewer" in shown


def test_topics_have_two_levels(desk, topic):
    add = reverse("admin:articles_topic_add")
    fields = {"name": "Hands", "slug": "hands", "parent": topic.pk, "position": 0}
    assert desk.post(add, fields).status_code == 302
    hands = topic.children.get()
    change = reverse("admin:articles_topic_change", args=[topic.pk])
    response = desk.post(change, {"name": "Muscles", "parent": hands.pk, "position": 0})
    assert response.status_code == 200
    topic.refresh_from_db()
    assert (topic.name, topic.parent) == ("Muscles and nerves", None)

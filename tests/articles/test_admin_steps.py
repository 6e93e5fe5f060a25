"""From a draft to its readers, in the admin: preview, history, what changed, submit, sign off, publish, archive."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article, SignOff
from tests.factories import make_draft


def address(article: Article, page: str, *more: int) -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *more])


@pytest.fixture
def draft(ed) -> Article:
    return make_draft(ed)


@pytest.fixture
def clinic(settings, rae) -> Client:
    """The browser of rae."""
    settings.REQUIRE_STAFF_MFA = False
    client = Client()
    client.force_login(rae)
    return client


# Reading


def test_the_preview_is_the_page_of_readers_with_a_banner(desk, draft):
    response = desk.get(address(draft, "preview"))
    page = response.content.decode()
    assert "articles/article.html" in [one.name for one in response.templates]
    assert "Preview of revision 1." in page
    assert "Readers do not see this text." in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "Still have something to ask?" in page


def test_an_older_text_is_read_again(desk, draft, ed):
    draft.title = "A new title"
    actions.save(article=draft, editor=ed)
    page = desk.get(address(draft, "revision", 1)).content.decode()
    assert "<h1>Why do my stomach muscles twitch?</h1>" in page


def test_the_preview_is_not_for_members(client, settings, draft, ana, mia):
    settings.REQUIRE_STAFF_MFA = False
    for person in (ana, mia):
        client.force_login(person)
        assert client.get(address(draft, "preview")).status_code in (302, 403)


@pytest.mark.parametrize("page", ["preview", "history", "differences", "submit", "sign_off", "publish", "archive"])
def test_no_page_for_an_article_that_is_not_there(desk, page):
    assert desk.get(reverse(f"admin:articles_article_{page}", args=[10**30])).status_code == 404


def test_the_history_tells_who_when_and_why(desk, article, ed):
    article.title = "A new title"
    actions.save(article=article, editor=ed, note="Clearer for <b>readers</b>")
    page = desk.get(address(article, "history")).content.decode()
    assert page.index("Revision 2") < page.index("Revision 1")
    assert "Clearer for &lt;b&gt;readers&lt;/b&gt;" in page
    assert "Signed off by rae, neurology, United Kingdom" in page
    assert "Published by ed" in page
    assert page.count("Readers have this text.") == 1


def test_the_history_stays_short_to_fetch(desk, draft, ed, django_assert_max_num_queries):
    for number in range(10):
        draft.title = f"Title {number}"
        actions.save(article=draft, editor=ed)
    with django_assert_max_num_queries(12):
        desk.get(address(draft, "history"))


def test_differences_mark_words_and_keep_html_harmless(desk, draft, ed):
    draft.body = draft.body.replace("without being asked to", "for <i>no</i> reason")
    actions.save(article=draft, editor=ed, sources=[])
    page = desk.get(address(draft, "differences"), {"from": "1", "to": "2"}).content.decode()
    assert "<del>without being asked to.[^1]</del>" in page
    assert "&lt;i&gt;no&lt;/i&gt;" in page
    assert "<del>Muscle twitches. A public health body. https://www.nih.gov/x</del>" in page
    assert "Standfirst" not in page


def test_differences_are_read_in_order_of_time(desk, draft, ed):
    draft.title = "A new title"
    actions.save(article=draft, editor=ed)
    wrong_way = desk.get(address(draft, "differences"), {"from": "2", "to": "1"})
    assert "From revision 1" in wrong_way.content.decode()


@pytest.mark.parametrize(
    ("query", "status"), [("", 200), ("from=x&to=y", 200), ("to=99", 404), ("from=" + "9" * 40, 200)]
)
def test_odd_differences_are_no_error_of_ours(desk, draft, query, status):
    assert desk.get(f"{address(draft, 'differences')}?{query}").status_code == status


# Submitting


def test_submitting_says_what_is_missing(desk, topic, ed):
    empty = actions.create(editor=ed, title="Only a title", topic=topic)
    for response in (desk.get(address(empty, "submit")), desk.post(address(empty, "submit"))):
        assert "Name at least one source." in response.content.decode()
    assert response.status_code == 422
    empty.refresh_from_db()
    assert empty.state == "draft"


def test_submitting_hands_the_text_to_a_reviewer(desk, clinic, draft):
    assert desk.get(address(draft, "submit")).status_code == 200
    assert desk.post(address(draft, "submit")).status_code == 303
    draft.refresh_from_db()
    assert (draft.state, draft.submitted.number) == ("in_review", 1)
    assert draft.title in clinic.get("/admin/articles/article/?waiting=yes").content.decode()


# Signing off


def test_a_reviewer_signs_what_they_have_read(clinic, draft):
    page = clinic.get(address(draft, "sign_off")).content.decode()
    assert "Readers will see: Medically reviewed by rae, neurology, United Kingdom" in page
    assert clinic.post(address(draft, "sign_off"), {"number": 1, "approves": "on"}).status_code == 303
    assert SignOff.objects.get().revision == draft.latest_revision()


def test_a_reviewer_says_that_they_approve(clinic, draft):
    response = clinic.post(address(draft, "sign_off"), {"number": 1})
    assert response.status_code == 422
    assert "Tick this if you have read the text" in response.content.decode()
    assert not SignOff.objects.exists()


def test_a_text_that_changed_while_it_was_read_is_not_signed(clinic, draft, ed):
    draft.title = "A new title"
    actions.save(article=draft, editor=ed)
    response = clinic.post(address(draft, "sign_off"), {"number": 1, "approves": "on"})
    assert response.status_code == 422
    assert "not the current text any more" in response.content.decode()
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "9" * 40])
def test_an_odd_number_signs_nothing(clinic, draft, number):
    response = clinic.post(address(draft, "sign_off"), {"number": number, "approves": "on"})
    assert response.status_code in (404, 422)
    assert not SignOff.objects.exists()


def test_an_editor_cannot_sign(desk, draft):
    assert "Only medical reviewers" in desk.get(address(draft, "sign_off")).content.decode()
    assert desk.post(address(draft, "sign_off"), {"number": 1, "approves": "on"}).status_code == 422
    assert not SignOff.objects.exists()


def test_a_reviewer_sees_what_changed_for_readers(clinic, article, ed):
    article.title = "Why does my belly twitch?"
    actions.save(article=article, editor=ed)
    page = clinic.get(address(article, "sign_off")).content.decode()
    assert "What changed since revision 1, the last that a reviewer signed" in page
    assert "<ins>" in page


# Publishing


def test_publishing_says_all_that_is_missing(desk, draft):
    page = desk.get(address(draft, "publish")).content.decode()
    assert "A reviewer has to sign off revision 1, the current text." in page
    assert "next_review_on" not in page
    response = desk.post(address(draft, "publish"), {"next_review_on": "2100-01-01"})
    assert response.status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_editor_publishes_a_signed_text(desk, draft, rae):
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    form = desk.get(address(draft, "publish")).context["form"]
    assert form["next_review_on"].value().year == timezone.localdate().year + 2
    response = desk.post(address(draft, "publish"), {"next_review_on": "2100-01-01"})
    assert response.status_code == 303
    assert Client().get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("day", ["", "x", "2020-01-01", "2026-02-30", "99999-01-01"])
def test_the_next_check_is_a_day_to_come(desk, draft, rae, day):
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    assert desk.post(address(draft, "publish"), {"next_review_on": day}).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_time_that_has_gone_by_leaves_what_was_typed(desk, draft, rae):
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    typed = {"next_review_on": "2100-01-01", "for_readers": "New sources.", "at": "2020-01-01T10:00"}
    response = desk.post(address(draft, "publish"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "still to come" in page and 'value="New sources."' in page and "2020-01-01T10:00" in page


def test_a_reviewer_at_the_address_of_no_article_is_told_so(clinic, db):
    assert clinic.get("/admin/articles/article/nothing/change/", follow=True).status_code == 404


@pytest.mark.parametrize("page", ["submit", "publish", "archive"])
def test_a_reviewer_takes_no_step_of_an_editor(clinic, draft, page):
    assert clinic.post(address(draft, page), {"next_review_on": "2100-01-01"}).status_code == 403


@pytest.mark.parametrize("page", ["submit", "sign_off", "publish", "archive"])
def test_looking_at_a_step_does_not_take_it(desk, draft, page):
    desk.get(address(draft, page))
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_archiving_takes_an_article_from_readers(desk, article):
    assert desk.get(address(article, "archive")).status_code == 200
    assert desk.post(address(article, "archive")).status_code == 303
    assert Client().get(article.get_absolute_url()).status_code == 410


def test_a_step_needs_its_token(article, ed, settings):
    settings.REQUIRE_STAFF_MFA = False
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ed)
    assert strict.post(address(article, "archive")).status_code == 403
    article.refresh_from_db()
    assert article.state == "published"

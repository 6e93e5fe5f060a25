"""One person without an account reads one text by a link, remarks on it and signs it; editors deal with it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import actions, for_review, sweeps
from articles.models import Article, Remark, ReviewLink, Revision, SignOff
from articles.models.review_links import digest
from articles.passages import CHANGED, GONE, NEW, passages
from core.rulings import Refused
from tests.factories import make_draft, make_user

YES = {"name": "Demo reviewer", "role": "general practitioner", "registration": "GMC 1234567", "approves": "on"}


@pytest.fixture
def draft(ed) -> Article:
    return make_draft(ed)


def make(article: Article, editor, **who: str) -> tuple[ReviewLink, str]:
    who = {"name": "Demo reviewer", "role": "general practitioner"} | who
    return actions.make_review_link(revision=article.latest_revision(), editor=editor, **who)


@pytest.fixture
def token(ed, draft) -> str:
    return make(draft, ed)[1]


def at(token: str, page: str = "read") -> str:
    return reverse(f"for_review:{page}", args=[token])


def body(response) -> str:
    return response.content.decode()


# Reading


@pytest.mark.parametrize("way", ["open", "ended", "signed", "changed"])
def test_nothing_is_fetched_but_what_is_shown(client, token, draft, ed, way):
    if way == "ended":
        actions.revoke_review_link(link=ReviewLink.objects.get())
    elif way == "signed":
        client.post(at(token, "approve"), YES)
    elif way == "changed":
        draft.body += "\n\nMore."
        actions.save(article=draft, editor=ed)
    with CaptureQueriesContext(connection) as seen:
        client.get(at(token))
    asked = " ".join(one["sql"] for one in seen)
    assert '"articles_revision"."body"' not in asked and '"articles_article"."body"' not in asked
    assert '"articles_article"."key_points"' not in asked
    assert ('"articles_revision"."body_html"' in asked) == (way == "open")
    assert len(seen) <= 8


def test_the_page_is_the_text_unlisted_and_kept_nowhere(client, token, draft):
    response = client.get(at(token))
    page = body(response)
    assert response.status_code == 200
    assert "A small bundle of muscle fibres fires" in page
    assert "Dear Demo reviewer" in page
    assert '<meta name="robots" content="noindex">' in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert draft.title not in body(Client().get("/articles/"))


def test_the_token_is_kept_as_a_digest_only(token):
    link = ReviewLink.objects.get()
    assert len(token) >= 43
    assert token not in str(list(ReviewLink.objects.values()))
    assert link.token_digest == digest(token)


@pytest.mark.parametrize("guess", ["x", "0" * 43, "%00", "é"])
def test_a_guess_is_nothing(client, token, guess):
    for page in ("read", "remark", "approve"):
        send = client.get if page == "read" else client.post
        assert send(at("TOKEN", page).replace("TOKEN", guess)).status_code == 404


def test_who_guesses_a_lot_is_paused_and_the_true_link_works_on(client, token, monkeypatch):
    monkeypatch.setattr(for_review, "GUESSES_AN_HOUR", 2)
    assert [client.get(at(f"guess{n}")).status_code for n in range(4)] == [404, 404, 429, 429]
    assert client.get(at(token)).status_code == 200


def test_changes_since_the_last_signature_are_marked(client, ed, article):
    article.body = "## What is happening\n\nA big bundle of muscle fibres fires.[^1]\n\nSomething new."
    article.key_points = "Tiredness is a usual cause."
    actions.save(article=article, editor=ed)
    page = body(client.get(at(make(article, ed)[1])))
    assert "Marked is what changed since the text of" in page
    assert "Something new." in page
    marked = {(one.change, one.words) for one in passages(article.latest_revision(), article.live)}
    assert (NEW, "Something new.") in marked
    assert (CHANGED, "A big bundle of muscle fibres fires.1") in marked
    assert re.search(r"<del>.*?small.*?</del>", page)


def test_what_was_taken_out_stands_at_its_place(ed, article):
    article.lay_words = ""
    article.body = "## What is happening\n\nA small bundle of muscle fibres fires without being asked to.[^1]"
    article.standfirst = ""
    actions.save(article=article, editor=ed)
    found = passages(article.latest_revision(), article.live)
    assert [one.words for one in found if one.change == GONE] == [
        "A flutter under the skin is nearly always harmless.",
        "twitch, flutter",
    ]


def test_an_urgent_correction_is_what_later_work_is_compared_with(ed, boss, article):
    article.body += "\n\nUnfinished."
    actions.save(article=article, editor=ed)
    urgent = actions.correct_urgently(article=article, editor=boss, texts={}, box="Two.", reason="Wrong.")
    assert actions.read_before(article.latest_revision()) == urgent


# Signing


def test_their_yes_is_what_readers_see(client, ed, draft, token):
    assert client.post(at(token, "approve"), YES).status_code == 303
    signed = SignOff.objects.get()
    line = "Demo reviewer, general practitioner, registration GMC 1234567"
    assert (signed.line, signed.reviewer, signed.registration) == (line, None, "GMC 1234567")
    assert "Thank you" in body(client.get(at(token)))
    actions.publish(article=draft, editor=ed, next_review_on=timezone.localdate() + timedelta(days=300))
    assert f"Medically reviewed by {line}" in body(client.get(draft.get_absolute_url()))


def test_a_second_yes_changes_nothing(client, token):
    client.post(at(token, "approve"), YES)
    assert client.post(at(token, "approve"), YES | {"name": "Somebody"}).status_code == 303
    assert SignOff.objects.get().line.startswith("Demo reviewer")


@pytest.mark.parametrize("lack", YES)
def test_without_any_of_it_nothing_is_signed_and_the_rest_comes_back(client, token, lack):
    response = client.post(at(token, "approve"), {name: value for name, value in YES.items() if name != lack})
    assert response.status_code == 422
    kept = "GMC 1234567" if lack != "registration" else "general practitioner"
    assert kept in body(response)
    assert not SignOff.objects.exists()


def test_a_link_needs_its_token_of_the_form(token):
    assert Client(enforce_csrf_checks=True).post(at(token, "approve"), YES).status_code == 403


def test_after_14_days_it_is_over(client, ed, draft, token):
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        response = client.get(at(token))
        assert response.status_code == 410
        assert "This link has ended" in body(response)
        assert "muscle fibres" not in body(response)
        assert client.post(at(token, "approve"), YES).status_code == 410
        with pytest.raises(Refused, match="has ended"):
            actions.sign_off_by_link(link=ReviewLink.objects.get(), name="x", role="x", registration="x")
    assert not SignOff.objects.exists()


def test_a_link_that_is_taken_back_opens_nothing(client, token):
    for _ in range(2):
        actions.revoke_review_link(link=ReviewLink.objects.get())
    assert client.get(at(token)).status_code == 410
    assert client.post(at(token, "approve"), YES).status_code == 410
    assert "Hm, is that so?</textarea>" in body(client.post(at(token, "remark"), {"body": "Hm, is that so?"}))


def test_a_newer_text_is_told_kindly_and_not_signed(client, ed, draft, token):
    draft.body += "\n\nMore."
    actions.save(article=draft, editor=ed)
    page = body(client.get(at(token)))
    assert "The editors have changed this text" in page
    assert "muscle fibres" not in page
    assert client.post(at(token, "approve"), YES).status_code == 422
    refused = client.post(at(token, "remark"), {"passage": 0, "body": "Hm, is that so?"})
    assert refused.status_code == 409
    assert "Hm, is that so?</textarea>" in body(refused)
    assert not SignOff.objects.exists()
    assert not Remark.objects.exists()


# Never by who wrote it


@pytest.mark.parametrize("name", ["Edna Writer", "Dr. Edna Writer", "EDNA  WRITER"])
def test_a_link_in_the_name_of_an_author_signs_nothing(ed, draft, name):
    ed.display_name = "Edna Writer"
    ed.save()
    for who in ({"name": name}, {"name": "Somebody else"}):
        link, _token = make(draft, ed, **who)
        with pytest.raises(Refused, match="worked on a text"):
            actions.sign_off_by_link(link=link, name=name, role="GP", registration="1")


def test_a_link_to_the_address_of_an_author_signs_nothing(ed, draft):
    link, _token = make(draft, ed, email=ed.email.upper())
    with pytest.raises(Refused, match="worked on a text"):
        actions.sign_off_by_link(link=link, name="Demo reviewer", role="GP", registration="1")


def test_neither_an_author_nor_who_made_the_link_signs_on_their_own_browser(client, ed, boss, draft):
    token = make(draft, boss)[1]
    for person, why in ((ed, "worked on a text"), (boss, "made this link for somebody else")):
        client.force_login(person)
        response = client.post(at(token, "approve"), YES)
        assert response.status_code == 422
        assert why in body(response)
    assert not SignOff.objects.exists()


def test_a_namesake_by_one_word_is_somebody_else(ed, draft):
    link, _token = make(draft, ed, name="Ed Reviewer")
    assert actions.sign_off_by_link(link=link, name="Ed Reviewer", role="GP", registration="1")


def test_the_database_knows_who_signed(ed, rae, draft):
    link, _token = make(draft, ed)
    revision = draft.latest_revision()
    for columns in ({}, {"reviewer": rae, "link": link}, {"link": link}, {"reviewer": rae, "registration": "1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignOff.objects.create(revision=revision, line="x", **columns)


# Remarks


def test_a_remark_about_a_passage_reaches_the_editors_and_is_dealt_with(client, desk, ed, draft, token):
    page = body(client.get(at(token)))
    number = re.search(r'id="passage-(\d+)">(?:(?!id="passage-).)*muscle fibres', page, re.DOTALL)[1]
    response = client.post(at(token, "remark"), {"passage": number, "body": "Which <b>fibres</b>?"})
    assert (response.status_code, response["Location"]) == (303, f"{at(token)}#passage-{number}")
    assert "Which &lt;b&gt;fibres&lt;/b&gt;?" in body(client.get(at(token)))
    remark = Remark.objects.get()
    assert remark.passage == "A small bundle of muscle fibres fires without being asked to.1"
    review = reverse("admin:articles_article_review", args=[draft.pk])
    assert "Which &lt;b&gt;fibres&lt;/b&gt;?" in body(desk.get(review))
    assert "Demo reviewer, general practitioner, about revision 1" in body(desk.get(review))
    deal = reverse("admin:articles_article_deal_with", args=[draft.pk, remark.pk])
    assert desk.post(deal).status_code == 303
    assert "Dealt with by ed" in body(desk.get(review))


@pytest.mark.parametrize("sent", [{"passage": "1"}, {"passage": "1", "body": " "}, {}])
def test_a_remark_that_says_nothing_comes_back(client, token, sent):
    assert client.post(at(token, "remark"), sent).status_code == 422
    assert not Remark.objects.exists()


@pytest.mark.parametrize("passage", ["9999", "-1", "x", "9" * 40, ""])
def test_a_remark_about_what_is_not_there_is_about_the_whole(client, token, passage):
    client.post(at(token, "remark"), {"passage": passage, "body": "Good."})
    assert Remark.objects.get().passage == ""


def test_too_many_remarks_wait(client, token, monkeypatch):
    monkeypatch.setattr(for_review, "SENT_AN_HOUR", 1)
    send = {"passage": "0", "body": "Good."}
    assert [client.post(at(token, "remark"), send).status_code for _ in range(2)] == [303, 429]


def test_nobody_sees_what_another_reviewer_remarked(client, ed, draft, token):
    client.post(at(token, "remark"), {"passage": "0", "body": "Between us."})
    assert "Between us." not in body(client.get(at(make(draft, ed, name="Another")[1])))


# The page of editors


def test_an_editor_makes_a_link_and_sees_it_once(desk, client, draft):
    review = reverse("admin:articles_article_review", args=[draft.pk])
    response = desk.post(review, {"name": "Demo reviewer", "role": "pharmacist", "email": "demo@example.org"})
    page = body(response)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    address = re.search(r'value="https?://[^/"]+(/for-review/[^"]+)"', page)[1]
    assert client.get(address).status_code == 200
    assert "mailto:demo@example.org" in page
    assert address not in body(desk.get(review))
    revoke = reverse("admin:articles_article_revoke", args=[draft.pk, ReviewLink.objects.get().pk])
    assert desk.post(revoke).status_code == 303
    assert client.get(address).status_code == 410


def test_a_link_needs_a_name(desk, draft):
    review = reverse("admin:articles_article_review", args=[draft.pk])
    assert desk.post(review, {"name": "", "role": "pharmacist"}).status_code == 422
    assert not ReviewLink.objects.exists()


def test_reviewers_make_no_links(client, settings, rae, draft):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    review = reverse("admin:articles_article_review", args=[draft.pk])
    assert client.get(review).status_code == 200
    assert client.post(review, {"name": "x", "role": "y"}).status_code == 403
    assert not ReviewLink.objects.exists()


def test_a_reviewer_with_an_account_remarks_too(client, settings, rae, ed, draft):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    address = reverse("admin:articles_article_remark", args=[draft.pk, 1])
    assert client.post(address, {"passage": "2", "body": "Is it?"}).status_code == 303
    assert client.post(address, {"passage": "2", "body": ""}).status_code == 422
    assert "Is it?" in body(client.get(reverse("admin:articles_article_sign_off", args=[draft.pk])))
    assert Remark.objects.get().passage == "A flutter under the skin is nearly always harmless."
    client.force_login(make_user("max", is_staff=True, is_editor=True))
    assert client.post(address, {"passage": "2", "body": "Me too."}).status_code == 403


# What is kept


def test_the_mail_address_is_forgotten_when_the_link_ends(ed, draft):
    make(draft, ed, email="demo@example.org")
    assert sweeps.forget_addresses() == 0
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert sweeps.forget_addresses() == 1
    assert ReviewLink.objects.get().email == ""


def test_the_mail_address_is_forgotten_when_the_link_is_taken_back(ed, draft):
    link, _token = make(draft, ed, email="demo@example.org")
    actions.revoke_review_link(link=link)
    assert sweeps.forget_addresses() == 1


def test_who_wrote_it_and_who_paid_for_it_is_read_too(client, ed):
    article = make_draft(ed, byline="Demo writer", interests="A maker of pillows paid for it.")
    page = body(client.get(at(make(article, ed)[1])))
    assert "Demo writer" in page and "A maker of pillows paid for it." in page


def test_a_revision_with_links_stays(token):
    with pytest.raises(TypeError):
        Revision.objects.get().delete()

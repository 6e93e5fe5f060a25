"""An article is written because of questions: it is begun, they lead to each other, and who asked is told."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

import articles.actions
from articles.models import Article
from forum import actions
from forum.models import Prompt, Question, SecondLook, Telling
from forum.sweeps import tell_followers
from notifications.actions import choose_paces
from notifications.kinds import Matter
from notifications.models import Notification
from notifications.sweeps import send_mails
from tests.factories import approve, make_answer, make_article, make_draft, make_question, make_user


@pytest.fixture
def desk(client, settings, ed):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    return client


@pytest.fixture
def draft(ed, question) -> Article:
    """Begun because of the question, and ready for its readers but for the sign-off."""
    article = make_draft(ed, "What twitching muscles mean", topic=question.topic)
    actions.link_question(article=article, question=question)
    return article


def publish(article, ed, rae, **changes):
    """Readers have it, with `changes` of the working copy."""
    article.refresh_from_db()
    for name, value in changes.items():
        setattr(article, name, value)
    revision = articles.actions.save(article=article, editor=ed)
    articles.actions.sign_off(revision=revision, reviewer=rae)
    articles.actions.publish(article=article, editor=ed, next_review_on=date(2099, 1, 1))


def tell():
    while tell_followers():
        pass


def told(person) -> list[tuple[str, str]]:
    news = Notification.objects.filter(recipient=person, kind__in=["written", "followed"], withdrawn_at=None)
    return list(news.values_list("kind", "subject_kind"))


# Starting


def start_at(**asked) -> str:
    return reverse("admin:forum_secondlook_start") + "?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_an_editor_starts_an_article_from_a_question(desk, question):
    page = desk.get(question.get_absolute_url()).content.decode()
    where = start_at(question=question.pk)
    assert f'href="{where}"' in page
    form = desk.get(where).context["form"]
    assert (form["title"].value(), form["topic"].value()) == (question.title, question.topic_id)
    sent = {"title": "What twitching muscles mean", "topic": question.topic_id, "questions": [question.pk]}
    response = desk.post(where, sent)
    article = Article.objects.get()
    assert response["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.state, article.title, article.topic) == ("draft", "What twitching muscles mean", question.topic)
    assert [prompt.question for prompt in article.prompts.all()] == [question]


def test_nobody_else_is_offered_to_start_one(client, ana, mia, question):
    for person in (None, ana, mia):
        if person:
            client.force_login(person)
        assert "Start an article" not in client.get(question.get_absolute_url()).content.decode()


def test_a_gap_comes_with_its_wording_and_with_questions_that_fit(desk, question):
    form = desk.get(start_at(title="twitching")).context["form"]
    assert form["title"].value() == "twitching"
    assert list(form.fields["questions"].queryset) == [question]
    assert form["questions"].value() == []


def test_questions_that_ask_the_same_come_together(desk, question, ben):
    other = make_question(ben)
    form = desk.get(f"{start_at(question=question.pk)}&question={other.pk}").context["form"]
    assert set(form["questions"].value()) == {question.pk, other.pk}


def test_what_only_members_may_read_does_not_become_a_title(desk, ana):
    hidden = make_question(ana, audience=Question.Audience.MEMBERS)
    form = desk.get(start_at(question=hidden.pk)).context["form"]
    assert (form["title"].value(), form["questions"].value()) == ("", [hidden.pk])


def test_what_is_held_is_not_linked(desk, question, newt):
    held = make_question(newt)
    assert held.is_held
    sent = {"title": "Twitching", "topic": question.topic_id, "questions": [held.pk]}
    assert desk.post(start_at(question=held.pk), sent).status_code == 422
    article = make_draft(question.author, "Another one")
    where = reverse("admin:forum_secondlook_questions", args=[article.pk])
    assert desk.post(where, {"question": str(held.pk)}).status_code == 422
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("typed", ["{0.pk}", "{0.pk}/", "https://askwell.example{1}", "{1}"])
def test_a_question_is_linked_by_its_address_and_unlinked(desk, ed, question, typed):
    article = make_draft(ed)
    where = reverse("admin:forum_secondlook_questions", args=[article.pk])
    for _ in range(2):
        desk.post(where, {"question": typed.format(question, question.get_absolute_url())})
    assert [prompt.question for prompt in article.prompts.all()] == [question]
    assert question.title in desk.get(where).content.decode()
    assert desk.post(where, {"unlink": "9" * 30}).status_code == 404
    desk.post(where, {"unlink": question.pk})
    assert not article.prompts.exists()


def test_a_question_is_linked_once_whatever_the_code_does(question, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Prompt.objects.create(article=draft, question=question)


# Published


def test_who_asked_and_who_follows_is_told_once_readers_have_it(question, draft, ed, rae, ana, ben, eve):
    actions.follow(thing=question, member=ben)
    tell()
    assert (told(ana), told(ben)) == ([], [])
    publish(draft, ed, rae)
    tell()
    publish(draft, ed, rae, standfirst="Another one.")
    tell()
    assert (told(ana), told(ben), told(eve)) == ([("written", "prompt")], [("followed", "prompt")], [])
    assert not Telling.objects.exists()


def test_the_news_leads_to_the_article(client, question, draft, ed, rae, ana):
    publish(draft, ed, rae)
    tell()
    client.force_login(ana)
    inbox = client.get("/notifications/").content.decode()
    assert "an article was written about your question" in inbox.lower()
    opened = client.get(Notification.objects.get(recipient=ana, kind="written").get_absolute_url())
    assert opened["Location"] == draft.get_absolute_url()


def test_the_question_and_the_article_lead_to_each_other(client, question, draft, ed, rae):
    page = client.get(question.get_absolute_url()).content.decode()
    assert "An article was written about this" not in page
    publish(draft, ed, rae)
    tell()
    page = client.get(question.get_absolute_url()).content.decode()
    assert f'An article was written about this: <a href="{draft.get_absolute_url()}">{draft.title}</a>' in page
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Members asked about this" in page and question.title in page


def test_a_question_for_members_stands_beside_the_article_for_members_alone(client, draft, ed, rae, ana, eve):
    hidden = make_question(ana, audience=Question.Audience.MEMBERS)
    actions.link_question(article=draft, question=hidden)
    publish(draft, ed, rae)
    tell()
    assert hidden.title not in client.get(draft.get_absolute_url()).content.decode()
    client.force_login(eve)
    assert hidden.title in client.get(draft.get_absolute_url()).content.decode()


def test_an_article_that_is_gone_is_led_to_no_more(client, question, draft, ed, rae, ana):
    publish(draft, ed, rae)
    tell()
    articles.actions.archive(article=draft, editor=ed)
    assert "An article was written about this" not in client.get(question.get_absolute_url()).content.decode()
    client.force_login(ana)
    assert draft.title not in client.get("/notifications/").content.decode()


def under(client, article) -> bool:
    """Whether a question stands under an article that members asked about."""
    return "Members asked about this" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("way", ["written because of it", "answers it"])
def test_a_question_stands_where_its_article_is_at_once(client, ed, rae, ana, mia, way):
    source = make_article(ed, rae, "Where it was asked", slug="source")
    question = make_question(ana, article=source)
    other = make_article(ed, rae, "Where it is answered", slug="other")
    if way == "answers it":
        actions.close_by_article(question=question, article=other, as_seen=question.standing)
    else:
        actions.link_question(article=other, question=question)
        tell()
    assert (under(client, source), under(client, other)) == (False, True)
    articles.actions.archive(article=other, editor=ed)
    assert under(client, source)
    call_command("check_integrity")
    articles.actions.publish(article=other, editor=ed, next_review_on=date(2099, 1, 1))
    assert (under(client, source), under(client, other)) == (False, True)
    articles.actions.archive(article=source, editor=ed)
    assert under(client, other)
    call_command("check_integrity")


def test_of_a_question_that_was_hidden_meanwhile_nobody_is_told(question, draft, ed, rae, ana, ben):
    actions.follow(thing=question, member=ben)
    actions.hide(post=question)
    publish(draft, ed, rae)
    tell()
    assert (told(ana), told(ben)) == ([], [])


def test_who_asked_without_their_name_is_told_and_named_nowhere(client, ed, rae, ana):
    nameless = make_question(ana, anonymous=True)
    article = make_draft(ed, "What twitching muscles mean", topic=nameless.topic)
    actions.link_question(article=article, question=nameless)
    publish(article, ed, rae)
    tell()
    assert told(ana) == [("written", "prompt")]
    for address in (article.get_absolute_url(), nameless.get_absolute_url()):
        assert not re.search(r"\bana\b", client.get(address).content.decode())


def test_no_mail_tells_who_is_being_hurt_of_it(ed, rae, eve, mailoutbox, mia):
    hurt = make_question(make_user("max"), "He hits me and locks me in, what can I do?")
    if hurt.is_held:
        approve(hurt, mia)
    article = make_draft(ed, "Safe at home", topic=hurt.topic)
    actions.link_question(article=article, question=hurt)
    actions.follow(thing=hurt, member=eve)
    publish(article, ed, rae)
    tell()
    mailoutbox.clear()
    while send_mails():
        pass
    assert told(hurt.author) == [("written", "prompt")]
    written = [message for message in mailoutbox if "article" in message.subject]
    assert {message.to[0] for message in written} == {eve.email}
    assert "Safe at home" not in written[0].body and "hits" not in written[0].body


def test_a_question_that_is_linked_later_is_told_of_at_once(draft, ed, rae, ben):
    publish(draft, ed, rae)
    other = make_question(ben)
    actions.link_question(article=draft, question=other)
    tell()
    assert told(ben) == [("written", "prompt")]


def test_a_question_that_was_joined_with_another_takes_the_article_along(client, question, draft, ed, rae, ben):
    other = make_question(ben)
    actions.merge(source=question, into=other, as_seen=question.standing)
    publish(draft, ed, rae)
    tell()
    assert [prompt.question for prompt in Prompt.objects.all()] == [other]
    assert "An article was written about this" in client.get(other.get_absolute_url()).content.decode()


def test_whoever_wants_no_mail_about_answers_gets_none_of_it(question, draft, ed, rae, ana, mailoutbox):
    choose_paces(user=ana, paces={Matter.ANSWER: "never"})
    publish(draft, ed, rae)
    tell()
    while send_mails():
        pass
    assert [message for message in mailoutbox if message.to == [ana.email]] == []


# Changed


@pytest.fixture
def helped(question, ben):
    answer = make_answer(ben, question)
    actions.mark_helped(answer=answer)
    return answer


def waiting():
    return [look.answer for look in SecondLook.objects.waiting()]


def test_what_helped_is_looked_at_again_when_the_article_changes(desk, question, helped, draft, ed, rae, ana):
    publish(draft, ed, rae)
    assert waiting() == []
    for words in ("## Now\n\nIt is another thing.[^1]", "## Now\n\nAnother one again.[^1]"):
        publish(draft, ed, rae, body=words)
    assert waiting() == [helped]
    page = desk.get(reverse("admin:forum_secondlook_changelist")).content.decode()
    assert question.title in page and reverse("moderation:report", args=["answer", helped.pk]) in page
    assert question.title in desk.get(reverse("admin:forum_secondlook_questions", args=[draft.pk])).content.decode()
    desk.post(reverse("admin:forum_secondlook_settle", args=[SecondLook.objects.get().pk]))
    assert waiting() == []
    publish(draft, ed, rae, key_points="Another point.")
    assert waiting() == [helped]


@pytest.mark.parametrize("asked_from", [True, False])
def test_so_is_what_was_asked_from_the_article_or_is_answered_by_it(ed, rae, ana, ben, asked_from):
    article = make_article(ed, rae)
    question = make_question(ana, article=article if asked_from else None)
    answer = make_answer(ben, question)
    make_answer(ben, question, body="This one helped nobody, as far as we know.")
    actions.mark_helped(answer=answer)
    if not asked_from:
        question.refresh_from_db()
        actions.close_by_article(question=question, article=article, as_seen=question.standing)
    publish(article, ed, rae, help_soon="it lasts for more than a week.")
    assert waiting() == [answer]


@pytest.mark.parametrize("change", [{"standfirst": "Another."}, {"lay_words": "flicker"}, {"title": "Another title"}])
def test_what_changes_nothing_that_answers_rest_on_asks_for_nothing(helped, draft, ed, rae, change):
    publish(draft, ed, rae)
    publish(draft, ed, rae, **change)
    assert waiting() == []


def test_a_correction_of_form_asks_for_nothing(helped, draft, ed, rae):
    publish(draft, ed, rae)
    draft.refresh_from_db()
    draft.body = draft.body.replace("muscle fibres", "muscle fibers")
    articles.actions.save(article=draft, editor=ed)
    articles.actions.correct_form(article=Article.objects.get(pk=draft.pk), editor=ed)
    assert waiting() == []


def test_an_answer_that_is_gone_needs_no_look(helped, draft, ed, rae):
    publish(draft, ed, rae)
    publish(draft, ed, rae, body="## Now\n\nIt is another thing.[^1]")
    actions.unmark_helped(answer=helped)
    assert waiting() == []


def test_only_editors_look(client, settings, rae):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    for name in ("changelist", "start"):
        assert client.get(reverse(f"admin:forum_secondlook_{name}")).status_code == 403

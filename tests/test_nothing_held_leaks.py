"""
What not everybody may see is seen by nobody else: in no page, title, address, header, search, mail, session or log.
Each kind of it holds a word of its own on the stage, and whoever walks the site is watched for these words.
"""

import io
import logging
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

import search.query
from articles.models import Topic
from moderation import rules
from moderation.models import Appeal, Decision, Letter, ReviewItem
from notifications.mails import unsubscribe_token
from notifications.models import Notification
from notifications.sweeps import send_mails
from search.models import Entry, Posting, Spelling
from tests import pages
from tests.pages import KIND, Kind
from tests.stage import GUEST, SHARED, Stage, secret

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Who walks the site, and who of them sees what. Nora writes without her name, mia moderates, ed edits.
WALKERS = (GUEST, "eve", "ana", "ben", "newt", "nora", "mia", "ed")
# Those who may see nothing walk everywhere, the others where there is something to see.
WATCHED = (GUEST, "eve")
TELLING = re.compile(
    r"/questions/(\d+/(x|edit)|mine)/$|/(answers|comments)/\d+/edit/$|/notifications/$|/settings/decisions/(\d+/)?$"
    r"|/review/(\d+|members/\w+|reveal/\w+/\d+|(appeals|letters)(/\d+)?)/$|/messages/(\d+/)?$"
    r"|/admin/(articles/article/pictures|articles/(article|standingpage)/\d+/(preview|change|history|readers|review|sign-off)|search/(gap|suggestionday))/$"
)
MEMBERS = set(WALKERS) - {GUEST}
SEEN_BY = {
    # Names: of somebody who wrote without hers, of who decides, of who writes the articles
    "anonymous": {"nora"},
    "moderator": {"mia"},
    "editor": {"ed"},
    # The library
    "picture for a post": set(),
    "draft article": {"ed"},
    "submitted article": {"ed"},
    "archived article": {"ed"},
    "working copy": {"ed"},
    "remark": {"eve", "ed"},
    "remark of a guest": {"ed"},
    "remark of a reviewer": {"ed"},
    "standing page": {"ed"},
    # Posts
    "members question": MEMBERS,
    "members answer": MEMBERS,
    "members comment": MEMBERS,
    "members tag": MEMBERS,
    "held tag": {"newt", "mia"},
    "held tag edit": {"ana", "mia"},
    "held question": {"newt", "mia"},
    "held answer": {"newt", "mia"},
    "held comment": {"newt", "mia"},
    "held outcome": {"ana", "mia"},
    "held anonymous question": {"nora", "mia"},
    "held question edit": {"ana", "mia"},
    "held answer edit": {"ana", "mia"},
    "held comment edit": {"ana", "mia"},
    "returned question": {"newt", "mia"},
    "returned answer": {"newt", "mia"},
    "returned comment": {"newt", "mia"},
    "hidden question": {"ben", "mia"},
    "hidden answer": {"ben", "mia"},
    "hidden comment": {"ben", "mia"},
    # It can be opened where it stands, and is nowhere else meanwhile; see LED_TO
    "collapsed answer": set(WALKERS),
    "quarantined question": {"ben", "mia"},
    "under hidden question": {"mia"},
    "on eve": {"ben", "mia"},
    "under hidden answer": {"eve", "mia"},
    "removed question": {"ben"},
    "removed answer": {"ben"},
    "removed comment": {"ben"},
    "removed while held": {"newt", "mia"},
    # What was said about them
    "words to author": {"newt", "mia"},
    "why hidden": {"ben", "mia"},
    "masked number": {"newt"},
    "redacted text": set(),
    "why sanctioned": {"mia"},
    "appeal": {"mia"},
    "letter to author": {"newt", "mia"},
    "reply to letter": {"newt", "mia"},
    "asked moderators": {"eve", "mia"},
    "report note": {"mia"},
    "report contact": {"mia"},
    # What was not sent
    "parked draft": set(),
    "browser draft": set(),
}
# What leads readers to posts, and repeats words of them.
LED_TO = re.compile(r"/$|/(feeds|search|ask|topics|tags|members|articles|notifications|sitemap)\b|suggestions|.*quote=")
# Their own pages tell their names; there is no way to them from anywhere.
NAMELESS = ("nora", "mo", "ed")


def words_in(response: HttpResponse) -> str:
    """All that an answer holds, in small letters: body, headers and cookies."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{response.cookies.output()}\n{b''.join(response).decode(errors='replace')}".lower()


WORDS = {secret(label): label for label in SEEN_BY}
ANY_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def secrets_in(text: str) -> set[str]:
    return {WORDS[word] for word in ANY_WORD.findall(text.lower())}


def every_path(stage: Stage) -> list[str]:
    """Everything that can be opened with what there is on the stage."""
    sights = (sight.path(stage) for sight in pages.SIGHTS.values())
    walked = ["/settings/", *by_name(), *of_posts(stage), *of_others(stage), *in_the_back(stage), *sights]
    # What somebody has in the address already, the answer may repeat; and a review link shows its text to who has it.
    walked = [path for path in dict.fromkeys(walked) if not secrets_in(path) and "/no-such" not in path]
    return [path for path in walked if not path.startswith("/for-review/")]


def by_name() -> Iterator[str]:
    for name, kind in KIND.items():
        try:
            if kind != Kind.ACTION and name != "account_logout":
                yield reverse(name)
        except NoReverseMatch:
            pass  # it needs to know what it is about


def of_posts(stage: Stage) -> Iterator[str]:
    for one in stage.questions.values():
        # With a slug of nobody's making: whoever may open it is led to the right one.
        yield reverse("forum:question", args=[one.pk, "x"])
        for name in ("short", "answer", "outcome", "similar", "edit_question", "feed_of_question"):
            yield reverse(f"forum:{name}", args=[one.pk])
        yield reverse("forum:similar", args=[one.pk]) + "?scores=yes"
        for name in ("comment_question", "comments_on_question"):
            yield reverse(f"forum:{name}", args=[one.pk])
        yield reverse("review:thread", args=[one.pk])
    for one in stage.answers.values():
        names = ("place_of_answer", "comment_answer", "comments_on_answer", "edit_answer")
        yield from (reverse(f"forum:{name}", args=[one.pk]) for name in names)
    for one in stage.comments.values():
        yield from (reverse(f"forum:{name}", args=[one.pk]) for name in ("place_of_comment", "edit_comment"))
    for one in stage.posts():
        yield from (reverse(f"moderation:{name}", args=[one.kind, one.pk]) for name in ("report", "reported"))
        yield reverse("review:reveal", args=[one.kind, one.pk])
        yield one.history_url
        yield reverse("forum:answer", args=[stage.questions["public"].pk]) + f"?quote={one.kind}-{one.pk}"


def of_others(stage: Stage) -> Iterator[str]:
    for who, person in stage.people.items():
        if who not in NAMELESS:
            yield from (f"{person.get_absolute_url()}{query}" for query in ("", "?show=answers"))
            yield reverse("moderation:report", args=["member", person.pk])
            yield reverse("review:member", args=[person.handle])
    for tag in ("coffee", "espresso"):
        yield from (
            f"/tags/{tag}/",
            f"/feeds/tags/{tag}/",
            f"/questions/?tag={tag}&sort=clinician",
            f"/tags/complete/?tags={tag[:3]}",
        )
    yield "/tags/complete/?tags=zq"
    for topic in Topic.objects.all():
        yield topic.get_absolute_url()
        yield f"/articles/?topic={topic.slug}"
        yield from (
            f"/questions/?topic={topic.slug}&sort={sort}" for sort in ("active", "newest", "unanswered", "clinician")
        )
        yield f"/search/?q={SHARED}&topic={topic.slug}"
        yield reverse("forum:feed_of_topic", args=[topic.slug])
        yield reverse("forum:feed_of_articles_of_topic", args=[topic.slug])
    yield from (f"/search/?q={SHARED}", f"/search/?q={SHARED}&kind=article", f"/ask/?title={SHARED}+come+back")
    yield from (reverse("forum:feed", args=[sort]) for sort in ("active", "newest", "unanswered", "clinician"))
    yield from (
        reverse("forum:sitemap", args=[kind, 0]) for kind in ("pages", "articles", "questions", "topics", "tags")
    )
    for article in stage.articles.values():
        yield from (f"{article.get_absolute_url()}{page}" for page in ("", "history/", "helpful/"))
    yield from (upload.get_absolute_url() for upload in stage.uploads.values())
    yield from (told.get_absolute_url() for told in Notification.objects.all())
    yield from (f"/settings/{page}/" for page in ("profile", "account", "notifications", "following", "distance"))
    yield reverse("notifications:unsubscribe", args=[unsubscribe_token(stage.people["ana"].pk)])


def in_the_back(stage: Stage) -> Iterator[str]:
    for item in ReviewItem.objects.all():
        yield reverse("review:item", args=[item.pk])
        yield from (reverse("review:decide", args=[item.pk, decision]) for decision in (rules.EDIT, rules.HIDE))
    yield from (reverse("standing:decision", args=[one.pk]) for one in Decision.objects.all())
    yield from (reverse("review:appeal", args=[one.pk]) for one in Appeal.objects.all())
    yield pages.earlier_text()(stage)
    yield from (reverse("review:undo", args=[decision.pk]) for decision in Decision.objects.all())
    yield pages.line()(stage)
    yield pages.reply()(stage)
    for letter in Letter.objects.all():
        yield from (reverse(f"{of}:letter", args=[letter.pk]) for of in ("standing", "review"))
    for upload in stage.uploads.values():
        yield reverse("admin:articles_article_small_picture", args=[upload.pk])
    for article in stage.articles.values():
        of_article = "preview history differences submit sign_off publish archive readers present"
        for page in (
            *of_article.split(),
            "review",
            "still_right",
            "correct_form",
            "correct_urgently",
            "call_off",
            "change",
        ):
            yield reverse(f"admin:articles_article_{page}", args=[article.pk])
        yield reverse("admin:articles_article_revision", args=[article.pk, 1])
        yield reverse("admin:forum_secondlook_questions", args=[article.pk])
    for question in stage.questions.values():
        yield reverse("admin:forum_secondlook_start") + f"?question={question.pk}"
    yield f"/admin/forum/secondlook/start/?title={SHARED}"
    yield f"/admin/articles/article/?q={SHARED}"


def telling_path(stage: Stage) -> list[str]:
    """Where people come upon what is theirs, and mia and ed upon what they look after."""
    return [path for path in every_path(stage) if TELLING.match(path)]


def with_a_slip(label: str) -> str:
    """The word that gives away what `label` names, without one of its letters: near enough to be put right."""
    word = secret(label)
    return word[:3] + word[4:]


def walk(stage: Stage, who: str) -> dict[str, set[str]]:
    """The paths that somebody tried, and which secrets they came upon there."""
    client, found = stage.client(who), {}
    for path in every_path(stage) if who in WATCHED else telling_path(stage):
        response = client.get(path)
        seen = secrets_in(words_in(response))
        if response.status_code in (301, 302, 303) and "/accounts/" not in response["Location"]:
            to = response["Location"].partition("#")[0]
            found[to] = found[to] if to in found else secrets_in(words_in(client.get(to)))
        if pages.name_of(path) in pages.IN_PARTS:
            seen |= secrets_in(words_in(client.get(path, headers={"HX-Request": "true"})))
        found[path] = seen
    for title in (f"{SHARED} come back", SHARED):
        found[f"suggestions for {title}"] = secrets_in(words_in(client.post("/ask/suggestions/", {"title": title})))
    for label in SEEN_BY if who in WATCHED else ():
        # Put right, marked, quoted word for word, or left out.
        for query in (with_a_slip(label), f'"Does the" {SHARED}', f"{SHARED} -{with_a_slip(label)}"):
            path = f"/search/?q={quote(query)}"
            if path not in found:
                found[path] = secrets_in(words_in(client.get(path)))
    return found


def test_the_walk_leads_everywhere(stage):
    walked = {pages.name_of(path) for path in [*every_path(stage), pages.for_review("read")(stage)]}
    assert {name for name, kind in KIND.items() if kind != Kind.ACTION} <= walked


@pytest.mark.parametrize("who", WALKERS)
def test_everybody_sees_what_is_theirs_and_nothing_else(stage, demo_mails, who):
    found = walk(stage, who)
    theirs = {label for label, people in SEEN_BY.items() if who in people}
    stray = {path: sorted(seen - theirs) for path, seen in found.items() if seen - theirs}
    assert not stray, "\n".join(f"{path}: {seen}" for path, seen in stray.items())
    assert not [path for path, seen in found.items() if "collapsed answer" in seen and LED_TO.match(path)]
    missed = theirs - set().union(*found.values())
    assert not missed, f"{who} never came upon {sorted(missed)}"


def test_a_review_link_shows_its_text_with_what_its_reader_remarked_and_nothing_else(stage):
    page = words_in(stage.client(GUEST).get(pages.for_review("read")(stage)))
    assert secrets_in(page) == {"submitted article", "remark of a reviewer"}


def test_who_parked_a_form_finds_it_and_nobody_else(stage):
    for path in ("/ask/", "/settings/drafts/", stage.questions["public"].get_absolute_url()):
        assert "parked draft" in secrets_in(words_in(stage.client("cleo").get(path)))
    guest = stage.client(GUEST)
    guest.cookies["draft"] = stage.browser_draft
    assert secrets_in(words_in(guest.get("/ask/"))) == {"browser draft"}


# Where nobody looks


def test_the_index_holds_what_members_may_read_and_nothing_more(stage):
    theirs = {"members question", "members answer", "members tag"}
    for rows in ([*Entry.objects.all(), *Posting.objects.all()], Spelling.objects.all()):
        assert secrets_in(serializers.serialize("json", rows)) == theirs


def test_only_who_may_read_a_word_is_told_that_it_was_meant(stage):
    for who, is_told in ((GUEST, False), ("eve", True)):
        page = words_in(stage.client(who).get("/search/", {"q": with_a_slip("members question")}))
        assert (secret("members question") in page) == is_told


def test_what_is_held_is_found_by_no_mark_of_a_search(stage):
    assert search.query.search(SHARED, user=stage.people["eve"]).hits
    for label in SEEN_BY:
        for text in (f'"{secret(label)}"', f'"the {SHARED} of {secret(label)}"', f"{secret(label)} -nothing"):
            titles = [hit.title for hit in search.query.search(text, user=AnonymousUser()).hits]
            assert not secrets_in("\n".join(titles)), text


def test_a_notification_keeps_no_words(stage):
    assert secrets_in(serializers.serialize("json", Notification.objects.all())) == set()


def test_a_mail_says_that_there_is_something_and_nothing_of_what(stage, mailoutbox):
    while send_mails():
        pass
    assert len({message.to[0] for message in mailoutbox}) >= 4
    names = {name for person in stage.people.values() for name in (person.handle, person.display_name) if name}
    topics = set(Topic.objects.values_list("name", flat=True))
    titles = {question.title for question in stage.questions.values()}
    for message in mailoutbox:
        raw = message.message().as_string() + message.body + str(message.alternatives)
        raw = raw.replace(message.to[0], "").lower()
        # Whole words: the random letters of a link may hold a short name.
        said = {
            word
            for word in names | topics | titles | {SHARED}
            if re.search(rf"(?<![\w-]){re.escape(word.lower())}(?![\w@-])", raw)
        }
        assert (said, secrets_in(raw)) == (set(), set()), raw


TYPED = secret("typed just now")
QUESTION = {
    "title": f"Is {TYPED} something to worry about?",
    "body": f"{TYPED} " * 8,
    "topic": "mind",
    "audience": "usual",
}


def type_everywhere(stage: Stage) -> None:
    """What people type where they ask and search, on pages that work, refuse, and break."""
    for who in (GUEST, "eve", "newt"):
        client = stage.client(who, raise_request_exception=False)
        client.get("/ask/", {"title": TYPED, "article": TYPED})
        client.get("/search/", {"q": TYPED, "topic": TYPED, "after": TYPED})
        client.post("/ask/suggestions/", {"title": TYPED})
        client.post("/ask/suggestions/?title=" + TYPED, {"title": TYPED, "quick": "1", "shown": TYPED})
        client.post("/ask/suggestions/told/", {"this_answers": TYPED, "answered": TYPED, "title": TYPED})
        client.post("/ask/suggestions/told/", {"none_of_these": TYPED, "title": TYPED})
        client.post("/ask/suggestions/opened/", {"suggestion": TYPED})
        client.post("/ask/?title=" + TYPED, QUESTION | {"title": TYPED[:9], "step": "preview"})
        client.post("/ask/?title=" + TYPED, {"title": TYPED})
        client.post("/ask/?title=" + TYPED, QUESTION)
        helpful = f"{stage.articles['published'].get_absolute_url()}helpful/?helped={TYPED}"
        for text in (TYPED, TYPED * 99, f"{TYPED}@example.org", f"{TYPED} I want to die"):
            client.post(helpful, {"helped": "no", "reason": "missing", "text": text})
        client.get("/no-such-page/", {"title": TYPED})
        client.put("/ask/?title=" + TYPED, QUESTION)
        forged = stage.client(who, enforce_csrf_checks=True)
        forged.post("/ask/?title=" + TYPED, QUESTION, headers={"Referer": f"http://testserver/ask/?title={TYPED}"})
        forged.post(pages.of_question("answer")(stage), {"body": TYPED, "basis": "own"})
        client.post("/ask/?title=" + TYPED, QUESTION | {"body": "x" * 3_000_000})


def break_the_search(monkeypatch) -> None:
    def broken(text: str, **more: object) -> None:
        raise RuntimeError("The index is away.")

    monkeypatch.setattr(search.query, "search", broken)
    monkeypatch.setattr(search.query, "suggest", broken)


@pytest.mark.parametrize("is_broken", [False, True], ids=["works", "broken"])
def test_the_log_repeats_nothing_that_somebody_typed(stage, monkeypatch, is_broken):
    written = io.StringIO()
    (console,) = [one for one in logging.getLogger().handlers if one.name == "console"]
    handler = logging.StreamHandler(written)
    handler.setFormatter(console.formatter)
    for a_filter in console.filters:
        handler.addFilter(a_filter)
    levels = {name: logging.getLogger(name).level for name in ("", "django", "django.server", "askwell")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    if is_broken:
        break_the_search(monkeypatch)
    try:
        type_everywhere(stage)
    finally:
        logging.getLogger().removeHandler(handler)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
    assert "/ask/" in written.getvalue()
    assert ("The index is away." in written.getvalue()) == is_broken
    assert TYPED not in written.getvalue().lower()


def test_no_session_and_no_cache_keeps_what_somebody_typed(stage):
    type_everywhere(stage)
    for path in ("/", "/questions/", "/notifications/"):
        for who in ("eve", "newt", "mia"):
            stage.client(who).get(path)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [value.decode("latin-1") for value in cache._cache.values()]
    assert len(kept) > len(stage.people)
    assert [text for text in kept if TYPED in text.lower() or secrets_in(text)] == []

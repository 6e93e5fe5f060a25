"""Articles come in from files and go out into files: what is refused and why, and that a round trip changes nothing."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from articles import actions
from articles.models import Article, ArticleAddress, Revision, SignOff, Step, Topic
from tests import factories
from tests.uploads import samples
from uploads.models import Upload

pytestmark = pytest.mark.django_db

WHOLE = """---
title: "Sleeping badly: what helps"
slug: sleeping-badly
topic: sleep
standfirst: Most people sleep badly now and then. What helps, and when to see somebody.
key_points:
  - A bad night does no harm.
  - Get up at the same time each day.
help_emergency: none
help_soon:
  - you fall asleep while you drive.
help_visit: none
lay_words:
  - insomnia
  - can’t sleep
sources:
  - title: Insomnia
    publisher: National Library of Medicine, United States
    url: https://medlineplus.gov/insomnia.html
state: published
---

## What is happening

Everybody wakes at night. Most do not remember it.[^1]
"""


BODY = "## What is happening\n\nEverybody wakes at night.[^1]"


@pytest.fixture
def folder(tmp_path):
    factories.make_topic("Sleep")
    return tmp_path


def write(folder, text=WHOLE, name="sleeping-badly.md"):
    (folder / name).write_text(text)


def bring_in(folder, *options) -> str:
    """What the command says; with what it complains of at the end."""
    out = StringIO()
    try:
        call_command("import_articles", str(folder), *options, stdout=out, stderr=StringIO())
    except CommandError as error:
        out.write(f"failed: {error}")
    return out.getvalue()


def take_out(folder) -> dict[str, bytes]:
    call_command("export_articles", str(folder), stdout=StringIO(), stderr=StringIO())
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_file_becomes_an_article_that_waits_for_a_reviewer(folder, ed):
    write(folder)
    assert "1 new" in bring_in(folder)
    article = Article.objects.get(slug="sleeping-badly")
    assert article.state == Article.State.IN_REVIEW and article.live is None
    assert article.key_points == "A bad night does no harm.\nGet up at the same time each day."
    assert article.help_emergency == "none"
    assert article.sources.get().url == "https://medlineplus.gov/insomnia.html"
    assert article.latest_revision().author == ed


def test_who_approves_texts_in_bulk_publishes_them_with_the_days_of_their_next_check_spread_out(folder, ed, rae):
    for number in range(5):
        write(folder, WHOLE.replace("sleeping-badly", f"sleep-{number}"), f"{number}.md")
    assert "5 new" in bring_in(folder, "--signed-by", rae.email)
    published = Article.objects.published()
    assert published.count() == 5
    assert {article.live_sign_off.reviewer for article in published} == {rae}
    assert len({article.next_review_on for article in published}) == 5


def test_who_signs_is_a_reviewer_and_not_the_editor(folder, ed, rae, ben):
    write(folder)
    assert "no medical reviewer" in bring_in(folder, "--signed-by", ben.email)
    User.objects.filter(pk=rae.pk).update(is_editor=True)
    said = bring_in(folder, "--signed-by", rae.email, "--editor", rae.email)
    assert "somebody else has to sign it off" in said and "1 of 1 files were refused" in said
    assert not Article.objects.exists()


def test_only_editors_bring_in_articles(folder, ed, ben):
    write(folder)
    assert "Only editors" in bring_in(folder, "--editor", ben.email)
    assert "Nobody has an account" in bring_in(folder, "--editor", "nobody@example.org")
    assert not Article.objects.exists()


def test_the_same_again_changes_nothing(folder, ed, rae):
    write(folder)
    bring_in(folder, "--signed-by", rae.email)
    before = list(Revision.objects.values()), list(Article.objects.values())
    for options in ((), ("--signed-by", rae.email)):
        assert "0 new, 0 changed, 1 as they were" in bring_in(folder, *options)
    assert (list(Revision.objects.values()), list(Article.objects.values())) == before


def test_a_changed_file_is_a_new_revision_that_readers_do_not_see_yet(folder, ed, rae):
    write(folder)
    bring_in(folder, "--signed-by", rae.email)
    write(folder, WHOLE.replace("Everybody wakes", "Nearly everybody wakes"))
    assert "1 changed" in bring_in(folder)
    article = Article.objects.get()
    assert article.is_published and "Nearly" not in article.live.body
    assert article.submitted.number == 2


def test_only_looking_keeps_nothing(folder, ed, rae):
    write(folder, WHOLE.replace("## What", "![A bed](bed.png)\n\n## What"))
    (folder / "bed.png").write_bytes(samples.picture())
    assert "1 new" in bring_in(folder, "--dry-run", "--signed-by", rae.email)
    assert not Article.objects.exists() and not Upload.objects.exists()


WRONG = [
    ('title: "Sleeping badly: what helps"\n', "", 1, "title"),
    ("topic: sleep", "topic: slep", 4, "no topic with the slug “slep”"),
    ("help_visit: none", "help_visit: [a, [b]]", 12, "“help_visit” has to be"),
    ("help_visit: none\n", "help_vist: none\n", 12, "“help_vist” is not known"),
    ("help_visit: none\n", "help_soon: none\n", 12, "a second time"),
    ("help_visit: none\n", "", 19, "Decide “Mention it at your next visit if”"),
    ("  - insomnia\n", "  - &x insomnia\n  - *x\n", 15, "Write it out"),
    ("    publisher: National Library of Medicine, United States\n", "", 17, "a title, a publisher and a url"),
    ("https://medlineplus.gov/insomnia.html", "javascript:alert(1)", 17, "url"),
    ("state: published", "state: good", 20, "The state is one of"),
    ("slug: sleeping-badly", "slug: Sleeping badly", 3, "slug"),
    ("key_points:", "key_points: [", 7, "This is not YAML"),
    ("## What", "![A bed](bed.png)\n\n## What", 23, "There is no picture bed.png"),
    ("## What", "![A bed](../../etc/bed.png)\n\n## What", 23, "lies outside the folder"),
    ("## What", "![A bed](notes.txt)\n\n## What", 23, "cannot read this as a picture"),
    ("remember it.[^1]", "remember it.[^2]", 20, "refers to source 2"),
    ("---\ntitle", "title", 1, "begin with a line of three dashes"),
    ("state: published\n---", "state: published", 1, "A second line of three dashes"),
    ("Most people", "Most \x07 people", 5, "sign here that no text has"),
]


@pytest.mark.parametrize(("there", "instead", "line", "reason"), WRONG, ids=[wrong[3] for wrong in WRONG])
def test_a_file_that_is_wrong_is_named_with_the_line_and_nothing_of_it_is_kept(
    folder, ed, there, instead, line, reason
):
    assert there in WHOLE
    write(folder, WHOLE.replace(there, instead, 1))
    write(folder, WHOLE.replace("sleeping-badly", "right"), "right.md")
    (folder / "notes.txt").write_text("no picture")
    said = bring_in(folder)
    assert re.search(rf"^sleeping-badly\.md:{line}: .*{re.escape(reason)}", said, re.MULTILINE), said
    assert "1 of 2 files were refused" in said
    assert [article.slug for article in Article.objects.all()] == ["right"]
    assert not Upload.objects.exists()


def test_two_files_cannot_be_one_article(folder, ed):
    write(folder)
    write(folder, name="zzz.md")
    assert "zzz.md:3: sleeping-badly.md has the same slug." in bring_in(folder)


def test_what_is_no_text_is_refused(folder, ed):
    (folder / "a.md").write_bytes(b"---\ntitle: a\nstandfirst: \xff\n---\n")
    (folder / "b.md").write_text("x" * 400_000)
    said = bring_in(folder)
    assert "a.md:3: This is not UTF-8" in said and "b.md:1: This file is too large" in said


def test_a_folder_that_is_not_there_or_empty_is_said_so(tmp_path, ed):
    assert "There is no folder" in bring_in(tmp_path / "nothing")
    assert "no file that ends in .md" in bring_in(tmp_path)


def test_pictures_come_along_once(folder, ed):
    (folder / "pictures").mkdir()
    (folder / "pictures" / "bed.png").write_bytes(samples.picture())
    with_pictures = WHOLE.replace("## What", "![A bed](pictures/bed.png)\n\n## What").replace(
        "state:", "picture: pictures/bed.png\npicture_alt: A bed\nstate:"
    )
    write(folder, with_pictures)
    bring_in(folder)
    upload = Upload.objects.get()
    article = Article.objects.get()
    assert article.hero == upload and f"![A bed]({upload.get_absolute_url()})" in article.body
    assert "1 as they were" in bring_in(folder)
    assert Upload.objects.count() == 1


def test_a_topic_is_known_by_the_address_that_it_had(folder, ed):
    topic = Topic.objects.get(slug="sleep")
    topic.slug = "sleeping"
    actions.save_topic(topic=topic)
    write(folder, WHOLE)
    bring_in(folder)
    assert Article.objects.get().topic == topic
    assert "1 as they were" in bring_in(folder)


def test_a_members_picture_is_not_taken_for_the_same(folder, ed, ben, picture):
    Upload.objects.update(owner=ben, is_of_library=False)
    (folder / "bed.png").write_bytes(samples.picture())
    write(folder, WHOLE.replace("## What", "![A bed](bed.png)\n\n## What"))
    bring_in(folder)
    assert Upload.objects.filter(owner=ed).count() == 1


def test_out_and_in_again_is_the_same_on_another_site(folder, tmp_path_factory, ed, rae):
    (folder / "bed.png").write_bytes(samples.picture("JPEG", exif=b"Exif\0\0"))
    odd = WHOLE.replace("sleeping-badly", "odd").replace("A bad night does no harm.", '"123: yes # no"')
    write(
        folder, odd.replace("## What", "![A bed](bed.png)\n\n    code\n\n## What").replace("published", "draft"), "o.md"
    )
    write(folder, WHOLE.replace("state:", "picture: bed.png\npicture_alt: A bed\nnext_review: 2099-01-31\nstate:"))
    write(folder, (folder / "sleeping-badly.md").read_text().replace("state:", "correction: Two, not ten.\nstate:"))
    bring_in(folder, "--signed-by", rae.email)
    assert Article.objects.get(slug="sleeping-badly").live.correction_box == "Two, not ten."
    first = tmp_path_factory.mktemp("first")
    before = take_out(first)
    assert set(before) >= {"odd.md", "sleeping-badly.md"} and len(before) == 3
    assert "2 as they were" in bring_in(first)
    wipe()
    assert "2 new" in bring_in(first, "--signed-by", rae.email)
    assert take_out(tmp_path_factory.mktemp("second")) == before


def test_nothing_that_leads_from_one_to_another_is_lost_on_another_site(folder, tmp_path_factory, ed, rae):
    last, *others = [factories.make_article(ed, rae, title, body=BODY) for title in ("Last", "Middle", "First")]
    for article in others:
        article.slug, article.pins = f"now-{article.slug}", "last\nfirst" if article.slug == "middle" else "middle"
        article.body += "\n\n[Before](/articles/last/) and [after](/articles/first/)."
        actions.save(article=article, editor=ed)
    # In a ring, by a former address.
    last.body += "\n\n[Another](/articles/now-first/#section-what-is-happening)."
    for article in (last, *others):
        revision = actions.save(article=article, editor=ed)
        actions.sign_off(revision=revision, reviewer=rae)
        actions.publish(article=article, editor=ed, next_review_on=article.next_review_on, together=["last"])
    gone = factories.make_article(ed, rae, "Gone")
    actions.archive(article=gone, editor=ed, successor=others[0])
    before = take_out(tmp_path_factory.mktemp("first"))
    exported = before["now-middle.md"].decode()
    assert "related:\n- last\n- first\n" in exported and "was:\n- middle\n" in exported
    assert "successor: now-middle\n" in before["gone.md"].decode()
    first = tmp_path_factory.mktemp("again")
    take_out(first)
    assert "4 as they were" in bring_in(first, "--signed-by", rae.email)
    wipe()
    assert "4 new" in bring_in(first, "--dry-run", "--signed-by", rae.email)
    assert not Article.objects.exists()
    assert "4 new" in bring_in(first, "--signed-by", rae.email)
    assert Article.objects.published().at("first").slug == "now-first"
    assert Article.objects.get(slug="gone").successor.slug == "now-middle"
    assert take_out(tmp_path_factory.mktemp("second")) == before


def test_files_come_in_after_those_that_they_lead_to(folder, ed, rae):
    write(folder, linked("a", "b"), "a.md")
    write(folder, linked("b", "c"), "b.md")
    write(folder, linked("c", "c"), "c.md")
    assert "3 new" in bring_in(folder, "--signed-by", rae.email)


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_what_leads_to_a_refused_file_is_refused_also_in_a_ring(folder, ed, rae, options):
    write(folder, linked("a", "b"), "a.md")
    write(folder, linked("b", "c"), "b.md")
    write(folder, linked("c", "a").replace("help_visit: none\n", ""), "c.md")
    write(folder, linked("d", "e"), "d.md")
    write(folder, linked("e", "d"), "e.md")
    said = bring_in(folder, "--signed-by", rae.email, *options)
    assert "Decide “Mention it at your next visit if”" in said
    assert said.count("Readers cannot open that article.") == 2
    assert "2 new" in said and "3 of 5 files were refused" in said
    assert Article.objects.published().count() == (0 if options else 2)


def linked(slug: str, to: str) -> str:
    return WHOLE.replace("slug: sleeping-badly", f"slug: {slug}") + f"\n[More](/articles/{to}/).\n"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("was: [taken]", "“taken” leads to another article."),
        ("was: [a b/c]", "“b/c” is no end of an address."),
        ("related: [nothing]", "There is no other article at: nothing"),
        ("related: {a: b}", "“related” has to be"),
        ("state: archived\nsuccessor: nothing", "Readers can open no other article with the slug “nothing”."),
        ("state: archived\nsuccessor: sleeping-badly", "Readers can open no other article with the slug"),
    ],
)
def test_what_leads_nowhere_or_is_taken_is_refused_with_its_line(folder, ed, line, reason):
    factories.make_draft(ed, slug="taken")
    write(folder, WHOLE.replace("state: published", line))
    said = bring_in(folder)
    place = 21 if "successor" in line else 20
    assert re.search(rf"^sleeping-badly\.md:{place}: .*{re.escape(reason)}", said, re.MULTILINE), said
    assert not Article.objects.filter(slug="sleeping-badly").exists()


def wipe() -> None:
    """Another site: nothing of the library is there."""
    Article.objects.update(live=None, live_sign_off=None, submitted=None, state="draft", hero=None, successor=None)
    for model in (Step, SignOff, Revision, ArticleAddress):
        model.objects.all()._raw_delete("default")
    Article.objects.all().delete()
    Upload.objects.all().delete()


def test_what_readers_do_not_have_yet_goes_out_as_a_draft(folder, tmp_path, ed, rae):
    article = factories.make_article(ed, rae)
    article.body += "\n\nNot yet read by anybody."
    actions.save(article=article, editor=ed)
    exported = take_out(tmp_path)[f"{article.slug}.md"].decode()
    assert "Not yet read" in exported and "state: draft" in exported


def test_an_archived_file_takes_the_article_from_readers(folder, ed, rae):
    write(folder)
    bring_in(folder, "--signed-by", rae.email)
    write(folder, WHOLE.replace("published", "archived"))
    bring_in(folder)
    assert Article.objects.get().state == Article.State.ARCHIVED

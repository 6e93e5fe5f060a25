"""Pictures of articles: chosen again, described, cut where the editor says; and whatever is sent does no harm."""

import errno
import re
from dataclasses import replace
from importlib import import_module
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError
from django.urls import reverse
from PIL import Image

from articles import actions, links, standing
from articles.editing.typed import text_of
from articles.forms import ArticleForm
from articles.models import Article, LibraryPicture, StandingPage
from tests.articles.test_admin_form import address, typed
from tests.factories import make_draft
from tests.uploads import samples
from uploads.actions import receive
from uploads.models import Upload
from uploads.pictures import MOST_BYTES

PASTED = "/markdown/upload/?for=library"
# Where a photo says at which place it was taken.
GPS = 0x8825
ADD, LIBRARY = reverse("admin:articles_article_add_picture"), reverse("admin:articles_article_pictures")

# What is sent, the name it has, and a word of the sentence that refuses it.
NASTY = {
    "50 MB": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 50_000_000, "large.png", "large"),
    "169 megapixels in 20 KB": (lambda: samples.bomb(13_000, 13_000), "bomb.png", "169 megapixels"),
    "SVG": (lambda: samples.SVG, "drawing.svg", "PNG, JPEG, WebP or GIF"),
    "HTML named gif": (lambda: samples.PAGE, "page.gif", "PNG, JPEG, WebP or GIF"),
    "truncated JPEG": (lambda: samples.picture("JPEG", (200, 200))[:-50], "photo.jpg", "damaged"),
    "empty": (lambda: b"", "nothing.png", ""),
}


def page_of(upload):
    return reverse("admin:articles_article_picture", args=[upload.pk])


@pytest.fixture
def draft(ed):
    return make_draft(ed)


# Bringing in and choosing


def test_a_picture_comes_in_with_what_it_shows(desk, file, ed):
    response = desk.post(ADD, {"image": file, "alt": "A belly from the side"})
    picture = LibraryPicture.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": picture.upload_id,
        "url": picture.upload.get_absolute_url(),
        "alt": "A belly from the side",
    }
    assert picture.upload.owner == ed


@pytest.mark.parametrize("alt", ["", "  ", "x" * 201])
def test_without_words_no_picture_comes_in(desk, file, alt):
    response = desk.post(ADD, {"image": file, "alt": alt})
    assert response.status_code == 422
    assert response.json()["error"].endswith(".")
    assert not Upload.objects.exists()


def test_no_picture_of_the_library_is_without_words(picture):
    with pytest.raises(IntegrityError):
        LibraryPicture.objects.create(upload=picture, alt="")


def test_one_that_is_there_is_described_and_found_by_its_words(desk, picture, ed):
    other = receive(owner=ed, file=SimpleUploadedFile("b.png", samples.picture()), for_library=True)
    actions.describe_picture(upload=other, alt="A foot")
    assert desk.post(ADD, {"id": picture.pk, "alt": "A belly"}).status_code == 201
    assert desk.post(ADD, {"id": picture.pk, "alt": "A belly from the side"}).status_code == 201
    found = desk.get(LIBRARY, {"q": "side belly"}, headers={"HX-Request": "true"}).content.decode()
    assert picture.path in found and other.path not in found


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "999"])
def test_a_picture_that_there_is_not_is_not_described(desk, key):
    assert desk.post(ADD, {"id": key, "alt": "A belly"}).status_code == 422


def test_pictures_of_members_are_none_of_the_library(desk, ana, file):
    upload = receive(owner=ana, file=file)
    assert page_of(upload) not in desk.get(LIBRARY).content.decode()
    assert desk.get(page_of(upload)).status_code == 404
    assert desk.post(ADD, {"id": upload.pk, "alt": "Not mine"}).status_code == 422


def test_what_an_editor_sends_for_a_post_is_none_of_the_library(desk, file, ed):
    """They may write there without their name: whoever finds the picture in the library would know who it was."""
    desk.post("/markdown/upload/", {"image": file})
    upload = Upload.objects.get()
    assert upload.owner == ed
    assert page_of(upload) not in desk.get(LIBRARY).text
    assert desk.get(page_of(upload)).status_code == 404
    assert desk.post(ADD, {"id": upload.pk, "alt": "Found"}).status_code == 422
    draft = make_draft(ed, body=f"![A belly]({upload.get_absolute_url()})")
    assert upload not in ArticleForm(instance=draft).fields["hero"].queryset
    assert "sent for a post" in links.broken(draft.latest_revision())[0]


@pytest.mark.parametrize("url", [reverse("admin:articles_article_add"), "standing"])
def test_what_is_pasted_into_a_text_of_the_site_is_of_the_library(desk, file, url):
    if url == "standing":
        page = StandingPage.objects.get_or_create(name="rules")[0]
        url = reverse("admin:articles_standingpage_change", args=[page.pk])
    (to,) = re.findall(r'data-markdownx-upload-urls-path="([^"]+)"', desk.get(url).text)
    code = desk.post(to, {"image": file}).json()["image_code"]
    upload = Upload.objects.of_the_library().get()
    assert upload.get_absolute_url() in code
    assert page_of(upload) in desk.get(LIBRARY).text


def test_what_is_chosen_at_the_top_is_of_the_library(desk, draft, file):
    desk.post(address(draft), typed(desk, address(draft), hero_alt="A belly") | {"hero-file": file})
    assert draft.latest_revision().hero in Upload.objects.of_the_library()


def test_what_texts_of_the_site_had_before_is_of_the_library(ed, ana):
    def sent(name):
        return Upload.objects.create(owner=ed, path=f"2026/01/{name}.webp", width=1, height=1, bytes=1)

    top, inside, before, page, described = map(sent, ("top", "inside", "before", "page", "described"))
    sent("for-a-post")
    draft = make_draft(ed, hero=top, hero_alt="A belly", body=f"![Before]({before.get_absolute_url()})")
    draft.body = f"![Inside]({inside.get_absolute_url()})"
    actions.save(article=draft, editor=ed)
    words = replace(standing.of_askwell("rules")[0], body=f"![Page]({page.get_absolute_url()})")
    actions.save_standing_page(page=StandingPage.objects.get_or_create(name="rules")[0], editor=ed, words=words)
    LibraryPicture.objects.create(upload=described, alt="A foot")
    import_module("articles.migrations.0012_pictures_of_the_library").mark(apps, None)
    assert set(Upload.objects.of_the_library()) == {top, inside, before, page, described}


def test_a_picture_of_a_member_does_not_get_to_the_top_of_an_article(ana, ed, file):
    upload = receive(owner=ana, file=file)
    draft = make_draft(ed)
    assert text_of({"hero": str(upload.pk), "topic": str(draft.topic_id)}, draft).hero is None
    assert upload not in ArticleForm(instance=draft).fields["hero"].queryset
    draft.hero = upload
    assert upload in ArticleForm(instance=draft).fields["hero"].queryset


def test_a_picture_says_where_it_is_used(desk, picture, article, ed):
    inside = make_draft(ed, "Inside", slug="inside", body=f"![A belly]({picture.get_absolute_url()})")
    top = make_draft(ed, "At the top", slug="top", hero=picture, hero_alt="A belly")
    page = desk.get(page_of(picture)).content.decode()
    assert address(inside) in page and address(top) in page
    assert address(article) not in page
    inside.body = "Without."
    actions.save(article=inside, editor=ed)
    assert address(inside) not in desk.get(page_of(picture)).content.decode()


def test_what_a_picture_shows_is_changed_on_its_page(desk, picture):
    assert desk.post(page_of(picture), {"alt": ""}).status_code == 422
    assert desk.post(page_of(picture), {"alt": "A belly"}).status_code == 303
    assert 'value="A belly"' in desk.get(page_of(picture)).content.decode()


def test_the_library_is_read_page_by_page_in_few_statements(desk, ed, django_assert_max_num_queries):
    for number in range(14):
        Upload.objects.create(owner=ed, path=f"2026/01/{number}.webp", width=1, height=1, bytes=1, is_of_library=True)
    with django_assert_max_num_queries(6):
        page = desk.get(LIBRARY, headers={"HX-Request": "true"}).content.decode()
    assert page.count("<img") == 12
    assert 'rel="next"' in page


def test_only_editors_see_and_send_pictures(client, settings, picture, rae):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    assert client.get(LIBRARY).status_code == client.get(page_of(picture)).status_code == 403
    response = client.post(ADD, {"image": SimpleUploadedFile("b.png", samples.picture()), "alt": "A belly"})
    assert response.status_code == 403
    assert Upload.objects.count() == 1


def test_lists_show_pictures_small_when_they_come_into_sight_and_in_words(desk, ed):
    large = SimpleUploadedFile("large.png", samples.picture(size=(1600, 900)))
    upload = receive(owner=ed, file=large, for_library=True)
    actions.describe_picture(upload=upload, alt="A belly")
    make_draft(ed, hero=upload, hero_alt="A belly <at rest>")
    address_of_small = reverse("admin:articles_article_small_picture", args=[upload.pk])
    for url, alt in (
        (reverse("admin:articles_article_changelist"), "A belly &lt;at rest&gt;"),
        (LIBRARY, ""),
        (LIBRARY + "?q=", "A belly"),
    ):
        page = desk.get(url, headers={"HX-Request": "true"} if "?" in url else {}).text
        (image,) = re.findall(rf'<img[^>]+src="{address_of_small}"[^>]*>', page)
        assert f'alt="{alt}"' in image and 'loading="lazy"' in image and "style=" not in image
    response = desk.get(address_of_small)
    assert max(Image.open(BytesIO(response.content)).size) == 320
    assert response["Content-Type"] == "image/webp" and "immutable" in response["Cache-Control"]
    default_storage.delete(upload.path)
    assert desk.get(address_of_small).status_code == 404


def test_what_is_none_of_the_library_is_not_shown_small_either(desk, ana, ed, file, picture):
    for owner in (ana, ed):
        upload = receive(owner=owner, file=SimpleUploadedFile("b.png", samples.picture()))
        assert desk.get(reverse("admin:articles_article_small_picture", args=[upload.pk])).status_code == 404
    Upload.objects.filter(pk=picture.pk).update(quarantined_at="2026-01-01T00:00Z")
    assert desk.get(reverse("admin:articles_article_small_picture", args=[picture.pk])).status_code == 404


# What stays in sight


def test_what_stays_in_sight_is_of_the_revision(desk, draft, picture):
    draft.hero = picture
    fields = typed(desk, address(draft), hero=picture.pk, hero_alt="A belly", hero_focus="top-left")
    assert desk.post(address(draft), fields).status_code == 303
    assert draft.latest_revision().hero_focus == "top-left"
    page = desk.get(address(draft, "preview")).content.decode()
    assert 'class="hero hero--top-left"' in page
    assert "style=" not in page


def test_nothing_else_becomes_a_class(desk, draft):
    response = desk.post(address(draft), typed(desk, address(draft), hero_focus='top" onload="x'))
    assert response.status_code == 422
    assert draft.revisions.count() == 1


# Whatever is sent


@pytest.mark.parametrize("kind", NASTY)
def test_what_is_no_good_picture_is_refused_and_the_text_stays(desk, draft, kind):
    content, name, words = NASTY[kind]
    file = BytesIO(content())
    file.name = name
    fields = typed(desk, address(draft), body="Hours of work", note="Typed with care")
    response = desk.post(address(draft), fields | {"hero-file": file})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Hours of work" in page and "Typed with care" in page
    assert not Upload.objects.exists()
    assert draft.revisions.count() == 1
    for url in (ADD, PASTED):
        file.seek(0)
        refused = desk.post(url, {"image": file, "alt": "A belly"})
        assert refused.status_code in (413, 422)
        assert words in refused.json()["error"]
    assert not Upload.objects.exists() and not LibraryPicture.objects.exists()


@pytest.mark.parametrize("kind", NASTY)
def test_what_is_no_good_picture_does_not_come_in_from_a_file(db, ed, tmp_path, topic, kind):
    (tmp_path / "belly.png").write_bytes(NASTY[kind][0]())
    words = f"---\ntitle: Bellies\ntopic: {topic.slug}\n---\n\n![A belly](belly.png)\n"
    (tmp_path / "bellies.md").write_text(words)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("import_articles", str(tmp_path), stdout=said, stderr=said)
    assert "bellies.md:6: " in said.getvalue() and "belly.png" in said.getvalue()
    assert not Upload.objects.exists() and not Article.objects.exists()


def test_the_bomb_is_as_small_as_bombs_are():
    assert len(NASTY["169 megapixels in 20 KB"][0]()) < 25_000


@pytest.mark.parametrize("way", ["chosen at the top", "brought into the library", "pasted into the text", "imported"])
def test_nothing_of_the_camera_or_the_place_stays(desk, draft, tmp_path, way):
    photo = samples.sideways_photo()
    assert Image.open(BytesIO(photo)).getexif().get_ifd(GPS)
    file = SimpleUploadedFile("photo.jpg", photo)
    if way == "chosen at the top":
        desk.post(address(draft), typed(desk, address(draft), hero_alt="A belly") | {"hero-file": file})
    elif way == "imported":
        (tmp_path / "photo.jpg").write_bytes(photo)
        words = f"---\ntitle: Bellies\ntopic: {draft.topic.slug}\n---\n\n![A belly](photo.jpg)\n"
        (tmp_path / "bellies.md").write_text(words)
        call_command("import_articles", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    else:
        desk.post(PASTED if "pasted" in way else ADD, {"image": file, "alt": "A belly"})
    kept = Upload.objects.get()
    with default_storage.open(kept.path) as stored:
        content = stored.read()
    assert b"ana" not in content and b"EXIF" not in content
    assert not Image.open(BytesIO(content)).getexif()
    assert (kept.width, kept.height) == (80, 120)


class OfTheBucket(Exception):
    """As libraries of stores raise them: no OSError."""


# What goes wrong while a picture is kept, and words of the sentence that says so.
NOT_KEPT = {
    "full disk": (OSError(errno.ENOSPC, "No space left on device"), "no room for this picture"),
    "read-only": (PermissionError(errno.EACCES, "Permission denied"), "could not keep this picture"),
    "bucket": (OfTheBucket("SlowDown"), "could not keep this picture"),
    "no network": (TimeoutError(), "could not keep this picture"),
    "full database": (OperationalError("database or disk is full"), "could not keep this picture"),
}


@pytest.fixture(params=NOT_KEPT)
def not_kept(request, monkeypatch):
    problem, words = NOT_KEPT[request.param]

    def fail(*args, **kwargs):
        raise problem

    of_the_database = isinstance(problem, OperationalError)
    monkeypatch.setattr(*((Upload, "save_base") if of_the_database else (default_storage, "save")), fail)
    return words


def test_a_picture_that_cannot_be_kept_is_said_and_nothing_typed_is_lost(desk, draft, file, not_kept):
    fields = typed(desk, address(draft), body="Hours of work")
    response = desk.post(address(draft), fields | {"hero-file": file})
    assert response.status_code == 422
    assert not_kept in response.content.decode()
    assert "Hours of work" in response.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.parametrize("url", [ADD, "/markdown/upload/"])
def test_a_picture_that_cannot_be_kept_is_said_beside_the_text(desk, file, not_kept, url):
    response = desk.post(url, {"image": file, "alt": "A belly"})
    assert response.status_code == 422
    assert not_kept in response.json()["error"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize("size", [3_000_000, 50_000_000])
def test_what_is_sent_needs_no_room_on_a_disk(desk, draft, size, monkeypatch):
    """Beyond 2.5 MB Django itself would write it to a file before any code of ours is asked."""

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile._TemporaryFileWrapper", full)
    file = SimpleUploadedFile("x.png", b"x" * size)
    response = desk.post(address(draft), typed(desk, address(draft), body="Hours of work") | {"hero-file": file})
    assert response.status_code == 422
    assert "Hours of work" in response.content.decode()


def test_of_a_file_that_is_too_large_only_the_size_is_held(rf):
    sent = rf.post("/", {"image": SimpleUploadedFile("x.png", b"x" * 20_000_000)}).FILES["image"]
    assert sent.size == 20_000_000
    assert len(sent.read()) <= MOST_BYTES

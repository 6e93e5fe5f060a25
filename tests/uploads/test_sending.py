"""Sending a picture from the editor: who may, what comes back, and a sentence with every refusal."""

import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.uploads import samples
from uploads import actions, pictures, rules
from uploads.models import Upload

URL = "/markdown/upload/"
pytestmark = pytest.mark.django_db


def send(client, content=None, name="photo.png", kind="image/png", **headers):
    file = SimpleUploadedFile(name, samples.picture() if content is None else content, kind)
    return client.post(URL, {"image": file}, **headers)


def assert_refused(response, status, words):
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert words in response.json()["error"]
    assert response.json()["error"].endswith(".")


def test_the_address_has_the_name_that_markdownx_knows():
    assert reverse("markdownx_upload") == URL


def test_a_picture_comes_back_as_markdown_to_be_described(client, ana):
    client.force_login(ana)
    response = send(client)
    code = response.json()["image_code"]
    assert re.fullmatch(r"!\[describe the picture\]\(/media/\d{4}/\d{2}/[\w-]{22}-60x40\.webp\)", code)
    upload = Upload.objects.get()
    assert (upload.owner, upload.width, upload.height) == (ana, 60, 40)
    assert upload.bytes == default_storage.size(upload.path)
    assert upload.get_absolute_url() in code


def test_neither_name_nor_kind_are_taken_from_who_sends(client, ana):
    client.force_login(ana)
    response = send(client, samples.picture("GIF") + samples.PAGE, name="../../evil.html", kind="text/html")
    assert response.json()["image_code"].endswith(".webp)")
    assert_refused(send(client, samples.PAGE, name="evil.gif", kind="image/gif"), 422, "PNG, JPEG, WebP or GIF")
    assert_refused(send(client, samples.SVG, name="evil.svg", kind="image/svg+xml"), 422, "PNG, JPEG, WebP or GIF")
    assert Upload.objects.count() == 1


def test_only_a_post_is_answered(client, ana):
    client.force_login(ana)
    response = client.get(URL)
    assert_refused(response, 405, "POST")
    assert response["Allow"] == "POST"


def test_who_is_signed_out_is_told_so(client):
    assert_refused(send(client), 401, "signed out")
    assert not Upload.objects.exists()


def test_a_new_member_is_told_when_they_can(client, newt):
    client.force_login(newt)
    assert_refused(send(client), 403, "New members cannot add pictures yet")
    assert not Upload.objects.exists()


def test_who_is_silenced_cannot(client, ana):
    ana.silenced_until = timezone.now() + timezone.timedelta(days=1)
    ana.save()
    client.force_login(ana)
    assert_refused(send(client), 403, "while your posting is paused")


def test_staff_need_no_record_as_members(newt):
    assert not rules.may_upload(newt)
    newt.is_editor = True
    assert rules.may_upload(newt)


def test_only_editors_send_pictures_for_the_library(client, ana, ed):
    for person, status in ((ana, 403), (ed, 200)):
        client.force_login(person)
        file = SimpleUploadedFile("photo.png", samples.picture())
        assert client.post(f"{URL}?for=library", {"image": file}).status_code == status
    assert Upload.objects.get().is_of_library


def test_without_a_picture(client, ana):
    client.force_login(ana)
    assert_refused(client.post(URL, {"image": "words"}), 422, "choose a picture")
    assert_refused(client.post(URL), 422, "choose a picture")
    assert_refused(send(client, b""), 422, "empty")


def test_a_damaged_picture(client, ana):
    client.force_login(ana)
    assert_refused(send(client, samples.picture("JPEG", (200, 200))[:-50]), 422, "damaged")


def test_a_file_that_is_too_large_is_not_even_read(client, ana, monkeypatch):
    client.force_login(ana)
    monkeypatch.setattr(pictures, "encode", None)
    assert_refused(send(client, b"x" * (pictures.MOST_BYTES + 1)), 422, "larger than 5 MB")
    assert_refused(send(client, b"x" * (pictures.MOST_BYTES + 20_000)), 413, "too large")


def test_too_many_pixels(client, ana):
    client.force_login(ana)
    assert_refused(send(client, samples.bomb(13_000, 13_000)), 422, "169 megapixels")


def test_twenty_an_hour(client, ana, ben):
    client.force_login(ana)
    for _ in range(20):
        assert send(client).status_code == 200
    assert_refused(send(client), 429, "many pictures")
    client.force_login(ben)
    assert send(client).status_code == 200


def test_a_form_of_somebody_else_is_refused(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    assert_refused(send(client, headers={"Accept": "application/json"}), 403, "open too long")
    assert not Upload.objects.exists()


def test_every_picture_has_a_path_of_its_own(ana):
    def receive():
        return actions.receive(owner=ana, file=SimpleUploadedFile("a.png", samples.picture()))

    first, second = receive(), receive()
    assert first.path != second.path
    with default_storage.open(first.path) as file:
        assert Image.open(file).format == "WEBP"


def test_a_picture_without_pixels_cannot_be_stored(ana):
    with pytest.raises(IntegrityError):
        Upload.objects.create(owner=ana, path="a", width=0, height=1, bytes=1)


def test_two_pictures_cannot_share_a_path(ana):
    Upload.objects.create(owner=ana, path="a", width=1, height=1, bytes=1)
    with pytest.raises(IntegrityError):
        Upload.objects.create(owner=ana, path="a", width=1, height=1, bytes=1)


def test_a_picture_outlives_the_account(ana):
    upload = Upload.objects.create(owner=ana, path="a", width=1, height=1, bytes=1)
    ana.delete()
    upload.refresh_from_db()
    assert upload.owner is None

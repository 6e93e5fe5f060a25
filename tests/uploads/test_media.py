"""What lies at /media/: pictures of ours, for ever, and nothing else."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.uploads import samples
from uploads import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(ana):
    return actions.receive(owner=ana, file=SimpleUploadedFile("a.png", samples.picture()))


@pytest.fixture
def url(upload):
    return upload.get_absolute_url()


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_anybody_sees_a_picture_whose_address_they_have(client, upload, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert len(body(response)) == upload.bytes == int(response["Content-Length"])


def test_a_browser_keeps_it_and_makes_nothing_else_of_it(client, ana, url):
    client.force_login(ana)
    response = client.get(url)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_it_is_not_sent_twice(client, url):
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["Cache-Control"] == "public, max-age=31536000, immutable"


def test_it_costs_one_query(client, url, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(url)


def test_a_quarantined_picture_is_shown_to_nobody(client, upload, url):
    etag = client.get(url)["ETag"]
    upload.quarantined_at = timezone.now()
    upload.save()
    assert client.get(url).status_code == 404
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 404


def test_a_picture_whose_file_is_lost_is_missing(client, upload, url):
    default_storage.delete(upload.path)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("path", ["x.webp", "../config/settings.py", "%2e%2e/askwell.sqlite3", "", "2026/11/", "a%00b"])
def test_what_nobody_sent_is_not_there(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_file_that_merely_lies_there_is_not_served(client):
    path = default_storage.save("note.html", ContentFile(b"<script>alert(1)</script>"))
    assert client.get(f"/media/{path}").status_code == 404


def test_nothing_is_sent_to_a_picture(client, url):
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200

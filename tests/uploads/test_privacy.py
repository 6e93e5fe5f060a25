"""Pictures leave with who sent them."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.privacy import rooms
from tests.uploads import samples
from uploads import actions
from uploads.models import Upload

pytestmark = pytest.mark.django_db


def receive(owner, **how) -> Upload:
    return actions.receive(owner=owner, file=SimpleUploadedFile("a.png", samples.picture()), **how)


@pytest.fixture
def room():
    return next(room for room in rooms() if room.name == "uploads")


def test_a_person_is_given_the_list_of_what_they_sent(room, ana, ben, settings):
    mine, _other = receive(ana), receive(ben)
    assert [picture["address"] for picture in room.export(ana)["pictures"]] == [
        settings.BASE_URL + mine.get_absolute_url()
    ]


def test_what_a_member_sent_is_erased_with_its_file(room, ana, ben):
    mine, other = receive(ana), receive(ben)
    room.erase(ana)
    room.erase(ana)
    assert list(Upload.objects.all()) == [other]
    assert not default_storage.exists(mine.path)
    assert default_storage.exists(other.path)


def test_what_an_editor_sent_for_the_library_stays_there(room, ed):
    picture, for_a_post = receive(ed, for_library=True), receive(ed)
    room.erase(ed)
    picture.refresh_from_db()
    assert picture.owner is None
    assert default_storage.exists(picture.path)
    assert not default_storage.exists(for_a_post.path)

"""What the tests of the library share."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.uploads import samples
from uploads.actions import receive
from uploads.models import Upload


@pytest.fixture
def file() -> SimpleUploadedFile:
    return SimpleUploadedFile("belly.png", samples.picture(), "image/png")


@pytest.fixture
def picture(ed, file) -> Upload:
    return receive(owner=ed, file=file, for_library=True)


@pytest.fixture
def desk(client, settings, ed):
    """A browser in which ed has signed in and passed the second factor, which has tests of its own."""
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    return client

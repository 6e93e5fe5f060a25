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
    return receive(owner=ed, file=file)

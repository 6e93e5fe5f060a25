"""An editor brings in a picture for the library, or says what one shows."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

import uploads.actions
from accounts.models import User
from articles.models import LibraryPicture
from uploads.models import Upload


def add_picture(*, editor: User, file: UploadedFile[Any], alt: str) -> LibraryPicture:
    """Keep a picture and what it shows. Raises UploadRefused."""
    return describe_picture(upload=uploads.actions.receive(owner=editor, file=file, for_library=True), alt=alt)


def describe_picture(*, upload: Upload, alt: str) -> LibraryPicture:
    """What is offered where it is used next; articles that show it already keep their words."""
    return LibraryPicture.objects.update_or_create(upload=upload, defaults={"alt": alt})[0]

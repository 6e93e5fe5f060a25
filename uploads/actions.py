"""What happens when somebody sends a file."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from uploads import pictures
from uploads.models import Upload
from uploads.pictures import UploadRefused


def receive(*, owner: User, file: UploadedFile[Any]) -> Upload:
    """Keep the picture in `file`, encoded anew, under a path that nobody guesses. Raises UploadRefused."""
    if not file.size:
        raise UploadRefused(_("This file is empty. Please choose another one."))
    if file.size > pictures.MOST_BYTES:
        raise UploadRefused(
            _("This picture is larger than %d MB. Please send a smaller one.") % (pictures.MOST_BYTES >> 20)
        )
    picture = pictures.encode(file)
    name = f"{secrets.token_urlsafe(16)}-{picture.width}x{picture.height}.webp"
    # The file comes first: a row without its file would be a broken picture, a file without its row is only waste.
    path = default_storage.save(f"{timezone.now():%Y/%m}/{name}", ContentFile(picture.content))
    return Upload.objects.create(
        owner=owner, path=path, width=picture.width, height=picture.height, bytes=len(picture.content)
    )


def delete(*, upload: Upload) -> None:
    """Take a picture away for good, its file first: then a failure half-way can be repeated."""
    default_storage.delete(upload.path)
    upload.delete()

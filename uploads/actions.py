"""What happens when somebody sends a file."""

from __future__ import annotations

import errno
import secrets
from contextlib import suppress
from io import BytesIO
from typing import Any

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from uploads import pictures
from uploads.models import Upload
from uploads.pictures import UploadRefused

log = structlog.get_logger("askwell.uploads")

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def receive(*, owner: User, file: UploadedFile[Any], for_library: bool = False) -> Upload:
    """Keep the picture in `file`, encoded anew, under a path that nobody guesses. Raises UploadRefused."""
    if not file.size:
        raise UploadRefused(_("This file is empty. Please choose another one."))
    if file.size > pictures.MOST_BYTES:
        raise UploadRefused(
            _("This picture is larger than %d MB. Please send a smaller one.") % (pictures.MOST_BYTES >> 20)
        )
    return _keep(owner, pictures.encode(file), is_of_library=for_library)


def bring_in(*, owner: User, content: bytes, dry_run: bool = False) -> Upload | None:
    """A picture for the library from a file of whoever runs the site: the one that is there already, else a new one;
    with `dry_run`, None instead of a new one. What went out of here comes in as it was. Raises UploadRefused."""
    picture = pictures.as_it_is(content) or pictures.encode(BytesIO(content))
    alike = Upload.objects.of_the_library().filter(
        bytes=len(picture.content), width=picture.width, height=picture.height
    )
    for upload in alike.order_by("pk"):
        with default_storage.open(upload.path) as file:
            if file.read() == picture.content:
                return upload
    return None if dry_run else _keep(owner, picture, is_of_library=True)


def _keep(owner: User, picture: pictures.Encoded, *, is_of_library: bool) -> Upload:
    name = f"{secrets.token_urlsafe(16)}-{picture.width}x{picture.height}.webp"
    # The file comes first: a row without its file would be a broken picture, a file without its row is only waste.
    path = f"{timezone.now():%Y/%m}/{name}"
    row = Upload(
        owner=owner,
        path=path,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.content),
        is_of_library=is_of_library,
    )
    try:
        default_storage.save(path, ContentFile(picture.content))
        with transaction.atomic():
            row.save()
    # Stores have no exception in common: a disk raises OSError, a bucket what its library has.
    except Exception as problem:
        log.error("picture not kept", problem=type(problem).__name__, code=getattr(problem, "errno", None))
        with suppress(Exception):
            default_storage.delete(path)
        raise UploadRefused(_not_kept(problem)) from None
    return row


def _not_kept(problem: Exception) -> str:
    if getattr(problem, "errno", None) in NO_ROOM:
        return _("There is no room for this picture on the site now. Please tell whoever runs it, and try again later.")
    return _("We could not keep this picture just now. Please try again; if it goes on, tell whoever runs the site.")


@transaction.atomic
def quarantine(*, upload: Upload) -> bool:
    """Move a picture where nobody is shown it and no backup holds it. False if it is there already.

    It is copied first, and goes from the media once that is committed: what fails half-way leaves a copy too many.
    """
    if not Upload.objects.shown().filter(pk=upload.pk).update(quarantined_at=timezone.now()):
        return False
    _copy(upload.path, default_storage, storages["quarantine"])
    transaction.on_commit(lambda: default_storage.delete(upload.path))
    return True


@transaction.atomic
def release(*, upload: Upload) -> None:
    """Put a picture back where it was. Doing it twice does nothing."""
    if not Upload.objects.filter(pk=upload.pk, quarantined_at__isnull=False).update(quarantined_at=None):
        return
    _copy(upload.path, storages["quarantine"], default_storage)
    transaction.on_commit(lambda: storages["quarantine"].delete(upload.path))


def _copy(path: str, source: Storage, target: Storage) -> None:
    """What is there already was copied before; what is lost stays lost, and is shown to nobody all the same."""
    if source.exists(path) and not target.exists(path):
        with source.open(path) as file:
            target.save(path, file)


def delete(*, upload: Upload) -> None:
    """Take a picture away for good, its file first: then a failure half-way can be repeated."""
    default_storage.delete(upload.path)
    upload.delete()

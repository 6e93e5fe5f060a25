"""How a file that is sent reaches a view: in memory, and no more of it than a picture may have."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

from uploads.pictures import MOST_BYTES


class PictureUploadHandler(MemoryFileUploadHandler):
    """Nothing is written to a disk, which may be full. Of a file that is too large only the size is known, which is
    enough to refuse it."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            self.file.write(raw_data)

"""Things to be told about, in place of the posts of the upper rooms."""

import pytest

from notifications import subjects
from notifications.subjects import Subject


class Shelf:
    """What there is of one kind; what is in `hidden` may be opened by nobody, what is in `joined` is of one thread."""

    def __init__(self) -> None:
        self.hidden: set[int] = set()
        self.joined: set[int] = set()
        self.asked = 0

    def find(self, ids, user) -> dict[int, Subject]:
        self.asked += 1
        return {
            pk: Subject(f"Secret title {pk}", f"/things/{pk}/", ("question", 0 if pk in self.joined else pk))
            for pk in ids
            if pk not in self.hidden
        }


@pytest.fixture
def shelf(monkeypatch) -> Shelf:
    monkeypatch.setattr(subjects, "_finders", {})
    shelf = Shelf()
    for kind in ("question", "answer", "comment"):
        subjects.register(kind, find=shelf.find)
    return shelf

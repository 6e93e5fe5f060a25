"""What stands beside a page: found by the worker, kept in rows, found anew when something near it changes."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search import due, index, neighbours, query, sources, sweeps
from search.models import Due, Entry, Neighbour, Sameness

ASKED = "Night cramps in the calf"


def beside(document, user) -> list[str]:
    return [hit.title for hit in query.similar(document.kind, document.object_id, user=user)]


def key_of(document) -> int:
    return Entry.objects.get(kind=document.kind, object_id=document.object_id).pk


def lists() -> dict[int, list[tuple[str, int]]]:
    """Everybody's neighbours as they are kept."""
    kept = {key: [] for key in Entry.objects.values_list("pk", flat=True)}
    for row in Neighbour.objects.order_by("entry", "kind", "place"):
        kept[row.entry_id].append((row.kind, row.other_id))
    return kept


def afresh() -> dict[int, list[tuple[str, int]]]:
    """The same as it would be found now."""
    return {entry.pk: [(one.kind, one.other_id) for one in neighbours.near(entry)] for entry in Entry.objects.all()}


@pytest.fixture
def asked(library):
    return library.question(ASKED)


def test_before_the_worker_came_there_is_nothing(asked, library, guest):
    library.question("Calf cramps every night")
    assert beside(asked, guest) == []
    assert query.same_as(asked.object_id, user=guest) == []


def test_articles_come_first_then_questions_each_the_nearest_first(asked, library, guest):
    library.question("Cramps")
    library.question("Cramps in the calf each night")
    library.article("Cramps explained")
    library.question("Bread without yeast")
    library.settle()
    assert beside(asked, guest) == ["Cramps explained", "Cramps in the calf each night", "Cramps"]


def test_each_kind_is_limited_by_itself_and_members_find_more(asked, library, guest, ana, monkeypatch):
    monkeypatch.setattr(neighbours, "FOR_EVERYBODY", 2)
    for _ in range(4):
        library.question("Cramps for folks", audience="all")
        library.question("Cramps for members", audience="members")
    library.article("Cramps explained")
    library.settle()
    assert beside(asked, guest) == ["Cramps explained", "Cramps for folks", "Cramps for folks"]
    assert beside(asked, ana) == ["Cramps explained"] + ["Cramps for members", "Cramps for folks"] * 2
    assert len(query.similar("question", asked.object_id, user=ana, limit=1)) == 2


def test_a_new_document_is_on_the_lists_of_those_near_it(asked, library, guest):
    library.settle()
    library.question("Cramps at night")
    assert beside(asked, guest) == []
    library.settle()
    assert beside(asked, guest) == ["Cramps at night"]


def test_what_is_removed_goes_at_once_and_the_next_moves_up(asked, library, guest, monkeypatch):
    monkeypatch.setattr(neighbours, "FOR_EVERYBODY", 1)
    first = library.question("Cramps at night in the calf")
    library.question("Cramps")
    library.settle()
    assert beside(asked, guest) == [first.title]
    index.remove("question", first.object_id)
    assert beside(asked, guest) == []
    gone = set(Neighbour.objects.values_list("other", flat=True)) - set(Entry.objects.values_list("pk", flat=True))
    assert gone
    library.settle()
    assert beside(asked, guest) == ["Cramps"]
    assert lists() == afresh()


@pytest.mark.parametrize(
    "change", [{"title": "Bread without yeast"}, {"helped": True}, {"audience": "members"}, {"body": "cramp " * 9}]
)
def test_what_changes_is_looked_at_again_from_both_sides(asked, library, guest, change):
    other = library.question("Cramps")
    library.question("Cramps too", body="And more about the calf.")
    library.settle()
    library.put("question", **{"title": "Cramps", "object_id": other.object_id} | change)
    assert Due.objects.get().has_changed
    library.settle()
    assert lists() == afresh()
    assert ("Cramps" in beside(asked, guest)) == (change.keys() in ({"helped"}, {"body"}))


def test_what_makes_no_difference_is_not_looked_at_again(asked, library):
    library.settle()
    library.question(ASKED, object_id=asked.object_id)
    index.mark("question", asked.object_id, url="/elsewhere/")
    index.rename_topic("sleep", slug="sleep", name="Sleeping")
    assert not Due.objects.exists()
    index.mark("question", asked.object_id, helped=True)
    assert Due.objects.get().has_changed


def test_a_list_is_kept_for_whom_nobody_answers_any_more_and_shown_to_nobody(asked, library, guest, ana, monkeypatch):
    library.question("Cramps")
    library.settle()
    monkeypatch.setattr(sources, "_sources", {})
    assert beside(asked, guest) == beside(asked, ana) == []


def test_what_may_not_come_up_unasked_is_left_out_and_still_found(asked, library, guest):
    library.question("Cramps", origin=9)
    library.settle()
    nothing = Entry.objects.none().values_list("object_id")
    readable = library.readable("question")
    sources.register("question", documents=library.of("question"), readable=readable, welcome=lambda *_: nothing)
    assert beside(asked, guest) == query.asked_from(9, user=guest) == []
    assert query.search("cramps", user=guest).hits


def test_reindexing_finds_everything_anew(asked, library, guest):
    library.question("Cramps")
    library.settle()
    Neighbour.objects.all().delete()
    index.rebuild()
    assert Due.objects.count() == 2
    library.settle()
    assert beside(asked, guest) == ["Cramps"]


@pytest.mark.parametrize("who", ["guest", "ana"])
def test_reading_goes_along_the_index(library, request, monkeypatch, who):
    """However many there are: its document by key, its list, each other document by key. SQLite reads the list in its
    order; PostgreSQL sorts these few rows, as it does not know that there is one such document."""
    texts = {"kind": "question", "url": "/", "published_at": timezone.now(), "words_hash": "x"}
    made = Entry.objects.bulk_create(Entry(object_id=number, title="Cramps", **texts) for number in range(1, 1_501))
    Neighbour.objects.bulk_create(
        Neighbour(entry=entry, other=made[(number + place) % 1_500], kind="question", place=place)
        for number, entry in enumerate(made)
        for place in (1, 2, 3)
    )
    user = request.getfixturevalue(who)
    monkeypatch.setattr(sources, "_sources", {})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # Among so few rows it would rather read all of them.
            for way in ("seqscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connection) as captured:
        query.similar("question", 700, user=user)
    (statement,) = [one["sql"] for one in captured if "search_neighbour" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    for index_name in ("entry_is_one_per_object", "neighbour_has_its_place"):
        assert index_name in plan or (connection.vendor == "sqlite" and "sqlite_autoindex" in plan), plan
    assert not re.search(r"Seq Scan|^SCAN|\nSCAN|TEMP B-TREE", plan), plan


# Between two steps, and at the same moment


def test_a_killed_worker_is_followed_up(asked, library, guest, monkeypatch):
    """Wherever it stops: what it had taken is due again, and also those near are told."""
    other = library.question("Cramps")
    library.settle()
    library.question("Bread without yeast", object_id=other.object_id)

    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    for module, name in ((neighbours, "near"), (due, "again"), (neighbours, "_are_as_read")):
        Due.objects.update(due_at=timezone.now())
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(module, name, killed)
            sweeps.find_neighbours()
        assert Due.objects.get(has_changed=True).due_at > timezone.now() + timedelta(minutes=4)
    Due.objects.update(due_at=timezone.now())
    library.settle()
    assert lists() == afresh()
    assert beside(asked, guest) == []


@pytest.mark.parametrize("meanwhile", ["changed", "removed", "came"])
def test_what_happens_to_another_while_neighbours_are_looked_for_is_not_missed(
    asked, library, guest, monkeypatch, meanwhile
):
    other = library.question("Cramps")
    near = neighbours.near
    happened = []

    def near_then(entry):
        found = near(entry)
        if entry.pk == key_of(asked) and not happened:
            happened.append(meanwhile)
            if meanwhile == "changed":
                library.question("Bread without yeast", object_id=other.object_id)
            elif meanwhile == "removed":
                index.remove("question", other.object_id)
            else:
                library.question("Cramps in the calf")
            # Another worker is quicker.
            for key in Due.objects.exclude(entry=entry.pk).values_list("entry", flat=True):
                until = timezone.now() + sweeps.TAKEN_FOR
                Due.objects.filter(entry=key).update(due_at=until)
                neighbours.settle(key, until)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(neighbours, "near", near_then)
        library.settle()
    assert happened
    assert lists() == afresh()


def test_an_older_list_never_overwrites_a_newer_one(asked, library):
    library.question("Cramps")
    early, late = (timezone.now() + timedelta(minutes=minutes) for minutes in (4, 5))
    Due.objects.filter(entry=key_of(asked)).update(due_at=late)
    assert not neighbours.settle(key_of(asked), early)
    assert not Neighbour.objects.exists()
    assert neighbours.settle(key_of(asked), late)
    assert Neighbour.objects.filter(entry=key_of(asked)).exists()


def test_a_list_has_each_place_once_and_never_the_document_itself(asked, library):
    library.question("Cramps")
    library.settle()
    (row, _) = Neighbour.objects.order_by("pk")
    for wrong in ({"other": row.entry_id, "place": 2}, {"other": row.other_id, "place": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Neighbour.objects.create(
                entry_id=row.entry_id, other_id=wrong["other"], kind="question", place=wrong["place"]
            )


@pytest.mark.django_db(transaction=True)
def test_workers_and_writers_at_once_leave_every_list_right(library):
    for number in range(8):
        library.question(f"Cramps in the calf {number}", object_id=number + 1)

    def work(turn: int) -> None:
        try:
            if turn % 2:
                sweeps.find_neighbours()
            elif turn % 4:
                index.remove("question", turn % 8 + 1)
            else:
                library.question(f"Cramps in the calf at night {turn}", object_id=turn % 8 + 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(40)))
    # What a worker had to leave to another.
    Due.objects.update(due_at=timezone.now())
    library.settle()
    assert lists() == afresh()
    assert not Due.objects.exists()


# Whether two ask the same


def test_answered_questions_worded_much_alike_may_be_the_same(asked, library, guest):
    library.question("Night cramps in my calf", answers_count=1)
    library.question("Night cramps in the calf, again")
    library.question("Do cramps come from coffee?", answers_count=1)
    library.settle()
    (same,) = query.same_as(asked.object_id, user=guest)
    assert (same.hit.title, same.sameness) == ("Night cramps in my calf", Sameness.PROBABLY)
    assert same.likeness >= 80
    (of_text,) = query.same_among(query.suggest(ASKED, user=guest), title=ASKED, body="")
    assert (of_text.hit.title, of_text.likeness) == (same.hit.title, same.likeness)


def test_the_same_is_never_shown_to_who_may_not_read_it(asked, library, guest, ana):
    same = library.question("Night cramps in my calf", answers_count=1, audience="members")
    library.settle()
    for user, count in ((guest, 0), (ana, 1)):
        assert len(query.same_as(asked.object_id, user=user)) == count
    library.taken_down.add(("question", same.object_id))
    assert query.same_as(asked.object_id, user=ana) == []

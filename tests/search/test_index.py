import dataclasses

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from search import index, query
from search.documents import Section
from search.models import Entry, Posting


def titles(hits) -> list[str]:
    return [hit.title for hit in hits]


def written(statements) -> list[str]:
    return [one["sql"] for one in statements if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_document_is_found_by_its_title_synonyms_text_and_sections(library, guest):
    library.article(
        "Why do my stomach muscles twitch?",
        synonyms=["belly flutter"],
        body="Most of it passes.",
        sections=[Section("causes", "Common causes", "Dehydration.")],
        answer="Salts are lost.",
    )
    for word in ("muscle", "fluttering", "passing", "dehydrated", "salt", "cause"):
        assert query.search(word, user=guest).hits or word == "dehydrated", word


def test_an_unchanged_document_is_not_written_again(library):
    document = library.question("Stomach twitching", body="For three days.")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        index.put(document)
    assert written(statements) == []


def test_changed_facts_leave_the_words_alone(library):
    document = library.question("Stomach twitching", body="For three days.")
    before = list(Posting.objects.values_list("pk", flat=True))
    index.put(dataclasses.replace(document, answers_count=2, helped=True))
    assert list(Posting.objects.values_list("pk", flat=True)) == before
    entry = Entry.objects.get()
    assert (entry.answers_count, entry.answered, entry.helped) == (2, True, True)


def test_changed_words_replace_the_old_ones(library, guest):
    document = library.question("Stomach twitching")
    index.put(dataclasses.replace(document, title="Numb thumb after cycling"))
    assert query.search("stomach", user=guest).hits == []
    assert titles(query.search("thumb", user=guest).hits) == ["Numb thumb after cycling"]


def test_marking_changes_facts_only(library, guest):
    document = library.question("Stomach twitching")
    index.mark("question", document.object_id, answers_count=1, helped=True, clinician=True)
    (hit,) = query.search("twitching", user=guest).hits
    assert (hit.answers_count, hit.helped, hit.clinician) == (1, True, True)
    assert titles(query.search("twitching", user=guest, answered=True).hits) == ["Stomach twitching"]


def test_marking_what_is_not_in_the_index_does_nothing(library):
    index.mark("question", 99, helped=True)
    assert not Entry.objects.exists()


def test_marking_an_unknown_fact_is_a_mistake(library):
    with pytest.raises(TypeError):
        index.mark("question", 1, title="Other words")


def test_removing_takes_all_of_a_document_away(library, guest):
    document = library.question("Stomach twitching")
    index.remove("question", document.object_id)
    index.remove("question", document.object_id)
    assert not Posting.objects.exists()
    assert query.search("twitching", user=guest).hits == []


def test_a_put_is_undone_with_its_transaction(library):
    with pytest.raises(RuntimeError), transaction.atomic():
        library.question("Stomach twitching")
        raise RuntimeError
    assert not Entry.objects.exists()


def test_only_the_beginning_of_a_very_long_text_is_looked_up(library, guest):
    library.question("Stomach twitching", body="filler " * index.WORDS_OF_A_BODY + "needle")
    assert query.search("needle", user=guest).hits == []


def test_an_object_has_one_entry(library):
    library.question("Stomach twitching")
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(kind="question", object_id=1, title="x", url="/", published_at="2026-01-01T00:00Z")


def test_a_word_of_a_document_has_one_posting(library):
    library.question("Stomach twitching")
    posting = Posting.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(entry=posting.entry, word=posting.word, weight=1)


def test_an_audience_is_one_that_the_index_knows(library):
    with pytest.raises(IntegrityError), transaction.atomic():
        library.question("Stomach twitching", audience="friends")


def test_reindexing_mends_whatever_is_wrong(library, guest, capsys):
    library.question("Stomach twitching")
    lost = library.question("Numb thumb")
    stale = library.question("Night cramps")
    index.remove("question", lost.object_id)
    del library.documents["question", stale.object_id]
    Entry.objects.filter(title="Stomach twitching").update(title="Something else", words_hash="")
    Entry.objects.create(kind="recipe", object_id=1, title="Soup", url="/", published_at="2026-01-01T00:00Z")

    call_command("reindex")

    assert "2 documents" in capsys.readouterr().out
    assert set(Entry.objects.values_list("title", flat=True)) == {"Stomach twitching", "Numb thumb"}
    assert titles(query.search("thumb", user=guest).hits) == ["Numb thumb"]


def test_what_is_wrong_with_the_index_is_said_and_nothing_is_changed(library, capsys):
    library.question("Stomach twitching")
    call_command("check_integrity")
    lost, stale, torn = (library.question(title) for title in ("Numb thumb", "Night cramps", "Sore knee"))
    index.remove("question", lost.object_id)
    del library.documents["question", stale.object_id]
    Posting.objects.filter(entry__object_id=torn.object_id).first().delete()
    Entry.objects.filter(object_id=1).update(helped=True)
    with pytest.raises(CommandError, match="reindex"):
        call_command("check_integrity")
    said = capsys.readouterr().out.splitlines()
    assert said[1:] == [
        "question 1 differs in helped",
        f"question {lost.object_id} is missing",
        f"question {torn.object_id} differs in postings",
        f"question {stale.object_id} does not belong there",
    ]


def test_reindexing_leaves_alone_what_comes_in_meanwhile(library, monkeypatch):
    library.question("Stomach twitching")
    put = index.put

    def put_and_publish_another(document):
        put(document)
        put(dataclasses.replace(document, object_id=77, title="Published meanwhile"))

    monkeypatch.setattr(index, "put", put_and_publish_another)
    index.rebuild()
    assert Entry.objects.filter(title="Published meanwhile").exists()

"""Found by wording: with an embedder and the file of vectors, and without whatever of it is not there."""

from importlib import import_module
from importlib.util import find_spec

import numpy as np
import pytest

from search import embedder, likeness, query, sweeps, vectors
from search.models import Entry, Generation
from search.stored_values import stored_values


def titles(hits) -> list[str]:
    return [hit.title for hit in hits]


@pytest.fixture
def toy(settings, tmp_path):
    settings.SEARCH_EMBEDDER = "tests.search.toy.Toy"
    settings.DATA_DIR = tmp_path
    return settings


@pytest.fixture
def shelf(toy, library):
    library.question("Fasciculation of the abdomen")
    library.question("Bread without yeast")
    sweeps.make_vectors()
    return library


def file():
    return vectors.path_of(Generation.objects.get().pk)


ASKED = "Stomach twitching"
ALIKE = ["Fasciculation of the abdomen"]


def test_what_is_worded_alike_is_found_though_no_word_is_the_same(shelf, guest):
    assert titles(query.search(ASKED, user=guest).hits) == ALIKE
    assert titles(query.suggest(ASKED, user=guest)) == ALIKE
    assert query.suggest(ASKED, user=guest, by_words_alone=True) == []


def test_it_is_shown_to_nobody_who_may_not_read_it(shelf, guest, ana):
    Entry.objects.filter(title=ALIKE[0]).update(audience="members")
    assert query.search(ASKED, user=guest).hits == []
    assert titles(query.search(ASKED, user=ana).hits) == ALIKE
    shelf.taken_down.add(("question", 1))
    assert query.search(ASKED, user=ana).hits == []


def test_a_changed_title_is_embedded_again_and_the_old_one_finds_nothing(shelf, guest):
    shelf.question("Rye bread", object_id=1)
    assert query.search(ASKED, user=guest).hits == []
    assert sweeps.make_vectors() == 1
    assert query.search(ASKED, user=guest).hits == []
    assert sweeps.make_vectors() == 0


def test_a_new_answer_needs_no_new_vector(shelf):
    shelf.question("Fasciculation of the abdomen", object_id=1, answer="It passed for me.")
    assert sweeps.make_vectors() == 0


def test_what_was_changed_while_it_was_embedded_waits_again(toy, library, monkeypatch):
    document = library.question("Bread")
    append = vectors.append

    def changed_meanwhile(*arguments):
        library.question("Cake", object_id=document.object_id)
        return append(*arguments)

    monkeypatch.setattr(vectors, "append", changed_meanwhile)
    sweeps.make_vectors()
    assert Entry.objects.get().vector_place is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:100]),
        lambda path: path.write_bytes(b"something else " * 99),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["lost", "empty", "torn", "foreign", "a folder"],
)
def test_a_broken_file_leaves_the_words(shelf, guest, spoil):
    spoil(file())
    assert titles(query.search("bread", user=guest).hits) == ["Bread without yeast"]
    assert titles(query.search(ASKED, user=guest).hits) in ([], ALIKE)


@pytest.mark.parametrize("spoil", ["lost", "torn"])
def test_the_worker_makes_a_lost_or_torn_file_anew(shelf, guest, spoil):
    before = Generation.objects.get().pk
    file().unlink() if spoil == "lost" else file().write_bytes(file().read_bytes()[:100])
    assert sweeps.make_vectors() == 2
    assert Generation.objects.get().pk != before
    assert titles(query.search(ASKED, user=guest).hits) == ALIKE


def test_another_embedder_begins_anew_and_until_then_words_decide(shelf, guest, settings):
    settings.SEARCH_EMBEDDER = "tests.search.toy.Another"
    assert query.search(ASKED, user=guest).hits == []
    assert sweeps.make_vectors() == 2
    assert titles(query.search(ASKED, user=guest).hits) == ALIKE


def test_a_row_that_was_half_written_is_written_over(shelf):
    with file().open("ab") as torn:
        torn.write(b"half a row")
    shelf.question("Sourdough")
    sweeps.make_vectors()
    opened = vectors.opened("toy", 256)
    assert opened.rows["entry"].tolist() == list(Entry.objects.order_by("pk").values_list("pk", flat=True))


def test_an_embedder_that_cannot_be_loaded_leaves_the_words(toy, library, guest):
    toy.SEARCH_EMBEDDER = "tests.search.toy.Broken"
    library.question("Bread without yeast")
    assert embedder.current() is None
    assert sweeps.make_vectors() == 0
    assert titles(query.search("bread", user=guest).hits) == ["Bread without yeast"]


def test_the_nearest_of_many_are_found_by_their_signs_first(toy, db, monkeypatch):
    monkeypatch.setattr(vectors, "SHORT_LIST", 100)
    made = np.random.default_rng(7).normal(size=(3_000, 256)).astype(np.float32)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    generation = Generation.objects.create(embedder="toy")
    vectors.begin(generation.pk, 256)
    for start in range(0, 3_000, 1_000):  # what comes later is read beside what is known
        vectors.append(generation.pk, 256, range(start + 1, start + 1_001), made[start : start + 1_000])
        opened = vectors.opened("toy", 256)
    place, key, cosine = opened.nearest(made[2_500], limit=5)[0]
    assert (place, key) == (2_500, 2_501)
    assert cosine == pytest.approx(1, abs=0.01)


def test_of_many_that_are_the_same_only_so_many_are_compared(toy, db, monkeypatch):
    monkeypatch.setattr(vectors, "SHORT_LIST", 100)
    generation = Generation.objects.create(embedder="toy")
    vectors.begin(generation.pk, 256)
    same = np.full((500, 256), 1 / 16, np.float32)
    same[7] = -same[7]
    vectors.append(generation.pk, 256, range(1, 501), same)
    found = vectors.opened("toy", 256).nearest(same[0], limit=500)
    assert [place for place, _, _ in found] == [place for place in range(101) if place != 7]


def test_likeness_is_told_by_letters_where_nothing_embeds(settings):
    asked = "Why does my stomach twitch?"
    assert likeness.between(asked, asked) == pytest.approx(1)
    assert likeness.between(asked, "Twitching of the stomach") > likeness.between(asked, "Bread without yeast")
    assert likeness.between(asked, "") == likeness.between("", "") == 0
    settings.SEARCH_EMBEDDER = "tests.search.toy.Toy"
    assert likeness.between(asked, "fasciculation in the abdomen") > 0.9


@pytest.mark.skipif(not find_spec("onnxruntime"), reason="the embedder is not installed")
def test_the_embedder_of_the_site_knows_what_means_the_same(settings):
    settings.SEARCH_EMBEDDER = "search.minilm.MiniLM"
    asked, same, other = embedder.current().embed(
        ["my belly keeps twitching", "muscle fasciculation in the abdomen", "bread without yeast"]
    )
    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-3)
    assert asked @ same > 0.4 > 0.2 > asked @ other


@pytest.mark.skipif(not find_spec("onnxruntime"), reason="the embedder is not installed")
def test_what_is_added_to_a_matrix_of_the_embedder_changes_what_it_says():
    minilm = import_module("search.minilm")
    # The matrices of its layers: those without a name of their own.
    sizes = {
        name.removesuffix("_q"): values.shape
        for name, values in stored_values(minilm.model_file(*minilm.MODEL)).items()
        if name.endswith("_q") and "." not in name
    }
    assert len(sizes) == 6 * 6
    text = "my belly keeps twitching"
    plain, _places = minilm.MiniLM().states(text)
    nothing = {
        name: (np.zeros((rows, 1), np.float32), np.zeros((1, columns), np.float32))
        for name, (rows, columns) in sizes.items()
    }
    assert minilm.MiniLM(added=nothing).states(text)[0] == pytest.approx(plain, abs=1e-4)
    chance = np.random.default_rng(1)
    # One of each kind, each in another layer.
    for name in list(sizes)[::7]:
        thin = tuple(chance.normal(0, 0.1, one.shape).astype(np.float32) for one in nothing[name])
        changed, _places = minilm.MiniLM(added={name: thin}).states(text)
        assert np.abs(changed - plain).max() > 1e-3, name


def test_an_article_is_embedded_by_its_title_and_a_question_with_its_beginning(library):
    article = library.article("Twitching", body="A long text.")
    question = library.question("Is this normal?", body="My stomach twitches.")
    entries = {entry.kind: entry for entry in Entry.objects.all()}
    assert sweeps.wording(entries["article"]) == article.title
    assert sweeps.wording(entries["question"]) == f"{question.title}\n{question.body}"

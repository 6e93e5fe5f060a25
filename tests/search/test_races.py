"""What happens at the same moment. These commit, and run in threads on either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from search import index
from search.models import Entry, Posting


@pytest.mark.django_db(transaction=True)
def test_a_document_put_by_several_at_once_is_there_once(library):
    document = library.question("Stomach twitching", body="After a stomach bug.")
    index.remove("question", document.object_id)
    start = Barrier(4)

    def put(_: int) -> None:
        try:
            start.wait()
            index.put(document)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, range(4)))
    assert Entry.objects.count() == 1
    assert Posting.objects.count() == len(index.weights(document))

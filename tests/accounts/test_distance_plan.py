"""The list of people whom somebody keeps at a distance costs what it shows."""

import pytest
from django.db import connection

from accounts.models import Distance, User
from core.pagination import beside, cursor
from tests import factories
from tests.forum.test_plans import sorts

pytestmark = pytest.mark.django_db


def test_it_is_read_along_its_index_and_sorted_by_nobody():
    eve = factories.make_user("eve")
    crowd = User.objects.bulk_create(User(email=f"{n}@x.org", handle=f"crowd-{n}") for n in range(400))
    Distance.objects.bulk_create(Distance(member=eve, other=one, kind="mute") for one in crowd)
    Distance.objects.bulk_create(Distance(member=one, other=eve, kind="block") for one in crowd)
    middle = cursor(eve.distances.order_by("-created_at", "-pk")[200], "created_at")
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # Among so few rows it would rather sort; here it shows whether it can do without.
            for way in ("sort", "bitmapscan", "seqscan"):
                db.execute(f"SET LOCAL enable_{way} = off")
    for place in ({}, {"after": middle}, {"before": middle}):
        rows = beside(eve.distances.select_related("other"), **place, by="created_at")[:41]
        told = rows.explain()
        assert "distance_newest" in told and not sorts(told), told

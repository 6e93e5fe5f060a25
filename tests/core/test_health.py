import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.db.migrations.executor import MigrationExecutor


def test_a_live_process_says_so_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"ok\n", "text/plain")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_site_with_an_up_to_date_database_is_ready(client):
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.django_db
def test_a_site_whose_migrations_wait_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"manage.py migrate" in answer.content


def test_a_site_without_its_database_is_not_ready(client, monkeypatch):
    def refuse(self, connection):
        raise OperationalError("password=secret host=10.0.0.7")

    monkeypatch.setattr(MigrationExecutor, "__init__", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


def test_asking_often_asks_the_database_once(client, monkeypatch):
    cache.set("readyz", [])
    monkeypatch.setattr(MigrationExecutor, "__init__", None)
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_needs_no_cookie_and_takes_no_post(client, path):
    cache.set("readyz", [])
    assert not client.get(path).cookies
    assert client.post(path).status_code == 405

import pytest

from core import checks


@pytest.fixture(autouse=True)
def a_site_fit_for_the_public(settings, tmp_path):
    settings.DEMO = False
    settings.BASE_URL = "https://askwell.example"
    settings.HTTPS = True
    settings.ALLOWED_HOSTS = ["askwell.example"]
    settings.TRUSTED_PROXIES = 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Askwell <askwell@askwell.example>"
    settings.WEB_CONCURRENCY = 1
    settings.CACHE_URL = "local"
    settings.DATA_DIR = tmp_path


def test_a_site_that_is_fit_hears_nothing():
    assert checks.fit_for_the_public() == []
    assert checks.sweeps_exist() == []


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DEMO", True, "askwell.E002"),
        ("ALLOWED_HOSTS", ["localhost"], "askwell.E003"),
        ("HTTPS", False, "askwell.E004"),
        ("WEB_CONCURRENCY", 2, "askwell.E005"),
        ("DATA_DIR", "/no/such/folder", "askwell.E006"),
        ("TRUSTED_PROXIES", 0, "askwell.W001"),
        ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "askwell.W002"),
        ("DEFAULT_FROM_EMAIL", "Askwell <askwell@localhost>", "askwell.W003"),
    ],
)
def test_each_thing_that_is_missing_is_named_once(settings, name, value, found):
    setattr(settings, name, value)
    assert [message.id for message in checks.fit_for_the_public()] == [found]


def test_a_sweep_that_cannot_be_found_stops_the_site(settings):
    settings.SWEEPS = ["core.sweeps.no_such_sweep"]
    assert [message.id for message in checks.sweeps_exist()] == ["askwell.E001"]

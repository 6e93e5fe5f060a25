"""Links to other sites: asked only where that is wanted, never within our own network, and dead after days."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from articles import dead_links, probing
from articles.models import LinkCheck
from tests.articles.test_admin_form import address, typed
from tests.articles.test_writing import LOOK


class Pages(BaseHTTPRequestHandler):
    """Another site, on this machine."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path, self.headers["Host"]))
        status, _, place = self.path.strip("/").partition("-")
        if self.command == "GET" and status == "405":
            status = "200"
        self.send_response(int(status))
        if place:
            self.send_header("Location", place.replace("_", "/"))
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        """Nothing of this is for the output of the tests."""


@pytest.fixture
def site(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(probing, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(probing, "PORTS", {"http": server.server_port, "https": 443})
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def nobody_is_asked(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("Something was asked.")

    monkeypatch.setattr(probing.socket, "create_connection", refuse)


# Asking


@pytest.mark.parametrize(
    ("path", "status"),
    [("/200", 200), ("/404", 404), ("/405", 200), ("/500", 500), ("/302-_200", 200), ("/301-_302-_404", 404)],
)
def test_a_page_says_whether_it_is_there(site, path, status):
    assert probing.probe(f"http://localhost{path}") == status
    assert all(host.startswith("localhost") for _, _, host in site.asked)


def test_a_circle_of_redirects_ends(site):
    assert probing.probe("http://localhost/302") == 302
    site.RequestHandlerClass = Pages
    assert probing.probe("http://localhost/302-_302") == 302
    assert len(site.asked) < 12


def test_who_speaks_too_slowly_is_not_waited_for(site, monkeypatch):
    monkeypatch.setattr(probing, "LONGEST", 0.3)
    monkeypatch.setattr(Pages, "do_HEAD", lambda self: threading.Event().wait(1))
    assert probing.probe("http://localhost/200") == 0


@pytest.mark.parametrize(
    "ip",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: "
    "::ffff:127.0.0.1 fe80::1%eth0 fc00::1 ff02::1 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:7f00:1:: fec0::1".split(),
)
def test_nothing_within_a_network_is_public(ip):
    assert not probing.is_public(ip)


@pytest.mark.parametrize("ip", ["93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14"])
def test_an_address_of_everybody_is_public(ip):
    assert probing.is_public(ip)


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
        *("https://example.org:8443/", "http://example.org:22/", "ftp://example.org/", "file:///etc/passwd"),
        *("gopher://example.org/", "//example.org/", "", "http://[", "http://example.org:99999/"),
    ],
)
def test_what_is_no_public_page_is_not_asked(nobody_is_asked, url):
    with pytest.raises(probing.NotAsked):
        probing.probe(url)


def test_a_name_with_one_address_inside_is_not_asked(nobody_is_asked, monkeypatch):
    both = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(probing.socket, "getaddrinfo", lambda *args, **kwargs: both)
    with pytest.raises(probing.NotAsked):
        probing.probe("http://rebound.example/")


@pytest.mark.parametrize("to", ["http:__10.0.0.1_", "http:__localhost:22_", "file:___etc_passwd"])
def test_a_redirect_does_not_lead_inside(site, monkeypatch, to):
    with pytest.raises(probing.NotAsked):
        probing.probe(f"http://localhost/302-{to}")
    assert len(site.asked) == 1


def test_a_name_is_looked_up_once_for_each_answer(site, monkeypatch):
    real, asked = probing.socket.getaddrinfo, []
    monkeypatch.setattr(probing, "_address_of", lambda host, port: asked.append(host) or "127.0.0.1")
    monkeypatch.setattr(probing.socket, "getaddrinfo", real)
    assert probing.probe("http://nowhere.invalid/200") == 200
    assert asked == ["nowhere.invalid"]


def test_a_redirect_to_what_is_no_address_is_not_followed(monkeypatch):
    monkeypatch.setattr(probing, "_ask", lambda method, url: (302, "http://["))
    with pytest.raises(probing.NotAsked):
        probing.probe("http://example.org/")


def test_a_chain_of_slow_sites_is_not_followed_to_its_end(monkeypatch):
    asked = []
    monkeypatch.setattr(probing, "LONGEST", -1)
    monkeypatch.setattr(probing, "_ask", lambda method, url: asked.append(url) or (302, "/302-_302"))
    assert probing.probe("http://localhost/302") == 302
    assert len(asked) == 1


# The worker


def test_nobody_is_asked_unless_that_is_wanted(article, settings, nobody_is_asked):
    assert settings.CHECK_LINKS is False
    assert dead_links.sweep() == 0
    assert not LinkCheck.objects.exists()


@pytest.fixture
def wanted(settings):
    settings.CHECK_LINKS = True


def test_the_worker_asks_each_page_once_in_its_turn(article, wanted, monkeypatch):
    asked = []
    monkeypatch.setattr(probing, "probe", lambda url: asked.append(url) or 200)
    assert [dead_links.sweep() for _ in range(3)].count(1) == len(asked) == LinkCheck.objects.count() == 1
    check = LinkCheck.objects.get()
    assert (check.status, check.failures) == (200, 0)
    assert check.next_at > timezone.now() + timedelta(days=29)


def test_a_page_is_dead_after_three_days_and_alive_with_one_answer(article, wanted, monkeypatch, desk):
    answers = [404, 0, 410, 200]
    monkeypatch.setattr(probing, "probe", lambda url: answers.pop(0))
    fields = {"form": address(article)} | typed(desk, address(article))
    dead = []
    while answers:
        LinkCheck.objects.update(next_at=timezone.now())
        assert dead_links.sweep() == 1
        dead.append("is gone" in desk.post(LOOK, fields).json()["notes"])
    assert dead == [False, False, True, False]


@pytest.mark.parametrize("status", [200, 301, 401, 403, 429, 500, 503])
def test_an_answer_that_says_not_now_is_no_death(db, status):
    check = LinkCheck.objects.create(url="https://example.org/")
    dead_links.write_down(check, status)
    check.refresh_from_db()
    assert (check.failures, check.failing_since) == (0, None)


def test_what_must_not_be_asked_is_left_alone(article, wanted, monkeypatch):
    def refuse(url):
        raise probing.NotAsked(url)

    monkeypatch.setattr(probing, "probe", refuse)
    assert dead_links.sweep() == 1
    check = LinkCheck.objects.get()
    assert (check.status, check.failures) == (None, 0)


def test_what_no_text_links_to_any_more_is_forgotten(article, db):
    LinkCheck.objects.create(url="https://formerly.example/")
    dead_links.gather()
    assert [check.url for check in LinkCheck.objects.all()] == [article.sources.get().url]

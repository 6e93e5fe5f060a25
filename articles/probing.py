"""Whether a page of another site is there. Only public addresses are asked, whatever an article or a redirect names."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

PORTS = {"http": 80, "https": 443}
# Seconds for one answer, connecting included; and how many redirects are followed.
LONGEST, MOST_HOPS = 15, 4
REDIRECTS = (301, 302, 303, 307, 308)
# Some pages answer HEAD as if they were not there.
NOT_BY_HEAD = (400, 403, 404, 405, 501)
# Addresses that stand for others: what they lead to cannot be told from them.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


class NotAsked(Exception):
    """The address leads somewhere that this site does not ask."""


def probe(url: str) -> int:
    """The status of the answer at `url`, after its redirects; 0 if there was none. Raises NotAsked."""
    began = time.monotonic()
    for _hop in range(MOST_HOPS + 1):
        status, location = _ask("HEAD", url)
        if status in NOT_BY_HEAD:
            status, location = _ask("GET", url)
        # The worker has other things to do than to wait for one slow site after the other.
        if status not in REDIRECTS or not location or time.monotonic() - began > LONGEST:
            return status
        try:
            url = urljoin(url, location)
        except ValueError:
            raise NotAsked(location) from None
    return status


def is_public(address: str) -> bool:
    """Whether an address of the network is everybody's: not of this machine, its network or its provider's."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour or ip.teredo or ip.is_site_local or any(ip in network for network in _TRANSLATED):
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _ask(method: str, url: str) -> tuple[int, str]:
    parts = _parts(url)
    host, port = parts.hostname or "", PORTS[parts.scheme]
    try:
        with _connected(parts.scheme, host, port) as connection:
            path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
            agent = {"User-Agent": f"Askwell link check ({settings.BASE_URL})", "Connection": "close"}
            connection.request(method, path + query, headers=agent)
            response = connection.getresponse()
            return response.status, response.getheader("Location") or ""
    except (OSError, http.client.HTTPException, UnicodeError, ValueError):
        return 0, ""


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme in PORTS and parts.hostname and parts.port in (None, PORTS[parts.scheme])
    except ValueError:
        is_plain = False
    if not is_plain:
        raise NotAsked(url)
    return parts


@contextmanager
def _connected(scheme: str, host: str, port: int) -> Iterator[http.client.HTTPConnection]:
    """A connection to an address of `host` that was looked at: a name is looked up once, so that it cannot become
    another address in between. It ends after LONGEST, however slowly the other side speaks."""
    connection = (http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection)(host, port)
    connection.auto_open = 0
    connection.sock = socket.create_connection((_address_of(host, port), port), timeout=LONGEST)
    ending = threading.Timer(LONGEST, _end, [connection])
    ending.start()
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            secure = context.wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
            connection.sock = secure
            secure.do_handshake()
        yield connection
    finally:
        ending.cancel()
        connection.close()


def _address_of(host: str, port: int) -> str:
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(map(is_public, found)):
        raise NotAsked(host)
    return found[0]


def _end(connection: http.client.HTTPConnection) -> None:
    # It may have ended by itself.
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)

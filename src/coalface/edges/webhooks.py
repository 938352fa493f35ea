"""Telling another system, over HTTPS, at an address that cannot be turned against our own network."""

import base64
import hmac
import http.client
import ipaddress
import secrets
import socket
import ssl
from dataclasses import dataclass
from hashlib import sha256
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

SECONDS: Final = 10
LONGEST: Final = 30  # in all, however slowly the other side drips
SECRET_BEGINS: Final = "whsec_"
PORTS: Final = {"http": 80, "https": 443}


class NotDelivered(Exception):
    """It did not arrive: a code, what the other side answered, and whether trying again cannot help."""

    def __init__(self, kind: str, *, status: int | None = None, for_good: bool = False) -> None:
        super().__init__(kind)
        self.kind, self.status, self.for_good = kind, status, for_good


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart, with the one IP that was looked at and that will be talked to."""

    scheme: str
    host: str
    port: int
    path: str
    ip: str


def new_secret() -> str:
    """A secret as Standard Webhooks writes it."""
    return SECRET_BEGINS + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """Standard Webhooks v1: HMAC-SHA256 over id, time and body, joined by full stops, in base64."""
    key = base64.b64decode(secret.removeprefix(SECRET_BEGINS))
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def looked_up(address: str, *, private: bool | None = None) -> Place:
    """Where an address leads, if that is out in the world: no loopback, no private or local network.

    With `private` it may lead there as well, and over plain HTTP; unsaid: what is said of webhooks.
    """
    private = settings.WEBHOOKS_TO_PRIVATE if private is None else private
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NotDelivered("no_address", for_good=True) from None
    wanted = set(PORTS) if private else {"https"}
    if parts.scheme not in wanted or not host or parts.username or parts.password:
        raise NotDelivered("no_address", for_good=True)
    port = port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotDelivered("unknown_host") from None
    ips = [str(one[4][0]) for one in found]
    if not private and not all(_is_public(ip) for ip in ips):
        raise NotDelivered("private_address", for_good=True)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port, path, ips[0])


def _is_public(written: str) -> bool:
    """Whether an IP lies out in the world, also when it is an older one written as a newer one."""
    ip = ipaddress.ip_address(written.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner or ip in ipaddress.ip_network("64:ff9b::/96"):
            return bool(inner) and _is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPConnection):
    """Talks to the IP that was looked at; the name may lead elsewhere by now."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS)
        self.place = place

    def connect(self) -> None:
        sock = socket.create_connection((self.place.ip, self.place.port), timeout=SECONDS)
        if self.place.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self.place.host)
        self.sock = sock

    def cut(self) -> None:
        """Hang up from our side, whatever is being read."""
        if self.sock:
            self.sock.close()


def deliver(*, address: str, secret: str, id: str, timestamp: int, body: bytes) -> int:
    """Send a signed body; the status, if it is one of success. Redirects are not followed."""
    place = looked_up(address)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Coalface",
        "webhook-id": id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, id, timestamp, body),
    }
    connection = _Pinned(place)
    clock = Timer(LONGEST, connection.cut)
    clock.start()
    try:
        connection.request("POST", place.path, body, headers)
        status = connection.getresponse().status  # of what they say beyond it nothing is read
    except TimeoutError:
        raise NotDelivered("timeout") from None
    except ssl.SSLError:
        raise NotDelivered("tls") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotDelivered("not_reached") from None
    finally:
        clock.cancel()
        connection.close()
    if not 200 <= status < 300:
        kind = "redirected" if 300 <= status < 400 else "gone" if status == 410 else "refused"
        raise NotDelivered(kind, status=status, for_good=status == 410)
    return status

"""From which network a request comes: for counting only, and never stored, shown or logged as it is."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address

_ONE_HOME = 64
"""So many bits of an IPv6 address name the network; the others its holder can change at will."""


def network_of(request: HttpRequest) -> str:
    """Return the network a request comes from: an IPv4 address, or the first half of an IPv6 one; empty if not known.

    The header that a proxy adds is believed only where whoever asks us is a proxy that was declared; in it, the last
    address that is no such proxy.
    """
    here = _address(request.META.get("REMOTE_ADDR", ""))
    if _is_proxy(here):
        for word in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            before = _address(word)
            if before is None:
                break
            here = before
            if not _is_proxy(here):
                break
    if here is None:
        return ""
    return str(here) if here.version == 4 else str(ip_network((here, _ONE_HOME), strict=False))


def _is_proxy(address: Address | None) -> bool:
    if address is None:
        return bool(settings.PEJL_OFFICE_SOCKET)
    return any(address in network for network in settings.PEJL_OFFICE_PROXIES)


def _address(word: str) -> Address | None:
    """Return an address as it stands in a header, with or without a port; None where it is none."""
    word = word.strip()
    if word.startswith("["):
        word = word[1:].partition("]")[0]
    elif word.count(":") == 1:
        word = word.partition(":")[0]
    try:
        found = ip_address(word)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found

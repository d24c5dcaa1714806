"""How many may sign up from one network at once, and whose word is taken for what network that is."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

__all__ = ["PEJL_OFFICE_PROXIES", "PEJL_OFFICE_SIGNUPS", "PEJL_OFFICE_SOCKET"]

SOCKET = "unix"


def signups(given: str) -> int:
    """Return how many may sign up from one network in ten minutes; 0 where there is no limit.

    Raises:
        ImproperlyConfigured: it is no number, or below 0.
    """
    if not (given.isascii() and given.isdigit()):
        raise ImproperlyConfigured(f"PEJL_OFFICE_SIGNUPS is '{given}'; give a number, such as 30, or 0 for no limit")
    return int(given)


def proxies(given: str) -> tuple[tuple[IPv4Network | IPv6Network, ...], bool]:
    """Return the networks of declared proxies, and whether one comes by a Unix socket.

    Raises:
        ImproperlyConfigured: something is neither an address, nor a network, nor `unix`.
    """
    words = [word.strip() for word in given.split(",") if word.strip()]
    networks = []
    for word in words:
        if word != SOCKET:
            try:
                networks.append(ip_network(word))
            except ValueError as error:
                told = "give addresses or networks, such as 127.0.0.1,10.0.0.0/8, or unix"
                raise ImproperlyConfigured(f"PEJL_OFFICE_PROXIES has '{word}'; {told}") from error
    return tuple(networks), SOCKET in words


PEJL_OFFICE_SIGNUPS = signups(os.environ.get("PEJL_OFFICE_SIGNUPS") or "30")
PEJL_OFFICE_PROXIES, PEJL_OFFICE_SOCKET = proxies(os.environ.get("PEJL_OFFICE_PROXIES", ""))

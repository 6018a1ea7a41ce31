"""Who sent a request, as far as counting needs it: a robot, someone of ours, or a reader told apart from others. Pure but for settings given."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from crawlerdetect import CrawlerDetect

from soket.publishing.outlet.counting import ROBOT, STAFF

Network = IPv4Network | IPv6Network
LONGEST = 500
_CRAWLERS = CrawlerDetect()
_EARLY = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")


@lru_cache(maxsize=8)
def networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """Addresses or networks (CIDR). Raises ValueError with the one that is neither."""
    return tuple(ip_network(name, strict=False) for name in names)


def client_address(meta: Mapping[str, str], proxies: Sequence[Network]) -> str:
    """The address of who asks. What `X-Forwarded-For` says counts only from a proxy of ours: its last hop that is no such proxy."""
    address = _plain(meta.get("REMOTE_ADDR", ""))
    hops = [_plain(part) for part in meta.get("HTTP_X_FORWARDED_FOR", "")[:2000].split(",")]
    while hops and _within(address, proxies):
        hop = hops.pop()
        if not hop:
            break
        address = hop
    return address


def kind_of(meta: Mapping[str, str], cookies: Mapping[str, str], session: str) -> str:
    """ROBOT or STAFF where the request says so, else "". Of our session's cookie only its presence counts."""
    agent = meta.get("HTTP_USER_AGENT", "")[:LONGEST]
    early = any(word in meta.get(name, "").lower() for name in _EARLY for word in ("prefetch", "prerender", "preview"))
    if not agent.strip() or early or _CRAWLERS.is_crawler(agent):
        return ROBOT
    return STAFF if session in cookies else ""


def who(meta: Mapping[str, str], proxies: Sequence[Network]) -> str:
    """What tells readers of a day apart: address, browser, languages."""
    return "\n".join([client_address(meta, proxies), meta.get("HTTP_USER_AGENT", "")[:LONGEST], meta.get("HTTP_ACCEPT_LANGUAGE", "")[:LONGEST]])


def _plain(text: str) -> str:
    """An address as it is compared; "" for what is none. A server may write the port behind it."""
    told = text.strip()
    for candidate in (told, told.rpartition(":")[0], told.partition("]")[0].removeprefix("[")):
        try:
            address = ip_address(candidate)
        except ValueError:
            continue
        mapped = getattr(address, "ipv4_mapped", None)
        return str(mapped or address)
    return ""


def _within(address: str, proxies: Sequence[Network]) -> bool:
    return bool(address) and any(ip_address(address) in network for network in proxies)

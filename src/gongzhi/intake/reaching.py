"""Addresses on the network that the product may reach out to when somebody else names them.

Who names a host could name one inside: the machine itself, its neighbours, or a cloud's metadata
(QUALITY F14). So only what is public counts, and what hides an address within another does not.
"""

import re
from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias
from urllib.parse import urlsplit

from gongzhi.core.terms import Said

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

HTTPS_PORT = 443
UNICAST = IPv6Network("2000::/3")  # all that IPv6 gives out to be reached
LENGTH_MAX = 500
NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
NO_ADDRESS = Said("请写完整的 https 地址，如 https://hooks.example.org/gongzhi")
NO_NAME = Said("地址里要有域名，不能是数字地址，也不能带用户名和密码")
WRONG_PORT = Said("端口只能是 443")
INSIDE = Said("这个域名指向内部网络，不能往那里发送")


def why_no_hook(address: str, *, ports_free: bool = False) -> Said | None:
    """Why an address can't be one to send to, as far as can be told without asking for its name.

    ports_free: the installation has named networks of its own, where receivers have any port.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return NO_ADDRESS
    if parts.scheme != "https" or not parts.hostname or len(address) > LENGTH_MAX:
        return NO_ADDRESS
    if parts.username is not None or parts.password is not None or not _is_name(parts.hostname):
        return NO_NAME
    if not ports_free and port not in {None, HTTPS_PORT}:
        return WRONG_PORT
    is_plain = address.isascii() and address.isprintable() and " " not in address
    return None if is_plain else NO_ADDRESS


def why_not_reached(found: Iterable[str], *, inside: Collection[Network] = ()) -> Said | None:
    """Why a host can't be reached that has these addresses: each of them must be allowed.

    inside: networks that the installation itself names, where its own receivers are.
    """
    addresses = [ip_address(each) for each in found]
    if not addresses:
        return INSIDE
    allowed = (is_public(each) or any(each in network for network in inside) for each in addresses)
    return None if all(allowed) else INSIDE


def is_public(address: Address) -> bool:
    """Whether an address is one that anybody may reach, and hides none that isn't."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast and not address.is_reserved
    hidden = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(each is not None for each in hidden):
        return False
    return address in UNICAST and address.is_global


def networks_in(text: str) -> tuple[Network, ...]:
    """The networks of a list with commas; raises ValueError."""
    return tuple(ip_network(each.strip()) for each in text.split(",") if each.strip())


def _is_name(host: str) -> bool:
    """Whether a host is a name: with a dot, and with a letter at the head of its last part."""
    return NAME.fullmatch(host) is not None

"""Where the product may reach out to when somebody else names the place (QUALITY S49)."""

from ipaddress import ip_address

import pytest

from gongzhi.intake.reaching import is_public, networks_in, why_no_hook, why_not_reached

INSIDE = (
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::",
    "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1", "::ffff:1.1.1.1",
)  # fmt: skip
NO_HOOKS = (
    "http://hooks.example.org/", "file:///etc/passwd", "ftp://example.org/", "gopher://x.org/",
    "https://", "https:///path", "hooks.example.org", "https://127.0.0.1/", "https://[::1]/",
    "https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://017700000001/",
    "https://localhost/", "https://user:word@example.org/", "https://user@example.org/",
    "https://example.org:22/", "https://example.org:99999/", "https://exa mple.org/",
    "https://例子.org/", "https://example.org/" + "a" * 500, "https://[", "https://1.2.3.4.5/",
    "https://a.0x7f000001/",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_s49_what_lies_inside_is_not_reached(address):
    assert not is_public(ip_address(address))
    assert why_not_reached([address]) is not None


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "2606:4700:4700::1111"])
def test_what_is_public_is_reached(address):
    assert why_not_reached([address]) is None


def test_s49_one_address_inside_among_several_is_enough():
    assert why_not_reached(["1.1.1.1", "10.0.0.1"]) is not None
    assert why_not_reached([]) is not None


def test_a_network_that_the_installation_names_is_reached():
    own = networks_in("10.20.0.0/16, 192.0.2.0/24")
    assert why_not_reached(["10.20.3.4"], inside=own) is None
    assert why_not_reached(["10.21.3.4"], inside=own) is not None


@pytest.mark.parametrize("address", NO_HOOKS)
def test_s49_an_address_that_is_none_is_told_at_once(address):
    assert why_no_hook(address) is not None


@pytest.mark.parametrize("address", ["https://hooks.example.org/a?b=c", "https://a.b.cn:443/"])
def test_a_whole_address_is_taken(address):
    assert why_no_hook(address) is None

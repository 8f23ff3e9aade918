"""第6条: the client's address behind proxies, and what counts as one sender."""

import pytest
from pytest_django.fixtures import Settings

from safeguards.rules.addresses import UNKNOWN, client, sender
from safeguards.services import addresses

PROXY = "10.0.0.1"
SPOOFED = "192.0.2.66"


def test_without_a_proxy_the_header_is_not_read_at_all() -> None:
    assert client("203.0.113.5", SPOOFED, proxies=0) == "203.0.113.5"


@pytest.mark.parametrize(
    "header", ["203.0.113.5", f"{SPOOFED}, 203.0.113.5", f"{SPOOFED},{SPOOFED},203.0.113.5"]
)
def test_behind_one_proxy_the_last_entry_counts_whatever_the_client_wrote_before_it(header: str) -> None:
    assert client(PROXY, header, proxies=1) == "203.0.113.5"


@pytest.mark.parametrize("header", ["203.0.113.5, 10.0.0.2", f"{SPOOFED}, 203.0.113.5 ,10.0.0.2"])
def test_behind_two_proxies_the_last_entry_but_one_counts(header: str) -> None:
    assert client(PROXY, header, proxies=2) == "203.0.113.5"


@pytest.mark.parametrize(
    "header", ["", " ", ",", "unknown", "_hidden", "203.0.113.5,", "203.0.113.256", "２０３.0.113.5", "a:b"]
)
def test_a_header_without_an_address_where_ours_should_stand_falls_back_to_the_connection(
    header: str,
) -> None:
    assert client(PROXY, header, proxies=1) == PROXY


def test_a_header_too_short_for_the_proxies_falls_back_to_the_connection() -> None:
    assert client(PROXY, SPOOFED, proxies=2) == PROXY


@pytest.mark.parametrize("remote", ["", "unix:", "somewhere"])
def test_a_connection_without_an_address_is_unknown_and_still_counted(remote: str) -> None:
    assert client(remote, SPOOFED, proxies=0) == UNKNOWN
    assert sender(UNKNOWN) == UNKNOWN


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.5:4711", "203.0.113.5"),
        ("[2001:db8::5]:4711", "2001:db8::5"),
        ("[2001:db8::5]", "2001:db8::5"),
        ("2001:0DB8:0::5", "2001:db8::5"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
    ],
)
def test_one_address_is_one_however_it_is_written(written: str, address: str) -> None:
    assert client(PROXY, written, proxies=1) == address
    assert client(written, "", proxies=0) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("203.0.113.5", "::ffff:203.0.113.5", True),
        ("203.0.113.5", "203.0.113.6", False),
    ],
)
def test_an_ipv6_connection_counts_as_one_by_its_64_bits_an_ipv4_one_by_its_address(
    one: str, other: str, same: bool
) -> None:
    assert (sender(one) == sender(other)) is same


@pytest.mark.parametrize(("proxies", "address"), [(0, PROXY), (1, "10.0.0.2"), (2, "203.0.113.5")])
def test_the_service_reads_as_many_proxies_as_are_set(settings: Settings, proxies: int, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert addresses.client(remote=PROXY, forwarded="203.0.113.5, 10.0.0.2") == address

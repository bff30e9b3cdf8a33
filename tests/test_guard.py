"""The guard: nothing private is ever contacted, however its address is spelled and whatever leads there."""

import asyncio
import ipaddress
import socket
import threading
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from silkwire.net.client import Exchange, Failure, open_client
from silkwire.net.guard import ForbiddenAddress, Guard, is_public
from silkwire.reasons import Reason
from silkwire.records import Response
from silkwire.settings import load_settings
from tests.conftest import NOW
from tests.local_server import LocalServer

PRIVATE = (
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.255.255.254", "169.254.169.254"),  # noqa: S104
    *("172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1"),
    *("198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::2", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1"),
    *("100::1", "5f00::1", "3fff::1"),
    *("::ffff:10.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "::ffff:0:127.0.0.1", "2002:7f00:1::", "2002:a00:1::1"),
    *("2001:0:7f00:1::1", "2001::1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "64:ff9b:1::5db8:d70e"),
    *("2606:2800:220:1:0:5efe:7f00:1", "2606:2800:220:1:200:5efe:7f00:1"),
)
PUBLIC = (
    *("93.184.215.14", "1.1.1.1", "223.5.5.5", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2400:3200::1"),
    *("::ffff:93.184.215.14", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1"),
)
DISGUISED = (
    *("2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "0", "0x0", "00.0.0.0"),
    *("127.0.0.1.", "127.0.0.01", "0x7F.0x0.0x0.0x1", "1.2.3.08", "256.1.1.1", "1.2.3.4.5", "example.0x7f"),
    *("①②⑦.⓪.⓪.①", "127。0。0。1", "127．0．0．1", "１２７.0.0.1", "0x7f。1", "ｌｏｃａｌｈｏｓｔ"),
    *("[::ffff:127.0.0.1]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:7f00:1]", "[fe80::1%25lo]", "[fe80::1%lo]", "[::]"),
    *("[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[::1", "::1", "[]"),
    *("localhost", "LOCALHOST", "localhost.", "a.localhost", "127.0.0.1%00.example.com", "127.0.0.1%2f.example.com"),
)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_the_internets_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


def get(url: str, lookup: Any = socket.getaddrinfo, **changes: object) -> Exchange:
    chosen = load_settings(**{"allow_hosts": (), "host_delay": 0, "total_timeout": 2, "connect_timeout": 1} | changes)

    async def work() -> Exchange:
        async with open_client(chosen, lambda: NOW, lookup=lookup) as client:
            return await client.get(url)

    return asyncio.run(work())


async def hello(_: web.BaseRequest) -> web.StreamResponse:
    return web.Response(text="hello")


def test_no_spelling_of_a_private_address_reaches_a_server_that_listens_there() -> None:
    with LocalServer(hello) as server:
        for host in DISGUISED:
            answer = get(server.url(host=host), allow_ports=(server.port,))
            assert isinstance(answer, Failure), host
            assert answer.reason is Reason.FORBIDDEN_ADDRESS, (host, answer)
        assert server.requests == []
        assert server.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        *("http://user@site.localhost/", "http://user:pw@site.localhost/", "http://:@site.localhost/"),
        *("http://public.example@127.0.0.1/", "http://127.0.0.1@public.example/", "http://a.example\\@127.0.0.1/"),
        *("file:///etc/passwd", "gopher://a.example/", "ftp://a.example/", "http:///x", "http://", "//a.example/", ""),
        *(
            "http://a b.example/",
            "http://a.example:99999/",
            "http://a..b/",
            "http://-a.example/",
            "http://a.example:x/",
        ),
        *(
            "http://" + "a." * 200 + "example/",
            "http://" + "a" * 70 + ".example/",
            "http://a\x00.example/",
            "http://\ud800/",
        ),
    ],
)
def test_an_address_with_tricks_in_it_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        Guard(("*.localhost",), (80, 443)).check_url(url)


@pytest.mark.parametrize(
    ("port", "passes"), [(80, True), (443, True), (8443, True), (22, False), (6379, False), (0, False)]
)
def test_only_allowed_ports_are_contacted(port: int, *, passes: bool) -> None:
    guard = Guard((), (80, 443, 8443))
    if passes:
        assert guard.check_url(f"http://news.example:{port}/").port == port
    else:
        with pytest.raises(ForbiddenAddress, match="port"):
            guard.check_url(f"http://news.example:{port}/")


def test_a_host_that_is_allowed_by_name_may_have_a_private_address_and_any_port() -> None:
    with LocalServer(hello) as server:
        answer = get(server.url(host="rsshub"), resolves("127.0.0.1"), allow_hosts=("rsshub",), allow_ports=(80,))
        assert isinstance(answer, Response)
        other = get(server.url(host="other.example"), resolves("127.0.0.1"), allow_hosts=("rsshub",))
        assert isinstance(other, Failure)
        assert len(server.requests) == 1


class Lookup:
    """A resolver of the test's own: one list of addresses for each question, the last one for all after it."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, port: int, *_: object) -> list[tuple[Any, ...]]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            (socket.AF_INET6, 1, 6, "", (address, port, 0, 0))
            if ":" in address
            else (socket.AF_INET, 1, 6, "", (address, port))
            for address in answer
        ]


def resolves(*addresses: str) -> Lookup:
    return Lookup(addresses)


@pytest.mark.parametrize("address", [*PRIVATE, "not an address"])
def test_a_name_with_a_private_address_is_refused(address: str) -> None:
    answer = get("http://news.example/", resolves(address))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.FORBIDDEN_ADDRESS


def test_a_name_of_which_one_address_is_private_is_refused() -> None:
    answer = get("http://news.example/", resolves("93.184.215.14", "127.0.0.1"))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.FORBIDDEN_ADDRESS


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_the_connection_goes_to_the_address_that_was_checked_though_the_name_answers_differently_next_time() -> None:
    # 127.0.0.2 stands for the address that the first answer gave, allowed here so that the test can see who is called.
    lookup = Lookup(("127.0.0.2",), ("127.0.0.1",))
    with LocalServer(hello, address="127.0.0.2") as first, LocalServer(hello, port=first.port) as second:
        answer = get(first.url(host="rebind.example"), lookup, allow_hosts=("rebind.example",))
        assert isinstance(answer, Response)
        assert (len(first.requests), second.connections) == (1, 0)
    assert lookup.asked == 1  # nobody asks between the check and the connection


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_name_that_is_private_when_it_is_asked_again_is_refused_then() -> None:
    lookup = Lookup(("93.184.215.14",), ("127.0.0.1",))
    with LocalServer(hello) as server:
        url = server.url(host="rebind.example")
        # The first answer is public: the sandbox of the tests does not let it through, but no address check stops it.
        first = get(url, lookup, allow_ports=(server.port,), total_timeout=0.5)
        second = get(url, lookup, allow_ports=(server.port,))
        assert server.connections == 0
    assert isinstance(first, Failure)
    assert first.reason is not Reason.FORBIDDEN_ADDRESS
    assert isinstance(second, Failure)
    assert second.reason is Reason.FORBIDDEN_ADDRESS


def test_the_socket_itself_does_not_open_towards_an_unchecked_private_address() -> None:
    guard = Guard(("rsshub",))
    info = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))
    with pytest.raises(ForbiddenAddress):
        guard.open_socket(info)
    guard.check_address("rsshub", "127.0.0.1")
    guard.open_socket(info).close()


def test_a_name_that_does_not_answer_in_time_is_a_dns_fault_and_holds_up_nobody() -> None:
    end = threading.Event()

    def never(*_: object) -> list[tuple[Any, ...]]:
        end.wait(5)
        return []

    answer = get("http://slow.example/", never, connect_timeout=0.2)
    end.set()
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.DNS


def numbers(address: int) -> st.SearchStrategy[str]:
    """Ways to write an IPv4 address: 1 to 4 parts, each decimal, octal or hexadecimal, with digits of any width."""
    parts = [address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255]
    shapes = [
        [address], [parts[0], address & 0xFFFFFF], [*parts[:2], address & 0xFFFF], parts,
    ]  # fmt: skip
    spell = st.sampled_from([str, hex, lambda n: f"0{n:o}", lambda n: f"0X{n:X}", lambda n: f"0x000{n:x}"])
    wide = str.maketrans("0123456789", "０１２３４５６７８９")

    @st.composite
    def spelled(draw: st.DrawFn) -> str:
        shape = draw(st.sampled_from(shapes))
        dot = draw(st.sampled_from(".。．｡"))
        text = dot.join(draw(spell)(part) for part in shape) + draw(st.sampled_from(["", "."]))
        return text.translate(wide) if draw(st.booleans()) else text

    return spelled()


PRIVATE_V4 = st.sampled_from(
    [
        ipaddress.ip_network(n)
        for n in ("127.0.0.0/8", "10.0.0.0/8", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10")
    ]
).flatmap(lambda network: st.integers(int(network[0]), int(network[-1])))


@settings(deadline=None)
@given(PRIVATE_V4.flatmap(numbers), st.sampled_from(["http", "https", "HTTP"]), st.sampled_from(["", ":80", ":443"]))
def test_no_way_to_write_a_private_number_passes(host: str, scheme: str, port: str) -> None:
    with pytest.raises(ForbiddenAddress):
        Guard((), (80, 443)).check_url(f"{scheme}://{host}{port}/")


@settings(deadline=None)
@given(
    PRIVATE_V4, st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "::ffff:0:{}", "64:ff9b:1::{}", "fe80::5efe:{}"])
)
def test_no_private_number_passes_inside_ipv6(address: int, form: str) -> None:
    inside = form.format(ipaddress.IPv4Address(address))
    assert not is_public(inside)
    for spelled in (inside, ipaddress.IPv6Address(inside).exploded, str(ipaddress.IPv6Address(inside))):
        with pytest.raises(ForbiddenAddress):
            Guard().check_url(f"http://[{spelled}]/")


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="htps:/@[]%.\\0123456789xabcdef#?\t ").map(lambda text: f"http://{text}")))
def test_the_guard_raises_nothing_but_forbidden_address(url: str) -> None:
    try:
        checked = Guard((), (80, 443)).check_url(url)
    except ForbiddenAddress:
        return
    assert checked.scheme in ("http", "https")
    assert checked.raw_host
    # What passes is a public number in its plain form, or a name that will have to be resolved.
    try:
        socket.inet_aton(checked.raw_host)
    except OSError:
        return
    assert is_public(checked.raw_host)


@settings(deadline=None)
@given(st.binary(min_size=4, max_size=4) | st.binary(min_size=16, max_size=16))
def test_what_is_public_to_us_is_global_to_python(raw: bytes) -> None:
    address = ipaddress.ip_address(raw)
    if is_public(str(address)):
        held = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        assert held.is_global
        assert not held.is_multicast

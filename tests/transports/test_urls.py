"""What is told about a url: its host, and never who asks there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.transports.urls import is_loopback, masked, named


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://who:s3cret@Example.org:8443/x?y", "example.org:8443"),
        ("https://who:s3@cret@example.org/", "example.org"),
        ("http://[::1]:80/", "[::1]:80"),
        ("http://[bad", "a url without a host"),
        ("https:///path", "a url without a host"),
        ("https://exa\u202emple\x07.org/", "exa?mple?.org"),
        ("https://" + "x" * 300 + "/", "x" * 77 + "..."),
    ],
)
def test_a_host_is_named_without_its_user(url: str, name: str) -> None:
    assert named(url) == name


@given(st.text())
def test_any_url_can_be_named_on_one_line(text: str) -> None:
    assert named("https://" + text).isprintable()


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("failed: https://who:s3cret@host/a, ftp://x@y", "failed: https://host/a, ftp://y"),
        ("//a:b@c@host/", "//host/"),
        ("https://host/mail@example.org", "https://host/mail@example.org"),
    ],
)
def test_passwords_are_cut_out_of_any_text(text: str, cleaned: str) -> None:
    assert masked(text) == cleaned


@pytest.mark.parametrize("host", ["localhost", "LocalHost:80", "127.0.0.1", "127.255.255.254:1", "[::1]:80"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(f"http://{host}/")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1.example",
        "localhost.example",
        "localhost@example.org",
        "128.0.0.1",
        "[::2]",
        "[::]",
        "",
        "127.1",
    ],
)
def test_another_machine_is_never_taken_for_this_one(host: str) -> None:
    assert not is_loopback(f"http://{host}/")

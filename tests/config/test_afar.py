"""How the kiosk may be seen from afar: what of [endpoint] and [presence] is taken, and what is refused."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.commands.configuration import show
from kiosk.config.load import parse_config
from kiosk.config.model import EndpointConfig
from kiosk.errors import ConfigError

BROKER = '[[source]]\nname = "Desk"\nurl = "mqtts://b.example/level"\nformat = "mi5"\nusername = "lobby"\n'


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("", EndpointConfig("127.0.0.1", 9155, None)),
        ('address = "localhost:80"', EndpointConfig("localhost", 80, None)),
        ('address = "[::1]:9155"', EndpointConfig("::1", 9155, None)),
        ('address = "[::]:9155"\ntoken_file = "/t"', EndpointConfig("::", 9155, "/t")),
        ('address = "lobby.example:9155"\ntoken_file = "t"', EndpointConfig("lobby.example", 9155, "/etc/t")),
    ],
)
def test_an_endpoint_is_where_the_table_says(table: str, found: EndpointConfig) -> None:
    assert parse_config(f"[endpoint]\n{table}\n", "k.toml", Path("/etc")).endpoint == found


def test_nothing_is_open_and_nothing_is_published_by_itself() -> None:
    config = parse_config("", "k.toml")
    assert (config.endpoint, config.presence) == (None, None)


def presence(table: str, before: str = "") -> str:
    return f"{before}[presence]\n{table}\n"


@pytest.mark.parametrize(
    ("document", "url"),
    [
        (presence('url = "mqtts://b.example"'), "mqtts://b.example/threat-level-kiosk/lobby-7/status"),
        (presence('url = "mqtts://b.example:8884/"\ntopic = "a b/ä"'), "mqtts://b.example:8884/a%20b/%C3%A4"),
        (presence('source = "Desk"\ntopic = "x/{place}"', f'place = "Hall #1/+"\n{BROKER}'), "mqtts://b.example/x/hall-1"),
        (presence('source = "Desk"\ntopic = "x/{place}"', BROKER), "mqtts://b.example/x/lobby-7"),
    ],
)  # fmt: skip
def test_a_presence_has_a_topic_of_its_own(document: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Lobby-7")
    taken = parse_config(document, "k.toml", Path("/etc")).presence
    assert taken
    assert (taken.url, taken.every) == (url, timedelta(minutes=5))
    assert taken.broker.username == ("lobby" if "source" in document else None)


REFUSED = {
    '[endpoint]\naddress = "0.0.0.0:9155"': 'line 2: "0.0.0.0:9155" can be reached from other machines; add ',
    '[endpoint]\naddress = "lobby.example:9155"': 'line 2: "lobby.example:9155" can be reached from',
    '[endpoint]\naddress = "9155"': 'line 2: "9155" is no address with a port; write one as in "127.0.0.1:9155".',
    '[endpoint]\naddress = "127.0.0.1:0"': 'line 2: "127.0.0.1:0" is no address with a port',
    '[endpoint]\naddress = "::1:9155"': 'line 2: "::1:9155" is no address with a port',
    '[endpoint]\ntoken = "x"': 'line 2: "token" is not an option; did you mean "token_file"?',
    "endpoint = true": "line 1: endpoint is a table: write [endpoint] on a line of its own.",
    presence(""): 'line 1: presence needs either source = "a source at a broker" or url = ',
    presence('source = "Desk"\nurl = "mqtts://b.example"', BROKER): "line 6: presence needs either",
    presence('source = "Dsek"', BROKER): 'line 7: "Dsek" is no source at a broker; use Desk.',
    presence('source = "MI5"'): 'line 2: "MI5" is no source at a broker, and none is; name the broker with url.',
    presence('source = "Desk"\nca_file = "x"', BROKER): "line 8: ca_file is taken from the source; leave it out",
    presence('url = "https://b.example"'): 'line 2: "https://b.example" is no broker; write it as in "mqtts://',
    presence('url = "mqtts://a:secret@b.example"'): "line 2: a password in a url is seen by many",
    presence(
        'url = "mqtts://b.example/topic"'
    ): 'line 2: "mqtts://b.example/topic" names more than the broker; write',
    presence(
        'url = "mqtt://b.example"'
    ): "line 2: plain mqtt can be read by anybody on the way; use mqtts, or set",
    presence('url = "mqtts://b.example"\npassword_file = "x"'): "line 3: password_file needs username beside it.",
    presence('url = "mqtt://127.0.0.1"\nca_file = "x"'): "line 3: ca_file is for mqtts only.",
    presence('url = "mqtts://b.example"\ntopic = "a/#"'): 'line 3: "a/#" names more than one topic',
    presence(
        'url = "mqtts://b.example"\ntopic = "a/{hots}"'
    ): "line 3: topic names {hots}; only {host} and {place}",
    presence('url = "mqtts://["'): 'line 2: "mqtts://[" is not an address',
}


@pytest.mark.parametrize("document", REFUSED)
def test_what_cannot_work_is_a_mistake(document: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(document, "k.toml")
    (sentence,) = refused.value.mistakes
    assert sentence.partition(", ")[2].startswith(REFUSED[document])
    assert "secret" not in sentence


def test_what_is_in_effect_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    document = (
        '[endpoint]\naddress = "[::1]:9155"\ntoken_file = "/t"\n'
        '[presence]\nurl = "mqtts://b.example"\ntopic = "a/b"\nusername = "u"\nevery = "1 min"\n'
    )
    config = parse_config(document, "k.toml")
    show(config)
    again = parse_config(capsys.readouterr().out, "k.toml")
    assert (again.endpoint, again.presence) == (config.endpoint, config.presence)

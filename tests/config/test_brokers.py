"""Sources at a broker: what is taken, and what is refused with a sentence."""

from pathlib import Path

import pytest

from kiosk.config.load import parse_config
from kiosk.errors import ConfigError


def source(url: str, *more: str) -> str:
    return "\n".join((f'[[source]]\nname = "A"\nurl = "{url}"\nformat = "mi5"', *more, ""))


@pytest.mark.parametrize(
    ("url", "more"),
    [
        ("mqtts://broker.example/office/level", 'every = "1 s"'),
        ("mqtts://broker.example:8884/office/a%20level", 'username = "lobby"'),
        ("mqtt://127.0.0.1/level", ""),
        ("mqtt://broker.example/level", "insecure = true"),
    ],
)
def test_a_topic_of_a_broker_is_taken(url: str, more: str) -> None:
    (taken,) = parse_config(source(url, more), "k.toml").sources
    assert taken.url == url


REFUSED = {
    source("mqtt://broker.example/level"): "plain mqtt can be changed by anybody on the way; use mqtts, or set",
    source("mqtts://ann:secret@broker.example/level"): "a password in a url is seen by many; write username",
    source("mqtts://broker.example/"): '"mqtts://broker.example/" names no topic: write mqtts://broker/the/topic.',
    source("mqtts://broker.example"): '"mqtts://broker.example" names no topic',
    source("mqtts://broker.example/office/%23"): '"mqtts://broker.example/office/%23" names more than one topic',
    source("mqtts://broker.example/+/level"): '"mqtts://broker.example/+/level" names more than one topic',
    source("mqtts://broker.example/$SYS/x"): '"mqtts://broker.example/$SYS/x" names more than one topic',
    source("mqtts://broker.example/$share/g/x"): '"mqtts://broker.example/$share/g/x" names more than one topic',
    source("mqtts://broker.example/%FF"): '"mqtts://broker.example/%FF" names',
    source(
        "mqtts://broker.example/a?b"
    ): '"mqtts://broker.example/a?b" contains ? or #; write them as %3F and %23.',
    source("https://a.example/x", 'username = "a"'): "username is for mqtt and mqtts sources only.",
    source("file:///x", 'ca_file = "a"'): "ca_file is for mqtts sources only.",
    source("mqtt://127.0.0.1/x", 'ca_file = "a"'): "ca_file is for mqtts sources only.",
    source("mqtts://a.example/x", 'password_file = "a"'): "password_file needs username beside it.",
}


@pytest.mark.parametrize("document", REFUSED)
def test_what_cannot_work_at_a_broker_is_a_mistake(document: str) -> None:
    with pytest.raises(ConfigError) as refused:
        parse_config(document, "k.toml")
    (sentence,) = refused.value.mistakes
    assert sentence.partition(": ")[2].startswith(REFUSED[document])
    assert "secret" not in sentence


def test_files_are_named_from_where_the_configuration_is(tmp_path: Path) -> None:
    document = source("mqtts://a.example/x", 'username = "a"', 'password_file = "p"', 'ca_file = "/etc/ca.pem"')
    (taken,) = parse_config(document, "k.toml", folder=tmp_path).sources
    assert (taken.password_file, taken.ca_file) == (str(tmp_path / "p"), "/etc/ca.pem")

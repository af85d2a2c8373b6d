"""The [endpoint] and [presence] tables: whether their entries fit together, and what they make."""

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from kiosk.config.checks import plain_host
from kiosk.config.model import EndpointConfig, PresenceConfig, SourceConfig
from kiosk.formats.text import clean
from kiosk.transports import PUSHED
from kiosk.transports.payload import Broker
from kiosk.transports.urls import is_loopback, masked, topic_of

# Most kiosks are seen from nowhere; what is compiled here is paid for at each start.
_ADDRESS = r"(?a:(?:\[(?P<six>[0-9A-Fa-f:.%\w]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>\d{1,5}))"
_LOGIN = ("username", "password_file", "ca_file", "insecure")
_BLANK = r"\{([^{}]*)\}"
_NO_PART_OF_A_TOPIC = r"[^\w.-]+"
_HIGHEST_PORT = 65535


def endpoint_mistakes(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The entry at fault and a sentence, for each thing in the table that can't work."""
    address = entries["address"]
    match = re.fullmatch(_ADDRESS, address)
    if match is None or not 0 < int(match["port"]) <= _HIGHEST_PORT:
        yield "address", f'"{clean(address)}" is no address with a port; write one as in "127.0.0.1:9155".'
    elif not is_loopback(f"http://{address}") and not entries["token_file"]:
        yield "address", f'"{address}" can be reached from other machines; add token_file = "endpoint.token".'


def endpoint_of(entries: Mapping[str, Any]) -> EndpointConfig:
    """What the checked entries make."""
    match = re.fullmatch(_ADDRESS, entries["address"])
    assert match  # noqa: S101 - it was checked
    return EndpointConfig(match["six"] or match["host"], int(match["port"]), entries["token_file"])


def presence_mistakes(
    entries: Mapping[str, Any], sources: Sequence[SourceConfig], place: str
) -> Iterator[tuple[str, str]]:
    """The entry at fault and a sentence, for each thing in the table that can't work."""
    url, name = entries["url"], entries["source"]
    if bool(url) == bool(name):
        yield "", 'presence needs either source = "a source at a broker" or url = "mqtts://broker.example".'
    elif name:
        yield from _source_mistakes(entries, sources)
    else:
        yield from _url_mistakes(entries)
    unknown = [blank for blank in re.findall(_BLANK, entries["topic"]) if blank not in {"host", "place"}]
    if unknown:
        yield "topic", f"topic names {{{clean(unknown[0])}}}; only {{host}} and {{place}} are filled in."
        return
    try:
        topic_of(_with_topic("mqtt://broker", entries["topic"], place))
    except ValueError as error:
        yield "topic", f'"{clean(entries["topic"])}" {error}.'


def presence_of(entries: Mapping[str, Any], sources: Sequence[SourceConfig], place: str) -> PresenceConfig:
    """What the checked entries make; paths are whole already."""
    url, insecure, login = entries["url"], entries["insecure"], entries
    if entries["source"]:
        source = next(source for source in sources if source.name == entries["source"])
        url, insecure = source.url, source.insecure
        login = {key: getattr(source, key) for key in _LOGIN}
    broker = Broker(login["username"], login["password_file"], login["ca_file"])
    return PresenceConfig(_with_topic(url, entries["topic"], place), broker, insecure, entries["every"])


def _source_mistakes(entries: Mapping[str, Any], sources: Sequence[SourceConfig]) -> Iterator[tuple[str, str]]:
    name = entries["source"]
    at_brokers = [source.name for source in sources if urlsplit(source.url).scheme in PUSHED]
    if name not in at_brokers:
        known = f"; use {', '.join(at_brokers)}." if at_brokers else ", and none is; name the broker with url."
        yield "source", f'"{name}" is no source at a broker{known}'
    for key in _LOGIN:
        if entries[key]:
            yield key, f"{key} is taken from the source; leave it out, or name the broker with url."


def _url_mistakes(entries: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    url = entries["url"]
    told = clean(masked(url))
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        yield "url", f'"{told}" is not an address: {error}.'
        return
    if parts.scheme not in PUSHED:
        yield "url", f'"{told}" is no broker; write it as in "mqtts://broker.example".'
        return
    if "@" in parts.netloc:
        yield "url", "a password in a url is seen by many; write username and password_file instead."
    if not plain_host(host):
        yield "url", f'"{told}" names no host in plain letters.'
    if parts.path.strip("/") or parts.query or parts.fragment:
        yield "url", f'"{told}" names more than the broker; write topic = "..." beside it.'
    if parts.scheme == "mqtt" and not is_loopback(url) and not entries["insecure"]:
        yield "url", "plain mqtt can be read by anybody on the way; use mqtts, or set insecure = true."
    if parts.scheme == "mqtt" and entries["ca_file"]:
        yield "ca_file", "ca_file is for mqtts only."
    if entries["password_file"] and not entries["username"]:
        yield "password_file", "password_file needs username beside it."


def _with_topic(url: str, topic: str, place: str) -> str:
    parts = urlsplit(url)
    host = _level_of_a_topic(socket.gethostname()) or "kiosk"
    filled = topic.replace("{host}", host).replace("{place}", _level_of_a_topic(place) or host)
    return f"{parts.scheme}://{parts.netloc}/{quote(filled)}"


def _level_of_a_topic(name: str) -> str:
    return re.sub(_NO_PART_OF_A_TOPIC, "-", name).strip("-.").lower()

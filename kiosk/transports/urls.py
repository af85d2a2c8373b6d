"""What a url tells about its host: for the rules of plain http, and for sentences to a person."""

import ipaddress
import re
from urllib.parse import unquote, urlsplit

_USERINFO = r"//[^/?#\s]*@"
_LONGEST_HOST = 80

TLS_PORTS = {"https": 443, "mqtts": 8883}
PORTS = TLS_PORTS | {"mqtt": 1883}
"""Where a server listens whose url names no port, as registered with IANA."""


def masked(text: str) -> str:
    """The text without any ``user:password@`` of urls in it."""
    return re.sub(_USERINFO, "//", text)


def printable(text: str, longest: int) -> str:
    """The text as one line of visible ASCII, cut at a bound: servers choose some of what we print."""
    visible = "".join(sign if " " <= sign <= "~" else "?" for sign in text)
    return visible if len(visible) <= longest else visible[: longest - 3] + "..."


def host_of(url: str) -> str:
    """The lower-case host name without port and brackets; empty where the url has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def named(url: str) -> str:
    """The host with its port as written in the url, for sentences; never its user and password."""
    try:
        netloc = urlsplit(url).netloc
    except ValueError:
        netloc = ""
    return printable(netloc.rpartition("@")[2].lower(), _LONGEST_HOST) or "a url without a host"


def is_loopback(url: str) -> bool:
    """Whether the host is this machine: localhost, 127.0.0.0/8 or ::1."""
    host = host_of(url)
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def topic_of(url: str) -> str:
    """The topic that the url of a broker names; ValueError with a reason where nobody can publish to it alone."""
    try:
        topic = unquote(urlsplit(url).path.removeprefix("/"), errors="strict")
    except UnicodeDecodeError:
        raise ValueError("names a topic that is no text in UTF-8") from None
    if not topic:
        raise ValueError("names no topic: write mqtts://broker/the/topic")
    if any(sign in topic for sign in "+#\0") or topic.startswith("$"):
        raise ValueError(
            "names more than one topic, or one of the broker's own; name one topic of the publisher's"
        )
    return topic

"""CAP messages and indexes of them, made of the parts that a test cares about."""

from datetime import datetime, timedelta
from html import escape

import pytest
from msgspec.structs import replace

from kiosk.core.model import Reading
from kiosk.errors import Refused
from kiosk.formats import cap
from kiosk.formats.ask import Ask
from tests.formats.documents import NOW, asking

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
ASK = replace(asking(), parameter="ThreatLevel", test_events=("RMT", "RWT", "OPR", "DMO"))
HOUR = timedelta(hours=1)


def stamp(moment: datetime | timedelta) -> str:
    """A time as CAP has it; a length of time is counted from now."""
    if isinstance(moment, timedelta):
        moment = NOW + moment
    return moment.strftime("%Y-%m-%dT%H:%M:%S-00:00")


def info(level: str | None = "SEVERE", *, language: str = "en-GB", area: str = "UK", **more: str) -> str:
    """An info block; ``more`` are elements by name, put where the schema wants them."""
    optional = {name: f"<{name}>{value}</{name}>" for name, value in more.items() if name != "code"}
    code = (
        f"<eventCode><valueName>SAME</valueName><value>{more['code']}</value></eventCode>"
        if "code" in more
        else ""
    )
    parameter = (
        f"<parameter><valueName>ThreatLevel</valueName><value>{level}</value></parameter>"
        if level is not None
        else ""
    )
    return (
        f"<info><language>{language}</language><category>Security</category>"
        f"{optional.get('event', '<event>Threat level</event>')}<urgency>Immediate</urgency>"
        f"<severity>Extreme</severity><certainty>Likely</certainty>{code}"
        f"{optional.get('effective', '')}{optional.get('expires', '')}{optional.get('headline', '')}"
        f"{parameter}<area><areaDesc>{area}</areaDesc></area></info>"
    )


def bare(level: str) -> str:
    """An info block of the least that the level needs, for tests that read it a thousand times."""
    return f"<info><parameter><valueName>ThreatLevel</valueName><value>{level}</value></parameter></info>"


def alert(
    *infos: str,
    identifier: str = "A",
    sender: str = "jtac.example",
    sent: datetime | timedelta | str = -HOUR,
    status: str = "Actual",
    kind: str = "Alert",
    scope: str = "Public",
    references: str = "",
    space: str = SPACE,
) -> str:
    """One message; without info blocks it has one that states SEVERE, and a Cancel has none."""
    blocks = infos or (() if kind == "Cancel" else (info(),))
    restriction = "<restriction>staff</restriction>" if scope == "Restricted" else ""
    addresses = "<addresses>a.example</addresses>" if scope == "Private" else ""
    return (
        f'<alert xmlns="{space}"><identifier>{identifier}</identifier><sender>{sender}</sender>'
        f"<sent>{sent if isinstance(sent, str) else stamp(sent)}</sent><status>{status}</status>"
        f"<msgType>{kind}</msgType><scope>{scope}</scope>{restriction}{addresses}"
        f"{f'<references>{references}</references>' if references else ''}{''.join(blocks)}</alert>"
    )


def reference(identifier: str = "A", sent: datetime | timedelta = -HOUR, sender: str = "jtac.example") -> str:
    return f"{sender},{identifier},{stamp(sent)}"


def atom(*messages: str) -> str:
    """An Atom index that carries the messages."""
    entries = "".join(
        f"<entry><id>{number}</id><title>x</title><content type='text/xml'>{message}</content></entry>"
        for number, message in enumerate(messages)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Index</title>{entries}</feed>"


def atom_links(*addresses: str, kind: str = "") -> str:
    """An Atom index that links to messages."""
    marked = f' type="{kind}"' if kind else ""
    entries = "".join(f'<entry><link href="{escape(address)}"{marked}/></entry>' for address in addresses)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Index</title>{entries}</feed>"


def rss_links(*addresses: str) -> str:
    items = "".join(f"<item><title>x</title><link>{escape(address)}</link></item>" for address in addresses)
    return f"<rss version='2.0'><channel><title>Index</title>{items}</channel></rss>"


def read(document: str, ask: Ask = ASK) -> Reading:
    return cap.decode(document.encode(), ask)


def outcome(document: str, ask: Ask = ASK) -> str:
    """The level, or the problem of the refusal."""
    try:
        return read(document, ask).level
    except Refused as refused:
        return refused.problem


def refusal(document: str, ask: Ask = ASK) -> Refused:
    """The refusal itself, one sentence; fails where the document is read."""
    with pytest.raises(Refused) as refused:
        read(document, ask)
    assert str(refused.value).endswith(".")
    return refused.value

"""Where CAP messages are found: alone, in a wrapper, in an EDXL-DE envelope, in an Atom or RSS index.

An index names its messages by links, or carries them in ``content``. All of them are wanted: the one that is
missing may be the one that cancels the others. So an index that lists more than is fetched states nothing.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.cap_message import TAGS
from kiosk.formats.text import clean
from kiosk.formats.xml import parse

MOST_LINKS = 20
_MOST_MESSAGES = 100

_ATOM = "{http://www.w3.org/2005/Atom}"
_EDXL = "{urn:oasis:names:tc:emergency:EDXL:DE:1.0}"
_CAP_TYPE = "application/cap+xml"


def linked(document: bytes) -> tuple[str, ...]:
    """The addresses of the messages that an index names, each once, in its order; empty for anything else."""
    root = parse(document)
    if root.tag == f"{_ATOM}feed":
        found = [_atom_link(entry) for entry in root.findall(f"{_ATOM}entry")]
    elif root.tag == "rss":
        found = [_rss_link(item) for item in root.findall("channel/item")]
    else:
        found = []
    addresses = tuple(dict.fromkeys(address for address in found if address))
    if len(addresses) > MOST_LINKS:
        raise Refused(
            Problem.TOO_BIG,
            f"The index lists {len(addresses)} messages, and {MOST_LINKS} are the most that are fetched; "
            "choose an index of the threat level only.",
        )
    return addresses


def alerts(document: bytes, fetched: Mapping[str, bytes]) -> tuple[Element, ...]:
    """Every ``alert`` of the document, and of the ones that it links to; none for an index that is empty.

    Raises:
        Refused: not-a-feed for other XML, not-actual for an envelope that is not, malformed for a link that
            leads to something else than messages.
    """
    found = [*_held(parse(document))]
    for address in linked(document):
        if address not in fetched:
            raise Refused(Problem.MALFORMED, "A message of the index is missing; the next poll asks for it again.")
        found += _held(parse(fetched[address]), index=False)
    if len(found) > _MOST_MESSAGES:
        raise Refused(Problem.TOO_BIG, f"More than {_MOST_MESSAGES} messages came; choose another index.")
    return tuple(found)


def _held(root: Element, *, index: bool = True) -> Iterator[Element]:
    """The messages that stand in a document itself."""
    if root.tag in TAGS:
        yield root
    elif root.tag.rpartition("}")[2] == "alerts" and len(root) and all(child.tag in TAGS for child in root):
        yield from root
    elif root.tag == f"{_EDXL}EDXLDistribution":
        yield from _enveloped(root)
    elif index and root.tag == f"{_ATOM}feed":
        for entry in root.findall(f"{_ATOM}entry"):
            yield from (child for child in entry.iterfind(f"{_ATOM}content/*") if child.tag in TAGS)
    elif not (index and root.tag == "rss"):
        raise Refused(
            Problem.NOT_A_FEED,
            "This XML is no CAP message and no index of such messages; check the source's address and format.",
        )


def _enveloped(envelope: Element) -> Iterator[Element]:
    """The messages in an EDXL-DE envelope, whose own status and type hold for all of them."""
    status, kind = (
        clean(envelope.findtext(f"{_EDXL}{name}") or "") for name in ("distributionStatus", "distributionType")
    )
    if status != "Actual":
        raise Refused(Problem.NOT_ACTUAL, "The envelope around the message is not marked Actual; it is no news.")
    if kind not in {"Report", "Update", "Dispatch"}:
        raise Refused(Problem.NOT_ACTUAL, "The envelope around the message delivers no news; ask its publisher.")
    content = f"{_EDXL}contentObject/{_EDXL}xmlContent/{_EDXL}embeddedXMLContent/*"
    found = [child for child in envelope.iterfind(content) if child.tag in TAGS]
    if not found:
        raise Refused(Problem.NO_LEVEL, "The envelope holds no CAP message; check the source's address.")
    yield from found


def _atom_link(entry: Element) -> str:
    """The address of an entry's message; empty where the message stands in the entry or there is none."""
    if any(child.tag in TAGS for child in entry.iterfind(f"{_ATOM}content/*")):
        return ""
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    marked = [link for link in links if link.get("type", "").lower() == _CAP_TYPE] or links
    return _only([link.get("href", "") for link in marked])


def _rss_link(item: Element) -> str:
    marked = [link for link in item.findall("enclosure") if link.get("type", "").lower() == _CAP_TYPE]
    return _only([link.get("url", "") for link in marked] or [link.text or "" for link in item.findall("link")])


def _only(addresses: list[str]) -> str:
    """The one address of an entry; an entry without one could be the message that matters."""
    found = {address.strip() for address in addresses} - {""}
    if len(found) != 1:
        raise Refused(
            Problem.AMBIGUOUS, "An entry of the index doesn't link to one message; ask the index's publisher."
        )
    return found.pop()

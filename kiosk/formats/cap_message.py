"""One CAP message as it is written (OASIS CAP 1.2; 1.1 means the same by the same names), read but not judged."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from msgspec import Struct

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.text import clean, excerpt

NAMESPACES = ("urn:oasis:names:tc:emergency:cap:1.2", "urn:oasis:names:tc:emergency:cap:1.1")
TAGS = frozenset(f"{{{namespace}}}alert" for namespace in NAMESPACES)

_STATUSES = frozenset(("Actual", "Exercise", "System", "Test", "Draft"))
_TYPES = frozenset(("Alert", "Update", "Cancel", "Ack", "Error"))
_SCOPES = frozenset(("Public", "Restricted", "Private"))

# The schema wants an offset, and has no "Z" and no fractions; both are sent, and both are plain. "-00:00" is UTC.
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})", re.ASCII)
_UNFIT = re.compile(r"[\s,<&]")  # in an identifier or a sender; "references" separates by them
_MOST_REFERENCES = 100

Key = tuple[str, str, str]
"""What names a message: sender, identifier, and the moment it was sent (UTC, ISO)."""


class Info(Struct, frozen=True):
    """One info block: a language or an area of a message.

    Attributes:
        parameters: (name, value) in the order of the message.
        events: the values of the event codes.
        areas: the descriptions of the areas.
        wording: event and headline.
    """

    parameters: tuple[tuple[str, str], ...]
    events: frozenset[str]
    areas: tuple[str, ...]
    effective: datetime | None
    expires: datetime | None
    wording: str


class Message(Struct, frozen=True):
    """One message; the names are those of the schema, ``kind`` is msgType. Times are UTC."""

    key: Key
    sent: datetime
    status: str
    kind: str
    scope: str
    references: frozenset[Key]
    infos: tuple[Info, ...]


def message_of(alert: Element) -> Message:
    """Reads one ``alert``.

    Raises:
        Refused: malformed where an element is missing or is none of the schema's values; ambiguous where an
            element that may be there once is there twice.
    """
    part = _Part(alert, alert.tag.removesuffix("alert"))
    status, kind, scope = (
        part.one_of(name, known)
        for name, known in (("status", _STATUSES), ("msgType", _TYPES), ("scope", _SCOPES))
    )
    sent = part.moment("sent")
    if sent is None:
        raise _malformed("has no time at which it was sent")
    names = part.text("sender"), part.text("identifier")
    if not all(names) or any(_UNFIT.search(name) for name in names):
        raise _malformed("has no proper identifier and sender")
    references = frozenset(_references(part.text("references")))
    if kind in {"Update", "Cancel"} and not references:
        raise _malformed(f"is of the type {kind} and doesn't say which message it refers to")
    infos = tuple(_info(block) for block in part.all("info"))
    key = _key(*names, sent)
    if key in references:
        # Taken at its word, it would leave in force what it was sent to replace.
        raise _malformed("refers to itself")
    return Message(key, sent, status, kind, scope, references, infos)


class _Part:
    """An element of a message; only children in the message's own namespace are seen. An empty one is absent."""

    def __init__(self, element: Element, space: str) -> None:
        self._element = element
        self._space = space

    def all(self, name: str) -> "Iterator[_Part]":
        return (_Part(child, self._space) for child in self._element.findall(self._space + name))

    def text(self, name: str) -> str:
        found = self._element.findall(self._space + name)
        if len(found) > 1:
            raise Refused(Problem.AMBIGUOUS, f"A CAP message has {name} more than once; ask its publisher.")
        if not found:
            return ""
        if len(found[0]):
            raise _malformed(f"has elements in {name}, where a text belongs")
        return clean(found[0].text or "")

    def one_of(self, name: str, known: frozenset[str]) -> str:
        value = self.text(name)
        if value not in known:
            raise _malformed(f"has the {name} “{excerpt(value)}”" if value else f"has no {name}")
        return value

    def moment(self, name: str) -> datetime | None:
        value = self.text(name)
        return moment(value, name) if value else None


def _info(block: _Part) -> Info:
    return Info(
        parameters=tuple((entry.text("valueName"), entry.text("value")) for entry in block.all("parameter")),
        events=frozenset(entry.text("value").upper() for entry in block.all("eventCode")),
        areas=tuple(area.text("areaDesc") for area in block.all("area")),
        effective=block.moment("effective"),
        expires=block.moment("expires"),
        wording=f"{block.text('event')}. {block.text('headline')}",
    )


def _references(text: str) -> Iterator[Key]:
    """The messages in "sender,identifier,sent sender,identifier,sent ..."."""
    named = text.split()
    if len(named) > _MOST_REFERENCES:
        raise _malformed(f"refers to more than {_MOST_REFERENCES} messages")
    for entry in named:
        parts = entry.split(",")
        if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - the three of the docstring
            raise _malformed(f"refers to “{excerpt(entry)}”, which is not sender,identifier,sent")
        yield _key(parts[0], parts[1], moment(parts[2], "references"))


def moment(text: str, name: str) -> datetime:
    """A time of CAP; Refused (malformed) where it is none or has no zone."""
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _malformed(f"has in {name} “{excerpt(text)}”, which is no time with its zone")


def _key(sender: str, identifier: str, sent: datetime) -> Key:
    return sender, identifier, sent.isoformat()


def _malformed(what: str) -> Refused:
    return Refused(Problem.MALFORMED, f"A CAP message {what}; ask its publisher.")

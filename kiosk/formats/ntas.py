"""The United States' National Terrorism Advisory System (NTAS API 1.1): the alerts that are in force.

No alert is the normal state, and an empty ``<alerts/>`` states it. Because of that nothing here is skipped: a
part that is not understood could be an alert. An alert that has ended is in force no more, though it may still be
listed. Where several are in force the highest is the level.

Times are "YYYY/MM/DD HH:MM" in GMT. An index gives each alert's address; its type stands in the alert itself.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from xml.etree.ElementTree import Element

from msgspec import Struct

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.text import clean, excerpt
from kiosk.formats.xml import parse

NO_ALERT = "NONE"
_AREA = "US"
_MOST_ALERTS = 20
_TYPES: Mapping[str, str] = MappingProxyType({
    "bulletin": "BULLETIN",
    "elevated": "ELEVATED",
    "elevatedthreat": "ELEVATED",
    "imminent": "IMMINENT",
    "imminentthreat": "IMMINENT",
})  # fmt: skip
_INDEXED = frozenset(("start", "end", "type", "href"))
_ALONE = frozenset(("start", "end", "type", "link"))
_TIME = re.compile(r"\d{4}/\d{2}/\d{2} \d{2}:\d{2}", re.ASCII)


class _Alert(Struct, frozen=True):
    """An alert, or its line in the index: then ``type`` may be empty."""

    start: datetime
    end: datetime | None
    type: str
    href: str


def links(document: bytes, ask: Ask) -> tuple[str, ...]:
    """The alerts in force that the index names; empty for an alert itself."""
    root = parse(document)
    if root.tag != "alerts":
        return ()
    return tuple(dict.fromkeys(alert.href for alert in _index(root) if _in_force(alert, ask)))


def decode(document: bytes, ask: Ask) -> Reading:
    """The highest alert in force, NONE for none; ``changed`` is the day on which it began."""
    root = parse(document)
    if ask.area != _AREA:
        raise Refused(Problem.NO_LEVEL, f"NTAS states no level for “{ask.area}”; set the area to {_AREA}.")
    if root.tag == "alerts":
        current = [_fetched(line, ask) for line in _index(root) if _in_force(line, ask)]
    elif root.tag == "alert":
        current = [alert for alert in (_alert(root, _ALONE),) if _in_force(alert, ask)]
        if not current:
            raise Refused(Problem.EXPIRED, "This alert has ended, and only the index says whether another stands.")
    else:
        raise Refused(Problem.NOT_A_FEED, "This XML is not from NTAS; check the source's address and format.")
    if not current:
        return Reading(_on_scale(NO_ALERT, ask), _AREA, "No current NTAS alert")
    highest = max(current, key=lambda alert: (ask.scale.rank(_level(alert, ask)), alert.start))
    words = f"NTAS alert: {highest.type}"
    return Reading(_level(highest, ask), _AREA, words, changed=highest.start.date(), until=highest.end)


def _index(root: Element) -> list[_Alert]:
    alerts = [_alert(child, _INDEXED) for child in root]
    if root.attrib or (root.text or "").strip() or any((child.tail or "").strip() for child in root):
        raise _malformed("has more in it than alerts")
    if len(alerts) > _MOST_ALERTS:
        raise Refused(Problem.TOO_BIG, f"NTAS lists more than {_MOST_ALERTS} alerts; read its page.")
    if not all(alert.href for alert in alerts):
        raise _malformed("lists an alert without its address")
    return alerts


def _fetched(line: _Alert, ask: Ask) -> _Alert:
    """The alert behind a line of the index, which has to say the same of it."""
    if line.href not in ask.linked:
        raise Refused(Problem.MALFORMED, "An alert of the index is missing; the next poll asks for it again.")
    alert = _alert(parse(ask.linked[line.href]), _ALONE)
    if (line.start, line.end) != (alert.start, alert.end) or line.type not in {"", alert.type}:
        raise Refused(Problem.AMBIGUOUS, "The NTAS index and its alert differ in time or type; read its page.")
    return alert


def _alert(element: Element, known: frozenset[str]) -> _Alert:
    if element.tag != "alert" or set(element.keys()) - known:
        raise _malformed("has a part that is no alert")
    start, end = _moment(element, "start"), _moment(element, "end")
    if start is None:
        raise _malformed("has an alert that doesn't say when it began")
    if end and end <= start:
        raise _malformed("has an alert that ends before it begins")
    return _Alert(start, end, clean(element.get("type", "")), element.get("href", "").strip())


def _in_force(alert: _Alert, ask: Ask) -> bool:
    if alert.start > ask.now:
        raise Refused(Problem.NOT_ACTUAL, "An NTAS alert begins in the future; check this machine's clock.")
    return alert.end is None or ask.now < alert.end


def _moment(element: Element, name: str) -> datetime | None:
    text = clean(element.get(name, ""))
    if not text:
        return None
    try:
        if _TIME.fullmatch(text):
            return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=UTC)
    except ValueError:
        pass
    raise _malformed(f"has the time “{excerpt(text)}”, which is not YYYY/MM/DD HH:MM")


def _level(alert: _Alert, ask: Ask) -> str:
    level = _TYPES.get(alert.type.replace(" ", "").lower())
    if level is None:
        raise Refused(
            Problem.UNKNOWN_LEVEL,
            f"NTAS names the type “{excerpt(alert.type)}”, which this version doesn't know; read its page.",
        )
    return _on_scale(level, ask)


def _on_scale(level: str, ask: Ask) -> str:
    if level not in ask.scale:
        raise Refused(Problem.UNKNOWN_LEVEL, f"NTAS states {level}, which is not on this scale; use profile us.")
    return level


def _malformed(what: str) -> Refused:
    return Refused(Problem.MALFORMED, f"The NTAS document {what}; read its page.")

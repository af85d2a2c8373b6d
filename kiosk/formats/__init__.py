"""Formats: pure functions from bytes to a Reading, or one refusal. No I/O, no clock, no Qt.

Some documents state nothing by themselves: an index names the messages that do. A format does not fetch, so it
says what it needs and is asked again. ``LINKS`` gives the addresses in such a document, the transports obtain
them within the same deadline and bounds (``kiosk.transports.linked``), and ``decode`` is called once, with all of
them in ``Ask.linked``. One that could not be had means that there is no statement: it might be the one that
cancels the others.

Each format is imported when it reads its first document. Most kiosks need one or two of them, and none for the
first picture.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.core.model import Reading
from kiosk.formats.ask import Ask, Format, Links


def _mi5(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.mi5 import decode

    return decode(document, ask)


def _govuk(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.govuk import decode

    return decode(document, ask)


def _json(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.json_paths import decode

    return decode(document, ask)


def _statement(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.statement import decode

    return decode(document, ask)


def _cap(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.cap import decode

    return decode(document, ask)


def _cap_links(document: bytes, ask: Ask) -> tuple[str, ...]:
    from kiosk.formats.cap import links

    return links(document, ask)


def _ntas(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.ntas import decode

    return decode(document, ask)


def _ntas_links(document: bytes, ask: Ask) -> tuple[str, ...]:
    from kiosk.formats.ntas import links

    return links(document, ask)


def _rss(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.rss import decode

    return decode(document, ask)


def _html(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.web_page import decode

    return decode(document, ask)


def _signed(document: bytes, ask: Ask) -> Reading:
    from kiosk.formats.signed import decode

    return decode(document, ask)


def _signed_links(document: bytes, ask: Ask) -> tuple[str, ...]:
    from kiosk.formats.signed import links

    return links(document, ask)


FORMATS: Mapping[str, Format] = MappingProxyType({
    "mi5": _mi5,
    "govuk": _govuk,
    "json": _json,
    "statement": _statement,
    "cap": _cap,
    "ntas": _ntas,
    "rss": _rss,
    "html": _html,
    "signed": _signed,
})  # fmt: skip
"""Every format by its name in a configuration."""

LINKS: Mapping[str, Links] = MappingProxyType({
    "cap": _cap_links,
    "ntas": _ntas_links,
    "signed": _signed_links,
})  # fmt: skip
"""Those of them whose documents may name others."""

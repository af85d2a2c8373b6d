"""Formats: pure functions from bytes to a Reading, or one refusal. No I/O, no clock, no Qt.

Some documents state nothing by themselves: an index names the messages that do. A format does not fetch, so it
says what it needs and is asked again. ``LINKS`` gives the addresses in such a document, the transports obtain
them within the same deadline and bounds (``kiosk.transports.linked``), and ``decode`` is called once, with all of
them in ``Ask.linked``. One that could not be had means that there is no statement: it might be the one that
cancels the others.

Each format is imported when it is asked for. Most kiosks need one or two of them, and none for the first picture.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from kiosk.formats.ask import Format, Links


def _mi5() -> Format:
    from kiosk.formats.mi5 import decode

    return decode


def _govuk() -> Format:
    from kiosk.formats.govuk import decode

    return decode


def _json() -> Format:
    from kiosk.formats.json_paths import decode

    return decode


def _statement() -> Format:
    from kiosk.formats.statement import decode

    return decode


def _cap() -> Format:
    from kiosk.formats.cap import decode

    return decode


def _cap_links() -> Links:
    from kiosk.formats.cap import links

    return links


def _ntas() -> Format:
    from kiosk.formats.ntas import decode

    return decode


def _ntas_links() -> Links:
    from kiosk.formats.ntas import links

    return links


def _rss() -> Format:
    from kiosk.formats.rss import decode

    return decode


def _html() -> Format:
    from kiosk.formats.web_page import decode

    return decode


def _signed() -> Format:
    from kiosk.formats.signed import decode

    return decode


def _signed_links() -> Links:
    from kiosk.formats.signed import links

    return links


FORMATS: Mapping[str, Callable[[], Format]] = MappingProxyType({
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
"""What gives every format, by its name in a configuration."""

LINKS: Mapping[str, Callable[[], Links]] = MappingProxyType({
    "cap": _cap_links,
    "ntas": _ntas_links,
    "signed": _signed_links,
})  # fmt: skip
"""Those of them whose documents may name others."""

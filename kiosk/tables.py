"""Reads TOML for people who write profiles: every mistake is a sentence that names the file and the entry."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

from kiosk.durations import duration
from kiosk.errors import ProfileError

_T = TypeVar("_T")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def read_toml(path: Path, advice: str = "") -> dict[str, Any]:
    """The entries of a file; ProfileError, with the advice, where it can't be read or is not TOML."""
    try:
        if not S_ISREG(path.stat().st_mode):  # opening a pipe would wait for a writer for ever
            raise ProfileError(f"The profile {path} is no file; name one, or a built-in profile.")
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ProfileError(f"The profile {path} can't be read ({error.strerror}){advice}.") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, a number of 5,000 digits, 5,000 brackets
        raise ProfileError(f"The profile {path} is not TOML: {error}.") from error


class Table:
    """A TOML table that knows its name, so that every mistake can be named (ProfileError)."""

    def __init__(self, entries: dict[str, Any], name: str) -> None:
        self._entries = entries
        self._name = name

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def mistake(self, what: str) -> ProfileError:
        """The error that says what is wrong with this table."""
        return ProfileError(f"{self._name} {what}.")

    def _get(self, key: str, kind: type[_T], wanted: str) -> _T:
        value = self._entries.get(key)
        if not isinstance(value, kind):
            raise self.mistake(f"needs {key} = {wanted}")
        return value

    def only(self, *known: str) -> None:
        """Refuses an entry that nobody reads: most likely a name is misspelt."""
        unknown = sorted(self._entries.keys() - set(known))
        if unknown:
            raise self.mistake(f"has {unknown[0]}, which is none of its entries: {', '.join(known)}")

    def distinct(self, words: Mapping[str, str]) -> None:
        """Refuses one word for two levels: a screen could not tell them apart."""
        levels: dict[str, str] = {}
        for level, word in words.items():
            other = levels.setdefault(word.casefold(), level)
            if other != level:
                raise self.mistake(f'calls both {other} and {level} "{word}"; give each its own word')

    def string(self, key: str) -> str:
        """A text that is not empty."""
        value = self._get(key, str, '"a text"')
        if not value.strip():
            raise self.mistake(f"has an empty {key}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """Texts, at least one."""
        values = self._get(key, list, '["one text", "or more"]')
        if not values or not all(isinstance(value, str) and value.strip() for value in values):
            raise self.mistake(f"needs texts, and at least one, in {key}")
        return tuple(values)

    def date(self, key: str) -> date:
        """A day."""
        return self._get(key, date, "a date such as 2026-11-22")

    def flag(self, key: str, *, default: bool) -> bool:
        """Yes or no; the default where the table says nothing."""
        return self._get(key, bool, "true or false") if key in self else default

    def duration(self, key: str) -> timedelta:
        """A length of time as people write it."""
        try:
            return duration(self.string(key))
        except ValueError as error:
            raise self.mistake(f"has {key}: {str(error).rstrip('.')}") from error

    def colour(self, key: str) -> str:
        """A colour as ``#rrggbb``."""
        value = self.string(key)
        if not _COLOUR.fullmatch(value):
            raise self.mistake(f'has {key} = "{value}"; write a colour as "#rrggbb"')
        return value

    def table(self, key: str) -> "Table":
        """A table in this one."""
        return Table(self._get(key, dict, "a table"), f"{self._name.rstrip(',')}, [{key}],")

    def tables(self, key: str) -> "tuple[Table, ...]":
        """A list of tables, numbered from 1."""
        entries = self._get(key, list, "a list of tables")
        if not all(isinstance(entry, dict) for entry in entries):
            raise self.mistake(f"needs tables in {key}")
        return tuple(Table(entry, f"{self._name.rstrip(',')}, {key} {n},") for n, entry in enumerate(entries, 1))

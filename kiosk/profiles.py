"""Reads a country's profile and the screen's own words from TOML, complete or not at all."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from babel import Locale

from kiosk.core.model import Scale
from kiosk.core.profile import CountryWords, Link, Look, Number, Profile, PublicSource
from kiosk.core.wording import Words
from kiosk.durations import duration
from kiosk.errors import ProfileError
from kiosk.resources import assets

_T = TypeVar("_T")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def built_in() -> tuple[str, ...]:
    """The names of the profiles that ship with the program."""
    return tuple(sorted(path.stem for path in (assets() / "profiles").glob("*.toml")))


def is_path(name: str) -> bool:
    """Whether a profile is given as a file: anything with a slash or .toml is, a plain name is built in."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def profile_path(name: str) -> Path:
    """Where a profile is."""
    return Path(name) if is_path(name) else assets() / "profiles" / f"{name}.toml"


def load_profile(name: str) -> Profile:
    """The profile of that name or path; ProfileError names the file, the entry and what it needs."""
    path = profile_path(name)
    document = _Table(_read(path), f"The profile {path}")
    areas = document.strings("areas")
    levels = document.tables("levels")
    scale = Scale(tuple(level.string("id") for level in levels))
    if len(scale) < 2 or len(set(scale.levels)) != len(scale):  # noqa: PLR2004 - one level is no scale
        raise ProfileError(f"The profile {path} needs two or more [[levels]], each with an id of its own.")
    small = [level for level in scale.levels if level != level.upper()]
    if small:
        raise ProfileError(f'The profile {path} has a level "{small[0]}"; write its id in capitals.')
    languages = document.strings("languages")
    return Profile(
        id=path.stem,
        name=document.string("name"),
        reviewed=document.date("reviewed"),
        areas=areas,
        languages=languages,
        scale=scale,
        looks=MappingProxyType({level.string("id"): _look(level) for level in levels}),
        words=MappingProxyType(
            {language: _country_words(document.table(language), scale, areas) for language in languages}
        ),
        sources=tuple(
            PublicSource(
                source.string("name"),
                source.string("url"),
                source.string("format"),
                source.duration("every"),
            )
            for source in document.tables("sources")
        ),
    )


def load_words(language: str) -> Words:
    """The screen's own words; ProfileError where a phrase is missing that English has."""
    english = _read(assets() / "words" / "en.toml")
    path = assets() / "words" / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(entry.stem for entry in path.parent.glob("*.toml")))
        raise ProfileError(f'The language "{language}" is not known to the screen; use one of {known}.')
    document = _read(path)
    missing = sorted(english.keys() - document.keys())
    if missing:
        raise ProfileError(f"The words in {path} lack {', '.join(missing)}; translate them from en.toml.")
    phrases = MappingProxyType({key: str(value) for key, value in document.items()})
    return Words(language, Locale.parse(phrases["locale"]), phrases)


def _read(path: Path) -> dict[str, Any]:
    if path.exists() and not path.is_file():  # opening a pipe would wait for a writer for ever
        raise ProfileError(f"The profile {path} is no file; name one, or a built-in profile.")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ProfileError(
            f"The profile {path} can't be read ({error.strerror}); built in are {', '.join(built_in())}."
        ) from error
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, a number of 5,000 digits, 5,000 brackets
        raise ProfileError(f"The profile {path} is not TOML: {error}.") from error


def _look(level: "_Table") -> Look:
    return Look(level.colour("colour"), level.colour("ink"), level.colour("accent"))


def _country_words(table: "_Table", scale: Scale, areas: tuple[str, ...]) -> CountryWords:
    levels = {level: table.table("levels").table(level) for level in scale.levels}
    table.table("levels").only({"source", "reviewed", *scale.levels})
    table.table("guidance").only({"source", "reviewed", "heading", "always", *scale.levels})
    table.table("levels").distinct({level: entry.string("word") for level, entry in levels.items()})
    places = {area: table.table("areas").table(area) for area in areas}
    guidance = table.table("guidance")
    contacts = table.table("contacts")
    link = contacts.table("link")
    always = guidance.strings("always")
    return CountryWords(
        level=_frozen({key: entry.string("word") for key, entry in levels.items()}),
        meaning=_frozen({key: entry.string("meaning") for key, entry in levels.items()}),
        heading=_frozen({key: entry.string("heading") for key, entry in places.items()}),
        set_by=_frozen({key: entry.string("set_by") for key, entry in places.items()}),
        guidance_heading=guidance.string("heading"),
        guidance=MappingProxyType({level: guidance.strings(level) for level in scale.levels if level in guidance}),
        guidance_always=always,
        numbers=tuple(
            Number(entry.string("label"), entry.string("number")) for entry in contacts.tables("numbers")
        ),
        link=Link(link.string("label"), link.string("text"), link.string("url")),
        where=table.table("unconfirmed").string("where"),
    )


def _frozen(words: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(words)


class _Table:
    """A TOML table that knows its name, so that every mistake can be named."""

    def __init__(self, entries: dict[str, Any], name: str) -> None:
        self._entries = entries
        self._name = name

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def _get(self, key: str, kind: type[_T], wanted: str) -> _T:
        value = self._entries.get(key)
        if not isinstance(value, kind):
            raise ProfileError(f"{self._name} needs {key} = {wanted}.")
        return value

    def only(self, known: set[str]) -> None:
        """Refuses an entry that nobody reads: most likely a level's name is misspelt."""
        unknown = sorted(self._entries.keys() - known)
        if unknown:
            raise ProfileError(
                f"{self._name} has {unknown[0]}, which is neither a level nor an entry of this table."
            )

    def distinct(self, words: Mapping[str, str]) -> None:
        """Refuses one word for two levels: a screen could not tell them apart."""
        levels: dict[str, str] = {}
        for level, word in words.items():
            other = levels.setdefault(word.casefold(), level)
            if other != level:
                raise ProfileError(
                    f'{self._name} calls both {other} and {level} "{word}"; give each its own word.'
                )

    def string(self, key: str) -> str:
        value = self._get(key, str, '"a text"')
        if not value.strip():
            raise ProfileError(f"{self._name} has an empty {key}.")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        values = self._get(key, list, '["one text", "or more"]')
        if not values or not all(isinstance(value, str) and value.strip() for value in values):
            raise ProfileError(f"{self._name} needs texts, and at least one, in {key}.")
        return tuple(values)

    def date(self, key: str) -> date:
        return self._get(key, date, "a date such as 2026-11-22")

    def duration(self, key: str) -> timedelta:
        try:
            return duration(self.string(key))
        except ValueError as error:
            raise ProfileError(f"{self._name} has {key}: {error}") from error

    def colour(self, key: str) -> str:
        value = self.string(key)
        if not _COLOUR.fullmatch(value):
            raise ProfileError(f'{self._name} has {key} = "{value}"; write a colour as "#rrggbb".')
        return value

    def table(self, key: str) -> "_Table":
        return _Table(self._get(key, dict, "a table"), f"{self._name.rstrip(',')}, [{key}],")

    def tables(self, key: str) -> "tuple[_Table, ...]":
        entries = self._get(key, list, "a list of tables")
        if not all(isinstance(entry, dict) for entry in entries):
            raise ProfileError(f"{self._name} needs tables in {key}.")
        return tuple(_Table(entry, f"{self._name.rstrip(',')}, {key} {n},") for n, entry in enumerate(entries, 1))

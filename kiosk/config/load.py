"""From a TOML file to a Config: every mistake at once, each with its line, what is wrong and what to write."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.config.checks import source_mistakes, trust_mistakes
from kiosk.config.lines import Place, entry_lines
from kiosk.config.model import Config, SourceConfig
from kiosk.config.option import Option
from kiosk.config.options import TABLES, TOP, TRUST, VENUE
from kiosk.config.source_options import SOURCE
from kiosk.config.venue import venue_mistakes, venue_of
from kiosk.core.policy import Trust
from kiosk.core.profile import Profile
from kiosk.core.wording import Words
from kiosk.durations import written
from kiosk.errors import ConfigError, ProfileError
from kiosk.formats.text import clean
from kiosk.profiles import is_path, load_profile, load_words
from kiosk.typefaces import lacking

_LARGEST = 256 * 1024  # bytes; a configuration is a page, and whatever is larger is not one


def load_config(path: Path | None, *, thorough: bool = False) -> Config:
    """The configuration in that file, or the built-in one for None; ConfigError lists every mistake.

    ``thorough`` also looks at what this configuration does not use: the profile's other languages, and the
    colours of a built-in one.
    """
    if path is None:
        return parse_config("", "the built-in configuration", thorough=thorough)
    if path.exists() and not path.is_file():  # opening a pipe would wait for a writer for ever
        raise ConfigError((f"{path}: is no file. Name one.",))
    try:
        with path.open("rb") as file:
            document = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError((f"{path}: can't be read ({error.strerror}). Name a file that exists.",)) from error
    if len(document) > _LARGEST:
        raise ConfigError((f"{path}: is larger than {_LARGEST // 1024} KiB and can't be a configuration.",))
    try:
        return parse_config(document.decode("utf-8-sig"), str(path), folder=path.parent, thorough=thorough)
    except UnicodeDecodeError as error:
        raise ConfigError((f"{path}: is not UTF-8 at byte {error.start}. Save it as UTF-8.",)) from error


def parse_config(document: str, origin: str, folder: Path | None = None, *, thorough: bool = False) -> Config:
    """The configuration in a text; ``folder`` is what the path of a profile is relative to."""
    try:
        entries = tomllib.loads(document)
    except ValueError as error:  # TOMLDecodeError, and what Python says to a number of 5,000 digits
        raise ConfigError((f"{origin}: is not TOML: {error}.",)) from error
    except RecursionError:
        raise ConfigError((f"{origin}: is nested too deeply to be a configuration.",)) from None
    return _Reader(entries, entry_lines(document), origin, folder, thorough=thorough).config()


def judged(
    document: str, origin: str, folder: Path | None, *, thorough: bool = False
) -> tuple[Config | None, tuple[tuple[Place, str], ...]]:
    """As ``parse_config``, for a form: the configuration, or each mistake with its place."""
    try:
        entries = tomllib.loads(document)
    except (ValueError, RecursionError) as error:
        return None, ((("", 0, ""), f"This is not TOML: {error}."),)
    reader = _Reader(entries, entry_lines(document), origin, folder, thorough=thorough)
    try:
        return reader.config(), ()
    except ConfigError:
        return None, tuple(reader.places)


class _Reader:
    """Reads one document and collects what is wrong with it.

    Attributes:
        mistakes: (line, sentence), in the order in which they were found.
        places: the same by the place at fault.
    """

    def __init__(
        self,
        entries: dict[str, Any],
        lines: Mapping[Place, int],
        origin: str,
        folder: Path | None,
        *,
        thorough: bool,
    ) -> None:
        self._entries = entries
        self._lines = lines
        self._origin = origin
        self._folder = folder
        self._thorough = thorough
        self.mistakes: list[tuple[int, str]] = []
        self.places: list[tuple[Place, str]] = []

    def config(self) -> Config:
        top = self._table(TOP, {k: v for k, v in self._entries.items() if k not in TABLES}, ("", 0))
        trust = Trust(**self._single("trust", TRUST))
        own = self._single("venue", VENUE)
        for sentence in trust_mistakes(trust):
            self._mistake(("trust", 0, ""), sentence)
        profile_name = self._profile_name(top["profile"])
        profile = self._profile(profile_name, top["languages"] or ())
        sources = tuple(self._sources(profile)) if profile else ()
        if profile is None or self.mistakes:
            raise self._error()
        if top["agree"] > len(sources):
            self._mistake(
                ("", 0, "agree"),
                f"agree = {top['agree']}; there are fewer sources ({len(sources)}). Add some, or demand less.",
            )
        area = top["area"] or profile.areas[0]
        if area not in profile.areas:
            self._mistake(
                ("", 0, "area"),
                f'area = "{area}" is not an area of the profile; use {_either(profile.areas)}.',
            )
        words = tuple(self._words(top["languages"] or profile.languages[:1], profile))
        for key, sentence in venue_mistakes(own, tuple(entry.language for entry in words)):
            self._mistake(("venue", 0, key), sentence)
        if self.mistakes:
            raise self._error()
        return Config(
            self._origin,
            profile_name,
            profile,
            area,
            venue_of(own, top["place"], self._folder),
            words,
            sources,
            trust,
            top["agree"],
            top["two_person"],
            top["night"],
            top["reduced_motion"],
        )

    def _single(self, name: str, options: tuple[Option, ...]) -> dict[str, Any]:
        """The values of a table that stands once."""
        entries = self._entries.get(name, {})
        if not isinstance(entries, dict):
            self._mistake(("", 0, name), f"{name} is a table: write [{name}] on a line of its own.")
            entries = {}
        return self._table(options, entries, (name, 0))

    def _profile_name(self, name: str) -> str:
        """The name of a built-in profile as it is, a path from where the configuration is."""
        return self._path(name) if is_path(name) else name

    def _path(self, name: str) -> str:
        """The absolute path of what the file names from its own folder."""
        return str(((self._folder or Path()) / name).absolute())

    def _profile(self, name: str, languages: tuple[str, ...]) -> Profile | None:
        try:
            if not self._thorough:
                return load_profile(name, languages)
            profile = load_profile(name, measured=True)
            for language in profile.languages:
                load_words(language)
        except ProfileError as error:
            self._mistake(("", 0, "profile"), str(error))
            return None
        return profile

    def _words(self, languages: tuple[str, ...], profile: Profile) -> Iterator[Words]:
        for language in dict.fromkeys(languages):
            if language not in profile.languages:
                self._mistake(
                    ("", 0, "languages"),
                    f'languages names "{clean(language)}", but the profile has {_either(profile.languages)}.',
                )
                continue
            if reason := lacking(language):
                self._mistake(("", 0, "languages"), reason)
                continue
            try:
                yield load_words(language)
            except ProfileError as error:
                self._mistake(("", 0, "languages"), str(error))

    def _sources(self, profile: Profile) -> Iterator[SourceConfig]:
        tables = self._entries.get("source")
        if tables is None and not profile.sources:
            self._mistake(
                ("", 0, "profile"),
                f"{profile.name} publishes no level that a program can read: add a [[source]] with name, url and "
                'format, such as a document of your own (format = "json").',
            )
            return
        if tables is None:
            tables = [
                {"name": public.name, "url": public.url, "format": public.format, "every": written(public.every)}
                for public in profile.sources
            ]
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
            self._mistake(("", 0, "source"), "sources are tables: write [[source]] on a line of its own.")
            return
        names: set[str] = set()
        for index, table in enumerate(tables):
            read = self._table(SOURCE, table, ("source", index))
            if not all(read[option.key] for option in SOURCE if option.required):
                continue
            paths = {key: self._path(read[key]) for key in ("password_file", "ca_file") if read[key]}
            source = SourceConfig(**{**read, **paths, "values": MappingProxyType(dict(read["values"]))})
            if source.name in names:
                self._mistake(
                    ("source", index, "name"),
                    f'there are two sources called "{source.name}"; give each a name of its own.',
                )
            names.add(source.name)
            for key, sentence in source_mistakes(source, profile.scale):
                self._mistake(("source", index, key), sentence)
            yield source

    def _table(
        self, options: tuple[Option, ...], entries: Mapping[str, Any], place: tuple[str, int]
    ) -> dict[str, Any]:
        """The values of one table; an entry that can't be read keeps its default, and is a mistake."""
        known = {option.key: option for option in options}
        for key in sorted(entries.keys() - known.keys()):
            self._mistake((*place, key), _unknown(key, place[0], [*known, *(TABLES if not place[0] else ())]))
        values: dict[str, Any] = {}
        for key, option in known.items():
            default = option.default
            values[key] = option.kind.read(default) if isinstance(default, str) else default
            if key in entries:
                try:
                    values[key] = option.kind.read(entries[key])
                except ValueError as error:
                    self._mistake((*place, key), f"{key}: {str(error).rstrip('.')}.")
                    continue
            if option.required and not values[key]:
                self._mistake((*place, ""), f"this [[{place[0]}]] needs {key} = {option.example}.")
        return values

    def _mistake(self, place: Place, sentence: str) -> None:
        table, index, key = place
        nearest = (place, (key, 0, ""), (table, index, ""), ("", 0, table))
        line = next((self._lines[place] for place in nearest if place in self._lines), 0)
        self.mistakes.append((line, sentence))
        self.places.append((place, sentence))

    def _error(self) -> ConfigError:
        return ConfigError(
            tuple(
                f"{self._origin}, line {line}: {sentence}" if line else f"{self._origin}: {sentence}"
                for line, sentence in sorted(self.mistakes, key=itemgetter(0))
            )
        )


def _unknown(key: str, table: str, known: list[str]) -> str:
    where = f"[{table}]" if table else "the file"
    close = get_close_matches(key, known, 1)
    advice = f'did you mean "{close[0]}"?' if close else f"{where} knows {_either(known)}."
    return f'"{clean(key)}" is not an option; {advice}'


def _either(names: Iterable[str]) -> str:
    return ", ".join(sorted(name for name in names if name))

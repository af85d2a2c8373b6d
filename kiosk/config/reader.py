"""Reads one configuration document into a Config, and collects every mistake in it with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from kiosk.config.afar import endpoint_mistakes, endpoint_of, presence_mistakes, presence_of
from kiosk.config.checks import source_mistakes, trust_mistakes
from kiosk.config.lines import Place
from kiosk.config.machine_options import LOCK, POWER, SCREEN, power_plan, screen_mistakes
from kiosk.config.model import Config, SourceConfig
from kiosk.config.option import Option
from kiosk.config.options import TABLES, TOP, TRUST, VENUE
from kiosk.config.source_options import SOURCE
from kiosk.config.venue import venue_mistakes, venue_of
from kiosk.core.policy import Trust
from kiosk.core.profile import Profile
from kiosk.core.venue import Venue
from kiosk.core.walls import ScreenPlan
from kiosk.core.wording import Words
from kiosk.durations import written
from kiosk.errors import ConfigError, ProfileError
from kiosk.formats.text import clean
from kiosk.profiles import is_path, load_profile, load_words
from kiosk.typefaces import lacking

BUILT_IN = "the built-in configuration"
_LARGEST = 256 * 1024  # bytes; a configuration is a page, and whatever is larger is not one


class Reader:
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
        copies: Mapping[str, str],
        *,
        thorough: bool,
    ) -> None:
        self._entries = entries
        self._lines = lines
        self._origin = origin
        self._folder = folder
        self._copies = copies
        self._thorough = thorough
        self.mistakes: list[tuple[int, str]] = []
        self.places: list[tuple[Place, str]] = []

    def config(self) -> Config:
        """The configuration; ConfigError with every mistake that was found."""
        top = self._table(TOP, {k: v for k, v in self._entries.items() if k not in TABLES}, ("", 0))
        trust = Trust(**self._single("trust", TRUST))
        own = self._single("venue", VENUE)
        screens = tuple(self._screens())
        lock = self._single("lock", LOCK)
        power = self._single("power", POWER)
        for sentence in trust_mistakes(trust):
            self._mistake(("trust", 0, ""), sentence)
        profile_name = self._profile_name(top["profile"])
        profile = self._profile(profile_name, top["languages"] or ())
        sources = tuple(self._sources(profile)) if profile else ()
        endpoint = self._afar("endpoint", endpoint_mistakes)
        presence = self._afar("presence", lambda read: presence_mistakes(read, sources, top["place"]))
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
            self._venue(own, top["place"]),
            words,
            sources,
            trust,
            top["agree"],
            top["two_person"],
            top["night"],
            top["reduced_motion"],
            endpoint_of(endpoint) if endpoint else None,
            presence_of(presence, sources, top["place"]) if presence else None,
            screens,
            lock["pin"],
            power_plan(**power),
        )

    def _afar(
        self, name: str, mistakes: Callable[[Mapping[str, Any]], Iterator[tuple[str, str]]]
    ) -> dict[str, Any] | None:
        """The values of a table without which something isn't done at all, with whole paths."""
        if name not in self._entries:
            return None
        read = self._single(name, TABLES[name])
        for key, sentence in mistakes(read):
            self._mistake((name, 0, key), sentence)
        return read | {key: self._path(read[key]) for key in read if key.endswith("_file") and read[key]}

    def _single(self, name: str, options: tuple[Option, ...]) -> dict[str, Any]:
        """The values of a table that stands once."""
        entries = self._entries.get(name, {})
        if not isinstance(entries, dict):
            self._mistake(("", 0, name), f"{name} is a table: write [{name}] on a line of its own.")
            entries = {}
        return self._table(options, entries, (name, 0))

    def _screens(self) -> Iterator[ScreenPlan]:
        tables = self._entries.get("screen", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._mistake(("", 0, "screen"), "screens are tables: write [[screen]] on a line of its own.")
            return
        read = [self._table(SCREEN, table, ("screen", index)) for index, table in enumerate(tables)]
        screens = [ScreenPlan(**values) for values in read if values["name"]]
        for index, sentence in screen_mistakes(screens):
            self._mistake(("screen", index, "name"), sentence)
        yield from screens

    def _venue(self, own: dict[str, Any], place: str) -> Venue:
        venue = venue_of(own, place, self._folder)
        return replace(venue, logo=self._copies.get(venue.logo, venue.logo)) if venue.logo else venue

    def _profile_name(self, name: str) -> str:
        """The name of a built-in profile as it is, a path from where the configuration is."""
        return self._path(name) if is_path(name) else name

    def _path(self, name: str) -> str:
        """The absolute path of what the file names from its own folder."""
        return str(((self._folder or Path()) / name).absolute())

    def _profile(self, name: str, languages: tuple[str, ...]) -> Profile | None:
        source = self._copies.get(name, name)
        try:
            if not self._thorough:
                return load_profile(source, languages)
            profile = load_profile(source, measured=True)
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
    from difflib import get_close_matches

    where = f"[{table}]" if table else "the file"
    close = get_close_matches(key, known, 1)
    advice = f'did you mean "{close[0]}"?' if close else f"{where} knows {_either(known)}."
    return f'"{clean(key)}" is not an option; {advice}'


def _either(names: Iterable[str]) -> str:
    return ", ".join(sorted(name for name in names if name))

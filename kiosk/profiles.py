"""Reads a country's profile and the screen's own words from TOML, complete or not at all."""

import re
from collections.abc import Collection
from pathlib import Path
from types import MappingProxyType

from msgspec import json
from msgspec.structs import replace

from kiosk.colour_advice import fault_of
from kiosk.core.calendar import Calendar
from kiosk.core.model import Scale
from kiosk.core.profile import CountryWords, Look, Profile, PublicSource
from kiosk.core.wording import Words
from kiosk.errors import ProfileError
from kiosk.resources import assets
from kiosk.tables import Table, read_toml
from kiosk.translations import check_translation, country_words

_LANGUAGE = re.compile(r"[A-Za-z0-9_-]+")  # it is a part of a file's name


def built_in() -> tuple[str, ...]:
    """The names of the profiles that ship with the program; uk.cy.toml is a translation and not one of them."""
    stems = (path.stem for path in (assets() / "profiles").glob("*.toml"))
    return tuple(sorted(stem for stem in stems if "." not in stem))


def is_path(name: str) -> bool:
    """Whether a profile is given as a file: anything with a slash or .toml is, a plain name is built in."""
    return name.endswith(".toml") or "/" in name or "\\" in name


def profile_path(name: str) -> Path:
    """Where a profile is."""
    return Path(name) if is_path(name) else assets() / "profiles" / f"{name}.toml"


def translation_path(path: Path, language: str) -> Path:
    """Where the words of a profile in another language are, if they are not in the profile itself."""
    return path.with_name(f"{path.stem}.{language}.toml")


def load_profile(name: str, languages: Collection[str] | None = None, *, measured: bool = False) -> Profile:
    """The profile of that name or path; ProfileError names the file, the entry and what it needs.

    Args:
        name: a built-in profile's name, or a path.
        languages: whose words are read beside those of the first language; None for all. What the profile
            lacks is not asked for. Reading takes time, and a kiosk shows two or three languages at most.
        measured: whether the colours of a built-in profile are measured, too. Tests have done so, and it takes
            as long as the rest of a start; a profile of somebody's own is measured each time.
    """
    path = profile_path(name)
    entries = read_toml(path, f"; built in are {', '.join(built_in())}")
    document = Table(entries, f"The profile {path}")
    levels = document.tables("levels")
    scale = Scale(tuple(level.string("id") for level in levels))
    if len(scale) < 2 or len(set(scale.levels)) != len(scale):  # noqa: PLR2004 - one level is no scale
        raise document.mistake("needs two or more [[levels]], each with an id of its own")
    small = [level for level in scale.levels if level != level.upper()]
    if small:
        raise document.mistake(f'has a level "{small[0]}"; write its id in capitals')
    looks = {level.string("id"): _look(level) for level in levels}
    if (measured or is_path(name)) and (fault := fault_of(looks)):
        raise document.mistake(f"has {fault}")
    profile = Profile(
        id=path.stem,
        name=document.string("name"),
        reviewed=document.date("reviewed"),
        areas=document.strings("areas"),
        languages=document.strings("languages"),
        scale=scale,
        looks=MappingProxyType(looks),
        words=MappingProxyType({}),
        sources=tuple(_public_source(source) for source in document.tables("sources"))
        if "sources" in document
        else (),
        ladder=document.flag("ladder", default=True),
    )
    return replace(profile, words=MappingProxyType(_words(path, document, profile, languages)))


def load_words(language: str) -> Words:
    """The screen's own words; ProfileError where a phrase is missing that English has."""
    path = assets() / "words" / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(entry.stem for entry in path.parent.glob("*.toml")))
        raise ProfileError(f'The language "{language}" is not known to the screen; use one of {known}.')
    document = read_toml(path)
    english = document if language == "en" else read_toml(path.with_name("en.toml"))
    missing = sorted(english.keys() - document.keys())
    if missing:
        raise ProfileError(f"The words in {path} lack {', '.join(missing)}; translate them from en.toml.")
    phrases = MappingProxyType({key: str(value) for key, value in document.items()})
    return Words(language, _calendar(language), phrases)


def _calendar(language: str) -> Calendar:
    """What the CLDR says of a language of the screen: each has such a file beside its words."""
    return json.decode((assets() / "calendars" / f"{language}.json").read_bytes(), type=Calendar)


def _words(
    path: Path, document: Table, profile: Profile, languages: Collection[str] | None
) -> dict[str, CountryWords]:
    """The words of the first language, and of the others that are wanted, each held against the first."""
    first, *others = profile.languages
    tables = {first: _language(path, document, first)}
    words = {first: country_words(tables[first], profile.scale, profile.areas)}
    for language in others:
        if languages is None or language in languages:
            table = _language(path, document, language)
            words[language] = country_words(table, profile.scale, profile.areas)
            check_translation(table, words[language], words[first], first)
    return words


def _language(path: Path, document: Table, language: str) -> Table:
    """The tables of a language, in the profile or beside it."""
    if not _LANGUAGE.fullmatch(language):
        raise document.mistake(f'has "{language}" in languages; write codes such as "en" and "cy"')
    beside = translation_path(path, language)
    if language in document:
        if beside.exists():
            raise document.mistake(f"has [{language}], and {beside.name} is beside it; keep one of them")
        return document.table(language)
    if not beside.exists():
        raise document.mistake(f"needs [{language}], or {beside.name} beside it")
    table = Table(read_toml(beside), f"The profile {beside}")
    table.only("levels", "areas", "guidance", "contacts", "unconfirmed")
    return table


def _look(level: Table) -> Look:
    return Look(level.colour("colour"), level.colour("ink"), level.colour("accent"))


def _public_source(source: Table) -> PublicSource:
    return PublicSource(
        source.string("name"), source.string("url"), source.string("format"), source.duration("every")
    )

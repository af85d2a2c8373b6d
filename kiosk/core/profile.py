"""A country as data: its scale, colours and words. Read from assets/profiles by ``kiosk.profiles``."""

from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from kiosk.core.model import Scale


class Look(Struct, frozen=True):
    """A level's colour, the ink on it, and the same hue where it stands on white; all ``#rrggbb``."""

    colour: str
    ink: str
    accent: str


class Number(Struct, frozen=True):
    """A telephone number and what it is for."""

    label: str
    number: str


class Link(Struct, frozen=True):
    """A place on the web: what it is for, how it is written on the screen, and its address.

    ``scan`` stands under its QR code; empty where people report there, for which the screen has words of its own.
    """

    label: str
    text: str
    url: str
    scan: str = ""


class CountryWords(Struct, frozen=True):
    """Everything a country says in one language; mappings are keyed by level or area identifiers.

    Attributes:
        guidance: lines for each level, most important first.
        guidance_always: the lines that hold whatever the level is.
        where: where to look when nothing is confirmed.
    """

    level: Mapping[str, str]
    meaning: Mapping[str, str]
    heading: Mapping[str, str]
    set_by: Mapping[str, str]
    guidance_heading: str
    guidance: Mapping[str, tuple[str, ...]]
    guidance_always: tuple[str, ...]
    numbers: tuple[Number, ...]
    link: Link
    where: str


class PublicSource(Struct, frozen=True):
    """A source that the country offers to everybody; the default where none is configured."""

    name: str
    url: str
    format: str
    every: timedelta


class Profile(Struct, frozen=True):
    """One country.

    Attributes:
        areas, languages: the default first.
        sources: what the country publishes for programs to read; none where it publishes for people only.
        ladder: whether the whole scale is shown; some authorities show the level in force alone.
    """

    id: str
    name: str
    reviewed: date
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    scale: Scale
    looks: Mapping[str, Look]
    words: Mapping[str, CountryWords]
    sources: tuple[PublicSource, ...]
    ladder: bool = True

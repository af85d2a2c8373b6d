"""What the setup window is given: plain values, and a desk that does the work.

The window knows nothing of files, sources and options; it asks and shows.
"""

from collections.abc import Mapping
from enum import StrEnum
from threading import Event
from typing import Any, Protocol

from msgspec import Struct

from kiosk.core.screen import Scene

Place = tuple[str, int, str]
"""A table's name, which of that name it is (from 0), and the key."""


class Sort(StrEnum):
    """What kind of input an option takes."""

    TEXT = "text"
    FLAG = "flag"
    COUNT = "count"
    LINES = "lines"
    LEVELS = "levels"
    SPOKEN = "spoken"
    FILE = "file"


class Field(Struct, frozen=True):
    """One option.

    Attributes:
        default: as it is written where the entry is left out; "" where there is nothing.
        formats, schemes: what it is for; empty for all.
    """

    key: str
    sort: Sort
    help: str
    example: str
    default: str
    formats: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


class Choice(Struct, frozen=True):
    """One of several values, and what it is called."""

    value: str
    label: str


class Country(Struct, frozen=True):
    """The profile that is chosen.

    Attributes:
        levels: from low to high.
    """

    areas: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    levels: tuple[Choice, ...]


class Answer(Struct, frozen=True):
    """What came of asking a source, in one sentence or two."""

    good: bool
    sentence: str


class Desk(Protocol):
    """Does what the window is asked to; no call takes long but ``ask``, which may be called from any thread."""

    @property
    def path(self) -> str:
        """Where the file is."""

    @property
    def fields(self) -> Mapping[str, tuple[Field, ...]]:
        """The options of each table."""

    @property
    def profiles(self) -> tuple[Choice, ...]:
        """The countries that ship with the program."""

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats of sources."""

    @property
    def unsaved(self) -> bool:
        """Whether anything was changed and not saved."""

    @property
    def exists(self) -> bool:
        """Whether there is a file yet."""

    @property
    def changed_elsewhere(self) -> bool:
        """Whether somebody else changed the file since it was read."""

    def values(self) -> dict[str, Any]:
        """The entries of the file as plain values."""

    def put(self, place: Place, value: Any) -> None:
        """Sets an entry; None takes it away."""

    def add(self, table: str, values: Mapping[str, Any]) -> None:
        """Adds a table to a list of tables."""

    def remove(self, table: str, index: int) -> None:
        """Takes a table out of a list of tables."""

    def country(self) -> Country | None:
        """What the chosen profile offers; None where it can't be read."""

    def public_sources(self) -> tuple[Mapping[str, str], ...]:
        """The country's own sources as entries."""

    def mistakes(self) -> tuple[tuple[Place, str], ...]:
        """Every mistake with its place."""

    def scene(self, level: str, state: str) -> Scene | None:
        """The picture of a made-up level and state; None where mistakes forbid any."""

    def ask(self, index: int, stop: Event) -> Answer:
        """Asks the source with that number, as ``check`` does; returns at its deadline, or soon after ``stop``."""

    def hashed_pin(self, pin: str) -> Answer:
        """A new PIN as the file has it, or why it is not taken."""

    def reload(self) -> None:
        """Reads the file anew and forgets what was changed here; KioskError where it can't be read."""

    def save(self, path: str | None = None) -> None:
        """Writes the file, elsewhere from now on where a path is given; KioskError where it can't be written."""

"""What the value of an option may be: each kind turns TOML into a value, or says in a sentence why it can't."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from msgspec import Struct

from kiosk.durations import duration, written
from kiosk.formats.text import clean


class Kind(Struct, frozen=True):
    """A kind of value: what to call it, and how to read it (ValueError with a sentence if it can't be)."""

    name: str
    read: Callable[[Any], Any]


def text(longest: int) -> Kind:
    """One line of plain text; control and direction characters are dropped."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("it must be a text in quotes")  # noqa: TRY004 - one error for every bad value
        if len(value) > longest:
            raise ValueError(f"it has {len(value)} characters; {longest} are the most")
        return clean(value)

    return Kind(f"text, at most {longest} characters", read)


def texts() -> Kind:
    """A list of texts."""

    def read(value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise ValueError('it must be a list of texts such as ["one", "two"]')
        return tuple(value)

    return Kind("list of texts", read)


def count(least: int, most: int) -> Kind:
    """A whole number."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"it must be a whole number from {least} to {most}")
        return value

    return Kind(f"whole number from {least} to {most}", read)


def flag() -> Kind:
    """True or false."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise ValueError("it must be true or false")  # noqa: TRY004 - as above
        return value

    return Kind("true or false", read)


def length_of_time(shortest: timedelta, longest: timedelta) -> Kind:
    """A length of time as people write it."""

    def read(value: object) -> timedelta:
        if not isinstance(value, str):
            raise ValueError('write a length of time in quotes, as in "10 min"')  # noqa: TRY004 - as above
        length = duration(value)
        if not shortest <= length <= longest:
            raise ValueError(f"it must be between {written(shortest)} and {written(longest)}")
        return length

    return Kind(f"time between {written(shortest)} and {written(longest)}", read)


def spoken(longest: int, most_lines: int = 1) -> Kind:
    """A text of some lines, the same in every language or a table with one for each; read as lines by language."""

    def lines(value: object) -> tuple[str, ...]:
        if not isinstance(value, str):
            raise ValueError('it must be a text in quotes, or a table such as { cy = "Croeso", en = "Welcome" }')  # noqa: TRY004 - as above
        if len(value) > longest:
            raise ValueError(f"it has {len(value)} characters; {longest} are the most")
        cleaned = tuple(line for line in map(clean, value.splitlines()) if line)
        if len(cleaned) > most_lines:
            raise ValueError(f"it has {len(cleaned)} lines; {most_lines} are the most")
        return cleaned

    def read(value: object) -> dict[str, tuple[str, ...]]:
        if isinstance(value, dict):
            return {clean(language): lines(text) for language, text in value.items()}
        return {"": lines(value)}

    name = "text, or a table with one for each language"
    return Kind(f"{name}; at most {longest} characters" + (f", {most_lines} lines" * (most_lines > 1)), read)


def night() -> Kind:
    """A part of the day, such as 22:00-06:30."""

    def read(value: object) -> tuple[time, time]:
        try:
            begin, end = (time.fromisoformat(part.strip()) for part in str(value).split("-"))
        except ValueError:
            raise ValueError('write from when until when, as in "22:00-06:30"') from None
        if begin == end:
            raise ValueError("it begins when it ends; leave it out for no night at all")
        return begin, end

    return Kind("two times of the day", read)


def mapping() -> Kind:
    """A table of texts."""

    def read(value: object) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
            raise ValueError('it must be a table of texts such as { "4" = "SEVERE" }')
        return value

    return Kind("table of texts", read)

"""The options of [[screen]], [lock] and [power]: what the machine does with its screens."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from kiosk.config.kinds import Kind, length_of_time, text
from kiosk.config.option import Option
from kiosk.core.hours import Hours, PowerPlan, read_hours
from kiosk.core.walls import ROTATIONS, ScreenPlan


def rotation() -> Kind:
    """Degrees."""

    def read(value: object) -> int:
        if isinstance(value, bool) or value not in ROTATIONS:
            raise ValueError("it must be 0, 90, 180 or 270")
        return int(value)

    return Kind("0, 90, 180 or 270", read)


def opening_hours() -> Kind:
    """One part of the day or several, with days."""

    def read(value: object) -> tuple[Hours, ...]:
        entries = value if isinstance(value, list) else [value]
        if not entries or not all(isinstance(entry, str) for entry in entries):
            raise ValueError('write opening hours in quotes, as in "07:00-22:00" or ["Mon-Fri 07:00-19:00"]')
        return tuple(map(read_hours, entries))

    return Kind("times of the day, or a list of them with days", read)


def hashed_pin() -> Kind:
    """What ``config pin`` prints."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError("it must be the line that config pin prints")  # noqa: TRY004 - one error for every bad value
        from kiosk.pins import check_stored

        if reason := check_stored(value):
            raise ValueError(reason)
        return value

    return Kind("a hashed PIN", read)


SCREEN = (
    Option(
        "name",
        text(100),
        "The screen's name, as the command screens lists it.",
        '"HDMI-1"',
        required=True,
    ),
    Option(
        "rotation",
        rotation(),
        "By how many degrees the picture is turned clockwise, for a screen that hangs upright or upside down. "
        "Where the system turns the screen already, leave it at 0.",
        "90",
        0,
    ),
)

LOCK = (
    Option(
        "pin",
        hashed_pin(),
        "The PIN that ends the kiosk at its own keyboard, after Ctrl+Alt+Shift+Q, as config pin prints it. "
        "Without one that chord does nothing either.",
        '"scrypt$16384$8$1$c2FsdHNhbHRzYWx0c2FsdA==$MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="',
    ),
)

POWER = (
    Option(
        "on",
        opening_hours(),
        "When the screens have power, by the venue's own clock; without this entry always. The level is watched "
        "all the same, and switches them on when it rises, as an exercise does. Works on X11 and on Wayland "
        "compositors that let a program switch screens (wlr-output-power-management); doctor tells.",
        '["Mon-Fri 07:00-19:00", "Sat 09:00-13:00"]',
    ),
    Option(
        "rise",
        length_of_time(timedelta(seconds=1), timedelta(days=7)),
        "How long the screens stay on after the level rose or the program started outside those hours.",
        '"1 h"',
        "1 h",
    ),
)


def screen_mistakes(screens: Sequence[ScreenPlan]) -> Iterator[tuple[int, str]]:
    """Which screen, counted from 0, and a sentence, for each that stands there twice."""
    names: set[str] = set()
    for index, screen in enumerate(screens):
        if screen.name in names:
            yield index, f'there are two screens called "{screen.name}"; each has one entry.'
        names.add(screen.name)


def power_plan(on: tuple[Hours, ...] | None, rise: timedelta) -> PowerPlan | None:
    """The opening hours; None where there are none."""
    return PowerPlan(on, rise) if on else None

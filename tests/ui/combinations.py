"""Screens by pairwise combination: every two values of size, state, marks, level, language and length meet."""

import math
import random
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from allpairspy import AllPairs
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage

from kiosk.core.model import Display, LocalSetting, Mark
from kiosk.core.present import Occasion, told
from kiosk.core.screen import Scene, Screen
from kiosk.core.venue import OwnContact, Venue
from kiosk.profiles import load_words
from kiosk.ui.render import board
from kiosk.ui.report import layout_report
from tests.core.pictures import EXERCISE, LAST_KNOWN, LIVE, NOW, OPERATOR, STALE, UK, UNKNOWN, in_london
from tests.ui.judges import Report

SIZES = (
    *("800x480", "1366x768", "1920x1080", "1080x1920", "1080x1080", "3840x1080", "5120x1440", "3840x2160"),
    *("1920x1080@1.5", "3840x2160@1.5", "1080x1920@2", "3840x2160@2", "3840x2160@3"),
)
"""In the display's own pixels, and behind the @ how many of them a logical pixel has."""
RARE = "7680x4320@1"  # takes as long as ten others
STATES = {
    "live": LIVE,
    "stale": STALE,
    "last-known": LAST_KNOWN,
    "unknown": UNKNOWN,
    "operator": OPERATOR,
    "exercise": EXERCISE,
    "demonstration": LIVE,
}
MARKS = {
    "none": (),
    **{str(mark): (mark,) for mark in Mark},
    "conflict+fault": (Mark.CONFLICT, Mark.FAULT),
    "clock+cannot-save": (Mark.CLOCK, Mark.CANNOT_SAVE),
}
LANGUAGES = (*UK.languages, "cy+en", "pl+de", "ar+en")
"""Behind a language the one that it shares the screen with."""
LENGTHS = ("usual", "short", "longest", "night")
_PLACE = "Canolfan Gynadledda ac Arddangosfa Ryngwladol Tŵr y Ffynnon, The Great Hall of the Northern Quarter, "
_LONGEST_PLACE = (_PLACE * 2 + "Main Entrance")[:200]
_SEED = 20261122


class Case(NamedTuple):
    """One screen; the values are the names in the tables above."""

    size: str
    state: str
    marks: str
    level: str
    language: str
    length: str

    @property
    def scale(self) -> float:
        """Pixels of the display in a logical pixel."""
        return float((self.size + "@1").split("@")[1])

    def command(self) -> str:
        """How to draw the nearest preview by hand; marks and long texts are not to be had there."""
        size, state = self.size.split("@")[0], self.state.replace("demonstration", "live")
        language = self.language.split("+")[0]
        return f"render --out F.png --size {size} --state {state} --level {self.level} --language {language}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn screen; the report is in the pixels of the picture."""

    picture: QImage
    report: Report


def cases(count: int) -> list[Case]:
    """The same cases for the same profile; the pairs first, then combinations by chance."""
    values = [list(SIZES), list(STATES), list(MARKS), list(UK.scale.levels), list(LANGUAGES), list(LENGTHS)]
    chance = random.Random(_SEED)  # noqa: S311 - not for secrets
    pairs = [Case(*values) for values in AllPairs(values)]
    more = [Case(*(chance.choice(column) for column in values)) for _ in range(max(0, count - len(pairs)))]
    chosen = pairs + more
    chance.shuffle(chosen)
    rare = [replace_size(case) for case in chosen[: count // 150]]
    return (rare + chosen)[:count]


def replace_size(case: Case) -> Case:
    """The same on the largest screen."""
    return case._replace(size=RARE)


def scene(case: Case) -> Scene:
    """The picture that the profile gives of a case."""
    place = {"short": "", "longest": _LONGEST_PLACE}.get(case.length, "Riverside Hall")
    venue = Venue(place)
    if case.length == "longest":
        venue = replace(
            venue, notice={"": (place[:80], place[:60])}, contact=OwnContact({"": place[:40]}, "020 7946 0018")
        )
    occasion = Occasion(
        NOW, in_london, venue, demonstration=case.state == "demonstration", night=case.length == "night"
    )
    result = told(_display(case), UK, map(load_words, case.language.split("+")), occasion)
    screens = tuple(_of_length(screen, case.length) for screen in result.screens)
    return Scene(screens, turn=len(case.level) % len(screens), step=len(case.state))


def _of_length(screen: Screen, length: str) -> Screen:
    if length == "short":
        return replace(screen, guidance=screen.guidance[-1:])
    if length == "longest":
        return replace(screen, guidance=tuple(islice(cycle(screen.guidance), 6)))
    return screen


def _display(case: Case) -> Display:
    display = replace(STATES[case.state], marks=MARKS[case.marks])
    if display.level is None:
        return replace(display, marks=tuple(mark for mark in display.marks if mark is not Mark.CONFLICT))
    level, levels = case.level, UK.scale.levels
    rank = UK.scale.rank(level)
    previous = levels[(rank + 1) % len(levels)] if display.previous else None
    display = replace(display, level=level, rank=rank, previous=previous)
    if display.local and case.length == "longest":
        local = LocalSetting("the duty manager of the northern building", "a drill of all floors", NOW)
        display = replace(display, local=replace(local, until=NOW + timedelta(days=2)))
    return display


def draw(case: Case) -> Drawn:
    """The one place where a screen is drawn; the scale must be that of the process (``QT_SCALE_FACTOR``)."""
    width, height = (int(side) for side in case.size.split("@")[0].split("x"))
    source = board(scene(case), round(width / case.scale), round(height / case.scale))
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(case.scale)
    source.render(picture, QPoint(0, 0))
    picture.setDevicePixelRatio(1)
    report = layout_report(source, case.state)
    report["size"] = [width, height]
    for text in report["texts"]:
        text["cap_height"] *= case.scale
        for key in ("rect", "box"):
            # Outwards: half a pixel of ink is ink, and a box is never smaller than what lies in it.
            x, y, w, h = text[key]
            left, top = (math.floor(edge * case.scale) for edge in (x, y))
            right, bottom = (math.ceil(edge * case.scale) for edge in (x + w, y + h))
            text[key] = [left, top, right - left, bottom - top]
    return Drawn(picture, report)


def keep(case: Case, picture: QImage) -> Path:
    """Saves a picture that was found wanting; where."""
    folder = Path(tempfile.gettempdir()) / "threat-level-kiosk-screens"
    folder.mkdir(exist_ok=True)
    path = folder / ("_".join(case) + ".png")
    picture.save(str(path))
    return path

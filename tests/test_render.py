"""``render``: previews of every state, moments of the log, the layout, and what it refuses."""

import json
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.cli import main
from kiosk.core.model import Clock, Display, LocalSetting, StateName
from kiosk.core.state import Held, State
from kiosk.display_log import Kind, Line
from kiosk.store import Store
from tests.commands import command
from tests.core.pictures import LIVE, STALE, UNKNOWN

SIZES = ("800x480", "1080x1920", "1920x1080")
TEXT = [
    "role", "text", "rect", "box", "cap_height", "weight", "colour", "background", "contrast", "language",
    "complete",
]  # fmt: skip
BEGAN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def size_of(picture: Path) -> tuple[int, int]:
    """The size in a PNG's header."""
    header = picture.read_bytes()[:24]
    assert header.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", header[16:])
    return int(width), int(height)


@pytest.fixture
def drawn(tmp_path: Path) -> "Drawer":
    return Drawer(tmp_path)


class Drawer:
    """Draws into a folder and reads the layout back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.picture, self.layout = folder / "p.png", folder / "p.json"

    def __call__(self, *arguments: object, size: str = "800x480") -> dict[str, Any]:
        """The layout of a picture that the command draws in this process."""
        wanted = ["render", "--out", self.picture, "--layout", self.layout, "--size", size, *arguments]
        assert main([str(argument) for argument in (*wanted, "--state-dir", self.folder / "state")]) == 0
        layout: dict[str, Any] = json.loads(self.layout.read_text("utf-8"))
        return layout

    def log(self, *lines: tuple[datetime, Display], kind: Kind = Kind.SHOWN) -> None:
        """Writes a display log."""
        Store(self.folder / "state").append([Line(at, "why", display, kind) for at, display in lines])


def said(layout: dict[str, Any], role: str) -> str:
    return " ".join(text["text"] for text in layout["texts"] if text["role"] == role)


# ---------------------------------------------------------------- previews


def test_a_picture_is_drawn_by_a_process_that_has_no_display(tmp_path: Path) -> None:
    picture = tmp_path / "live.png"
    ran = command(
        "render", "--out", picture, "--size", "1920x1080", "--level", "severe", "--state", "live",
        "--state-dir", tmp_path / "state", QT_QPA_PLATFORM="",
    )  # fmt: skip
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert size_of(picture) == (1920, 1080)
    assert list(tmp_path.iterdir()) == [picture]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("state", StateName)
def test_a_preview_of_every_state_in_both_languages_is_whole(
    state: StateName, language: str, drawn: Drawer
) -> None:
    size = SIZES[list(StateName).index(state) % len(SIZES)]
    layout = drawn("--state", state, "--level", "CRITICAL", "--language", language, size=size)
    assert size_of(drawn.picture) == tuple(layout["size"])
    assert list(layout) == ["size", "state", "texts"]
    assert layout["state"] == state
    for text in layout["texts"]:
        assert list(text) == TEXT
        assert text["complete"]
        assert text["contrast"] >= 7
        assert text["language"] == language
    words = {"en": ("CRITICAL", "Not confirmed"), "cy": ("CRITIGOL", "Heb ei chadarnhau")}[language]
    assert said(layout, "level") == words[state is StateName.UNKNOWN]


def test_a_preview_of_a_level_alone_is_live(drawn: Drawer) -> None:
    layout = drawn("--level", "LOW")
    assert (layout["state"], said(layout, "level")) == ("live", "LOW")


# ---------------------------------------------------------------- moments


def test_a_moment_of_the_log_is_drawn_as_it_was(drawn: Drawer) -> None:
    live = replace(LIVE, confirmed=BEGAN)
    stale = replace(STALE, confirmed=BEGAN, level="SEVERE")
    drawn.log((BEGAN, live), (BEGAN + timedelta(hours=3), stale), (BEGAN + timedelta(hours=5), UNKNOWN))
    before = drawn("--at", "2026-11-20T09:59:59Z")
    assert (before["state"], said(before, "level")) == ("unknown", "Not confirmed"), "nothing was shown yet"
    during = drawn("--at", "2026-11-20T10:10:00Z")
    assert (during["state"], said(during, "level")) == ("live", "SEVERE")
    assert "Confirmed 10 minutes ago" in said(during, "footer")
    assert "Confirmed 20 November 2026" in said(drawn("--at", "2026-11-20T12:00:00Z"), "footer")
    assert "Last confirmed 4 hours ago" in said(drawn("--at", "2026-11-20T14:00:00Z"), "footer")
    assert drawn("--at", "2026-11-20T15:00:00Z")["state"] == "unknown"


@pytest.mark.parametrize(
    ("later", "state"),
    [
        (timedelta(minutes=30), "live"),
        (timedelta(minutes=31), "stale"),
        (timedelta(days=2), "last-known"),
        (timedelta(days=29), "unknown"),
    ],
)
def test_after_the_last_line_of_a_kiosk_that_ended_a_level_does_not_stay_current(
    later: timedelta, state: str, drawn: Drawer
) -> None:
    began = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
    drawn.log((began, replace(LIVE, confirmed=began)))
    assert drawn("--at", (began + later).isoformat())["state"] == state


def test_what_was_shown_last_is_not_drawn_after_a_clean_end(
    drawn: Drawer, capsys: pytest.CaptureFixture[str]
) -> None:
    live = replace(LIVE, confirmed=BEGAN)
    drawn.log((BEGAN, live))
    drawn.log((BEGAN + timedelta(minutes=5), live), kind=Kind.END)
    drawn.log((BEGAN + timedelta(minutes=15), live), kind=Kind.START)
    assert drawn("--at", "2026-11-20T10:04:59Z")["state"] == "live"
    assert capsys.readouterr().err == ""
    assert drawn("--at", "2026-11-20T10:05:01Z")["state"] == "unknown"
    assert "No kiosk ran then; it was ended at 2026-11-20 " in capsys.readouterr().err
    assert drawn("--at", "2026-11-20T10:15:00Z")["state"] == "live"


def test_nothing_is_drawn_of_a_time_of_which_nobody_knows_whether_a_kiosk_ran(
    drawn: Drawer, capsys: pytest.CaptureFixture[str]
) -> None:
    live = replace(LIVE, confirmed=BEGAN)
    drawn.log((BEGAN, live))
    drawn.log((BEGAN + timedelta(minutes=15), live), kind=Kind.START)
    assert drawn("--at", "2026-11-20T10:10:00Z")["state"] == "unknown"
    assert "Nobody knows whether a kiosk ran then" in capsys.readouterr().err


def test_an_exercise_of_the_log_is_not_drawn_after_its_end(drawn: Drawer) -> None:
    local = LocalSetting("Ann", "a drill", BEGAN + timedelta(hours=1))
    drawn.log((BEGAN, Display(StateName.EXERCISE, (), "CRITICAL", 5, 5, "UK", local=local)))
    assert drawn("--at", "2026-11-20T10:59:59Z")["state"] == "exercise"
    assert drawn("--at", "2026-11-20T11:00:00Z")["state"] == "unknown"


def test_a_time_to_come_is_drawn_from_memory_as_old_as_it_will_be(drawn: Drawer) -> None:
    now = datetime.now(UTC)
    confirmed = Clock(now, 5.0, "boot", "run")
    held = Held("SEVERE", "MI5", "It is SEVERE", None, None, confirmed)
    Store(drawn.folder / "state").save("uk/UK", State("UK", held=held))
    states = [
        drawn("--at", (now + timedelta(**later)).isoformat())["state"]
        for later in ({"minutes": 5}, {"hours": 25}, {"days": 29})
    ]
    assert states == ["stale", "last-known", "unknown"]
    assert drawn()["state"] == "stale", "and now is as a start would show it"


def test_a_log_of_another_profiles_levels_is_refused(tmp_path: Path) -> None:
    foreign = Display(StateName.LIVE, (), "GREEN", 1, 2, "NL", confirmed=BEGAN, source="A")
    Store(tmp_path).append([Line(BEGAN, "why", foreign)])
    ran = command(
        "render", "--out", tmp_path / "p.png", "--size", "800x480", "--at", "2026-11-20T11:00:00Z",
        "--state-dir", tmp_path,
    )  # fmt: skip
    assert "belongs to another profile or area" in ran.refused(1)


# ---------------------------------------------------------------- refusals

BAD = {
    "800": ("--size", "800", "--size must be WxH"),
    "small": ("--size", "479x800", "each from 480 to 8192"),
    "huge": ("--size", "99999x800", "each from 480 to 8192"),
    "words": ("--at", "yesterday", '--at "yesterday" is not a time'),
    "early": ("--at", "0001-01-01", "--at"),
    "late": ("--at", "9999-12-31T23:59:59Z", "--at must be in a year from 1971 to 2999"),
    "level": ("--level", "PURPLE", "--level must be one of LOW, MODERATE, SUBSTANTIAL, SEVERE, CRITICAL."),
    "state": ("--state", "stale", "--level must be one of"),
    "language": ("--language", "it", '--language "it" is not in the profile, which has en, cy, fr,'),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_drawn_ends_with_two_and_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    option, value, told = BAD[name]
    options = {"--out": str(tmp_path / "p.png"), "--size": "800x480", option: value}
    assert main(["render", *(part for pair in options.items() for part in pair)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["--out", "--layout"])
def test_a_place_that_cannot_be_written_is_one_sentence(option: str, tmp_path: Path) -> None:
    options = {"--out": tmp_path / "p.png", option: tmp_path / "none" / "file"}
    parts = (part for pair in options.items() for part in pair)
    ran = command("render", "--size", "800x480", "--state", "unknown", *parts)
    assert "can't be written" in ran.refused(1)

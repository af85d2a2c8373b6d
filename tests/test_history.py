"""``history``: spans of time, JSON, CSV, and the picture."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage

from kiosk.core.model import LocalSetting, Mark, StateName
from kiosk.display_log import Frame, Kind, Line
from kiosk.store import Store
from tests.commands import command
from tests.core.pictures import LIVE, STALE

BEGAN = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


def at(days: float) -> datetime:
    return BEGAN + timedelta(days=days)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of some days: a level, an outage, a drill, a clean end."""
    drill = replace(
        LIVE, state=StateName.EXERCISE, level="CRITICAL", source=None, local=LocalSetting("=Ann", "x", at(4))
    )
    folder = tmp_path / "state"
    Store(folder).append(
        [
            Line(at(0), "first", replace(LIVE, confirmed=at(0), document="ab" * 32), Kind.START),
            Frame(at(0), "cd" * 32),
            Line(
                at(1),
                "no network",
                replace(STALE, level="SEVERE", confirmed=at(0), marks=(Mark.CONFLICT, Mark.CLOCK)),
            ),
            Line(at(3), "=cmd|' /C calc'!A0", drill),
            Line(at(5), "The program was ended.", drill, Kind.END),
        ]
    )
    return folder


def told(folder: Path, *arguments: object) -> list[tuple[int, str]]:
    entries = command("history", "--state-dir", folder, "--json", *arguments, TZ="Europe/London").json
    return [(entry["line"], entry["kind"]) for entry in entries]


def test_json_has_everything_that_the_log_knows(folder: Path) -> None:
    first, *_, last = command("history", "--state-dir", folder, "--json").json
    assert (first["source"], first["document"], first["frame"]) == ("MI5", "ab" * 32, "cd" * 32)
    assert (first["line"], first["kind"], len(first["digest"])) == (1, "start", 64)
    assert (last["line"], last["kind"], last["why"]) == (5, "end", "The program was ended.")
    assert {last[key] for key in ("state", "level", "source", "sources", "marks")} == {None}, "nothing is shown"


@pytest.mark.parametrize(
    ("since", "until", "lines"),
    [
        ("2026-11-12", "2026-11-12", [3]),  # nothing changed on that day: what stood is told
        ("2026-11-13", "2026-11-13", [3, 4]),
        ("2026-11-13 12:00", "2026-11-14", [3, 4]),
        ("2026-11-11T12:00:01Z", None, [3, 4, 5]),
        (None, "2026-11-11", [1, 3]),
        ("2030-01-01", None, [5]),
        (None, "2020-01-01", []),
    ],
)
def test_a_span_has_its_lines_and_the_one_that_still_stood(
    since: str | None, until: str | None, lines: list[int], folder: Path
) -> None:
    arguments = [*(("--since", since) if since else ()), *(("--until", until) if until else ())]
    assert [number for number, _ in told(folder, *arguments)] == lines


def test_csv_is_read_back_and_runs_no_formula(folder: Path) -> None:
    ran = command("history", "--state-dir", folder, "--csv", TZ="Europe/London")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["at"] for row in rows][:2] == ["2026-11-10T12:00:00+00:00", "2026-11-11T12:00:00+00:00"]
    assert (rows[0]["level"], rows[0]["document"], rows[0]["frame"]) == ("SEVERE", "ab" * 32, "cd" * 32)
    assert rows[1]["marks"] == "conflict clock"
    assert (rows[2]["why"], rows[2]["by"]) == ("'=cmd|' /C calc'!A0", "'=Ann")
    assert (rows[3]["kind"], rows[3]["state"], rows[3]["level"]) == ("end", "", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--since", "lately"), '--since: "lately" is no time; write a day'),
        (("--since", "2026-11-12", "--until", "2026-11-11"), "--since must be before --until."),
        (("--picture", "p.png", "--size", "10x10"), "--size must be WxH"),
    ],
)
def test_a_mistake_is_one_sentence(arguments: tuple[str, ...], sentence: str, folder: Path) -> None:
    assert sentence in command("history", "--state-dir", folder, *arguments).refused(2)


def colours(picture: Path) -> dict[int, int]:
    """How many pixels of a picture have each colour."""
    image = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    counted: dict[int, int] = {}
    for pixel in memoryview(image.constBits()).cast("I"):
        counted[pixel & 0xFFFFFF] = counted.get(pixel & 0xFFFFFF, 0) + 1
    return counted


@pytest.mark.parametrize(("language", "size"), [("en", "1600x900"), ("ar", "800x480"), ("de", "720x1280")])
def test_the_picture_shows_levels_in_their_colours_and_no_more_than_was_shown(
    language: str, size: str, folder: Path, tmp_path: Path
) -> None:
    config, picture = tmp_path / "kiosk.toml", tmp_path / "p.png"
    config.write_text(f'place = "Hall"\nlanguages = ["{language}"]\n')
    arguments = ("history", "--config", config, "--state-dir", folder, "--size", size)
    ran = command(
        *arguments, "--picture", picture, "--until", "2026-11-20", QT_QPA_PLATFORM="", TZ="Europe/London"
    )
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    image = QImage(str(picture))
    assert f"{image.width()}x{image.height()}" == size
    whole = colours(picture)
    assert whole[0xEE8134] > 800, "SEVERE, live and hatched"
    critical = whole[0x7C0B14]
    command(*arguments, "--picture", picture, "--until", "2026-11-11", QT_QPA_PLATFORM="", TZ="Europe/London")
    assert colours(picture)[0xEE8134] > whole[0xEE8134], "a shorter span shows the same for longer"
    assert critical <= colours(picture)[0x7C0B14] * 2, "a drill is in no level's colour"


def test_a_picture_of_another_profiles_levels_or_of_nothing_is_refused(folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text('area = "NI"\n')
    refused = command("history", "--config", config, "--state-dir", folder, "--picture", tmp_path / "p.png")
    assert "belongs to another profile or area" in refused.refused(1)
    nothing = command("history", "--state-dir", tmp_path / "none", "--picture", tmp_path / "p.png")
    assert "there is nothing to draw" in nothing.refused(1)

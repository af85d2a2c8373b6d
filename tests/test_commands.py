"""The other commands in processes of their own: what they print, and the one sentence where they can't."""

import os
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.core.model import Display, StateName
from kiosk.display_log import Line
from kiosk.store import FILE, Store
from tests.commands import ROOT, command
from tests.core.pictures import LIVE, UNKNOWN

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "There is no display here"),
        ({"DISPLAY": "x:y:z"}, "The display x:y:z does not answer"),
        ({"DISPLAY": ":987"}, "The display :987 does not answer"),
        ({"DISPLAY": "127.0.0.1:987"}, "The display 127.0.0.1:987 does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "The Wayland display wayland-987 does not answer"),
    ],
)
def test_without_a_display_the_kiosk_says_so_and_ends(environment: dict[str, str], told: str) -> None:
    sentence = command("run", QT_QPA_PLATFORM="", **environment).refused(1)
    assert sentence == f"{told}{sentence.removeprefix(told)}"
    assert sentence.endswith("start the kiosk on a display, or make a picture with: render.")


# ---------------------------------------------------------------- usage and configuration


@pytest.mark.parametrize(
    "arguments", [["dance"], ["render"], ["config"], ["check", "--yaml"], ["config", "dance"]]
)
def test_what_no_command_understands_ends_with_two_and_no_traceback(arguments: list[str]) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: ")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", ["check", "status", "history"])
def test_a_mistake_in_a_configuration_named_in_any_way_ends_every_command_with_two(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "k.toml"
    path.write_text('plaec = "Hall"')
    sentence = f'{path}, line 1: "plaec" is not an option; did you mean "place"?'
    ways = {
        "check": (("--config", path, "check"), {}),
        "status": (("status", "--config", path), {}),
        "history": (("history",), {"THREAT_LEVEL_KIOSK_CONFIG": str(path)}),
    }
    arguments, environment = ways[name]
    assert command(*arguments, **environment).refused(2) == sentence


def test_config_check_tells_every_mistake_or_that_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    path.write_text('plaec = "Hall"\narea = 5\n')
    ran = command("config", "check", "--config", path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 2)
    ran = command("config", "check")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == ("the built-in configuration is in order: United Kingdom, area UK, sources MI5, GOV.UK.\n")


def test_config_init_show_and_reference_work_together(tmp_path: Path) -> None:
    path = tmp_path / "etc" / "kiosk.toml"
    assert command("config", "init", path).code == 0
    assert command("config", "init", path).refused(1).endswith("exists and is left as it is; name another file.")
    shown = command("--config", path, "config", "show")
    assert tomllib.loads(shown.out)["profile"] == "uk"
    assert "| `confirm_fall` |" in command("config", "reference").out


# ---------------------------------------------------------------- status and history


def test_status_without_a_kiosk_is_one_sentence(tmp_path: Path) -> None:
    for json_wanted in ([], ["--json"]):
        sentence = command("status", "--state-dir", tmp_path, *json_wanted).refused(1)
        assert sentence == f"No kiosk answers for the state directory {tmp_path}; is one started with: run?"


def test_history_of_a_kiosk_that_never_ran_is_empty_and_stays_so(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert command("--state-dir", folder, "history").out == "Nothing has been shown yet.\n"
    assert command("--state-dir", folder, "history", "--json").json == []
    assert command("--state-dir", folder, "history", "--verify").out == "The chain of 0 lines is unbroken.\n"
    assert not folder.exists()


def logged(folder: Path, *displays: Display) -> Store:
    """A log with a display for each hour from ``AT`` on, confirmed at that moment."""
    store = Store(folder)
    for hour, display in enumerate(displays):
        at = AT.replace(hour=AT.hour + hour)
        confirmed = at if display.level else None
        store.append([Line(at, f"reason {hour}", replace(display, confirmed=confirmed))])
    return store


def test_history_tells_what_was_shown_when_and_why(tmp_path: Path) -> None:
    logged(tmp_path, UNKNOWN, LIVE)
    ran = command("history", "--state-dir", tmp_path, TZ="Europe/London")
    assert ran.out.splitlines() == [
        "2026-11-20 10:00:00 +0000  unknown    -            reason 0",
        "2026-11-20 11:00:00 +0000  live       SEVERE       reason 1 [MI5]",
    ]
    entries = command("history", "--state-dir", tmp_path, "--json").json
    assert [(entry["at"], entry["why"], entry["state"], entry["level"]) for entry in entries] == [
        ("2026-11-20T10:00:00+00:00", "reason 0", "unknown", None),
        ("2026-11-20T11:00:00+00:00", "reason 1", "live", "SEVERE"),
    ]


def test_history_of_another_profiles_levels_is_told_all_the_same(tmp_path: Path) -> None:
    logged(tmp_path, Display(StateName.LIVE, (), "GREEN", 1, 2, "NL"))
    (entry,) = command("history", "--state-dir", tmp_path, "--json").json
    assert (entry["level"], entry["meaning"]) == ("GREEN", None)


def test_history_verify_names_the_line_where_the_log_was_changed(tmp_path: Path) -> None:
    store = logged(tmp_path, UNKNOWN, LIVE, UNKNOWN)
    assert command("history", "--verify", "--state-dir", tmp_path).code == 0
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes().replace(b"reason 1", b"reason X"))
    assert "line 2 of the log was changed" in command("history", "--verify", "--state-dir", tmp_path).refused(1)
    assert store.verify().broken == 2


def test_history_of_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database")
    for wanted in ([], ["--json"]):
        assert "is damaged" in command("history", "--state-dir", tmp_path, *wanted).refused(1)
    command("history", "--verify", "--state-dir", tmp_path).refused(1)
    assert (tmp_path / FILE).read_bytes() == b"not a database"


@pytest.mark.skipif(os.name != "posix", reason="pipes that nobody reads are told by a signal on POSIX only")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [sys.executable, "-m", "kiosk", "config", "check"],
        cwd=ROOT,
        env=buffered,
        stdout=writing,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(writing)
        _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")


_HOMELESS = """
import os, pwd
from kiosk.config.paths import state_dir
from kiosk.errors import KioskError
os.setuid(54321)
try:
    print(state_dir(None))
except KioskError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can become a user without a home")
def test_a_user_without_a_home_is_told_what_to_name() -> None:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}}
    ran = subprocess.run(
        [sys.executable, "-c", _HOMELESS], cwd=ROOT, env=kept, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert ran.stdout == "This user has no home folder for the memory; name a folder with --state-dir.\n"


def test_run_without_a_display_is_one_sentence(tmp_path: Path) -> None:
    environment = dict.fromkeys(("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"), "")
    sentence = command("run", "--state-dir", tmp_path / "state", **environment).refused(1)
    assert sentence.startswith("There is no display here")
    assert not (tmp_path / "state").exists()

"""The log: where it goes, and that nothing makes it endless."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from kiosk.logs import Bounded
from tests.commands import ROOT

FLOOD = """
import logging, sys
from pathlib import Path
from kiosk import logs
logs.begin(Path(sys.argv[1]))
logger = logging.getLogger("kiosk.flood")
for handler in logging.getLogger().handlers:
    handler.filters.clear()
for number in range(60_000):
    logger.warning("%d %s", number, "x" * 100)
"""


def record(text: str, level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord("kiosk.test", level, "", 0, text, (), None)


def test_a_flood_of_one_line_is_left_out_and_counted() -> None:
    time = [0.0]
    bounded = Bounded(lambda: time[0])
    passed = [bounded.filter(record("again")) for _ in range(1000)]
    assert sum(passed) == 3
    assert bounded.filter(record("another"))
    time[0] = 601
    after = record("again")
    assert bounded.filter(after)
    assert after.getMessage() == "again (997 lines were left out since)"
    last = record("again")
    assert bounded.filter(last)
    assert last.getMessage() == "again"


def test_a_flood_of_different_lines_is_bounded_too() -> None:
    time = [0.0]
    bounded = Bounded(lambda: time[0])
    passed = sum(bounded.filter(record(f"number {number}")) for number in range(100_000))
    assert passed == 300
    assert len(bounded._lines) < 1000, "and it needs no more memory for more of them"
    time[0] = 601
    assert bounded.filter(record("later"))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_file_is_rotated_and_bounded_in_number(tmp_path: Path) -> None:
    path = tmp_path / "logs" / "kiosk.log"
    assert run("-c", FLOOD, str(path)).stderr == ""
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["kiosk.log", *(f"kiosk.log.{number}" for number in range(1, 6))]
    assert sum(file.stat().st_size for file in files) <= 6_000_000
    assert "WARNING kiosk.flood: 59999 xxx" in path.read_text()


def test_a_file_that_cannot_be_written_is_said_and_the_log_goes_to_stderr(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    program = "import sys; from pathlib import Path; from kiosk import logs; logs.begin(Path(sys.argv[1]))"
    errors = run("-c", program, str(tmp_path / "file" / "kiosk.log")).stderr
    assert "can't be written" in errors
    assert errors.count("\n") == 1


def test_journald_is_told_the_priority_of_each_line(tmp_path: Path) -> None:
    program = """
import logging, os, sys
from kiosk import logs
status = os.fstat(2)
os.environ["JOURNAL_STREAM"] = f"{status.st_dev}:{status.st_ino}"
logs.begin(None)
logging.getLogger("kiosk.x").warning("one\\ntwo")
logging.getLogger("kiosk.x").info("three")
"""
    assert run("-c", program).stderr.splitlines() == [
        "<4>WARNING kiosk.x: one",
        "<4>two",
        "<6>INFO kiosk.x: three",
    ]
    assert "<4>" not in run("-c", program.replace("status.st_ino", "1")).stderr, "another stream than journald's"


def test_without_a_console_what_is_printed_goes_into_the_log(tmp_path: Path) -> None:
    program = """
import sys
sys.stdout = sys.stderr = None
from kiosk.cli import main
sys.exit(main(["--state-dir", sys.argv[1], "--config", "none.toml", "check"]))
"""
    assert run("-c", program, str(tmp_path)).returncode == 2
    assert "ERROR kiosk: none.toml: can't be read" in (tmp_path / "kiosk.log").read_text()

"""``config pin`` on a terminal: asks twice, refuses what is no secret, and prints what the configuration takes."""

import os
import subprocess
import sys
from contextlib import suppress

import pytest

from kiosk.config.load import parse_config
from kiosk.pins import matches

_ASK = [sys.executable, "-m", "kiosk", "config", "pin"]


def typed(*answers: str) -> tuple[int, str]:
    """The exit code and what stands on the terminal, after each question was answered with a line."""
    near, far = os.openpty()
    with subprocess.Popen(_ASK, stdin=far, stdout=far, stderr=far, start_new_session=True) as asking:
        os.close(far)
        shown, waiting = "", list(answers)
        with suppress(OSError):  # how a terminal ends
            while part := os.read(near, 1024):
                shown += part.decode().replace("\r", "")
                if waiting and shown.endswith(": "):
                    os.write(near, f"{waiting.pop(0)}\n".encode())
    os.close(near)
    return asking.returncode, shown


def test_the_line_that_is_printed_is_a_configuration_with_that_pin() -> None:
    code, shown = typed("258036", "258036")
    assert code == 0
    table = shown[shown.index("[lock]") :]
    stored = parse_config(table, "k.toml").pin
    assert stored is not None
    assert matches("258036", stored)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (("123456",), "counts up"),
        (("258036", "258037"), "differ"),
        (("2580",), "6 to 12 digits"),
        (("\4",), "No PIN"),
    ],
)
def test_what_is_refused_makes_nothing(answers: tuple[str, ...], sentence: str) -> None:
    code, shown = typed(*answers)
    assert code == 1
    assert sentence in shown
    assert "scrypt" not in shown


def test_without_a_terminal_nothing_is_asked() -> None:
    done = subprocess.run(_ASK, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "on a terminal only" in done.stderr

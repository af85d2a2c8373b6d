"""``config pin`` on a terminal: asks twice, refuses what is no secret, and prints a line that the configuration takes."""

import shlex
import subprocess
import sys

import pytest

from kiosk.config.load import parse_config
from kiosk.pins import matches

_ASK = [sys.executable, "-m", "kiosk", "config", "pin"]


def typed(*answers: str) -> tuple[int, str]:
    """The exit code and what stands on the terminal, after these lines were typed."""
    done = subprocess.run(
        ["script", "--quiet", "--return", "--command", shlex.join(_ASK), "/dev/null"],
        input="".join(f"{answer}\n" for answer in answers), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.replace("\r", "")


def test_the_line_that_is_printed_is_a_configuration_with_that_pin() -> None:
    code, shown = typed("258036", "258036")
    assert code == 0
    table = shown[shown.index("[lock]") :]
    stored = parse_config(table, "k.toml").pin
    assert stored is not None
    assert matches("258036", stored)


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [(("123456",), "counts up"), (("258036", "258037"), "differ"), (("2580",), "6 to 12 digits")],
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

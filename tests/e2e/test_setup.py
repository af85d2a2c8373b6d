"""The setup window as a person starts it: a real process on a real X server, driven by keys alone."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QColor

from kiosk.config.load import load_config
from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE
from tests.servers import DocumentServer

XDOTOOL = shutil.which("xdotool") or "/usr/bin/xdotool"


def until(wanted: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_somebody_sets_up_a_screen_with_the_keyboard_alone(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    with VirtualScreen(1280, 720) as screen, DocumentServer(b'{"now": "SEVERE"}') as server:
        path.write_text(
            f'# Ours.\nplace = "Hall"  # the name\n\n[[source]]\nname = "Office"\nurl = "{server.url()}"\n'
            'format = "json"\nlevel = "now"\n'
        )

        def keys(*arguments: str) -> str:
            done = subprocess.run(
                [XDOTOOL, *arguments], env=screen.environment(), check=True, capture_output=True, text=True
            )
            return done.stdout

        with subprocess.Popen(
            [sys.executable, "-m", "kiosk", "setup", "--config", str(path)],
            env=screen.environment(),
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                until(lambda: screen.picture().pixelColor(640, 660) == QColor("#f0f2f3"))
                (window,) = keys("search", "--sync", "--onlyvisible", "--name", "Setup").split()
                keys("windowfocus", "--sync", window)
                keys("key", "Down")  # from Country to Venue
                keys("key", "alt+n")  # the name of the venue
                keys("key", "ctrl+a")
                keys("type", "New Hall")
                keys("key", "ctrl+s")
                until(lambda: "New Hall" in path.read_text())
                keys("key", "shift+Tab", "Down")  # back to the list, and on to Sources
                keys("key", "alt+t")
                until(lambda: server.seen)
                keys("key", "ctrl+w")
                _, errors = process.communicate(timeout=PATIENCE)
            finally:
                process.kill()
        assert (process.returncode, errors) == (0, "")
    assert path.read_text().startswith('# Ours.\nplace = "New Hall"  # the name\n')
    assert load_config(path, thorough=True).venue.place == "New Hall"


def test_without_a_display_it_says_what_to_do_instead(tmp_path: Path) -> None:
    said = command("setup", "--config", tmp_path / "kiosk.toml", QT_QPA_PLATFORM="").refused(1)
    assert said.endswith("write the configuration in a text editor, begun with: config init.")


def test_a_file_that_is_no_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("place = \n")
    with VirtualScreen(800, 600) as screen:
        ran = command("setup", "--config", tmp_path / "kiosk.toml", **screen.environment())
    assert "is not TOML" in ran.refused(2)

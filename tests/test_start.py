"""What a start loads: the first picture comes before anything that only a source needs."""

import subprocess
import sys
from pathlib import Path

from tests.commands import ROOT

_FIRST_PICTURE = """
import sys
from pathlib import Path
import kiosk.cli, kiosk.app
from kiosk.config.load import load_config
from kiosk.memory import remembered
from kiosk.stage import Stage
from kiosk.store import Store
from kiosk.timekeeping import clock_of_this_run
config, clock = load_config(None), clock_of_this_run()
scenes = []
state = remembered(Store(Path(sys.argv[1])), config, clock())
Stage(config, state, clock, scenes.append, lambda *_: None, lambda *_: None).tick()
from kiosk.ui.render import render
assert not render(scenes[0], 1920, 1080).isNull()
print(*sys.modules)
"""
_LATER = {
    "requests", "urllib3", "http.client", "ssl", "paho", "truststore", "nacl", "re2", "jmespath", "selectolax",
    "xml.etree.ElementTree", "subprocess", "asyncio", "kiosk.control", "kiosk.formats.mi5",
    "kiosk.transports.http", "PySide6.QtNetwork", "PySide6.QtSvg",
}  # fmt: skip


def test_the_first_picture_needs_nothing_of_the_network_or_of_a_format(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FIRST_PICTURE, str(tmp_path)]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not _LATER & set(loaded)
    assert "qrcodegen" in loaded  # the whole picture was drawn

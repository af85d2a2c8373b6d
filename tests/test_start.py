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
    "babel", "difflib", "requests", "urllib3", "http.client", "ssl", "paho", "truststore", "nacl", "re2",
    "jmespath", "selectolax", "xml.etree.ElementTree", "subprocess", "asyncio", "kiosk.control", "kiosk.takeover",
    "kiosk.formats.mi5", "kiosk.transports.http", "PySide6.QtNetwork", "PySide6.QtSvg",
}  # fmt: skip


def test_the_first_picture_needs_nothing_of_the_network_or_of_a_format(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FIRST_PICTURE, str(tmp_path)]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert not _LATER & set(loaded)
    assert "qrcodegen" in loaded  # the whole picture was drawn


def test_garbage_is_looked_for_behind_the_first_picture_and_in_other_commands_at_once() -> None:
    program = "import gc, sys; sys.argv = ['kiosk', *{words}]; from kiosk import {module}; {then}"

    def looked_for(words: list[str], module: str, then: str) -> str:
        code = program.format(words=words, module=module, then=then)
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    at_the_end = "print(gc.isenabled())"
    ends = "import kiosk.cli; kiosk.cli._run = lambda _: print(gc.isenabled()) or 0; start.main()"
    assert looked_for(["run"], "start", ends) == "False"
    assert looked_for(["config", "check"], "start", f"start.main(); {at_the_end}") == "True"
    behind = (
        f"garbage.search_later(); garbage.search_from_now(); {at_the_end}; print(gc.get_freeze_count() > 1000)"
    )
    assert looked_for([], "garbage", behind) == "True"

"""What runs beside the display's thread, and from when on.

No thread of ours runs before QtCore is loaded: PySide can't bear one that imports meanwhile, and ends us.
"""

from pathlib import Path

from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.servers import DocumentServer

_DOOR = """
import os, sys, threading

start = threading.Thread.start

def noted(self):
    with open({told!r}, "a") as told:
        print(os.getpid(), "PySide6.QtCore" in sys.modules, self.name, file=told)
    start(self)

threading.Thread.start = noted
"""


def test_threads_begin_when_qt_is_loaded(screen: VirtualScreen, tmp_path: Path) -> None:
    told = tmp_path / "threads"
    (tmp_path / "door").mkdir()
    (tmp_path / "door" / "sitecustomize.py").write_text(_DOOR.format(told=str(told)))
    environment = screen.environment() | {"PYTHONPATH": str(tmp_path / "door")}
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    with DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(tmp_path, server.url(), feed.as_uri())
        with Kiosk(environment, tmp_path / "state", "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            assert kiosk.end()[0::2] == (0, "")
    lines = [line.split(maxsplit=2) for line in told.read_text().splitlines()]
    threads = [(name, loaded) for process, loaded, name in lines if process == str(kiosk.process.pid)]
    assert {"watcher", "file notice", "witness"} <= {name for name, _ in threads}
    assert {loaded for _, loaded in threads} == {"True"}, threads


def test_who_reads_files_only_has_no_process_for_servers(screen: VirtualScreen, tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(mi5_document("SEVERE"))
    config = configuration(tmp_path, feed.as_uri())
    with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        tasks = Path(f"/proc/{kiosk.process.pid}/task").glob("*/children")
        assert "".join(task.read_text() for task in tasks) == ""
        assert kiosk.end()[0::2] == (0, "")

"""The demonstration: recorded changes, served as MI5-shaped documents by a server on loopback.

It runs through the real fetch path and keeps its memory in a folder of its own that is removed afterwards, so that
a demonstration can never become somebody's last known level.
"""

import tempfile
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from msgspec import Struct

from kiosk.config.load import parse_config
from kiosk.config.model import Config
from kiosk.resources import assets

CHANGE_EVERY = 5.0  # seconds: time to see a change, and for a fall to be confirmed twice

_CONFIGURATION = """
profile = "uk"
[[source]]
name   = "a recording"
url    = "{url}"
format = "mi5"
every  = "1 s"
[trust]
confirm_fall = "1 s"
"""


class Change(Struct, frozen=True):
    """One recorded change: the day, the national level, and Northern Ireland's or ""."""

    day: date
    level: str
    northern_ireland: str


@contextmanager
def demonstration() -> Iterator[tuple[Config, Path]]:
    """A configuration that asks the recording, and a state directory that lives as long as the recording."""
    changes = recorded_changes()
    began = time.monotonic()

    def current() -> Change:
        passed = int((time.monotonic() - began) / CHANGE_EVERY)
        return changes[min(passed, len(changes) - 1)]

    with tempfile.TemporaryDirectory(prefix="threat-level-kiosk-demo-") as folder, _serving(current) as url:
        yield parse_config(_CONFIGURATION.format(url=url), "the demonstration"), Path(folder)


def recorded_changes() -> tuple[Change, ...]:
    """The recorded changes, oldest first."""
    recording = tomllib.loads((assets() / "demo" / "uk.toml").read_text("utf-8"))
    return tuple(Change(date.fromisoformat(day), level, ni) for day, level, ni in recording["changes"])


def document(change: Change) -> bytes:
    """A document in the shape of MI5's feed."""
    northern = ""
    if change.northern_ireland:
        northern = (
            " The threat to Northern Ireland from Northern Ireland-related terrorism is "
            f"{change.northern_ireland}."
        )
    return (
        '<rss version="2.0"><channel><title>Threat Level</title><link>https://www.mi5.gov.uk/</link>'
        "<description>The Current UK Threat Level</description><item>"
        f"<title>Current threat level: {change.level}</title>"
        f"<description>The current national threat level is {change.level}.{northern}</description>"
        f"<pubDate>{change.day:%A, %B %d, %Y} -  00:00</pubDate></item></channel></rss>"
    ).encode()


@contextmanager
def _serving(current: Callable[[], Change]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = document(current())
            self.send_response(200)
            self.send_header("Content-Type", "application/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing: one line a second would bury the log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="demonstration")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

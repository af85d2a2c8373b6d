"""The endpoint as a monitor, a browser and an attacker meet it: a real kiosk on a real screen."""

import select
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.e2e.test_witness import kiosk as kiosk_with_a_door
from tests.endpoints import PATIENCE, asked, sent, until_told
from tests.servers import DocumentServer, unused_port

pytestmark = pytest.mark.xdist_group("screen-5")

SECRET = "open-sesame-0123456789"  # noqa: S105 - of a throw-away file


@pytest.fixture
def port() -> int:
    with unused_port() as found:
        return found


@contextmanager
def running(screen: VirtualScreen, folder: Path, endpoint: str, trust: str = "") -> Iterator[Kiosk]:
    with DocumentServer(mi5_document("SEVERE")) as server:
        config = configuration(folder, server.url(), trust=trust, more=f"[endpoint]\n{endpoint}\n")
        with Kiosk(screen.environment(), folder / "state", "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            yield kiosk


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[VirtualScreen, Kiosk, int]]:
    """A kiosk that says nothing in its log until its end, with its screen and the port of its endpoint."""
    with unused_port() as port:
        pass
    folder = tmp_path_factory.mktemp("lobby")
    with VirtualScreen() as screen, running(screen, folder, f'address = "127.0.0.1:{port}"') as kiosk:
        until_told(port, "/health", 200)
        yield screen, kiosk, port
        assert kiosk.end()[0::2] == (0, "")


def test_it_tells_three_facts_the_status_the_metrics_and_what_is_on_the_screen(
    lobby: tuple[VirtualScreen, Kiosk, int],
) -> None:
    screen, kiosk, port = lobby
    health = until_told(port, "/health", 200).json
    assert list(health) == ["frame", "confirmation", "power"]
    frame, confirmation, power = health.values()
    assert (frame["ok"], frame["by"], frame["problem"]) == (True, "screen", None)
    assert 0 <= frame["age"] < 12
    assert (confirmation["ok"], confirmation["state"], confirmation["source"]) == (True, "live", "Source 1")
    assert 0 <= confirmation["age"] < 5
    assert power == {"ok": None, "age": None, "screen": "unknown", "meant": "on"}

    status = asked(port, "/status.json").json
    assert status | {"confirmed": None} == kiosk.status() | {"confirmed": None}
    metrics = asked(port, "/metrics")
    assert metrics.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert b'threat_level_kiosk_level{level="SEVERE"} 1.0\n' in metrics.body
    assert b"\nthreat_level_kiosk_power_ok " not in metrics.body, "nothing is claimed of what nobody knows"

    picture = asked(port, "/screen.png")
    assert (picture.headers["Content-Type"], picture.headers["X-Picture-Of"]) == ("image/png", "screen")
    # Twice, because the clock may go on between the two looks.
    assert any(same_picture(asked(port, "/screen.png").body, screen) for _ in range(2))
    with screen.smeared(100, 700, 300, 100):
        spoilt = QImage.fromData(asked(port, "/screen.png?again").body)
    assert spoilt.pixelColor(200, 750).name() == "#808080"
    assert asked(port, "/screen-2.png").status == 404


def same_picture(png: bytes, screen: VirtualScreen) -> bool:
    shown = screen.picture()
    return QImage.fromData(png).convertToFormat(shown.format()) == shown


def test_it_answers_only_what_it_has_to_whoever_may_ask(lobby: tuple[VirtualScreen, Kiosk, int]) -> None:
    _, kiosk, port = lobby
    health = until_told(port, "/health", 200)
    head = asked(port, "/health", "HEAD")
    assert (head.status, head.headers["Content-Length"], head.body) == (200, str(len(health.body)), b"")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
        refused = asked(port, "/health", method)
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD")
    for path in ("/", "/health/", "//health", "/..%2fhealth", "/screen-0.png", "/screen-10.png"):
        assert asked(port, path).status == 404
    # A page in a browser on this machine: under a name of its own, as an image, or to be read.
    assert asked(port, "/status.json", headers={"Host": f"rebound.example:{port}"}).status == 421
    assert asked(port, "/screen.png", headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    assert (
        "Access-Control-Allow-Origin"
        not in asked(port, "/health", headers={"Origin": "https://evil.example"}).headers
    )
    assert asked(port, "/health", headers={"Host": f"localhost:{port}"}).status == 200

    assert sent(port, b"\x16\x03\x01\x02\x00\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert sent(port, b"GET /health HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert sent(port, b"GET /health HTTP/1.1\r\nX: " + b"x" * 9000).startswith((b"HTTP/1.1 431 ", b""))
    assert sent(port, b"GET /health HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")

    told = slow_and_many(port, kiosk)
    assert told < 2, "who is slow holds nothing"


def slow_and_many(port: int, kiosk: Kiosk) -> float:
    """A thousand connections that say little: seconds until another one is answered among them."""
    with ExitStack() as stack:
        for number in range(1000):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
            if number % 2:
                with suppress(OSError):
                    connection.sendall(b"GET /health HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        assert asked(port, "/health").status == 200
        seconds = time.monotonic() - began
        assert len(list(Path(f"/proc/{kiosk.process.pid}/fd").iterdir())) < 200
        assert kiosk.status()["state"] == "live"
    return seconds


def test_beyond_this_machine_only_the_token_opens_it_and_nobody_sees_it(
    screen: VirtualScreen, tmp_path: Path, port: int
) -> None:
    token = tmp_path / "token"
    token.write_text(f"{SECRET}\n")
    token.chmod(0o640)
    with running(screen, tmp_path, f'address = "0.0.0.0:{port}"\ntoken_file = "token"') as kiosk:
        refused = until_told(port, "/health", 401)
        assert refused.headers["WWW-Authenticate"] == "Bearer"
        for wrong in (
            SECRET,
            f"Bearer {SECRET[:-1]}",
            f"Bearer {SECRET}0",
            "Bearer ",
            f"Basic {SECRET}",
            "Bearer é",
        ):
            assert asked(port, "/health", headers={"Authorization": wrong}).status == 401
        right = {"Authorization": f"Bearer {SECRET}"}
        until_told(port, "/health", 200, right)
        for path in ("/health", "/metrics", "/status.json", "/screen.png"):
            assert asked(port, path).status == 401
            told = asked(port, path, headers=right | {"Host": "lobby.example"})
            assert told.status == 200
            assert SECRET.encode() not in told.body
        code, _, errors = kiosk.end()
        assert (code, errors) == (0, "")


def test_a_display_that_hangs_never_looks_well(screen: VirtualScreen, tmp_path: Path, port: int) -> None:
    with kiosk_with_a_door(screen, tmp_path, None, f'[endpoint]\naddress = "127.0.0.1:{port}"\n') as kiosk:
        until_told(port, "/health", 200)
        kiosk.process.send_signal(signal.SIGSTOP)
        with pytest.raises(TimeoutError):
            asked(port, "/health", patience=2)
        kiosk.process.send_signal(signal.SIGCONT)
        until_told(port, "/health", 200)

        kiosk.process.send_signal(signal.SIGUSR1)  # its display hangs from here on; the rest of it runs
        began = time.monotonic()
        health = asked(port, "/health")
        assert 2 < time.monotonic() - began < 6
        assert health.status == 503
        frame, confirmation, power = health.json.values()
        assert (frame["ok"], frame["problem"]) == (False, "The display does not answer.")
        assert (confirmation["ok"], power["ok"]) == (None, None)
        with ThreadPoolExecutor() as many:
            others = many.map(lambda path: asked(port, path), ("/metrics", "/status.json", "/screen.png"))
            assert [told.status for told in others] == [503, 503, 503]
        kiosk.process.kill()


def test_where_it_cannot_listen_the_screen_goes_on_and_the_log_says_why(
    screen: VirtualScreen, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with running(screen, tmp_path, f'address = "127.0.0.1:{taken}"') as kiosk:
            assert kiosk.process.stderr
            assert select.select([kiosk.process.stderr], [], [], PATIENCE)[0]
            line = kiosk.process.stderr.readline()
            assert kiosk.status()["state"] == "live"
            assert kiosk.end()[0::2] == (0, "")
    assert line.rstrip().endswith(
        f"The endpoint http://127.0.0.1:{taken} is not open, and is tried again: another program has this port; "
        "end it, or write another port in [endpoint]."
    )


def test_a_level_that_is_not_confirmed_any_more_is_told_while_the_picture_is_well(
    screen: VirtualScreen, tmp_path: Path, port: int
) -> None:
    with DocumentServer(mi5_document("SEVERE")) as server:
        more = f'[endpoint]\naddress = "127.0.0.1:{port}"\n'
        config = configuration(tmp_path, server.url(), trust='live = "3 s"', more=more)
        with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            until_told(port, "/health", 200)
            server.answer = server.answer.__class__(503)
            health = until_told(port, "/health", 503).json
            assert health["frame"]["ok"]
            assert (health["confirmation"]["ok"], health["confirmation"]["state"]) == (False, "stale")
            assert b"threat_level_kiosk_confirmation_ok 0.0\n" in asked(port, "/metrics").body
            problem = b'threat_level_kiosk_source_problem{problem="http-status",source="Source 1"} 1.0\n'
            assert problem in asked(port, "/metrics").body
            assert kiosk.end()[0] == 0

"""A kiosk whose source is a broker: a real Mosquitto, a real process, a real X server."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from kiosk.store import Store
from tests.brokers import Broker
from tests.displays import VirtualScreen
from tests.e2e.kiosks import mi5_document
from tests.e2e.test_kiosk import COLOURS, started, wait_for_colour
from tests.formats.cap_messages import alert, bare, reference

pytestmark = pytest.mark.xdist_group("screen-2")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as begun:
        yield begun


def listening(folder: Path, url: str, more: str = "", trust: str = "") -> Path:
    path = folder / "kiosk.toml"
    path.write_text(
        f'[[source]]\nname = "Office"\nurl = "{url}"\nformat = "json"\nlevel = "level"\nevery = "1 s"\n'
        f'deadline = "3 s"\n{more}\n[trust]\n{trust}\n'
    )
    return path


def document(level: str, **more: str) -> bytes:
    return json.dumps({"level": level, **more}).encode()


def listens(status: dict[str, Any]) -> bool:
    return bool(status["sources"][0]["problem"])


def test_a_push_is_shown_within_a_second_and_a_flood_of_garbage_changes_nothing(
    screen: VirtualScreen, broker: Broker, tmp_path: Path
) -> None:
    with (
        started(screen, tmp_path, listening(tmp_path, broker.url(), trust='live = "5 min"')) as kiosk,
        broker.publisher() as office,
    ):
        problem = kiosk.until(lambda status: bool(status["sources"][0]["problem"]))["sources"][0]
        assert (problem["problem"], "nothing came on the topic" in problem["message"]) == ("timeout", True)
        for level in ("SEVERE", "CRITICAL"):
            office.publish(document(level))
            published = time.monotonic()
            wait_for_colour(screen, COLOURS[level])
            assert time.monotonic() - published < 1
        assert kiosk.status()["previous"] == "SEVERE"

        for number in range(3000):
            office.publish(b"\xff garbage %d" % number, wait=False)
        office.publish(b"x" * 2_000_000, wait=False)
        status = kiosk.until(lambda status: status["sources"][0]["problem"] == "malformed")
        assert (status["level"], status["state"]) == ("CRITICAL", "live")
        assert screen.colour_at(0.95, 0.25) == COLOURS["CRITICAL"]
        office.publish(document("CRITICAL"))
        kiosk.until(lambda status: status["sources"][0]["ok"])
        assert kiosk.end()[0] == 0
        assert kiosk.family() == []


def test_what_the_broker_kept_is_not_live_until_it_is_published_again_or_tells_that_it_is_new(
    screen: VirtualScreen, broker: Broker, tmp_path: Path
) -> None:
    broker.publish(document("SEVERE"), retain=True)
    config = listening(tmp_path, broker.url())
    with started(screen, tmp_path, config) as kiosk:
        status = kiosk.until_shown("SEVERE", "last-known")
        assert (status["confirmed"], status["sources"][0]["problem"]) == (None, "not-actual")
        wait_for_colour(screen, "#2b3236")
        broker.publish(document("SEVERE"), retain=True)
        kiosk.until_shown("SEVERE", "live")
        kiosk.end()
    config = listening(tmp_path, broker.url(), 'issued = "issued"')
    broker.publish(document("CRITICAL", issued=datetime.now(UTC).isoformat()), retain=True)
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("CRITICAL", "live")
        kiosk.end()


def test_a_level_whose_broker_died_ages_and_comes_back(
    screen: VirtualScreen, broker: Broker, tmp_path: Path
) -> None:
    config = listening(tmp_path, broker.url(), trust='live = "1 s"')
    broker.publish(b"a sign that the kiosk listens", retain=True)
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until(listens)
        broker.publish(document("SEVERE"))
        kiosk.until_shown("SEVERE", "live")
        broker.kill()
        assert kiosk.until_shown("SEVERE", "stale")["sources"][0]["problem"] == "connect"
        broker.start()

        def published_again(status: dict[str, object]) -> bool:
            broker.publish(document("SEVERE"))
            return status["state"] == "live"

        kiosk.until(published_again)
        wait_for_colour(screen, COLOURS["SEVERE"])
        assert kiosk.end()[0] == 0


def test_any_format_over_tls_with_a_user_whose_password_nobody_sees(screen: VirtualScreen, tmp_path: Path) -> None:
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    (tmp_path / "password").write_text("open sesame\n")
    login = 'username = "lobby"\npassword_file = "password"\nca_file = "ca.pem"'
    with Broker(tmp_path, {"lobby": "open sesame"}, certificate=ours.issue_cert("127.0.0.1")) as broker:
        config = listening(tmp_path, broker.url(), login)
        config.write_text(config.read_text().replace('format = "json"\nlevel = "level"', 'format = "mi5"'))
        with started(screen, tmp_path, config) as kiosk:
            with broker.publisher(ca=ours) as office:
                office.publish(b"a sign that the kiosk listens", retain=True)
                kiosk.until(listens)
                office.publish(mi5_document("SEVERE"))
            kiosk.until_shown("SEVERE", "live")
            told = [Path(f"/proc/{number}/cmdline").read_bytes() for number in kiosk.family()]
            assert len(told) == 2
            assert not any(b"sesame" in line for line in told)
            assert "sesame" not in kiosk.end()[2]


def test_an_exercise_message_puts_a_drill_on_the_screen_until_it_is_cancelled(
    screen: VirtualScreen, broker: Broker, tmp_path: Path
) -> None:
    config = listening(tmp_path, broker.url(), 'parameter = "ThreatLevel"\nexercise_screen = true')
    config.write_text(config.read_text().replace('format = "json"\nlevel = "level"', 'format = "cap"'))
    sent = datetime.now(UTC).replace(microsecond=0)
    broker.publish(b"a sign that the kiosk listens", retain=True)
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until(listens)
        broker.publish(alert(bare("LOW"), identifier="real", sent=sent).encode())
        kiosk.until_shown("LOW", "live")
        broker.publish(alert(bare("CRITICAL"), status="Exercise", sent=sent).encode())
        kiosk.until_shown("CRITICAL", "exercise")
        end = alert(identifier="B", kind="Cancel", status="Exercise", references=reference(sent=sent), sent=sent)
        broker.publish(end.encode())
        kiosk.until_shown("LOW", "live")
        assert kiosk.end()[0] == 0
    memory = Store(tmp_path / "state").load("uk/UK")
    assert memory
    assert "CRITICAL" not in str(memory)

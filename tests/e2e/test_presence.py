"""A kiosk that publishes how it is at the broker of its source: a real Mosquitto, process and X server."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.brokers import Broker
from tests.displays import VirtualScreen
from tests.e2e.test_broker import document, listening, listens
from tests.e2e.test_kiosk import started

pytestmark = pytest.mark.xdist_group("screen-2")

TOPIC = "lobbies/one/status"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as begun:
        yield begun


def test_a_dashboard_sees_each_change_and_nothing_else_and_that_the_kiosk_is_gone(
    screen: VirtualScreen, broker: Broker, tmp_path: Path
) -> None:
    config = listening(tmp_path, broker.url())
    config.write_text(f'place = "Hall"\n{config.read_text()}\n[presence]\nsource = "Office"\ntopic = "{TOPIC}"\n')
    broker.publish(b"a sign that the kiosk listens", retain=True)
    with broker.dashboard("lobbies/#") as dashboard:
        with started(screen, tmp_path, config) as kiosk:
            kiosk.until(listens)
            told = dashboard.until(TOPIC, lambda told: told["online"])
            assert (told["level"], told["state"], told["confirmation"]["ok"]) == (None, "unknown", False)
            broker.publish(document("SEVERE"))
            told = dashboard.until(TOPIC, lambda told: told["level"] == "SEVERE" and told["frame"]["ok"])
            assert (told["state"], told["marks"], told["place"]) == ("live", [], "Hall")
            assert (told["confirmation"]["ok"], told["power"]["ok"]) == (True, None)
            assert set(told) > {"at", "host", "version", "rank", "of", "area", "confirmed", "source"}

            many = len(dashboard.seen(TOPIC))
            first = datetime.fromisoformat(kiosk.status()["confirmed"])

            def confirmed_again(status: dict[str, str]) -> bool:
                broker.publish(document("SEVERE"))
                return datetime.fromisoformat(status["confirmed"]) > first + timedelta(seconds=3)

            kiosk.until(confirmed_again)
            assert len(dashboard.seen(TOPIC)) == many, "growing older and being confirmed is no news"
            broker.publish(document("CRITICAL"))
            dashboard.until(TOPIC, lambda told: told["level"] == "CRITICAL")
            kiosk.process.kill()
            assert dashboard.until(TOPIC, lambda told: not told["online"]) == {"online": False}
        assert json.loads(dashboard.seen(TOPIC)[-1].payload) == {"online": False}

"""A status at a real broker: kept, replaced, and taken back by the broker when the publisher is gone."""

import json
import os
import queue
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from kiosk.errors import Unobtainable
from kiosk.transports.payload import Broker as Login
from kiosk.transports.payload import Request
from kiosk.transports.presence import Presence
from tests.brokers import Broker
from tests.servers import unused_port
from tests.transports.asking import children

PATIENCE = 20.0
TOPIC = "lobbies/one/status"
GONE = b'{"online": false}'


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as started:
        yield started


@contextmanager
def present(
    url: str, told: "queue.SimpleQueue[Unobtainable | None]", lasting: float = 60, login: Login | None = None
) -> Iterator[Presence]:
    request = Request(url, deadline=timedelta(seconds=10), broker=login or Login(), entry="[presence]")
    with Presence(request, GONE, timedelta(seconds=lasting), timedelta(seconds=2), told.put) as presence:
        yield presence


def status(number: int) -> bytes:
    return json.dumps({"online": True, "number": number}).encode()


def is_number(number: int) -> Callable[[dict[str, object]], bool]:
    return lambda document: document.get("number") == number


def is_gone(document: object) -> bool:
    return document == {"online": False}


def test_a_status_is_kept_and_replaced_and_a_clean_end_says_that_it_is_gone(broker: Broker) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with broker.dashboard("lobbies/+/status") as dashboard:
        with present(broker.url(TOPIC), told) as presence:
            presence.say(status(1))
            dashboard.until(TOPIC, is_number(1))
            assert told.get(timeout=PATIENCE) is None, "it works"
            presence.say(status(2))
            dashboard.until(TOPIC, is_number(2))
            with broker.dashboard(TOPIC) as late:
                late.until(TOPIC, is_number(2))
                (kept,) = late.seen(TOPIC)
                assert kept.retain
                assert 50 <= getattr(kept.properties, "MessageExpiryInterval", 0) <= 60
        dashboard.until(TOPIC, is_gone)
    with broker.dashboard(TOPIC) as late:
        late.until(TOPIC, is_gone)
    assert told.empty()
    assert children() == {broker.process.pid}


def test_a_killed_child_and_a_silent_display_say_that_it_is_gone_and_it_comes_back(broker: Broker) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with broker.dashboard(TOPIC) as dashboard, present(broker.url(TOPIC), told) as presence:
        presence.say(status(1))
        dashboard.until(TOPIC, is_number(1))
        (child,) = children() - {broker.process.pid}
        os.kill(child, signal.SIGKILL)
        dashboard.until(TOPIC, is_gone)
        presence.say(status(1))
        dashboard.until(TOPIC, is_number(1))
        assert told.get(timeout=PATIENCE) is None
        assert "broke off on this machine (exit code -9)" in str(told.get(timeout=PATIENCE))
        assert told.get(timeout=PATIENCE) is None
        dashboard.until(TOPIC, is_gone)
        assert "broke (the display is silent)" in str(told.get(timeout=PATIENCE))
        time.sleep(1)  # nothing vouches for the screen, so nothing may come
        assert is_gone(json.loads(dashboard.seen(TOPIC)[-1].payload))
        presence.alive()
        dashboard.until(TOPIC, is_number(1))


def test_a_broker_that_dies_is_told_and_gets_the_newest_status_when_it_is_back(broker: Broker) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with present(broker.url(TOPIC), told) as presence:
        presence.say(status(1))
        assert told.get(timeout=PATIENCE) is None
        broker.kill()
        assert "broke (" in str(told.get(timeout=PATIENCE))
        presence.say(status(2))
        presence.say(status(3))
        broker.start()
        end = time.monotonic() + PATIENCE
        while told.get(timeout=PATIENCE) is not None:
            presence.alive()
            assert time.monotonic() < end
        with broker.dashboard(TOPIC) as dashboard:
            dashboard.until(TOPIC, is_number(3))


def test_of_a_flood_few_are_published_and_the_newest_is_among_them(broker: Broker) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with broker.dashboard(TOPIC) as dashboard, present(broker.url(TOPIC), told) as presence:
        presence.say(status(0))
        dashboard.until(TOPIC, is_number(0))
        began, number = time.monotonic(), 0
        while time.monotonic() - began < 3:
            number += 1
            presence.say(status(number))
            time.sleep(0.002)
        dashboard.until(TOPIC, is_number(number))
        assert number > 200
        assert len(dashboard.seen(TOPIC)) < 15 + time.monotonic() - began


def test_two_screens_with_one_topic_are_told_so(broker: Broker) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with present(broker.url(TOPIC), told) as one, present(broker.url(TOPIC), queue.SimpleQueue()) as other:
        one.say(status(1))
        assert told.get(timeout=PATIENCE) is None
        other.say(status(2))
        assert f"whether another screen has the topic “{TOPIC}”." in str(told.get(timeout=PATIENCE))


def test_login_and_topic_are_those_of_the_table_and_what_is_refused_is_told_without_the_password(
    tmp_path: Path,
) -> None:
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    (tmp_path / "password").write_text("open sesame\n")
    login = Login("one", str(tmp_path / "password"), str(tmp_path / "ca.pem"))
    acl = "user office\ntopic readwrite #\npattern write lobbies/%u/status\n"
    users = {"office": "secret", "one": "open sesame"}
    with Broker(tmp_path, users, acl, ours.issue_cert("127.0.0.1")) as broker:
        told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
        with broker.dashboard("#", ours) as dashboard, present(broker.url(TOPIC), told, login=login) as presence:
            presence.say(status(1))
            dashboard.until(TOPIC, is_number(1))
            assert told.get(timeout=PATIENCE) is None
        with present(broker.url("lobbies/two/status"), told, login=login) as presence:
            presence.say(status(1))
            sentence = str(told.get(timeout=PATIENCE))
            assert "refuses what is published on the topic “lobbies/two/status”" in sentence
        (tmp_path / "password").write_text("wrong\n")
        with present(broker.url(TOPIC), told, login=login) as presence:
            presence.say(status(1))
            sentence = str(told.get(timeout=PATIENCE))
            assert sentence.endswith("check username and password_file of [presence].")
            assert "wrong" not in sentence


def test_a_broker_that_is_not_there_costs_nobody_anything(tmp_path: Path) -> None:
    told: queue.SimpleQueue[Unobtainable | None] = queue.SimpleQueue()
    with unused_port() as port, present(f"mqtt://127.0.0.1:{port}/x", told) as presence:
        began = time.monotonic()
        for number in range(1000):
            presence.say(status(number))
        assert time.monotonic() - began < 1
        assert "refuses the connection" in str(told.get(timeout=PATIENCE))

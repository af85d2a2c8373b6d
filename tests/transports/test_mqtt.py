"""Topics of a real broker: what is obtained, and why nothing is."""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import trustme

from kiosk.boot_clock import since_boot
from kiosk.errors import Unobtainable
from kiosk.transports.child import MQTT_CHILD
from kiosk.transports.mqtt import Subscription
from kiosk.transports.mqtt_wire import Question
from kiosk.transports.payload import Broker as Login
from kiosk.transports.payload import Payload, Request
from tests.brokers import Broker
from tests.servers import Answer, DocumentServer, FaultServer, drip, unused_port
from tests.transports.asking import ask, children, refused

DEADLINE = timedelta(seconds=20)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path) as started:
        yield started


@contextmanager
def listening(broker: Broker, **fields: object) -> Iterator[Subscription]:
    """A subscription that has begun to hear what is published."""
    request = Request(broker.url(), deadline=DEADLINE, **fields)  # type: ignore[arg-type]  # names of its fields
    with Subscription(request, timedelta(hours=1)) as subscription:
        broker.publish(b"are you there?", retain=True)
        assert news(subscription).document == b"are you there?"
        yield subscription


def news(subscription: Subscription) -> Payload:
    return subscription.obtain(Request("mqtt://any/topic", deadline=DEADLINE), threading.Event())


def failure(subscription: Subscription) -> Unobtainable:
    with pytest.raises(Unobtainable) as caught:
        news(subscription)
    return caught.value


# ------------------------------------------------------------------ asked once, as check and doctor do


def test_what_the_broker_kept_is_obtained_and_marked(broker: Broker) -> None:
    broker.publish(b"kept", retain=True, beside={"minisig": "YSBzaWduYXR1cmU=", "sent-by": "a relay!"})
    payload = ask(broker.url())
    assert (payload.document, payload.kept, payload.beside) == (b"kept", True, {"minisig": b"a signature"})


def test_without_a_kept_message_the_next_one_is_waited_for_and_is_live(broker: Broker) -> None:
    with broker.publisher() as publisher:
        stop = threading.Event()

        def again_and_again() -> None:
            while not stop.wait(0.1):
                publisher.publish(b"live")

        thread = threading.Thread(target=again_and_again)
        thread.start()
        payload = ask(broker.url())
        stop.set()
        thread.join()
    assert (payload.document, payload.kept) == (b"live", False)


def test_nothing_on_the_topic_is_said_within_the_deadline(broker: Broker) -> None:
    broker.publish(b"elsewhere", "office/levle", retain=True)
    began = time.monotonic()
    error = refused(broker.url(), seconds=4)
    assert time.monotonic() - began < 4.5
    assert error.problem == "timeout"
    assert str(error).startswith(
        f"127.0.0.1:{broker.port} answers, but nothing came on the topic “office/level” for"
    )


def test_a_document_that_is_too_big_is_refused(broker: Broker) -> None:
    broker.publish(b"x" * 1001, retain=True)
    assert refused(broker.url(), limit=1000).problem == "too-big"
    broker.publish(b"x" * 1000, retain=True)
    assert ask(broker.url(), limit=1000).document == b"x" * 1000


def test_a_document_that_is_enormous_never_arrives(broker: Broker) -> None:
    broker.publish(b"x" * 3_000_000, retain=True)
    assert refused(broker.url(), seconds=2).problem == "timeout"


def test_a_port_on_which_nobody_listens_is_said() -> None:
    with unused_port() as port:
        error = refused(f"mqtt://127.0.0.1:{port}/x")
    assert (error.problem, "refuses the connection" in str(error)) == ("connect", True)


def test_a_server_that_is_no_broker_is_said() -> None:
    with DocumentServer() as server:
        server.answer = Answer(400)
        error = refused(f"mqtt://127.0.0.1:{server.port}/x", seconds=3)
    assert error.problem in {"connect", "malformed", "timeout"}


def test_properties_that_are_enormous_are_refused(broker: Broker) -> None:
    broker.publish(b"kept", retain=True, beside={f"p{number}": '"' * 60_000 for number in range(2)})
    assert refused(broker.url()).problem == "too-big"
    broker.publish(b"kept", retain=True, beside={"p": '"' * 60_000})
    assert ask(broker.url()).document == b"kept"


def test_a_handshake_of_a_byte_at_a_time_is_given_up_and_begun_again() -> None:
    def handshake(connection: socket.socket) -> None:
        drip(connection, b"\x16\x03\x03\x40\x00" + bytes(16000))

    with FaultServer(handshake) as server:
        request = Request(server.url(scheme="mqtts"), deadline=timedelta(seconds=2))
        with Subscription(request, timedelta(hours=1)) as subscription:
            error = failure(subscription)
    assert (error.problem, "did not answer in time" in str(error)) == ("timeout", True)


# ------------------------------------------------------------------ who may ask


def test_user_and_password_open_the_broker_and_the_password_is_never_told(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("open sesame\n")
    with Broker(tmp_path, {"lobby": "open sesame"}) as broker:
        broker.publish(b"kept", retain=True)
        login = Login("lobby", str(password))
        assert ask(broker.url(), broker=login).document == b"kept"
        password.write_text("wrong secret\n")
        error = refused(broker.url(), broker=login)
        assert error.problem == "connect"
        assert f"127.0.0.1:{broker.port} refuses the user “lobby” (" in str(error)
        assert "check username and password_file" in str(error)
        assert "secret" not in str(error)
        assert "refuses a connection without a user; set username" in str(refused(broker.url()))
        password.unlink()
        error = refused(broker.url(), broker=login)
        assert error.problem == "unreadable"
        assert str(error).startswith(f"password_file {password} can't be read (No such file or directory)")


def test_a_topic_that_the_user_may_not_read_is_said_with_that_reason_among_others(tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text("b")
    acl = "user office\ntopic readwrite #\nuser lobby\ntopic read elsewhere\n"
    with Broker(tmp_path, {"office": "a", "lobby": "b"}, acl) as broker:
        broker.publish(b"kept", retain=True)
        error = refused(broker.url(), seconds=4, broker=Login("lobby", str(password)))
    assert "what this source's user may read" in str(error)


def test_tls_with_an_authority_from_a_file_and_no_other(tmp_path: Path) -> None:
    ours, theirs = trustme.CA(), trustme.CA()
    trusted, other = tmp_path / "ours.pem", tmp_path / "theirs.pem"
    ours.cert_pem.write_to_path(str(trusted))
    theirs.cert_pem.write_to_path(str(other))
    with Broker(tmp_path, certificate=ours.issue_cert("127.0.0.1")) as broker:
        error = refused(broker.url(), seconds=4, broker=Login(ca_file=str(trusted)))
        assert "nothing came on the topic" in str(error), "the connection itself is well"
        error = refused(broker.url(), broker=Login(ca_file=str(other)))
        assert error.problem == "tls-untrusted"
        assert "is not from the authority in this source's ca_file" in str(error)
        assert refused(broker.url()).problem == "tls-untrusted", "the system's store does not know it"
        error = refused(broker.url(host="localhost"), broker=Login(ca_file=str(trusted)))
        assert "is for another name" in str(error)
        error = refused(broker.url(), broker=Login(ca_file=str(tmp_path / "none.pem")))
        assert (error.problem, str(error).startswith("ca_file ")) == ("unreadable", True)


def test_tls_with_the_systems_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(tmp_path / "store.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "store.pem"))
    with Broker(tmp_path, certificate=ours.issue_cert("127.0.0.1")) as broker:
        assert "nothing came on the topic" in str(refused(broker.url(), seconds=4))


# ------------------------------------------------------------------ a connection that lasts


def test_what_is_published_comes_at_once_and_in_order(broker: Broker) -> None:
    with listening(broker) as subscription, broker.publisher() as publisher:
        for number in range(5):
            publisher.publish(b"%d" % number)
        came = [news(subscription) for _ in range(5)]
    assert [payload.document for payload in came] == [b"0", b"1", b"2", b"3", b"4"]
    assert not any(payload.kept for payload in came)


def test_of_a_flood_few_get_through_and_the_newest_is_among_them(broker: Broker) -> None:
    with listening(broker) as subscription, broker.publisher() as publisher:
        began = time.monotonic()
        for number in range(5000):
            publisher.publish(b"%d" % number, wait=False)
        publisher.publish(b"last")
        flooded = time.monotonic() - began
        came = [b""]
        while came[-1] != b"last":
            came.append(news(subscription).document or b"")
        assert time.monotonic() - began < flooded + 2, "the newest one does not wait behind the others"
    assert len(came) < 15 + flooded


def test_a_broker_that_dies_is_told_and_asked_again_until_it_is_back(broker: Broker) -> None:
    with listening(broker) as subscription:
        broker.kill()
        error = failure(subscription)
        assert (error.problem, "broke (" in str(error)) == ("connect", True)
        assert "refuses the connection" in str(failure(subscription))
        broker.start()
        broker.publish(b"back", retain=True)
        back: list[bytes | None] = []
        while not back:
            with suppress(Unobtainable):  # as many as there were attempts in vain
                back.append(news(subscription).document)
    assert back == [b"back"]


def test_silence_is_told_again_and_again(broker: Broker) -> None:
    with Subscription(Request(broker.url(), deadline=DEADLINE), timedelta(seconds=1)) as subscription:
        broker.publish(b"once", retain=True)
        assert news(subscription).document == b"once"
        for _ in range(2):
            assert "nothing came on the topic “office/level” for 1 s" in str(failure(subscription))


def test_a_child_ends_by_itself_with_its_connection_and_with_its_parent(broker: Broker) -> None:
    with unused_port() as port:
        request = Request(f"mqtt://127.0.0.1:{port}/x", deadline=DEADLINE)
        question = msgspec.json.encode(Question(request, since_boot(), DEADLINE)) + b"\n"
        with subprocess.Popen(
            MQTT_CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            assert child.stdin
            assert child.stderr
            child.stdin.write(question)
            child.stdin.flush()
            assert child.wait(20) == 0
            assert child.stderr.read() == b""
    question = msgspec.json.encode(Question(Request(broker.url()), since_boot(), DEADLINE)) + b"\n"
    done = subprocess.run(MQTT_CHILD, input=question, capture_output=True, timeout=20, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_child_that_is_killed_is_told_and_replaced(broker: Broker) -> None:
    before = children()
    with listening(broker) as subscription:
        (child,) = children() - before - {broker.process.pid}
        os.kill(child, signal.SIGKILL)
        assert "broke off on this machine (exit code -9)" in str(failure(subscription))
        assert news(subscription).document == b"are you there?"


def test_a_message_that_waited_in_the_socket_is_as_old_as_it_may_be(broker: Broker) -> None:
    before = children()
    with listening(broker) as subscription:
        (child,) = children() - before - {broker.process.pid}
        os.kill(child, signal.SIGSTOP)
        stopped = since_boot()
        broker.publish(b"waited")
        time.sleep(1.5)  # the wait itself is what is tested
        os.kill(child, signal.SIGCONT)
        payload = news(subscription)
    assert payload.document == b"waited"
    assert payload.since is not None
    assert payload.since <= stopped


def test_a_machine_that_slept_leaves_its_connection(broker: Broker) -> None:
    before = children()
    with listening(broker) as subscription:
        (child,) = children() - before - {broker.process.pid}
        os.kill(child, signal.SIGSTOP)
        broker.publish(b"from before the sleep")
        time.sleep(5.5)  # the wait itself is what is tested
        os.kill(child, signal.SIGCONT)
        assert "this machine slept" in str(failure(subscription))
        assert news(subscription).kept

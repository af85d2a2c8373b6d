"""The child process itself: its bounds, its end, its crash, and where it imports from."""

import gzip
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.core.model import Problem
from kiosk.transports import prepared
from kiosk.transports.child import HTTP_CHILD
from kiosk.transports.http_wire import packed_request, unpacked_answer
from kiosk.transports.payload import Payload, Request
from tests.servers import Answer, DocumentServer, FaultServer, drip, read_request
from tests.transports.asking import ask, children, refused

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


def _waits(connection: socket.socket) -> None:
    while connection.recv(65536):
        pass


def _the_child() -> int:
    """The one process that a fetch in another thread has started."""
    end = time.monotonic() + 10
    while True:
        # The test's own process may have others, such as multiprocessing's.
        for child in children():
            with suppress(OSError):
                if b"http_child" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return child
        assert time.monotonic() < end, "no child"


def test_the_answer_is_one_line_and_the_document() -> None:
    with DocumentServer(b"line\nline") as server:
        question = packed_request(Request(server.url()))
        done = subprocess.run(HTTP_CHILD, input=question, capture_output=True, check=True)
    assert done.stdout.partition(b"\n")[2] == b"line\nline"
    assert unpacked_answer(done.stdout) == Payload(b"line\nline")
    assert done.stderr == b""


@needs_proc
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_child_that_dies_is_an_error_and_no_crash(sign: signal.Signals) -> None:
    def kill() -> None:
        os.kill(_the_child(), sign)

    with FaultServer(_waits) as server:
        killer = threading.Thread(target=kill)
        killer.start()
        error = refused(server.url())
        killer.join()
    assert error.problem is Problem.CONNECT
    assert f"127.0.0.1:{server.port}" in str(error)
    assert "broke off" in str(error)


def test_a_crashing_child_tells_its_last_words_without_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere/http://who:s3cret@host")
    error = refused("https://who:s3cret@kiosk.invalid/")
    assert error.problem is Problem.CONNECT
    assert "s3cret" not in str(error)
    assert len(str(error)) < 400


def test_nothing_of_the_child_reaches_our_own_error_output(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONVERBOSE", "1")
    with DocumentServer(b"x") as server:
        assert ask(server.url()).document == b"x"
    assert capfd.readouterr() == ("", "")


def test_the_child_imports_nothing_from_the_current_directory(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("requests", "json", "kiosk"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with DocumentServer(b"x") as server:
        assert ask(server.url()).document == b"x"


def test_a_child_that_cannot_start_is_an_error_and_no_crash() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    # One descriptor more than are open: too few for three pipes.
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free + 1, before[1]))
    try:
        error = refused("https://kiosk.invalid/")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert error.problem is Problem.CONNECT
    assert "could not start" in str(error)


@needs_proc
def test_a_prepared_child_answers_the_first_question() -> None:
    with DocumentServer(b"x") as server, prepared():
        waiting = _the_child()
        assert ask(server.url()).document == b"x"
        assert not Path(f"/proc/{waiting}").exists()
        assert ask(server.url()).document == b"x"


@needs_proc
def test_a_prepared_child_that_died_is_replaced() -> None:
    with DocumentServer(b"x") as server, prepared():
        waiting = _the_child()
        os.kill(waiting, signal.SIGKILL)
        while b") Z " not in Path(f"/proc/{waiting}/stat").read_bytes():  # until it is dead for all to see
            time.sleep(0.01)
        assert ask(server.url()).document == b"x"


@needs_proc
def test_a_prepared_child_that_nobody_asked_goes() -> None:
    with prepared():
        waiting = _the_child()
    assert not Path(f"/proc/{waiting}").exists()


def test_a_prepared_child_ends_with_its_parent() -> None:
    done = subprocess.run(HTTP_CHILD, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


_A_PARENT = """
import sys, threading
from contextlib import suppress
from datetime import timedelta
from kiosk.transports import transport_for
from kiosk.transports.payload import Request
transport_for(sys.argv[1])(Request(sys.argv[1], deadline=timedelta(seconds=1.5)), threading.Event())
"""


@needs_proc
def test_a_child_does_not_outlive_a_killed_parent_for_long() -> None:
    ended = threading.Event()

    def script(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        try:
            drip(connection, b"X" * 10_000)  # so that no timeout of a library ends it
        finally:
            ended.set()

    with FaultServer(script) as server:
        parent = subprocess.Popen([sys.executable, "-c", _A_PARENT, server.url()])
        end = time.monotonic() + 10
        while not server.connections and time.monotonic() < end:
            time.sleep(0.01)
        parent.kill()
        parent.wait()
        assert not ended.is_set()
        assert ended.wait(3.5)


def test_the_process_that_asks_does_not_import_the_http_stack() -> None:
    program = (
        "import sys, kiosk.transports; print(sorted({'requests', 'urllib3', 'truststore'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def _peak_mib(url: str, limit: int) -> tuple[float, bytes]:
    """The most memory that one fetch held at once, and its output."""
    question = packed_request(Request(url, limit=limit, deadline=timedelta(seconds=30)))
    program = (
        "import resource, subprocess, sys\n"
        f"done = subprocess.run({list(HTTP_CHILD)!r}, stdin=sys.stdin, capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)\n"
        "sys.stdout.buffer.write(done.stdout)"
    )
    done = subprocess.run([sys.executable, "-c", program], input=question, capture_output=True, check=True)
    return int(done.stderr) / 1024, done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is counted in KiB on Linux only")
def test_a_bomb_costs_no_more_memory_than_a_document() -> None:
    bomb = gzip.compress(bytes(100 * 1024 * 1024))
    with DocumentServer(b"x" * 1024) as server:
        usual, output = _peak_mib(server.url(), 2**20)
        assert unpacked_answer(output) == Payload(b"x" * 1024)
        server.answer = Answer(200, {"Content-Encoding": "gzip"}, bomb)
        attacked, output = _peak_mib(server.url(), 2**20)
        assert getattr(unpacked_answer(output), "problem", None) is Problem.TOO_BIG
    assert usual < 60
    assert attacked < usual + 12


@pytest.mark.skipif(sys.platform != "linux", reason="only there the address space is surely bounded")
def test_the_child_bounds_its_own_memory_and_processor_time() -> None:
    with FaultServer(_waits) as server:
        limits: list[str] = []

        def look() -> None:
            end = time.monotonic() + 10
            while not server.connections and time.monotonic() < end:
                time.sleep(0.01)
            limits.append(Path(f"/proc/{_the_child()}/limits").read_text(encoding="ascii"))

        observer = threading.Thread(target=look)
        observer.start()
        refused(server.url(), seconds=2, limit=2**20)
        observer.join()
    rows = {line[:26].strip(): line[26:].split()[:2] for line in limits[0].splitlines()}
    assert rows["Max address space"] == [str(520 * 2**20)] * 2
    assert rows["Max cpu time"] == ["4", "4"]

"""The duty manager with the command line, and the kiosk on a real screen that does what is ordered."""

import os
import pty
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.control import (
    ClearLevel,
    ConfirmLevel,
    Receipt,
    SetLevel,
    StartExercise,
    addresses,
    ask_running,
    order_running,
)
from kiosk.errors import KioskError
from kiosk.store import Store
from tests.commands import ROOT, Ran, command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.e2e.test_kiosk import COLOURS, history, started, wait_for_colour
from tests.servers import Answer, DocumentServer

pytestmark = pytest.mark.xdist_group("screen-2")

PENDING = "waits for another person until"


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SUBSTANTIAL")) as begun:
        yield begun


@pytest.fixture
def kiosk(screen: VirtualScreen, server: DocumentServer, tmp_path: Path) -> Iterator[Kiosk]:
    with started(screen, tmp_path, configuration(tmp_path, server.url())) as running:
        running.until_shown("SUBSTANTIAL", "live")
        yield running


def ordered(kiosk: Kiosk, *arguments: str) -> Ran:
    """The order as the duty manager gives it; the functions below save the start of a program."""
    return command(*arguments, "--state-dir", kiosk.folder)


def set_level(kiosk: Kiosk, level: str = "SEVERE", by: str = "Ann", until: str = "2 h") -> Receipt:
    return order_running(kiosk.folder, SetLevel(level, by, "a parcel", until))


def start_exercise(kiosk: Kiosk, until: str = "2 h") -> Receipt:
    return order_running(kiosk.folder, StartExercise("CRITICAL", "Ann", "a drill", until))


def notes(kiosk: Kiosk) -> str:
    return " ".join(ask_running(kiosk.folder).notes)


def refused(receipt: Receipt, code: int) -> str:
    """The one sentence of a refusal."""
    assert receipt.code == code, receipt
    assert receipt.sentence.endswith(".")
    return receipt.sentence


def reasons(kiosk: Kiosk) -> list[str]:
    return [str(line["why"]) for line in history(kiosk.folder.parent)]


# ---------------------------------------------------------------- a level


def test_a_level_is_shown_when_the_command_ends_and_goes_when_it_is_cleared(
    screen: VirtualScreen, kiosk: Kiosk
) -> None:
    done = ordered(kiosk, "level", "set", "severe", "--by", "Ann", "--reason", "a parcel", "--until", "2 h")
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(
        r"Ann set SEVERE until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}: a parcel\. The screen shows it\.\n",
        done.out,
    )
    assert (kiosk.status()["level"], kiosk.status()["state"]) == ("SEVERE", "operator")
    wait_for_colour(screen, COLOURS["SEVERE"])
    assert "Set by Ann until" in ordered(kiosk, "status").out

    assert ordered(kiosk, "level", "clear", "--by", "Bob").out.startswith("Bob cleared SEVERE, set by Ann.")
    assert (kiosk.status()["level"], kiosk.status()["state"]) == ("SUBSTANTIAL", "live")
    wait_for_colour(screen, COLOURS["SUBSTANTIAL"])
    told = reasons(kiosk)
    assert any(line.startswith("Ann set SEVERE until") and line.endswith(": a parcel.") for line in told)
    assert "Set by Ann: a parcel" in told
    assert "Bob cleared SEVERE, set by Ann." in told
    assert kiosk.end()[2] == ""


def test_a_level_survives_a_kill_and_ends_at_its_time(screen: VirtualScreen, kiosk: Kiosk) -> None:
    assert set_level(kiosk, until="15 s").code == 0
    end = time.monotonic() + 15
    kiosk.process.kill()
    kiosk.process.wait()
    with Kiosk(screen.environment(), kiosk.folder, *kiosk._command[6:]) as again:
        again.until_shown("SEVERE", "operator")
        wait_for_colour(screen, COLOURS["SEVERE"])
        again.until_shown("SUBSTANTIAL", "live")
        assert -0.5 < time.monotonic() - end < 5
        wait_for_colour(screen, COLOURS["SUBSTANTIAL"])
        (line,) = again.end()[2].splitlines()
    assert "The last run ended badly" in line


def test_a_level_below_that_of_the_sources_says_so(server: DocumentServer, kiosk: Kiosk) -> None:
    assert set_level(kiosk, "LOW").sentence.endswith("shows it, and that its sources state a higher level.")
    status = kiosk.status()
    assert (status["level"], status["marks"]) == ("LOW", ["conflict"])
    set_level(kiosk, "SEVERE")
    assert kiosk.status()["marks"] == []
    server.answer = Answer(body=mi5_document("CRITICAL"))
    kiosk.until(lambda shown: shown["marks"] == ["conflict"])
    assert kiosk.status()["level"] == "SEVERE"


# ---------------------------------------------------------------- two persons


def test_with_two_persons_a_level_waits_for_another_name(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    config = configuration(tmp_path, server.url(), more="two_person = true")
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SUBSTANTIAL", "live")
        assert "until another person confirms" in set_level(kiosk).sentence
        assert kiosk.status()["level"] == "SUBSTANTIAL"
        assert PENDING in notes(kiosk)
        assert "another person" in refused(order_running(kiosk.folder, ConfirmLevel(" ANN")), 1)
        kiosk.process.kill()
        kiosk.process.wait()
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SUBSTANTIAL", "live")
        assert PENDING in ordered(kiosk, "status").out
        assert ordered(kiosk, "level", "confirm", "--by", "Bob").out.endswith("The screen shows it.\n")
        assert kiosk.status()["level"] == "SEVERE"
        wait_for_colour(screen, COLOURS["SEVERE"])
        assert PENDING not in notes(kiosk)
        assert "No level waits" in refused(order_running(kiosk.folder, ConfirmLevel("Cat")), 1)
        assert "Set by Ann, Bob: a parcel" in reasons(kiosk)


# ---------------------------------------------------------------- an exercise


def test_an_exercise_ends_itself_and_is_never_stored(screen: VirtualScreen, kiosk: Kiosk) -> None:
    assert start_exercise(kiosk, until="5 s").code == 0
    begun = time.monotonic()
    assert (kiosk.status()["level"], kiosk.status()["state"]) == ("CRITICAL", "exercise")
    assert screen.colour_at(0.5, 0.002) != COLOURS["CRITICAL"], "the strip of the drill is over the banner"
    kiosk.until_shown("SUBSTANTIAL", "live")
    assert 4.5 < time.monotonic() - begun < 10

    assert start_exercise(kiosk).code == 0
    kiosk.process.kill()
    kiosk.process.wait()
    memory = Store(kiosk.folder).load("uk/UK")
    assert memory
    assert memory.held
    assert (memory.held.level, memory.operator, memory.exercise) == ("SUBSTANTIAL", None, None)
    with Kiosk(screen.environment(), kiosk.folder, *kiosk._command[6:]) as again:
        assert again.until(lambda _: True)["state"] in {"stale", "live"}
        again.until_shown("SUBSTANTIAL", "live")
        assert start_exercise(again).code == 0
        assert ordered(again, "exercise", "stop", "--by", "Bob").out.startswith("Bob stopped the exercise of Ann.")
        assert again.status()["state"] == "live"
        assert "no exercise runs" in ordered(again, "exercise", "stop").refused(1).lower()


def test_an_exercise_needs_its_word_typed_on_the_terminal(kiosk: Kiosk) -> None:
    for typed, code, state in (("exercise\n", 2, "live"), ("\n", 2, "live"), ("EXERCISE\n", 0, "exercise")):
        ran = typed_on_a_terminal(kiosk, typed)
        assert ran.code == code, ran.err
        assert "Type EXERCISE to start it" in ran.err
        assert kiosk.status()["state"] == state


def typed_on_a_terminal(kiosk: Kiosk, typed: str) -> Ran:
    arguments = ["exercise", "start", "--level", "LOW", "--by", "Ann", "--until", "1 h"]
    leader, follower = pty.openpty()
    with os.fdopen(leader, "wb", buffering=0) as keyboard, os.fdopen(follower) as terminal:
        keyboard.write(typed.encode())
        ran = subprocess.run(
            [sys.executable, "-m", "kiosk", *arguments, "--state-dir", str(kiosk.folder)],
            cwd=ROOT,
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def test_without_a_terminal_the_word_cannot_be_piped(tmp_path: Path) -> None:
    ran = command(
        "exercise", "start", "--level", "LOW", "--by", "Ann", "--until", "1 h", "--state-dir", tmp_path / "none"
    )
    assert "--yes-exercise" in ran.refused(2)


# ---------------------------------------------------------------- what is refused


def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(kiosk: Kiosk) -> None:
    before = kiosk.status()
    assert "use LOW, MODERATE" in ordered(
        kiosk, "level", "set", "SEVER", "--by", "Ann", "--reason", "a parcel", "--until", "2 h"
    ).refused(2)
    assert "7 d from now is the most" in refused(set_level(kiosk, until="8 d"), 2)
    assert "is past" in refused(set_level(kiosk, until="2020-01-01 12:00"), 2)
    assert "is no end" in refused(set_level(kiosk, until="soon"), 2)
    assert "must not be empty" in refused(set_level(kiosk, by=" "), 2)
    assert "40 are the most" in refused(set_level(kiosk, by="A" * 41), 2)
    assert "4 h from now is the most" in refused(start_exercise(kiosk, until="5 h"), 2)
    with pytest.raises(KioskError, match="more than a kiosk reads"):
        set_level(kiosk, by="A" * 5000)
    assert "nothing to clear" in refused(order_running(kiosk.folder, ClearLevel("Ann")), 1)
    assert {**kiosk.status(), "confirmed": None} == {**before, "confirmed": None}


def test_without_a_kiosk_nothing_is_kept_for_a_later_start(tmp_path: Path) -> None:
    ran = command(
        "level", "set", "LOW", "--by", "A", "--reason", "b", "--until", "1 h", "--state-dir", tmp_path / "none"
    )
    assert ran.refused(1).startswith("No kiosk answers for the state directory")
    assert not (tmp_path / "none").exists()


def test_a_level_that_cannot_be_saved_is_shown_and_said_to_be_lost(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with started(screen, tmp_path, configuration(tmp_path, server.url())) as kiosk:
        kiosk.until_shown("SUBSTANTIAL", "live")
        assert "could not be saved" in refused(set_level(kiosk), 1)
        assert kiosk.status()["level"] == "SEVERE"


# ---------------------------------------------------------------- the socket


def test_only_the_same_user_and_root_may_ask(kiosk: Kiosk) -> None:
    path = Path(addresses(kiosk.folder)[0])
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run a program as somebody else")
def test_a_false_kiosk_of_somebody_else_is_asked_nothing(tmp_path: Path) -> None:
    path = Path(addresses(tmp_path / "none")[-1])
    program = (
        "import os, socket, sys; os.setuid(65534); s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); "
        "s.listen(); print('listens', flush=True); print(s.accept()[0].recv(9))"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True) as false:
        assert false.stdout
        assert false.stdout.readline() == "listens\n"
        try:
            with pytest.raises(KioskError, match="that of user 65534"):
                ask_running(tmp_path / "none")
            assert false.stdout.readline() == "b''\n"
        finally:
            false.kill()
            path.unlink()


def test_nonsense_silence_and_floods_on_the_socket_stop_nothing(kiosk: Kiosk) -> None:
    path = addresses(kiosk.folder)[0]

    def sent(document: bytes) -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(PATIENCE)
            client.connect(path)
            client.sendall(document)
            try:
                return client.recv(65536)
            except ConnectionResetError:
                return b""

    assert b"does not know this request" in sent(b"level up please\n")
    assert b"does not know this request" in sent(b'{"ask":"level set"}\n')
    assert b"does not know this request" in sent(b"\xff\xfe\n")
    assert sent(b"x" * 5000) == b"", "more than a request is hung up on"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(path)
        silent.settimeout(PATIENCE)
        assert kiosk.status()["state"] == "live"
        assert silent.recv(1) == b"", "whoever says nothing is hung up on"
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: kiosk.status(), range(100)))
    assert all(status["level"] == "SUBSTANTIAL" for status in statuses)
    assert kiosk.end()[2] == ""

"""Another configuration takes over while the kiosk runs: real files, a real screen, real signals."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.control import SetLevel, StartExercise, ask_running, order_running
from kiosk.profiles import load_profile
from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.e2e.pictures import until_read, until_shown
from tests.servers import DocumentServer

pytestmark = pytest.mark.xdist_group("screen-4")

COLOURS = {level: look.colour.lower() for level, look in load_profile("uk").looks.items()}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect {}width="9" height="9"/></svg>'
BANNER = (0.95, 0.25)


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as started:
        yield started


@pytest.fixture
def other() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("CRITICAL")) as started:
        yield started


def started(screen: VirtualScreen, folder: Path, config: Path) -> Kiosk:
    return Kiosk(screen.environment(), folder / "state", "--config", str(config))


def notes(kiosk: Kiosk) -> str:
    return "\n".join(ask_running(kiosk.folder).notes)


def until_noted(kiosk: Kiosk, words: str) -> None:
    """Until ``status`` tells of it; with no words, until it tells of nothing."""
    kiosk.until(lambda _: words in notes(kiosk) if words else not notes(kiosk))


def put(path: Path, text: str) -> None:
    """As an editor does that writes beside and renames."""
    beside = path.with_name("beside")
    beside.write_text(text)
    beside.replace(path)


@contextmanager
def watched(screen: VirtualScreen) -> Iterator[set[str]]:
    """The colours that a point of the banner had meanwhile."""
    seen: set[str] = set()
    over = threading.Event()

    def watch() -> None:
        with screen.pixel(*BANNER) as look:
            while not over.wait(0.005):
                blue, green, red, _ = look()
                seen.add(f"#{red:02x}{green:02x}{blue:02x}")

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


def test_a_changed_file_is_taken_over_and_a_bad_one_is_not(
    screen: VirtualScreen, server: DocumentServer, other: DocumentServer, tmp_path: Path
) -> None:
    still = "reduced_motion = true"
    config = configuration(tmp_path, server.url(), more=still)
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        until_shown(screen.picture, "SEVERE")
        with watched(screen) as colours:
            good = configuration(tmp_path, server.url(), other.url(), more=still).read_text()
            kiosk.until_shown("CRITICAL", "live")
            put(config, "plaice = 1\n" + good)
            until_noted(kiosk, '"plaice" is not an option; did you mean')
            assert "The configuration before it is in force" in notes(kiosk)
            told = command("status", "--config", config, "--state-dir", kiosk.folder)
            assert told.code == 0
            assert "An attack is highly likely in the near future" in told.out
            assert '"plaice" is not an option' in told.out
            until_read(screen.picture, "Older settings in use")
            put(config, good)
            until_noted(kiosk, "")
            config.unlink()
            until_noted(kiosk, "can't be read (No such file or directory)")
            config.write_bytes(b"")
            until_noted(kiosk, "is empty, and was not before")
            # As an editor that writes in place: what settles is read, and nothing before.
            with config.open("w") as file:
                for piece in (good[:30], good[30:200], good[200:]):
                    time.sleep(0.3)
                    file.write(piece)
                    file.flush()
            until_noted(kiosk, "")
        assert colours == {COLOURS["SEVERE"], COLOURS["CRITICAL"]}, "the screen showed something else meanwhile"
        code, _, errors = kiosk.end()
    assert code == 0
    assert errors.count("is refused") == 3, errors
    assert errors.count("in order again, after ") == 2
    assert "is not TOML" not in errors


def test_files_that_it_names_are_noticed_too(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    uk = Path("assets/profiles/uk.toml").read_text()
    profile, welsh = tmp_path / "ours.toml", tmp_path / "ours.cy.toml"
    profile.write_text(uk.replace(', "fr", "nl", "de", "es", "pl", "ar", "zh"]', "]"))
    welsh.write_text(Path("assets/profiles/uk.cy.toml").read_text())
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG.format(""))
    more = 'profile = "ours.toml"\nlanguages = ["en"]\n[venue]\nlogo = "logo.svg"\n'
    with started(screen, tmp_path, configuration(tmp_path, server.url(), more=more)) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        meaning = kiosk.status()["meaning"]
        put(profile, profile.read_text().replace(meaning, "An attack is really likely"))
        kiosk.until(lambda status: status["meaning"] == "An attack is really likely")
        put(welsh, "nonsense")
        logo.write_text("<svg")
        kiosk.process.send_signal(signal.SIGHUP)
        until_noted(kiosk, "logo.svg is a damaged SVG")
        before = screen.picture()
        logo.write_text(SVG.format('fill="#1d70b8" '))
        until_noted(kiosk, "")
        end = time.monotonic() + PATIENCE
        while "#1d70b8" not in colours_of(screen):
            assert time.monotonic() < end
        assert before != screen.picture()
        kiosk.end()


def colours_of(screen: VirtualScreen) -> set[str]:
    picture = screen.picture()
    pixels = memoryview(picture.constBits()).cast("I")
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in set(pixels)}


def test_what_follows_a_signal_is_true(screen: VirtualScreen, server: DocumentServer, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        config = configuration(tmp_path, server.url(), hanging)
        with started(screen, tmp_path, config) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            connection, _ = silent.accept()
            order_running(kiosk.folder, SetLevel("LOW", "Ann", "repairs", "2 h"))
            kiosk.until_shown("LOW", "operator")
            with connection:
                configuration(tmp_path, server.url(), more='place = "Elsewhere"')
                kiosk.process.send_signal(signal.SIGHUP)
                kiosk.until(lambda status: len(status["sources"]) == 1)
                connection.settimeout(2)
                while connection.recv(4096):
                    pass  # until the fetch has ended
            assert kiosk.status()["state"] == "operator", "its level is still on the scale"
            order_running(kiosk.folder, StartExercise("CRITICAL", "Ann", "a drill", "1 h"))
            configuration(tmp_path, server.url(), more='area = "NI"')
            kiosk.process.send_signal(signal.SIGHUP)
            # A level of one area is never shown for another, whoever set it.
            status = kiosk.until_shown("SUBSTANTIAL", "live")
            assert status["area"] == "NI"
            server.answer = type(server.answer)(status=503)
            kiosk.until(lambda status: status["sources"][0]["problem"] == "http-status")
            configuration(tmp_path, server.url())
            kiosk.process.send_signal(signal.SIGHUP)
            seen = set()
            asked = len(server.seen)

            def asked_again(status: dict[str, object]) -> bool:
                seen.add((status["level"], status["state"]))
                return status["area"] == "UK" and len(server.seen) > asked + 1

            kiosk.until(asked_again)
            assert seen - {("SUBSTANTIAL", "live")} == {("SEVERE", "stale")}, "nobody looked meanwhile"
            code, _, errors = kiosk.end()
    assert code == 0
    assert errors.count("Another configuration is taken over") == 3


def test_a_start_with_a_bad_file_goes_by_the_last_good_one(
    screen: VirtualScreen, server: DocumentServer, tmp_path: Path
) -> None:
    profile = tmp_path / "ours.toml"
    profile.write_text(
        Path("assets/profiles/uk.toml")
        .read_text()
        .replace(', "cy", "fr", "nl", "de", "es", "pl", "ar", "zh"]', "]")
    )
    config = configuration(tmp_path, server.url(), more='profile = "ours.toml"\nplace = "Riverside Hall"')
    with started(screen, tmp_path, config) as kiosk:
        kiosk.until_shown("SEVERE", "live")
        until_noted(kiosk, "")
        end = time.monotonic() + PATIENCE
        while not (kiosk.folder / "configuration" / "current").exists():
            assert time.monotonic() < end
            time.sleep(0.05)
        kiosk.process.kill()
    good = config.read_text()
    config.write_text("profile = [")
    profile.write_text("nonsense")
    with started(screen, tmp_path, config) as kiosk:
        # The memory belongs to the profile's own name, also where a copy of it is read.
        assert kiosk.until(lambda status: status["level"] == "SEVERE")["state"] in {"stale", "live"}
        assert "is not TOML" in notes(kiosk)
        until_read(screen.picture, "Older settings in use")
        kiosk.until_shown("SEVERE", "live")
        profile.write_text(Path("assets/profiles/uk.toml").read_text())
        put(config, good)
        until_noted(kiosk, "")
        code, _, errors = kiosk.end()
    assert code == 0
    assert errors.count("The newest configuration is refused") == 1
    assert "in order again" in errors
    config.write_text("profile = [")
    with Kiosk(screen.environment(), tmp_path / "elsewhere", "--config", str(config)) as refused:
        _, errors = refused.process.communicate(timeout=PATIENCE)
        assert refused.process.returncode == 2
        assert errors.startswith(f"{config}: is not TOML")
    assert (tmp_path / "state" / "configuration").stat().st_mode & 0o077 == 0

"""A head office and its screens, every part of it real: the relay, its key, nginx, and three kiosks."""

import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, mi5_document
from tests.e2e.test_kiosk import COLOURS, wait_for_colour
from tests.formats.signatures import Signer, new_signer
from tests.web_servers import WebServer

pytestmark = pytest.mark.xdist_group("screen-3")

NAMES = ("level.json", "level.json.minisig")


@dataclass(frozen=True, slots=True)
class Lobby:
    """One of the screens, and the kiosk that covers it."""

    screen: VirtualScreen
    kiosk: Kiosk
    config: Path


class Office:
    """The relay: what its own source states, and where it publishes that."""

    def __init__(self, folder: Path, signer: Signer) -> None:
        self._folder, self._signer = folder, signer
        self._config = folder / "office.toml"
        feed = (folder / "feed.xml").as_uri()
        self._config.write_text(f'[[source]]\nname = "MI5"\nurl = "{feed}"\nformat = "mi5"\n')

    def publishes(self, level: str, out: Path, valid: str = "1 h") -> None:
        """Signs what its source states; a document that has to be newer than the last one in that folder."""
        (self._folder / "feed.xml").write_bytes(mi5_document(level))
        options = ("publish", "--out", out, "--key", self._signer.secret, "--valid", valid)
        ran = command("--config", self._config, *options)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"Published {level} as ")


@pytest.fixture
def web() -> Iterator[WebServer]:
    with WebServer() as started:
        yield started


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return new_signer(tmp_path, "office")


@pytest.fixture
def lobbies(web: WebServer, signer: Signer, tmp_path: Path) -> Iterator[list[Lobby]]:
    with ExitStack() as stack:
        lobbies = []
        for number in range(3):
            folder = tmp_path / f"lobby-{number}"
            folder.mkdir()
            config = folder / "kiosk.toml"
            config.write_text(
                f'[[source]]\nname = "Office"\nurl = "{web.url("level.json")}"\nformat = "signed"\nevery = "1 s"\n'
                f'public_keys = ["{signer.public}"]\n'
            )
            screen = stack.enter_context(VirtualScreen())
            kiosk = Kiosk(screen.environment(), folder / "state", "--config", str(config))
            lobbies.append(Lobby(screen, stack.enter_context(kiosk), config))
        yield lobbies
        for lobby in lobbies:
            assert lobby.kiosk.end()[0] == 0


def serve(web: WebServer, folder: Path) -> None:
    """Puts a document and its signature in place of what is served."""
    for name in reversed(NAMES):
        shutil.copy(folder / name, web.root / f"new-{name}")
        (web.root / f"new-{name}").replace(web.root / name)


def all_show(lobbies: list[Lobby], level: str) -> None:
    for lobby in lobbies:
        lobby.kiosk.until_shown(level, "live")
        wait_for_colour(lobby.screen, COLOURS[level])


def nothing_changes_and_it_is_named(lobbies: list[Lobby], level: str, problem: str) -> None:
    """On each screen; and on one of them ``status --json`` and ``doctor`` say why."""
    for lobby in lobbies:
        lobby.kiosk.until(lambda status: status["sources"][0]["problem"] == problem)
        assert lobby.screen.colour_at(0.95, 0.25) == COLOURS[level]
    place = ("--config", lobbies[0].config, "--state-dir", lobbies[0].kiosk.folder)
    status = command(*place, "status", "--json").json
    (source,) = status["sources"]
    assert (status["level"], status["state"], status["marks"]) == (level, "live", [])
    assert (source["ok"], source["problem"], source["message"][-1]) == (False, problem, ".")
    ran = command(*place, "doctor", QT_QPA_PLATFORM="offscreen")
    assert ran.code == 3, "no source states a level"
    (line,) = [line for line in ran.out.splitlines() if line.endswith(f"[{problem}, signed]")]
    assert line.startswith("LOOK Office: ")


def test_one_relay_feeds_three_screens_and_nobody_between_can_change_what_they_show(
    web: WebServer, lobbies: list[Lobby], signer: Signer, tmp_path: Path
) -> None:
    office = Office(tmp_path, signer)
    office.publishes("SEVERE", web.root / "level.json")
    all_show(lobbies, "SEVERE")

    stolen = tmp_path / "stolen"
    shutil.copytree(web.root, stolen)
    office.publishes("CRITICAL", web.root / "level.json")
    all_show(lobbies, "CRITICAL")

    serve(web, stolen)
    nothing_changes_and_it_is_named(lobbies, "CRITICAL", "rollback")

    late = tmp_path / "late"
    late.mkdir()
    office.publishes("LOW", late / "level.json", valid="1 s")
    ends = datetime.fromisoformat(msgspec.json.decode((late / "level.json").read_bytes())["expires"])
    time.sleep(max(0.0, (ends - datetime.now(UTC)).total_seconds()))
    serve(web, late)
    nothing_changes_and_it_is_named(lobbies, "CRITICAL", "expired")

    forged = tmp_path / "forged"
    shutil.copytree(stolen, forged)
    thief = new_signer(tmp_path, "thief")
    document = (forged / "level.json").read_bytes().replace(b"SEVERE", b"LOW")
    (forged / "level.json").write_bytes(document)
    (forged / "level.json.minisig").write_bytes(thief.sign(document))
    serve(web, forged)
    nothing_changes_and_it_is_named(lobbies, "CRITICAL", "unsigned")

    office.publishes("CRITICAL", web.root / "level.json")
    for lobby in lobbies:
        assert lobby.kiosk.until(lambda status: status["sources"][0]["ok"])["level"] == "CRITICAL"

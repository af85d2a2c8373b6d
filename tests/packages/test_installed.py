"""The Debian package on a bare Debian 12 and 13, as an administrator and a visitor meet it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.brokers import Broker
from tests.displays import VirtualScreen
from tests.e2e.pictures import until_shown
from tests.endpoints import asked, until_told
from tests.packages.roots import Root
from tests.servers import unused_port

CONFIGURATION = "etc/threat-level-kiosk/kiosk.toml"
STATE = "var/lib/threat-level-kiosk"
NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


@pytest.fixture(autouse=True)
def _configured(root: Root, source: bytes) -> None:
    root.put(source, CONFIGURATION)


def test_the_command_is_there_with_its_papers(root: Root) -> None:
    assert root.run("threat-level-kiosk", "--version").startswith("threat-level-kiosk ")
    assert "is in order" in root.run("threat-level-kiosk", "config", "check")
    assert root.run("stat", "--format=%U:%G %a", f"/{STATE}") == "threat-level-kiosk:threat-level-kiosk 750\n"
    for path in (
        "usr/share/man/man1/threat-level-kiosk.1.gz",
        "usr/share/man/man8/threat-level-kiosk-setup.8.gz",
        "usr/share/bash-completion/completions/threat-level-kiosk",
        "usr/share/applications/threat-level-kiosk.desktop",
        "usr/share/applications/threat-level-kiosk-settings.desktop",
        "usr/share/metainfo/io.github.threat_level_kiosk.metainfo.xml",
        "usr/share/doc/threat-level-kiosk/licences/NOTICE",
        "usr/share/doc/threat-level-kiosk/monitoring/dashboard.json",
    ):
        assert (root.folder / path).stat().st_size > 100, path


def test_the_shell_completes_commands(root: Root) -> None:
    script = "/usr/share/bash-completion/completions/threat-level-kiosk"
    words = root.run(
        "bash", "-c",
        f'. {script}; COMP_WORDS=(threat-level-kiosk re); COMP_CWORD=1; f=$(complete -p threat-level-kiosk); '
        'f=${f##*-F }; ${f%% *} threat-level-kiosk re threat-level-kiosk; echo "${COMPREPLY[@]}"',
    )  # fmt: skip
    assert words.split() == ["render"]


def test_it_asks_a_source_and_prints_the_level(root: Root) -> None:
    answer = json.loads(root.run("threat-level-kiosk", "check", "--json"))
    assert (answer["level"], answer["state"], answer["changed"]) == ("SEVERE", "live", "2026-04-30")


def test_it_draws_the_same_picture_as_the_checkout(root: Root, tmp_path: Path) -> None:
    arguments = ["--size", "1280x720", "--level", "SEVERE", "--state", "live", "--at", "2026-11-22T14:32:00Z"]
    root.run("threat-level-kiosk", "render", "--out", "/root/picture.png", *arguments, environment={"TZ": "UTC"})
    here = tmp_path / "picture.png"
    command = [sys.executable, "-m", "kiosk", "render", "--out", str(here), *arguments]
    config = {"THREAT_LEVEL_KIOSK_CONFIG": str(root.folder / CONFIGURATION)}
    subprocess.run(command, check=True, env=dict(os.environ) | config | {"TZ": "UTC"})
    assert QImage(str(root.folder / "root" / "picture.png")) == QImage(str(here))


def test_it_draws_a_logo_of_shapes(root: Root) -> None:
    root.put(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><path d="M0 0h4v1H0z"/></svg>', "root/logo.svg"
    )
    plain = root.run("cat", f"/{CONFIGURATION}").encode()
    for name, venue in (("plain", ""), ("logo", '\n[venue]\nlogo = "/root/logo.svg"\n')):
        root.put(plain + venue.encode(), CONFIGURATION)
        assert "is in order" in root.run("threat-level-kiosk", "config", "check")
        root.run(
            "threat-level-kiosk",
            "render",
            "--out",
            f"/root/{name}.png",
            "--size",
            "1280x720",
            "--level",
            "SEVERE",
            "--state",
            "live",
            "--at",
            "2026-11-22T14:32:00Z",
        )
    assert (root.folder / "root/plain.png").read_bytes() != (root.folder / "root/logo.png").read_bytes()


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A kiosk that ends well when it is told to, and says nothing meanwhile."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
            os.kill(process_inside(process), signal.SIGTERM)
            _, errors = process.communicate(timeout=20)
            # Qt 6.11 says so when a window closes under a compositor with input methods; nothing follows from it.
            errors = "".join(line for line in errors.splitlines(True) if "QWaylandTextInputv3" not in line)
            assert (process.returncode, errors) == (0, "")
        finally:
            process.kill()


def process_inside(process: subprocess.Popen[Any]) -> int:
    """The kiosk below `unshare`, which waits for it."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return int(children[0])


def test_it_covers_an_x_screen(root: Root, screen: VirtualScreen) -> None:
    with running(root.command("threat-level-kiosk", DISPLAY=screen.name)):
        until_shown(screen.picture, "SEVERE")
        status = json.loads(root.run("threat-level-kiosk", "status", "--json"))
        assert (status["level"], status["state"]) == ("SEVERE", "live")


def test_it_is_seen_from_afar(root: Root, screen: VirtualScreen, tmp_path: Path) -> None:
    with unused_port() as port:
        pass
    with Broker(tmp_path) as broker, broker.dashboard("#") as dashboard:
        tables = f'[endpoint]\naddress = "127.0.0.1:{port}"\n[presence]\nurl = "{broker.url("").rstrip("/")}"\n'
        plain = root.run("cat", f"/{CONFIGURATION}").encode()
        root.put(plain + tables.encode(), CONFIGURATION)
        with running(root.command("threat-level-kiosk", DISPLAY=screen.name)):
            assert until_told(port, "/health", 200).json["frame"]["by"] == "screen"
            assert b'threat_level_kiosk_level{level="SEVERE"} 1.0\n' in asked(port, "/metrics").body
            assert asked(port, "/screen.png").body.startswith(b"\x89PNG")
            (topic,) = dashboard.topics(1)
            dashboard.until(topic, lambda told: told["level"] == "SEVERE")
        dashboard.until(topic, lambda told: not told["online"])


def test_it_covers_a_wayland_screen(root: Root, compositor: dict[str, str], tmp_path: Path) -> None:
    folder = compositor["XDG_RUNTIME_DIR"]

    def picture() -> QImage:
        shot = tmp_path / "shot.png"
        subprocess.run(["grim", shot], check=True, env=dict(os.environ) | compositor)
        return QImage(str(shot))

    own = {"WAYLAND_DISPLAY": compositor["WAYLAND_DISPLAY"], "XDG_RUNTIME_DIR": "/run/screen"}
    state = {"THREAT_LEVEL_KIOSK_STATE_DIR": "/tmp/state", "HOME": "/tmp"}  # noqa: S108 - of the root folder
    command = root.command(*NOBODY, "threat-level-kiosk", bind=f"{folder}:/run/screen", **own, **state)
    with running(command):
        until_shown(picture, "SEVERE")


@pytest.fixture
def compositor() -> Iterator[dict[str, str]]:
    """A sway without a screen of its own, as a user, because it refuses root; the environment of its clients."""
    with tempfile.TemporaryDirectory(prefix="sway-") as folder:
        os.chown(folder, 65534, 65534)
        config = Path(folder) / "config"
        config.write_text("xwayland disable\noutput HEADLESS-1 resolution 1920x1080\n")
        environment = {
            "XDG_RUNTIME_DIR": folder,
            "WLR_BACKENDS": "headless",
            "WLR_RENDERER": "pixman",
            "WLR_LIBINPUT_NO_DEVICES": "1",
        }
        command = [*NOBODY, "sway", "--config", str(config)]
        with subprocess.Popen(command, env=dict(os.environ) | environment, stderr=subprocess.PIPE) as sway:
            try:
                end = time.monotonic() + 20
                while not (sockets := [path for path in Path(folder).glob("wayland-*") if path.is_socket()]):
                    assert sway.poll() is None, sway.communicate()
                    assert time.monotonic() < end
                    time.sleep(0.05)
                yield environment | {"WAYLAND_DISPLAY": sockets[0].name}
            finally:
                sway.terminate()
                sway.communicate(timeout=20)


def test_an_upgrade_keeps_configuration_memory_and_log(root: Root, deb: Path, source: bytes) -> None:
    root.run(
        "threat-level-kiosk",
        "render",
        "--out",
        "/root/p.png",
        "--size",
        "800x480",
        "--level",
        "LOW",
        "--state",
        "live",
    )
    root.put(source + b"\n# ours\n", CONFIGURATION)
    root.put(b"kept", f"{STATE}/proof")
    before = sorted(path.name for path in (root.folder / STATE).iterdir())
    newer = _next_version(root, deb)
    root.run("apt-get", "install", "--yes", "--quiet=2", newer)
    assert root.run("dpkg-query", "--show", "--showformat=${Version}", "threat-level-kiosk").endswith("+proof")
    assert (root.folder / CONFIGURATION).read_bytes().endswith(b"# ours\n")
    assert sorted(path.name for path in (root.folder / STATE).iterdir()) == before
    root.run("apt-get", "install", "--yes", "--quiet=2", "--allow-downgrades", f"/root/{deb.name}")
    assert (root.folder / CONFIGURATION).read_bytes().endswith(b"# ours\n"), "the way back keeps it too"


def _next_version(root: Root, deb: Path) -> str:
    """The same package as a newer version."""
    script = (
        f"cd /root && rm -rf newer && dpkg-deb --raw-extract {deb.name} newer"
        " && sed -i 's/^Version: .*/&+proof/' newer/DEBIAN/control"
        " && dpkg-deb --root-owner-group -Znone --build newer newer.deb"
    )
    root.run("sh", "-c", script)
    return "/root/newer.deb"


def test_remove_and_purge_leave_nothing(root: Root, deb: Path) -> None:
    """The last one: afterwards nothing is installed any more."""
    root.run("apt-get", "remove", "--yes", "--quiet=2", "threat-level-kiosk")
    assert (root.folder / CONFIGURATION).exists()
    assert (root.folder / STATE).exists()
    root.run("apt-get", "purge", "--yes", "--quiet=2", "threat-level-kiosk")
    assert [name for name in root.files() if "threat-level" in name] == []
    assert "threat-level" not in (root.folder / "etc/passwd").read_text() + (root.folder / "etc/group").read_text()
    assert root.run("sh", "-c", "dpkg --list | grep threat || true") == ""

"""The units under a real systemd: killed, hung, or without their compositor, they are back with a picture."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.endpoints import until_told
from tests.packages import figures
from tests.packages.machines import Machine
from tests.packages.roots import Root

PROGRAM = "threat-level-kiosk.service"
DISPLAY = "threat-level-kiosk-display.service"
PICTURE = "threat-level-kiosk-picture.service"
PATIENCE = 60.0  # seconds: far more than any of this takes

# There is no screen, no seat and no terminal here: weston draws into memory, and everything else is as shipped.
_HEADLESS = b"""[Service]
PAMName=
TTYPath=
TTYReset=no
TTYVHangup=no
TTYVTDisallocate=no
StandardInput=null
UtmpIdentifier=
ExecStart=
ExecStart=/usr/bin/env XDG_RUNTIME_DIR=/run/threat-level-kiosk-display /usr/bin/weston \
  --backend=headless-backend.so --width=1920 --height=1080 --config=/etc/threat-level-kiosk/weston.ini \
  --shell=kiosk-shell.so --modules=systemd-notify.so --socket=screen --idle-time=0
"""


@pytest.fixture(scope="module", params=["bookworm", "trixie"])
def machine(
    request: pytest.FixtureRequest, deb: Path, source: bytes, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    packages = ("systemd-sysv", "dbus", "libpam-systemd", "weston")
    root = Root(request.param, tmp_path_factory.mktemp(request.param) / "root", *packages)
    root.install(deb)
    folder = f"etc/systemd/system/{DISPLAY}.d"
    (root.folder / folder).mkdir()
    root.put(_HEADLESS, f"{folder}/headless.conf")
    root.put(source, "etc/threat-level-kiosk/kiosk.toml")
    with Machine(root) as booted:
        yield booted


@pytest.fixture
def kiosk(machine: Machine) -> Machine:
    """The machine with its kiosk on, and the source's level on the screen."""
    if machine.shown(PROGRAM, "ActiveState") != "active":
        machine.run("threat-level-kiosk-setup", "enable")
    until(lambda: status(machine).get("state") == "live", machine)
    return machine


def status(machine: Machine) -> dict[str, str]:
    answer = machine.ask("threat-level-kiosk", "status", "--json", "--state-dir", "/var/lib/threat-level-kiosk")
    return dict(json.loads(answer.stdout)) if answer.returncode == 0 else {}


def until(condition: Callable[[], bool], machine: Machine) -> float:
    """The seconds until it holds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < PATIENCE, machine.ask("journalctl", "--no-pager", "--lines=60").stdout
        time.sleep(0.05)
    return time.monotonic() - began


def kill(machine: Machine, unit: str, signal: str) -> None:
    machine.run("systemctl", "kill", "--kill-whom=main", f"--signal={signal}", unit)


def until_another_picture(machine: Machine, before: str) -> None:
    """Until another process than before has its picture up, which is when systemd calls it active."""
    # The process first: the unit may still be called active when it was already gone.
    until(
        lambda: (
            machine.shown(PROGRAM, "MainPID") not in {before, "0"}
            and machine.shown(PROGRAM, "ActiveState") == "active"
        ),
        machine,
    )


def without_picture(machine: Machine, lost: str = PROGRAM) -> str:
    """How long there was none, from systemd's own stamps: a unit was lost, and the program is ready again."""
    stamps = (lost, "ActiveExit"), (PROGRAM, "ActiveEnter")
    went, came = (int(machine.shown(unit, f"{moment}TimestampMonotonic")) for unit, moment in stamps)
    assert went < came
    return f"{(came - went) / 1e6:.1f} s"


def test_installed_is_not_enabled(machine: Machine) -> None:
    assert machine.shown(PROGRAM, "UnitFileState") == "disabled"
    assert machine.shown(DISPLAY, "ActiveState") == "inactive"


def test_the_setup_brings_the_picture_up_and_keeps_it_for_the_next_start(kiosk: Machine) -> None:
    assert {kiosk.shown(unit, "UnitFileState") for unit in (PROGRAM, DISPLAY)} == {"enabled"}
    began, ready = (
        int(kiosk.shown(PROGRAM, f"{moment}TimestampMonotonic")) for moment in ("InactiveExit", "ActiveEnter")
    )
    figures.take("service start to READY", f"{(ready - began) / 1e6:.2f} s", "1.5 s")
    assert status(kiosk)["level"] == "SEVERE"


def test_a_wrong_configuration_changes_nothing(kiosk: Machine, source: bytes) -> None:
    kiosk.run("sh", "-c", "echo 'plaice = \"x\"' >>/etc/threat-level-kiosk/kiosk.toml")
    before = kiosk.shown(PROGRAM, "MainPID")
    refused = kiosk.ask("threat-level-kiosk-setup", "enable")
    kiosk.run("sed", "--in-place", "/plaice/d", "/etc/threat-level-kiosk/kiosk.toml")
    assert refused.returncode == 2
    assert "plaice" in refused.stderr
    assert kiosk.shown(PROGRAM, "MainPID") == before


def test_the_units_are_sound_and_the_program_is_shut_in(kiosk: Machine) -> None:
    assert kiosk.ask("systemd-analyze", "verify", "--man=no", PROGRAM, DISPLAY, PICTURE).stderr == ""
    kiosk.run("systemd-analyze", "security", "--threshold=20", PROGRAM)


def test_the_endpoint_can_be_opened_from_where_the_program_is_shut_in(kiosk: Machine) -> None:
    before = kiosk.shown(PROGRAM, "MainPID")
    kiosk.run("sh", "-c", "echo '[endpoint]' >>/etc/threat-level-kiosk/kiosk.toml")
    kiosk.run("systemctl", "restart", PROGRAM)
    until_another_picture(kiosk, before)
    assert b"threat_level_kiosk_confirmation_ok 1.0\n" in until_told(9155, "/metrics", 200).body
    # Of the picture nothing is asked: weston 10 shows none of its clients where it draws into memory.


def test_a_killed_program_is_back_with_a_picture(kiosk: Machine) -> None:
    before = kiosk.shown(PROGRAM, "MainPID")
    screen = kiosk.shown(DISPLAY, "MainPID")
    kill(kiosk, PROGRAM, "KILL")
    until_another_picture(kiosk, before)
    figures.take("crash to picture", without_picture(kiosk), "3 s")
    assert kiosk.shown(DISPLAY, "MainPID") == screen


def test_a_program_that_hangs_is_aborted_with_its_stack_in_the_journal_and_is_back(kiosk: Machine) -> None:
    before = kiosk.shown(PROGRAM, "MainPID")
    began = time.monotonic()
    kill(kiosk, PROGRAM, "STOP")
    until_another_picture(kiosk, before)
    figures.take("hang to picture", f"{time.monotonic() - began:.1f} s", "30 s")
    log = kiosk.run("journalctl", "--no-pager", f"--unit={PROGRAM}")
    assert "Fatal Python error: Aborted" in log
    assert "app.py" in log


def test_a_compositor_that_dies_is_back_and_so_is_the_picture(kiosk: Machine) -> None:
    before, screen = kiosk.shown(PROGRAM, "MainPID"), kiosk.shown(DISPLAY, "MainPID")
    kill(kiosk, DISPLAY, "KILL")
    until_another_picture(kiosk, before)
    figures.take("compositor's death to picture", without_picture(kiosk, DISPLAY), "-")
    assert kiosk.shown(DISPLAY, "MainPID") != screen


def test_a_changed_configuration_is_taken_over_without_a_restart(kiosk: Machine) -> None:
    before = kiosk.shown(PROGRAM, "MainPID")
    kiosk.run("sh", "-c", "echo 'plaice = 1' | cat - /etc/threat-level-kiosk/kiosk.toml >/root/bad.toml")
    kiosk.run("cp", "/etc/threat-level-kiosk/kiosk.toml", "/root/good.toml")
    kiosk.run("cp", "/root/bad.toml", "/etc/threat-level-kiosk/kiosk.toml")
    kiosk.run("systemctl", "reload", PROGRAM)
    told = ("threat-level-kiosk", "status", "--state-dir", "/var/lib/threat-level-kiosk")
    until(lambda: "plaice" in kiosk.ask(*told).stdout, kiosk)
    kiosk.run("cp", "/root/good.toml", "/etc/threat-level-kiosk/kiosk.toml")
    until(lambda: "plaice" not in kiosk.run(*told), kiosk)
    assert kiosk.shown(PROGRAM, "MainPID") == before


def test_while_the_program_cannot_start_another_shows_that_nothing_is_confirmed(kiosk: Machine) -> None:
    folder = f"/run/systemd/system/{PROGRAM}.d"
    kiosk.run("mkdir", "-p", folder)
    kiosk.run("sh", "-c", f"printf '[Service]\nExecStart=\nExecStart=/bin/false\n' >{folder}/broken.conf")
    kiosk.run("systemctl", "daemon-reload")
    kill(kiosk, PROGRAM, "KILL")
    until(lambda: kiosk.shown(PICTURE, "ActiveState") == "active", kiosk)
    time.sleep(2)  # a viewer that can't open its picture, or the display, would have ended by now
    assert kiosk.shown(PICTURE, "ActiveState") == "active"
    until(lambda: int(kiosk.shown(PROGRAM, "NRestarts")) > 3, kiosk)
    kiosk.run("rm", "-r", folder)
    kiosk.run("systemctl", "daemon-reload")
    until(lambda: kiosk.shown(PROGRAM, "ActiveState") == "active", kiosk)
    until(lambda: kiosk.shown(PICTURE, "ActiveState") == "inactive", kiosk)


# Weston without a screen takes no keys, so that a stand-in ends as the program does after the right PIN.
_LEAVING = b"""[Service]
NotifyAccess=all
ExecStart=
ExecStart=/bin/sh -c 'systemd-notify --ready; sleep 1; exit 5'
"""


def test_ended_with_the_pin_it_stays_ended_and_the_way_back_is_one_command(kiosk: Machine) -> None:
    folder = f"/etc/systemd/system/{PROGRAM}.d"
    kiosk.run("sh", "-c", f"mkdir -p {folder} && cat >{folder}/leaving.conf <<'E'\n{_LEAVING.decode()}E")
    kiosk.run("systemctl", "daemon-reload")
    kiosk.run("systemctl", "--no-block", "restart", PROGRAM)
    until(lambda: {kiosk.shown(unit, "ActiveState") for unit in (PROGRAM, DISPLAY)} == {"inactive"}, kiosk)
    ended = kiosk.shown(PROGRAM, "InactiveEnterTimestampMonotonic")
    time.sleep(2)  # eight times the pause before a restart
    assert {kiosk.shown(unit, "ActiveState") for unit in (PROGRAM, DISPLAY)} == {"inactive"}
    assert kiosk.shown(PROGRAM, "InactiveEnterTimestampMonotonic") == ended
    assert kiosk.shown(PROGRAM, "UnitFileState") == "enabled", "a restart of the machine brings it back"
    kiosk.run("rm", "-r", folder)
    kiosk.run("systemctl", "daemon-reload")
    kiosk.run("threat-level-kiosk-setup", "enable")
    until(lambda: status(kiosk).get("level") == "SEVERE", kiosk)


def test_the_way_back_leaves_the_screen_alone(kiosk: Machine) -> None:
    kiosk.run("threat-level-kiosk-setup", "disable")
    assert {kiosk.shown(unit, "ActiveState") for unit in (PROGRAM, DISPLAY, PICTURE)} == {"inactive"}
    assert {kiosk.shown(unit, "UnitFileState") for unit in (PROGRAM, DISPLAY)} == {"disabled"}


def test_removing_the_package_ends_the_kiosk(kiosk: Machine) -> None:
    """The last one: afterwards nothing is installed any more."""
    kiosk.run("apt-get", "purge", "--yes", "--quiet=2", "threat-level-kiosk")
    assert kiosk.run("sh", "-c", "systemctl list-units --no-legend 'threat*'") == ""
    left = kiosk.run("find", "/etc", "/var/lib", "/run", "-name", "threat-level*", "!", "-name", "*.service.d")
    assert [name for name in left.split() if not name.startswith("/var/lib/dpkg")] == []

"""The desktop's screen saver and logind, by real buses on which stand-ins hold their names."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.awake.dbus import Logind, ScreenSaver
from kiosk.errors import Unavailable

_STAND_IN = """
import os, sys
from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
name, refused = sys.argv[1], sys.argv[2:]
bus = open_dbus_connection("SESSION", enable_fds=True)
bus.send_and_get_reply(message_bus.RequestName(name))
print("ready", flush=True)
read, write = os.pipe()
while True:
    message = bus.receive()
    if message.header.message_type is not MessageType.method_call:
        continue
    print(message.header.fields[HeaderFields.member], *message.body, flush=True)
    if message.body[0] in refused:
        bus.send(new_error(message, "org.freedesktop.DBus.Error.AccessDenied"))
    elif name.endswith("login1"):
        bus.send(new_method_return(message, "h", (write,)))
        os.close(write)
        print("released" if os.read(read, 1) == b"" else "?", flush=True)
    else:
        bus.send(new_method_return(message, "u", (7,)))
"""


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bus of its own, which is this process's session bus and system bus."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE, text=True
    ) as daemon:
        assert daemon.stdout
        address = daemon.stdout.readline().strip()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address
        daemon.terminate()


@contextmanager
def standing_in(name: str, *refused: str) -> Iterator[Iterator[str]]:
    """What the stand-in for a service heard, line by line."""
    command = [sys.executable, "-c", _STAND_IN, name, *refused]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as service:
        assert service.stdout
        lines = (line.strip() for line in service.stdout)
        assert next(lines) == "ready"
        yield lines
        service.kill()


@pytest.mark.usefixtures("bus")
def test_the_screen_saver_is_inhibited_once_and_let_go_with_the_connection() -> None:
    with standing_in("org.freedesktop.ScreenSaver") as heard:
        saver = ScreenSaver()
        assert saver.hold() == saver.hold() == "it is inhibited"
        assert next(heard) == "Inhibit Threat Level Kiosk It shows the threat level"
        saver.release()
        assert saver.hold() == "it is inhibited"
        assert next(heard).startswith("Inhibit")
        saver.release()


@pytest.mark.usefixtures("bus")
def test_logind_holds_back_sleep_until_its_descriptor_is_closed() -> None:
    with standing_in("org.freedesktop.login1") as heard:
        logind = Logind()
        assert logind.hold() == logind.hold() == "idle and sleep are inhibited"
        assert next(heard) == "Inhibit idle:sleep Threat Level Kiosk It shows the threat level block"
        logind.release()
        assert next(heard) == "released"


@pytest.mark.usefixtures("bus")
def test_where_sleep_takes_more_rights_idle_alone_is_inhibited() -> None:
    with standing_in("org.freedesktop.login1", "idle:sleep") as heard:
        logind = Logind()
        assert logind.hold() == "idle is inhibited, sleep is not"
        assert [next(heard), next(heard)][1].startswith("Inhibit idle ")
        logind.release()


@pytest.mark.usefixtures("bus")
def test_a_service_that_is_not_there_is_told_as_a_reason() -> None:
    with pytest.raises(Unavailable, match="it is refused"):
        ScreenSaver().hold()


def test_a_bus_that_is_not_there_is_told_as_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    began = time.monotonic()
    with pytest.raises(Unavailable, match="no session bus"):
        ScreenSaver().hold()
    with pytest.raises(Unavailable, match="no system bus"):
        Logind().hold()
    assert time.monotonic() - began < 2

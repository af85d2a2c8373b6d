"""Name servers and addresses that lead nowhere.

Each test has its own view of one file below ``/etc``, in a mount namespace that ends with it.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0 or shutil.which("unshare") is None,
    reason="needs the right to a mount namespace",
)

_PROGRAM = """
import socket, sys, threading
from datetime import timedelta
from kiosk.errors import Unobtainable
from kiosk.transports import transport_for
from kiosk.transports.payload import Request

def ask(url, seconds):
    request = Request(url, deadline=timedelta(seconds=seconds), insecure=True)
    try:
        print(transport_for(url)(request, threading.Event()).document.decode())
    except Unobtainable as error:
        print(error.problem)

"""

_SILENT_NAME_SERVER = """
silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
silent.bind(("127.0.0.77", 53))
ask("https://kiosk.test/", 1.5)
"""

_DEAD_FIRST_ADDRESS = """
from tests.servers import DocumentServer
assert socket.getaddrinfo("two.test", 80, type=socket.SOCK_STREAM)[0][4][0] == "::1"
with DocumentServer(b"second address") as server, socket.socket(socket.AF_INET6) as dead:
    dead.bind(("::1", server.port))
    dead.listen(0)
    fillers = [socket.socket(socket.AF_INET6) for _ in range(4)]
    for filler in fillers:  # a full queue of connections drops further ones silently
        filler.setblocking(False)
        filler.connect_ex(("::1", server.port))
    ask(server.url(host="two.test"), 6)
"""


def _own_mounts() -> bool:
    """Whether a process can have a view of /etc of its own; in a chroot not even root can."""
    probe = ["/usr/bin/env", "unshare", "-m", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _own_mounts(), reason="needs a mount namespace")


def _run(program: str, path: str, content: str, folder: Path) -> str:
    """What the program prints where ``path`` has another content."""
    view, script = folder / "view", folder / "program.py"
    view.write_text(content, encoding="utf-8")
    script.write_text(_PROGRAM + program, encoding="utf-8")
    command = f"mount --bind {view} {path} && exec {sys.executable} {script}"
    done = subprocess.run(
        ["/usr/bin/env", "unshare", "-m", "sh", "-c", command],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return done.stdout


def test_a_name_server_that_keeps_silent_is_left_at_the_deadline(tmp_path: Path) -> None:
    start = time.monotonic()
    silent = "nameserver 127.0.0.77\noptions timeout:30 attempts:5\n"
    assert _run(_SILENT_NAME_SERVER, "/etc/resolv.conf", silent, tmp_path) == "timeout\n"
    assert time.monotonic() - start < 5


@pytest.mark.skipif(not Path("/proc/net/if_inet6").exists(), reason="needs IPv6")
def test_a_dead_first_address_leaves_time_for_the_second(tmp_path: Path) -> None:
    hosts = "127.0.0.1 localhost\n::1 two.test\n127.0.0.1 two.test\n"
    assert _run(_DEAD_FIRST_ADDRESS, "/etc/hosts", hosts, tmp_path) == "second address\n"

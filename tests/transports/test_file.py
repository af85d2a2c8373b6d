"""Files: regular, whole, in time; everything else is refused without hanging."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import pathname2url

import pytest

from kiosk.core.model import Problem
from kiosk.transports.file import signature
from kiosk.transports.payload import Payload
from tests.commands import ROOT
from tests.transports.asking import ask, refused

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def _url(path: Path) -> str:
    return "file:" + pathname2url(str(path))


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "level #1 50% ŵ.json"
    path.write_bytes(b"{\r\n\x00}")
    return path


def test_a_file_arrives_byte_for_byte(document: Path) -> None:
    url = _url(document)
    assert ask(url) == Payload(b"{\r\n\x00}")
    assert ask(url.replace("file:", "file://")).document == b"{\r\n\x00}"
    assert ask(url.replace("file:", "FILE://localhost")).document == b"{\r\n\x00}"


def test_a_file_at_the_limit_is_taken_and_one_byte_more_is_not(document: Path) -> None:
    document.write_bytes(b"x" * 5000)
    assert ask(_url(document), limit=5000).document == b"x" * 5000
    assert refused(_url(document), limit=4999).problem is Problem.TOO_BIG


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are Unicode")
def test_a_name_in_another_encoding_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"level\xe9.json")
    path.write_bytes(b"{}")
    assert ask(path.as_uri()) == Payload(b"{}")
    assert signature(path.as_uri())


@posix
def test_to_look_at_a_file_takes_nothing_of_the_network(document: Path) -> None:
    """It would stay in the display's memory, which has no use for it."""
    look = f"from kiosk.transports.file import signature; signature({_url(document)!r})"
    program = f"import sys; {look}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"urllib.request", "http.client", "email", "ssl"} & set(loaded.stdout.split())


@posix
def test_a_link_is_followed_to_its_end(document: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(document)
    (tmp_path / "second").symlink_to("link")
    assert ask(_url(tmp_path / "second")).document == b"{\r\n\x00}"


@posix
@pytest.mark.parametrize(
    "target", ["/dev/zero", "/dev/null", "/dev/tty", "/dev/stdin", "/proc", "/", "/nowhere", "pipe", "loop"]
)
def test_what_is_no_file_is_refused_at_once(target: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "link").symlink_to(target)
    start = time.monotonic()
    for path in (tmp_path / target, tmp_path / "link"):
        error = refused(_url(path))
        assert error.problem is Problem.UNREADABLE
        assert path.name in str(error)
        assert signature(_url(path)) is None
    assert time.monotonic() - start < 1


@posix
def test_what_is_no_file_is_not_even_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Opening a pipe for writing waits until somebody opens it for reading.
    writer = threading.Thread(target=lambda: os.close(os.open(pipe, os.O_WRONLY)))
    writer.start()
    refused(_url(pipe))
    signature(_url(pipe))
    writer.join(0.2)
    assert writer.is_alive()
    os.close(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK))
    writer.join()


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's /proc and /sys")
@pytest.mark.parametrize(
    "path",
    ["/proc/kmsg", "/proc/self/mem", "/proc/uptime", "/proc/kcore", "/sys/kernel/profiling"],
)
def test_the_made_up_files_of_the_kernel_are_refused_at_once(path: str) -> None:
    start = time.monotonic()
    assert refused(f"file://{path}").problem in {Problem.UNREADABLE, Problem.MALFORMED, Problem.TOO_BIG}
    assert time.monotonic() - start < 1


def test_an_empty_file_is_refused(document: Path) -> None:
    document.write_bytes(b"")
    assert refused(_url(document)).problem is Problem.MALFORMED


@posix
def test_a_file_we_may_not_read_is_refused(document: Path) -> None:
    document.chmod(0)
    if os.access(document, os.R_OK):
        pytest.skip("this user may read everything")
    assert refused(_url(document)).problem is Problem.UNREADABLE


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("file://server/share/level.json", "another machine"),
        ("file://who:s3cret@server/share/level.json", "another machine"),
        ("file:level.json", "not absolute"),
        ("file:", "not absolute"),
        ("file:///tmp/level.json?x", "%3F"),
        ("file:///tmp/level.json#x", "%23"),
        ("file:///tmp/le%00vel", "not usable"),
    ],
)
def test_a_url_that_names_no_local_file_is_refused(url: str, advice: str) -> None:
    error = refused(url)
    assert error.problem is Problem.UNREADABLE
    assert advice in str(error)
    assert "s3cret" not in str(error)
    assert signature(url) is None


@pytest.fixture
def restless(document: Path) -> Iterator[Path]:
    """A file that takes some milliseconds to read, and to which another thread never stops appending."""
    document.write_bytes(bytes(32 * 1024 * 1024))
    stop = threading.Event()

    def write() -> None:
        with document.open("ab", buffering=0) as opened:
            while not stop.is_set():
                opened.write(b"x")

    writer = threading.Thread(target=write)
    writer.start()
    yield document
    stop.set()
    writer.join()


def test_a_file_that_never_comes_to_rest_is_refused(restless: Path) -> None:
    error = refused(_url(restless), limit=1024 * 1024 * 1024)
    assert error.problem is Problem.MALFORMED
    assert "changes" in str(error)


def test_a_signature_moves_with_every_change(document: Path) -> None:
    url = _url(document)
    first = signature(url)
    assert first == signature(url) == (document.stat().st_mtime_ns, 5, document.stat().st_ino)
    document.write_bytes(b"longer")
    second = signature(url)
    other = document.with_name("other")
    other.write_bytes(b"edited")
    os.utime(other, ns=(document.stat().st_atime_ns, document.stat().st_mtime_ns))
    other.replace(document)
    third = signature(url)
    os.utime(document, ns=(0, 0))
    fourth = signature(url)
    document.unlink()
    assert len({first, second, third, fourth, signature(url)}) == 5
    assert signature(url) is None


@pytest.fixture
def dead_share(tmp_path: Path) -> Iterator[Path]:
    """A mounted file system whose server never answers; every call on it hangs until the fixture ends."""
    if sys.platform != "linux" or os.geteuid() != 0 or not Path("/dev/fuse").exists():
        pytest.skip("needs the right to mount")
    libc = ctypes.CDLL(None, use_errno=True)
    folder = tmp_path / "share"
    folder.mkdir()
    device = os.open("/dev/fuse", os.O_RDWR)
    options = f"fd={device},rootmode=40000,user_id=0,group_id=0".encode()
    if libc.mount(b"dead", bytes(folder), b"fuse", 0, options) != 0:
        os.close(device)
        pytest.skip("may not mount here")
    yield folder
    os.close(device)  # ends every call that hangs
    libc.umount2(bytes(folder), 2)


def test_a_share_that_hangs_is_left_at_the_deadline_and_costs_one_thread(dead_share: Path) -> None:
    url = _url(dead_share / "level.json")
    threads = threading.active_count()
    start = time.monotonic()
    assert refused(url, seconds=0.5).problem is Problem.TIMEOUT
    assert signature(url) is None
    for _ in range(3):
        assert refused(url, seconds=0.3).problem is Problem.TIMEOUT
    assert time.monotonic() - start < 4
    assert threading.active_count() == threads + 1


def test_stop_ends_the_wait_for_a_share(dead_share: Path) -> None:
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    start = time.monotonic()
    assert refused(_url(dead_share / "level.json"), stop=stop).problem is Problem.CONNECT
    assert time.monotonic() - start < 0.8
    timer.join()


def test_two_that_ask_for_one_file_at_once_both_get_it(document: Path) -> None:
    answers: list[Payload] = []
    askers = [threading.Thread(target=lambda: answers.append(ask(_url(document)))) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert answers == [Payload(b"{\r\n\x00}")] * 8

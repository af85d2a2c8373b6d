"""Files that are missing, unreadable, no files at all, or half of one."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.fire.faults.registry import NO_STATEMENT, TAKEN

Publisher = Callable[[Path, bytes], None]
FILES: dict[str, tuple[Publisher, tuple[str, ...]]] = {}
"""What a publisher leaves at a path in the place of a document, and the problems' words for it."""


def _kind(*outcomes: str) -> Callable[[Publisher], Publisher]:
    def register(publish: Publisher) -> Publisher:
        FILES[publish.__name__.replace("_", " ")] = (publish, outcomes)
        return publish

    return register


@_kind("unreadable")
def no_file(path: Path, document: bytes) -> None:
    pass


@_kind("malformed")
def an_empty_file(path: Path, document: bytes) -> None:
    path.touch()


@_kind("unreadable")
def a_folder(path: Path, document: bytes) -> None:
    path.mkdir()


@_kind("unreadable")
def a_pipe(path: Path, document: bytes) -> None:
    os.mkfifo(path)


@_kind("unreadable")
def a_link_to_a_device(path: Path, document: bytes) -> None:
    path.symlink_to("/dev/zero")


@_kind("unreadable")
def a_link_to_nothing(path: Path, document: bytes) -> None:
    path.symlink_to("nothing")


@_kind("unreadable")
def a_link_to_itself(path: Path, document: bytes) -> None:
    path.symlink_to(path.name)


@_kind("malformed")
def a_file_of_the_kernel(path: Path, document: bytes) -> None:
    path.symlink_to("/proc/self/environ")


@_kind("too-big")
def a_terabyte_of_nothing(path: Path, document: bytes) -> None:
    path.touch()
    os.truncate(path, 1 << 40)


@_kind(*NO_STATEMENT)
def half_a_document(path: Path, document: bytes) -> None:
    path.write_bytes(document[:40])


@_kind(*NO_STATEMENT)
def a_document_of_zeros(path: Path, document: bytes) -> None:
    """What some file systems leave after a power cut: the right length, and nothing in it."""
    path.write_bytes(bytes(len(document)))


@_kind(*NO_STATEMENT)
def a_page_in_its_place(path: Path, document: bytes) -> None:
    path.write_bytes(b"<html><body>The current threat level is LOW.</body></html>")


@_kind(TAKEN)
def a_link_to_the_document(path: Path, document: bytes) -> None:
    path.with_name("real").write_bytes(document)
    path.symlink_to("real")

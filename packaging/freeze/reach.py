"""Which libraries a program on Linux can reach, by what the linker wrote into each file."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


def reachable(entries: Iterable[Entry]) -> list[Entry]:
    """The extension modules, the plugins, libpython, and every library that one of them leads to.

    PyInstaller follows the libraries of everything that it first found; what only a plugin that is no longer
    there had needed is still in its list.
    """
    every = list(entries)
    by_name = {PurePosixPath(place).name: place for place, _, _ in every}
    sources = {place: source for place, source, kind in every if kind != "SYMLINK"}
    # A link at the top leads to the library that lies deeper.
    targets = {place: source for place, source, kind in every if kind == "SYMLINK"}
    waiting = [place for place, _, kind in every if kind == "EXTENSION" or _is_root(place)]
    reached: set[str] = set()
    while waiting:
        place = waiting.pop()
        if place in reached:
            continue
        reached.add(place)
        if place in targets:
            waiting.append(str(PurePosixPath(place).parent / targets[place]))
        elif place in sources:
            waiting += [by_name[name] for name in needed(Path(sources[place])) if name in by_name]
    # Both ways in stay where the library itself is reached: the loader may take either.
    return [
        entry for entry in every if entry[0] in reached or (entry[2] == "SYMLINK" and _pointed(entry) in reached)
    ]


def needed(library: Path) -> list[str]:
    """The names of the libraries that a library asks the loader for."""
    return _NEEDED.findall(printed("objdump", "-p", library))


def printed(*command: str | Path) -> str:
    """What a tool of the build's chroot prints; CalledProcessError where it fails."""
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def from_the_system(entry: Entry) -> bool:
    """Whether a library is Debian's own, other than Python's: a package of Debian's leaves it to Debian."""
    place, source, kind = entry
    if kind == "SYMLINK":
        return False
    own = PurePosixPath(place).name.startswith("libpython")
    return kind == "BINARY" and not own and source.startswith(("/lib/", "/usr/lib/"))


def _is_root(place: str) -> bool:
    return "plugins" in PurePosixPath(place).parts or PurePosixPath(place).name.startswith("libpython")


def _pointed(entry: Entry) -> str:
    return str(PurePosixPath(entry[0]).parent / entry[1])

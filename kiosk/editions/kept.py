"""The copy of the last good configuration, in the state directory: what a bad edit can't take away.

It has the document, the profile with its translations and the logo. Passwords stay in their own files, and so do
authorities: they are read when a source is connected, and one that is gone is that source's problem.
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.editions.edition import Edition, content, edition, needed
from kiosk.errors import ConfigError

_logger = logging.getLogger(__name__)

FOLDER = "configuration"
_CURRENT, _PARTS, _DOCUMENT = "current", "parts.json", "kiosk.toml"


class _Parts(msgspec.Struct, frozen=True):
    """What the copy consists of: the absolute path of each file, and its name in the copy."""

    location: str
    folder: str
    files: dict[str, str]


class Kept:
    """The copy in a state directory. No method fails: without a copy there is just none."""

    def __init__(self, state: Path) -> None:
        self._folder = state / FOLDER
        self._failing = False

    def keep(self, good: Edition) -> None:
        """Replaces the copy by a good edition; nothing is written where it is the same."""
        if not good.location or good.borrowed:
            return
        names: dict[str, str] = {}
        contents: dict[str, bytes] = {_DOCUMENT: good.document}
        for path in needed(good.config):
            found = content(path)
            if found is not None:
                # Translations are found beside their profile, so what lay together stays together.
                beside = hashlib.blake2b(str(Path(path).parent).encode(), digest_size=4).hexdigest()
                names[path] = f"{beside}/{Path(path).name}"
                contents[names[path]] = found
        contents[_PARTS] = msgspec.json.encode(_Parts(good.location, str(good.folder or ""), names))
        try:
            self._replace(_name(contents), contents)
        except OSError as error:
            if not self._failing:
                _logger.warning("No copy of the configuration can be kept (%s); check the disk.", error.strerror)
            self._failing = True
        else:
            self._failing = False

    def has(self, location: str) -> bool:
        """Whether there is a copy of what a location had."""
        found = self._found()
        return found is not None and found[1].location == location

    def edition(self, location: str) -> Edition | None:
        """The copy of what a location had; None where there is none, or it is not whole."""
        found = self._found()
        if found is None or found[1].location != location:
            return None
        folder, parts, document = found
        borrowed = {path: str(folder / name) for path, name in parts.files.items()}
        try:
            return edition(document, location, Path(parts.folder), borrowed)
        except ConfigError:  # another version of the program wrote it
            return None

    def _found(self) -> tuple[Path, _Parts, bytes] | None:
        """Where the copy is, its parts and its document, if it is whole."""
        try:
            folder = self._folder / (self._folder / _CURRENT).read_text("ascii").strip()
            paths = [path for path in folder.rglob("*") if path.is_file()]
            contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
            parts = msgspec.json.decode(contents[_PARTS], type=_Parts)
        except (OSError, ValueError, KeyError):
            return None
        if folder.name != _name(contents) or _DOCUMENT not in contents:
            return None
        return folder, parts, contents[_DOCUMENT]

    def _replace(self, name: str, contents: Mapping[str, bytes]) -> None:
        """The new copy is whole before it counts, and the old one counts until then."""
        current = self._folder / _CURRENT
        if current.exists() and current.read_text("ascii").strip() == name and (self._folder / name).is_dir():
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = self._folder / f"{name}.new"
        shutil.rmtree(new, ignore_errors=True)
        for part, found in contents.items():
            (new / part).parent.mkdir(parents=True, exist_ok=True)
            write(new / part, found)
        shutil.rmtree(self._folder / name, ignore_errors=True)
        new.rename(self._folder / name)
        replace(current, name.encode())
        for other in self._folder.iterdir():
            if other.is_dir() and other.name != name:
                shutil.rmtree(other, ignore_errors=True)


def replace(path: Path, found: bytes) -> None:
    """Puts a file in the place of another, whole at any moment."""
    beside = path.with_name(path.name + ".new")
    write(beside, found)
    beside.replace(path)


def write(path: Path, found: bytes) -> None:
    """Writes a file for this user alone, through to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(found)
        file.flush()
        os.fsync(descriptor)


def _name(contents: Mapping[str, bytes]) -> str:
    summed = hashlib.blake2b(digest_size=16)
    for part in sorted(contents):
        for piece in (part.encode(), contents[part]):
            summed.update(len(piece).to_bytes(8, "big"))
            summed.update(piece)
    return summed.hexdigest()

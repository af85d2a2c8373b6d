"""One edition of a configuration: the document, every file that it names, and what they make."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kiosk.config.load import BUILT_IN, decoded
from kiosk.config.model import Config
from kiosk.profiles import is_path, translation_path

_LARGEST = 2 * 1024 * 1024  # bytes that are looked at of a file; a logo has 1 MiB at most


@dataclass(frozen=True, slots=True)
class Edition:
    """A configuration that can rule.

    Attributes:
        location: the absolute path or the url that was asked for; empty for the built-in one.
        folder: what the paths in it are relative to.
        files: a digest of each file that it names, by absolute path; empty where there is none. They are kept in
            this process only: some of the files are secrets.
        borrowed: the profile's files and the logo, by absolute path, as they are kept elsewhere.
    """

    location: str
    document: bytes
    folder: Path | None
    config: Config
    files: Mapping[str, bytes] = field(repr=False)
    borrowed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def same_as(self, other: "Edition") -> bool:
        """Whether both have the same content to the bit."""
        return (self.document, self.files, self.config) == (other.document, other.files, other.config)

    def renewed(self, before: "Edition") -> frozenset[str]:
        """The names of the sources whose secrets are others than before."""
        return frozenset(
            source.name
            for source in self.config.sources
            for path in (source.password_file, source.ca_file)
            if path and path in before.files and before.files[path] != self.files[path]
        )


def edition(
    document: bytes,
    location: str,
    folder: Path | None,
    borrowed: Mapping[str, str] = MappingProxyType({}),
    *,
    origin: str = "",
    thorough: bool = False,
) -> Edition:
    """The edition that a document makes now; ConfigError lists every mistake."""
    config = decoded(document, origin or location or BUILT_IN, folder, thorough=thorough, copies=borrowed)
    files = {path: digest(path) for path in (*needed(config), *secrets(config))}
    return Edition(location, document, folder, config, files, borrowed)


def needed(config: Config) -> Iterator[str]:
    """The absolute paths of the files without which the configuration can't be shown; some may not exist."""
    if is_path(config.profile_name):
        yield config.profile_name
        for language in config.profile.languages:
            yield str(translation_path(Path(config.profile_name), language))
    if config.venue.logo:
        yield config.venue.logo


def secrets(config: Config) -> Iterator[str]:
    """The absolute paths of passwords and authorities, which are read whenever a source is connected."""
    for source in config.sources:
        yield from filter(None, (source.password_file, source.ca_file))


def content(path: str) -> bytes | None:
    """The bytes of a file; None where there is none to be read, or a larger one than is ever of use."""
    try:
        if not Path(path).is_file():  # opening a pipe would wait for a writer for ever
            return None
        with Path(path).open("rb") as file:
            found = file.read(_LARGEST + 1)
    except OSError:
        return None
    return found if len(found) <= _LARGEST else None


def digest(path: str) -> bytes:
    """A digest of a file; empty where it can't be read."""
    found = content(path)
    return b"" if found is None else summed(found)


def summed(found: bytes) -> bytes:
    """The digest of bytes."""
    return hashlib.blake2b(found, digest_size=16).digest()

"""Where a configuration comes from: a file of this machine, an https address, or the program itself."""

from pathlib import Path
from typing import Protocol

from kiosk.config.load import read_document
from kiosk.editions.edition import Edition, edition


class Origin(Protocol):
    """A place that has the newest edition.

    Attributes:
        location: the absolute path or the url, without passwords; empty for the built-in configuration.
        file: a file of this machine that is the configuration; None where it is elsewhere.
        every: seconds between two times at which it is asked by itself; None where looking at files is enough.
    """

    location: str
    file: Path | None
    every: float | None

    def read(self, *, thorough: bool = False) -> Edition:
        """The newest edition.

        Raises:
            ConfigError: it is wrong, or nothing proves whose it is; lists every mistake.
            Unobtainable: it could not be had just now.
        """

    def end(self) -> None:
        """Breaks off what is being read; from another thread."""

    def remembered(self) -> Edition | None:
        """The newest edition without asking anybody; None where it has to be asked for. ConfigError as above."""


class FileOrigin:
    """A file, or with None the configuration that is built in."""

    every: float | None = None

    def __init__(self, path: Path | None) -> None:
        self.file = path
        self.location = str(path.absolute()) if path else ""

    def read(self, *, thorough: bool = False) -> Edition:
        """See ``Origin``."""
        if self.file is None:
            return edition(b"", "", None, thorough=thorough)
        return edition(
            read_document(self.file), self.location, self.file.parent, origin=str(self.file), thorough=thorough
        )

    def remembered(self) -> Edition | None:
        """See ``Origin``; a file is asked in no time."""
        return self.read()

    def end(self) -> None:
        """See ``Origin``; nothing here takes long."""

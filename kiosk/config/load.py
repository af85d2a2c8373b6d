"""From a TOML file to a Config: every mistake at once, each with its line, what is wrong and what to write."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kiosk.config.lines import Place, entry_lines
from kiosk.config.model import Config
from kiosk.config.reader import Reader
from kiosk.errors import ConfigError

BUILT_IN = "the built-in configuration"
_LARGEST = 256 * 1024  # bytes; a configuration is a page, and whatever is larger is not one


def load_config(path: Path | None, *, thorough: bool = False) -> Config:
    """The configuration in that file, or the built-in one for None; ConfigError lists every mistake.

    ``thorough`` also looks at what this configuration does not use: the profile's other languages, and the
    colours of a built-in one.
    """
    if path is None:
        return parse_config("", BUILT_IN, thorough=thorough)
    return decoded(read_document(path), str(path), path.parent, thorough=thorough)


def read_document(path: Path) -> bytes:
    """The bytes of a configuration file; ConfigError where there is none, or something that can't be one."""
    if path.exists() and not path.is_file():  # opening a pipe would wait for a writer for ever
        raise ConfigError((f"{path}: is no file. Name one.",))
    try:
        with path.open("rb") as file:
            document = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigError((f"{path}: can't be read ({error.strerror}). Name a file that exists.",)) from error
    if len(document) > _LARGEST:
        raise ConfigError((f"{path}: is larger than {_LARGEST // 1024} KiB and can't be a configuration.",))
    return document


def decoded(
    document: bytes,
    origin: str,
    folder: Path | None,
    *,
    thorough: bool = False,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> Config:
    """The configuration in a document; see ``parse_config``."""
    try:
        text = document.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError((f"{origin}: is not UTF-8 at byte {error.start}. Save it as UTF-8.",)) from error
    return parse_config(text, origin, folder, thorough=thorough, copies=copies)


def parse_config(
    document: str,
    origin: str,
    folder: Path | None = None,
    *,
    thorough: bool = False,
    copies: Mapping[str, str] = MappingProxyType({}),
) -> Config:
    """The configuration in a text.

    Args:
        document: the text.
        origin: where it is from, for people.
        folder: what the paths in it are relative to.
        thorough: as for ``load_config``.
        copies: files that are read in place of others, by their absolute paths. A profile keeps the name of the
            original, to which its memory belongs.
    """
    try:
        entries = tomllib.loads(document)
    except ValueError as error:  # TOMLDecodeError, and what Python says to a number of 5,000 digits
        raise ConfigError((f"{origin}: is not TOML: {error}.",)) from error
    except RecursionError:
        raise ConfigError((f"{origin}: is nested too deeply to be a configuration.",)) from None
    return Reader(entries, entry_lines(document), origin, folder, copies, thorough=thorough).config()


def judged(
    document: str, origin: str, folder: Path | None, *, thorough: bool = False
) -> tuple[Config | None, tuple[tuple[Place, str], ...]]:
    """As ``parse_config``, for a form: the configuration, or each mistake with its place."""
    try:
        entries = tomllib.loads(document)
    except (ValueError, RecursionError) as error:
        return None, ((("", 0, ""), f"This is not TOML: {error}."),)
    reader = Reader(entries, entry_lines(document), origin, folder, {}, thorough=thorough)
    try:
        return reader.config(), ()
    except ConfigError:
        return None, tuple(reader.places)

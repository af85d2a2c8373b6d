"""What goes into the frozen program, on every platform: modules, data, and which of Qt's files."""

import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

Entry = tuple[str, str, str]  # PyInstaller's: where it goes, where it is, what kind it is

EXCLUDED = [
    # Never used, and each drags more along.
    "tkinter", "unittest", "pydoc", "doctest", "pdb", "lib2to3", "setuptools", "pkg_resources", "numpy", "PIL",
    "matplotlib", "fontTools", "IPython", "pytest",
    "PySide6.QtDBus", "PySide6.QtOpenGL", "PySide6.QtQml", "PySide6.QtQuick",
]  # fmt: skip
"""Modules that some library imports where they happen to be there."""

_PLUGINS = {
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "wayland-shell-integration": {"xdg-shell"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
}
"""Qt's plugins that the kiosk can use, by folder; PNG is built in, and text and shapes need no other format."""


def modules() -> list[str]:
    """Modules that are found by name while the program runs, which no search for imports sees."""
    # python-xlib finds its transports and extensions by name.
    return [*collect_submodules("kiosk"), *collect_submodules("Xlib"), *_fonts()]


def data() -> list[tuple[str, str]]:
    """The assets, and of every font package that is installed the typefaces that the screen is drawn with."""
    from kiosk.typefaces import TYPEFACES

    drawn = {PurePosixPath(face.file).name for face in TYPEFACES}
    found = collect_data_files("kiosk")
    for font in _fonts():
        found += [
            (source, place)
            for source, place in collect_data_files(font)
            if Path(source).suffix != ".ttf" or Path(source).name in drawn
        ]
    return found


def kept_data(entries: list[Entry]) -> list[Entry]:
    """The data without what nobody reads: Qt's own dialogues in other languages."""
    return [entry for entry in entries if "translations" not in Path(entry[0]).parts]


def kept_binaries(entries: list[Entry]) -> list[Entry]:
    """The libraries without those plugins of Qt that the kiosk can't use."""
    return [entry for entry in entries if _usable(PurePosixPath(*Path(entry[0]).parts))]


def _usable(place: PurePosixPath) -> bool:
    if "plugins" not in place.parts:
        return True
    name = place.name.partition(".")[0].removeprefix("lib")
    return name in _PLUGINS.get(place.parent.name, ())


def _fonts() -> list[str]:
    return sorted(name for name in packages_distributions() if name.startswith("fontpkg_"))


def languages() -> set[str]:
    """The languages of the screen, and Norwegian, to which ICU falls back from Bokmål."""
    import kiosk

    words = (Path(kiosk.__file__).parent / "assets" / "words").glob("*.toml")
    return {tomllib.loads(path.read_text("utf-8"))["locale"].partition("_")[0] for path in words} | {"no"}

"""Hands the typefaces to Qt, and finds the ones that have the letters of a text."""

from collections.abc import Iterator
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from kiosk.errors import KioskError
from kiosk.typefaces import TYPEFACES, Typeface
from kiosk.ui.plan import Lettering

FAMILY = TYPEFACES[0].family

_WEIGHT = QFont.Tag("wght")
_OPTICAL_SIZE = QFont.Tag("opsz")
_TABULAR_FIGURES = QFont.Tag("tnum")
_TEXT_CUT, _DISPLAY_CUT = 14, 32
_REFERENCE_SIZE = 100
_BASIC_PLANE = 0xFFFF
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_SHAPELESS = frozenset("\u200e\u200f\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060")
"""Marks that steer direction and line breaks and are never drawn, so that no font needs them."""


def load() -> None:
    """Hand Qt the typeface that everything needs, once in a process; a QGuiApplication must exist.

    Raises:
        KioskError: the font is missing or Qt can't read it; any other font would have other widths, so
            nothing that was fitted would be certain to fit.
    """
    if not _loaded(TYPEFACES[0]):
        face = TYPEFACES[0]
        raise KioskError(f"The font {face.family} is missing or damaged; install the program again.")


def legible(text: str) -> str:
    """The text with a replacement character for each letter that none of the typefaces has."""
    if _has(TYPEFACES[0], text):
        return text
    return "".join(letter if _face_of(letter) else _REPLACEMENT for letter in text)


def stretches(text: str) -> Iterator[tuple[int, int, Typeface]]:
    """Where a legible text changes its typeface: start and length in UTF-16 units, as Qt counts.

    We choose and not Qt, which sometimes took a mark between two scripts from a font of the machine.
    """
    face, begin, place = TYPEFACES[0], 0, 0
    for letter in text:
        # What has no shape goes with what stands before it.
        own = face if letter in _SHAPELESS else _face_of(letter) or TYPEFACES[0]
        if own is not face:
            if place > begin:
                yield begin, place - begin, face
            face, begin = own, place
        place += 1 + (ord(letter) > _BASIC_PLANE)
    if place > begin:
        yield begin, place - begin, face


@lru_cache(maxsize=256)
def font(lettering: Lettering, face: Typeface = TYPEFACES[0]) -> QFont:
    """The font of one typeface, which borrows no letter from another."""
    result = QFont(face.family)
    result.setPixelSize(lettering.pixels)
    # The axis, because setWeight chose another weight of a variable font.
    result.setVariableAxis(_WEIGHT, lettering.weight)
    result.setVariableAxis(_OPTICAL_SIZE, _DISPLAY_CUT if lettering.display else _TEXT_CUT)
    # Hinting would round widths to whole pixels, and a text would wrap differently at each size.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if lettering.tabular:
        result.setFeature(_TABULAR_FIGURES, 1)
    result.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias | QFont.StyleStrategy.NoFontMerging)
    return result


@cache
def cap_ratio() -> float:
    """Height of Inter's capitals as a fraction of the pixel size."""
    load()
    return _raw(TYPEFACES[0]).capHeight() / _REFERENCE_SIZE


@lru_cache(maxsize=4096)
def _face_of(letter: str) -> Typeface | None:
    return next((face for face in TYPEFACES if _has(face, letter)), None)


def _has(face: Typeface, text: str) -> bool:
    if not _loaded(face):
        return False
    raw = _raw(face)
    return all(letter in _SHAPELESS or raw.supportsCharacter(ord(letter)) for letter in text)


@cache
def _raw(face: Typeface) -> QRawFont:
    reference = QFont(face.family)
    reference.setPixelSize(_REFERENCE_SIZE)
    reference.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return QRawFont.fromFont(reference)


@cache
def _loaded(face: Typeface) -> bool:
    """Whether Qt has the typeface; one that is not installed, or damaged, is as if it did not exist."""
    if not face.installed:
        return False
    number = QFontDatabase.addApplicationFont(str(face.path))
    return face.family in QFontDatabase.applicationFontFamilies(number)

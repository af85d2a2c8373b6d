"""Inter, the one type family of the screen."""

from functools import cache
from importlib.resources import files

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from kiosk.errors import KioskError
from kiosk.ui.plan import Lettering

FAMILY = "Inter"

_WEIGHT = QFont.Tag("wght")
_OPTICAL_SIZE = QFont.Tag("opsz")
_TABULAR_FIGURES = QFont.Tag("tnum")
_TEXT_CUT, _DISPLAY_CUT = 14, 32
_REFERENCE_SIZE = 100


@cache
def load() -> None:
    """Hand Inter to Qt, once in a process; a QGuiApplication must exist.

    Raises:
        KioskError: the font is missing or Qt can't read it; any other font would have other widths, so
            nothing that was fitted would be certain to fit.
    """
    source = files("fontpkg_inter").joinpath("files", "Inter[opsz,wght].ttf")
    try:
        number = QFontDatabase.addApplicationFontFromData(source.read_bytes())
    except OSError as error:
        raise KioskError(f"The font Inter can't be read from {source}; install the program again.") from error
    if FAMILY not in QFontDatabase.applicationFontFamilies(number):
        raise KioskError(f"The font Inter in {source} is damaged; install the program again.")


def font(lettering: Lettering, text: str = "") -> QFont:
    """Inter for one text.

    Other families are allowed only where Inter lacks a letter of ``text``, such as a venue's name in
    another script: a foreign letter is better than an empty box, and is reported as such.
    """
    result = _inter(lettering.pixels, lettering.weight, lettering.display)
    if lettering.tabular:
        result.setFeature(_TABULAR_FIGURES, 1)
    strategy = QFont.StyleStrategy.NoSubpixelAntialias
    if covers(text):
        strategy |= QFont.StyleStrategy.NoFontMerging
    result.setStyleStrategy(strategy)
    return result


def covers(text: str) -> bool:
    """Whether Inter has every letter of the text."""
    raw = _raw()
    return all(raw.supportsCharacter(ord(letter)) for letter in text)


@cache
def cap_ratio() -> float:
    """Height of Inter's capitals as a fraction of the pixel size."""
    return _raw().capHeight() / _REFERENCE_SIZE


@cache
def _raw() -> QRawFont:
    return QRawFont.fromFont(_inter(_REFERENCE_SIZE, 400, display=False))


def _inter(pixels: int, weight: int, display: bool) -> QFont:  # noqa: FBT001 - mirrors a field of Lettering
    load()
    result = QFont(FAMILY)
    result.setPixelSize(pixels)
    # The axis, because setWeight chose another weight of a variable font.
    result.setVariableAxis(_WEIGHT, weight)
    result.setVariableAxis(_OPTICAL_SIZE, _DISPLAY_CUT if display else _TEXT_CUT)
    # Hinting would round widths to whole pixels, and a text would wrap differently at each size.
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result

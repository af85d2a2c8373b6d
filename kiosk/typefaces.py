"""The typefaces of the screen, each from a package of its own, all under the SIL Open Font License.

Only these are ever drawn with: a letter that none of them has becomes a replacement character, because a font that
happens to be on a machine has widths and shapes that nobody tested.
"""

from importlib.util import find_spec
from pathlib import Path

from msgspec import Struct


class Typeface(Struct, frozen=True):
    """One variable font.

    Attributes:
        family: its name inside the file.
        package, file: where the file is.
        languages: those that can't be written without it; none for the first, which writes all the others.
        distribution: what installs the package where it does not come with the program (the extra "chinese").
    """

    family: str
    package: str
    file: str
    languages: tuple[str, ...] = ()
    distribution: str = ""

    @property
    def path(self) -> Path:
        """The file; ModuleNotFoundError where its package is not installed."""
        spec = find_spec(self.package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(self.package)
        return Path(spec.origin).parent / self.file

    @property
    def installed(self) -> bool:
        """Whether its package is there."""
        return find_spec(self.package) is not None


TYPEFACES = (
    Typeface("Inter", "fontpkg_inter", "files/Inter[opsz,wght].ttf"),
    Typeface("Noto Sans Arabic", "fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf", ("ar",)),
    # 32 MB, a third of the program: only who shows Chinese carries it.
    Typeface("Noto Sans CJK SC", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc", ("zh",), "manimgx-fonts-cjk"),
)
"""In the order in which a letter is looked for."""


def lacking(language: str) -> str | None:
    """Why a language can't be written here, as a sentence; None where it can."""
    for face in TYPEFACES:
        if language in face.languages and not face.installed:
            return f'"{language}" needs the font {face.family}; install it with: pip install {face.distribution}.'
    return None

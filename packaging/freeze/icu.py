"""ICU's data library without what this program never asks for: 32 MB of names of languages, currencies and units.

Qt asks ICU how to fold case, compare words and decode old character sets. Where lines break it knows itself, and
dates and ages are written by assets/calendars. So the root of everything stays, and the screen's own languages.
"""

import re
import subprocess
from pathlib import Path

from reach import printed

_UNUSED_TREES = ("curr/", "lang/", "region/", "unit/", "zone/", "rbnf/", "translit/", "brkitr/")
_LOCALE = re.compile(r"(?:coll/)?(?P<language>[a-z]{2,3})(?:_\w*)?\.res")
_NO_LANGUAGE = {"root", "pool"}

_NEEDED = re.compile(r"depends on missing item (\S+)")
_SYMBOL = re.compile(r":\s+([0-9a-f]+)\s+(\S+)\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+\s+(icudt\d+_dat)\b")
_SECTION = re.compile(r"\.rodata\s+PROGBITS\s+([0-9a-f]+)\s+([0-9a-f]+)\s")

_ASSEMBLY = """
    .section .rodata
    .globl {symbol}
    .balign 16
    .type {symbol}, %object
    .size {symbol}, {size}
{symbol}:
    .incbin "{data}"
    .section .note.GNU-stack,"",%progbits
"""


def smaller(library: Path, languages: set[str], folder: Path) -> Path:
    """Makes the smaller library in the folder, under the same name, and returns where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    symbol, data = _data(library)
    package = folder / f"{symbol.removesuffix('_dat')}l.dat"  # icupkg wants the name that stands inside
    package.write_bytes(data)
    unused = {item for item in printed("icupkg", "-l", package).split() if not _used(item, languages)}
    less = folder / "less" / package.name
    less.parent.mkdir(exist_ok=True)
    _remove(unused, package, less)
    source = folder / "data.s"
    source.write_text(_ASSEMBLY.format(symbol=symbol, size=less.stat().st_size, data=less))
    printed("as", "-o", folder / "data.o", source)
    result = folder / library.name
    options = ("-shared", "--build-id=none", "-z", "noexecstack", "-soname", library.name)
    printed("ld", *options, "-o", result, folder / "data.o")
    return result


def _remove(unused: set[str], package: Path, less: Path) -> None:
    """Writes the package without the unused items, but with those that a used one leads to (no_NO_NY to nn_NO)."""
    removals = less.with_suffix(".txt")
    while True:
        removals.write_text("\n".join(sorted(unused)))
        try:
            printed("icupkg", "-r", removals, package, less)
        except subprocess.CalledProcessError as refused:
            needed = unused & set(_NEEDED.findall(refused.stderr))
            if not needed:
                raise SystemExit(f"icupkg: {refused.stderr}") from refused
            unused -= needed
        else:
            return


def _used(item: str, languages: set[str]) -> bool:
    locale = _LOCALE.fullmatch(item)
    if item.startswith(_UNUSED_TREES):
        return False
    return not locale or locale["language"] in languages or locale["language"] in _NO_LANGUAGE


def _data(library: Path) -> tuple[str, bytes]:
    """The name of the library's one symbol, and its bytes."""
    symbol = _SYMBOL.search(printed("readelf", "--dyn-syms", "-W", library))
    section = _SECTION.search(printed("readelf", "-SW", library))
    if not symbol or not section:
        raise SystemExit(f"{library} does not look like ICU's data.")
    at = int(symbol[1], 16) - int(section[1], 16) + int(section[2], 16)
    return symbol[3], library.read_bytes()[at : at + int(symbol[2], 0)]

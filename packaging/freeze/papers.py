"""The papers of a frozen program: every licence text, a notice, and a bill of materials (CycloneDX 1.6).

Usage: papers.py CONTENTS.json FOLDER PACKAGING QT-PAPERS

CONTENTS.json lists the files that went in. Each belongs to a distribution of Python's or to a package of Debian's;
one without a licence text ends the build, because we may not hand it on.
"""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distributions
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from reach import printed

from kiosk.profiles import load_words
from kiosk.resources import assets

_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_TEXTS = Path(__file__).parent / "licences"  # of wheels that have theirs in the code only, copied from there
_QT = {"pyside6-essentials", "shiboken6"}  # their wheels have no text
_ICU = re.compile(r"libicudata\.so\.(\d+)")


@dataclass(frozen=True)
class Part:
    """Something that went in: where it is from, and the files with its licence."""

    name: str
    version: str
    kind: str  # "pypi", "deb" or "generic"
    licences: tuple[Path, ...]
    expression: str | None = None


def main(contents: Path, folder: Path, packaging: Path, qt_papers: Path) -> None:
    """Writes the papers into the folder; ``qt_papers`` are those of packaging/freeze/qt-papers."""
    files = [Path(name) for name in json.loads(contents.read_text())]
    system = _from_debian(files) if shutil.which("dpkg") else [_python_itself()]
    parts = sorted({*_from_python(files), *system, _calendars()}, key=lambda part: part.name)
    icu = next((match[1] for file in files if (match := _ICU.fullmatch(file.name))), None)  # on Linux only
    qt = next(part.version for part in parts if part.name == "pyside6-essentials")
    folder.mkdir(parents=True)
    _write_licences(parts, folder)
    for text in sorted(qt_papers.iterdir()):
        shutil.copyfile(text, folder / text.name)
    notice = (packaging / "freeze" / "NOTICE.in").read_text("utf-8")
    listed = "\n".join(f"  {part.name} {part.version}" for part in parts)
    (folder / "NOTICE").write_text(notice.format(qt=qt, parts=listed), "utf-8")
    _write_bill(parts, qt, icu, folder / "sbom.cdx.json")


def _from_python(files: Iterable[Path]) -> Iterator[Part]:
    owners = {
        Path(str(distribution.locate_file(file))).resolve(): distribution
        for distribution in distributions()
        for file in distribution.files or ()
    }
    used = {
        distribution.metadata["Name"]: distribution
        for file in files
        if (distribution := owners.get(file.resolve()))
    }
    # The bootloader is a part of PyInstaller, and none of its files is in the list.
    used["pyinstaller"] = Distribution.from_name("pyinstaller")
    for distribution in used.values():
        metadata = distribution.metadata
        name = _canonical(metadata["Name"])
        found = tuple(
            Path(str(distribution.locate_file(file)))
            for file in distribution.files or ()
            if (_LICENCE_FILE.search(file.name) or file.parent.name == "licenses")
            and file.suffix not in {".py", ".pyc"}
        )
        texts = found or (_TEXTS / f"{name}.txt",)
        yield Part(name, distribution.version, "pypi", texts, metadata.get("License-Expression"))


def _python_itself() -> Part:
    """Where no Debian is below: Python as its makers ship it, with OpenSSL's licence in its own text."""
    places = (Path(sys.base_prefix), Path(os.__file__).parent)
    texts = tuple(place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file())
    return Part("python", platform.python_version(), "generic", texts[:1], "PSF-2.0")


def _calendars() -> Part:
    """The data of the Unicode CLDR that went into our assets."""
    text = assets() / "calendars" / "unicode-licence.txt"
    return Part("cldr", load_words("en").calendar.cldr, "generic", (text,), "Unicode-3.0")


def _canonical(name: str) -> str:
    return name.lower().replace("_", "-")


def _from_debian(files: Iterable[Path]) -> Iterator[Part]:
    names = {_owner(file) for file in files if file.is_relative_to("/usr") or file.is_relative_to("/lib")}
    # What Debian's Python and the fetch call on the machine that it runs on, brought along or not.
    names |= {_installed("libssl3", "libssl3t64"), f"libpython{sys.version_info[0]}.{sys.version_info[1]}-minimal"}
    for name in names - {None}:
        version = printed("dpkg-query", "--show", "--showformat", "${Version}", name)
        yield Part(name, version, "deb", (Path("/usr/share/doc") / name / "copyright",))


def _installed(*names: str) -> str:
    """The name by which this release has a package."""
    return next(name for name in names if (Path("/usr/share/doc") / name).is_dir())


def _owner(file: Path) -> str | None:
    # Debian 12 knows some of what lies in /usr/lib by its old name in /lib.
    for name in dict.fromkeys((file, file.resolve())):
        for known in (str(name), str(name).removeprefix("/usr")):
            found = subprocess.run(["dpkg", "--search", known], capture_output=True, text=True, check=False)
            # Debian 13 tells of the moves to /usr, too, on lines of their own.
            owners = [line for line in found.stdout.splitlines() if not line.startswith("diversion by ")]
            if found.returncode == 0 and owners:
                return owners[0].partition(":")[0]
    raise SystemExit(f"No package of Debian's owns {file}; its licence is unknown.")


def _write_licences(parts: Iterable[Part], folder: Path) -> None:
    for part in parts:
        texts = part.licences
        if part.name in _QT:
            continue
        if not any(text.is_file() for text in texts):
            raise SystemExit(f"{part.name} {part.version} has no licence text; it can't be handed on.")
        target = folder / part.name
        target.mkdir()
        for number, text in enumerate(texts):
            shutil.copyfile(text, target / (text.name if number == 0 else f"{number}-{text.name}"))


def _write_bill(parts: Iterable[Part], qt: str, icu: str | None, path: Path) -> None:
    bill = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([str(part) for part in parts])))
    bill.metadata.timestamp = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    version = Distribution.from_name("threat-level-kiosk").version
    bill.metadata.component = Component(
        name="threat-level-kiosk", version=version, type=ComponentType.APPLICATION, bom_ref="threat-level-kiosk"
    )
    inside_qt = (("qt", qt, "LGPL-3.0-only"), ("icu", icu, "Unicode-DFS-2016"))
    for name, number, expression in inside_qt:  # in PySide6's wheel, which doesn't list them
        if number is None:
            continue
        bill.components.add(_component(name, number, PackageURL("generic", None, name, number), expression))
    for part in parts:
        space = "debian" if part.kind == "deb" else None
        address = PackageURL(part.kind, space, part.name, part.version)
        bill.components.add(_component(part.name, part.version, address, part.expression))
    bill.register_dependency(bill.metadata.component, bill.components)
    path.write_text(JsonV1Dot6(bill).output_as_string(indent=1), "utf-8")


def _component(name: str, version: str, address: PackageURL, expression: str | None) -> Component:
    licences = [LicenseExpression(expression)] if expression else []
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        purl=address,
        bom_ref=address.to_string(),
        licenses=licences,
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))

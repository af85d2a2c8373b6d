"""No bytes whatever make a format fail in another way than by refusing, or state a level that isn't there."""

import time
from collections.abc import Callable, Iterator
from html import escape
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.model import Reading
from kiosk.errors import Refused
from kiosk.formats import FORMATS
from kiosk.formats.ask import Ask
from tests.formats.cap_messages import alert, info
from tests.formats.documents import BODY, DEFINITIONS, as_json, feed, guide, rss, rss_item
from tests.formats.fixtures import ASKS, FIXTURES, SIGNED, STATED
from tests.formats.prose import PLAIN

EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)

# Beside each single bit: what markup, sentences and numbers hang on.
REPLACEMENTS = b"\x00 \n<>&\"'.,:?{}[]\\aZ0\x80\xff"


def outcome(name: str, document: bytes, ask: Ask | None = None) -> Reading | None:
    """The reading, or None for a refusal; any other exception fails the test."""
    try:
        return FORMATS[name]()(document, ask or ASKS[name])
    except Refused:
        return None


def truncations(document: bytes) -> Iterator[bytes]:
    return (document[:length] for length in range(len(document)))


def changes(document: bytes) -> Iterator[bytes]:
    # Every byte is changed in full by `make truth` (tests/fire/test_documents.py).
    for position in range(0, len(document), 6):
        byte = document[position]
        for other in {byte ^ 1 << bit for bit in range(8)} | set(REPLACEMENTS) - {byte}:
            yield document[:position] + bytes([other]) + document[position + 1 :]


@EVERY_FORMAT
def test_the_fixture_itself_is_read(name: str) -> None:
    reading = outcome(name, FIXTURES[name])
    assert reading
    assert reading.level == STATED[name]


@EVERY_FORMAT
@pytest.mark.parametrize("damage", [truncations, changes])
def test_damage_never_makes_another_level(name: str, damage: Callable[[bytes], Iterator[bytes]]) -> None:
    """What states one level in its place and others elsewhere states that one or nothing when damaged."""
    levels = {reading.level for document in damage(FIXTURES[name]) if (reading := outcome(name, document))}
    assert levels <= {STATED[name]}


@pytest.mark.parametrize("name", ["mi5", "govuk", "json", "cap", "ntas", "rss", "html", "signed"])
def test_a_document_that_was_cut_off_states_nothing(name: str) -> None:
    whole = FIXTURES[name].rstrip()
    assert not any(outcome(name, document) for document in truncations(whole))


@pytest.mark.parametrize("name", ["mi5", "govuk", "statement"])
def test_damage_never_gives_the_other_areas_level(name: str) -> None:
    """Without the sentence for the UK no single change of the one for Northern Ireland stands in for it."""
    alone = "The threat to Northern Ireland from Northern Ireland-related terrorism is LOW."
    documents = {
        "mi5": feed("Threat level", description=alone),
        "govuk": guide(f"<p>{alone}</p>"),
        "statement": alone.encode(),
    }
    assert not any(outcome(name, document) for document in changes(documents[name]))


@EVERY_FORMAT
@settings(deadline=None)
@given(document=st.binary(max_size=400))
def test_random_bytes_are_refused(name: str, document: bytes) -> None:
    assert outcome(name, document) is None


FRAGMENTS = st.sampled_from([
    *("<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>", "<!--", "-->"),
    *("<![CDATA[", "]]>", "<!DOCTYPE", "<?xml version='1.0'", "?>", "&lt;", "&#0;", "&x;", "<p>", "<", "\x00"),
    *("{", "}", "[", "]", ":", ",", '"', '"details"', '"parts"', '"slug"', "null", "1e999", "NaN", "-", "\\ud800"),
    *("threat", "threat level", "The UK", "The", "Current", "JTAC", "has been", "raised", "from", "to"),
    *("is", "not", "if", "was", "LOW", "SEVERE", ".", "?", "\u201c", "\u201d", "\n\n", "Northern Ireland"),
])  # fmt: skip


@EVERY_FORMAT
@settings(deadline=None)
@given(pieces=st.lists(FRAGMENTS, max_size=40), joint=st.sampled_from(["", " "]))
def test_scraps_of_documents_are_read_or_refused(name: str, pieces: list[str], joint: str) -> None:
    outcome(name, joint.join(pieces).encode())


@EVERY_FORMAT
@settings(deadline=None)
@given(data=st.data())
def test_mutated_fixtures_state_their_own_level_or_nothing(name: str, data: st.DataObject) -> None:
    document = bytearray(FIXTURES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(document)))
        end = min(len(document), start + data.draw(st.integers(0, 12)))
        document[start:end] = data.draw(st.binary(max_size=6))
    reading = outcome(name, bytes(document))
    assert reading is None or reading.level == STATED[name]


@given(level=st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_no_json_value_but_a_levels_word_is_a_level(level: object) -> None:
    reading = outcome("json", as_json({"threat": {"level": level}}))
    assert reading is None or (isinstance(level, str) and level.strip().upper() == reading.level)


def test_every_combination_of_title_and_description_is_the_level_of_both_or_refused() -> None:
    words = ("LOW", "SEVERE", "not SEVERE", "LOW or SEVERE", "ELEVATED", "")
    for title, described in product(words, words):
        document = feed(f"Current threat level: {title}", f"The current national threat level is {described}.")
        reading = outcome("mi5", document)
        agreed = title if title == described and title in {"LOW", "SEVERE"} else None
        assert (reading.level if reading else None) == agreed


@EVERY_FORMAT
@pytest.mark.parametrize(
    "scrap",
    [
        *(
            "<",
            "<a ",
            "<!--",
            "<!-- -->",
            "<p>",
            "&lt;",
            "&lt;p ",
            "&amp;",
            "[",
            '{"a":',
            '"',
            "\u201c",
            "'",
            "<del>",
        ),
        *(
            "a",
            " ",
            "\n",
            "\n\n",
            ".",
            ".'",
            "the ",
            "uk ",
            "The UK threat level is ",
            "threat level ",
            DEFINITIONS,
        ),
    ],
)
def test_a_megabyte_of_anything_is_judged_in_seconds(name: str, scrap: str) -> None:
    """Wherever it stands: alone, in the title, in the page's body, in a value."""
    filling = scrap * (900_000 // len(scrap.encode()))
    wrapped = {
        "mi5": feed(filling[:300_000]),
        "govuk": guide(BODY + filling[:300_000]),
        "json": as_json({"threat": {"level": filling[:300_000]}}),
        "statement": (PLAIN + "\n\n" + filling[:300_000]).encode(),
        "cap": alert(info(escape(filling[:300_000]))).encode(),
        "rss": rss(rss_item("x", filling[:300_000])),
        "html": f'<html><p id="level">{filling[:300_000]}</p></html>'.encode(),
        "signed": SIGNED + filling.encode(),
        "ntas": f'<alerts><alert start="{escape(filling[:300_000])}" href="a"/></alerts>'.encode(),
    }
    begun = time.monotonic()
    outcome(name, filling.encode())
    outcome(name, wrapped[name])
    assert time.monotonic() - begun < 5

"""More than a hundred documents to break each format: none states a level that it does not state.

The words stand where the level belongs, the wrappings around the whole document.
"""

import base64
import gzip
import zlib
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from kiosk.errors import Refused
from kiosk.formats import FORMATS
from kiosk.formats.ask import Ask
from kiosk.profiles import load_profile
from tests.formats import signatures
from tests.formats.cap_messages import alert, bare
from tests.formats.documents import NI_ALONE, NOW, WHOLE_UK, as_json, asking, feed, guide, rss, rss_item

WORDS = (
    # Not said, or said of something else.
    *("", " ", ".", "-", "?", "n/a", "null", "None", "unknown", "not known", "TBC", "pending", "unchanged", "0"),
    *("4", "4/5", "#4", "level 4", "IV", "four", "100%", "true", "{}", "[]", "[SEVERE]", "{SEVERE}", "<SEVERE>"),
    *("%SEVERE%", "$SEVERE", "\\SEVERE", "SEVERE\\", "SEVERE;LOW", "SEVERE,LOW", "SEVERE/LOW", "SEVERE|LOW"),
    # More than one, or turned round.
    *("SEVERE or LOW", "SEVERE and LOW", "LOW to SEVERE", "from LOW to SEVERE", "between LOW and SEVERE"),
    *("not SEVERE", "no longer SEVERE", "never SEVERE", "hardly SEVERE", "below SEVERE", "less than SEVERE"),
    *(
        "above SEVERE",
        "up to SEVERE",
        "almost SEVERE",
        "nearly SEVERE",
        "said to be SEVERE",
        "SEVERE?",
        "SEVERE!?",
    ),
    *("(SEVERE)", "SEVERE & LOW", "SEVERE (was LOW)", "LOW SEVERE", "SEVERE SEVERE", "SEVERE, not LOW"),
    *("SEVERE unless lowered", "non-SEVERE", "IMMINENT?", "not IMMINENT", "ELEVATED or IMMINENT"),
    # Words that only look like one.
    *("SEVER", "SEVEREE", "SEVERELY", "SEVERE1", "SE VERE", "S E V E R E", "5EVERE", "SEVERE-ISH", "UNSEVERE"),
    *("S\u0415VERE", "\u0405EVERE", "SEVER\u0395", "\uff33\uff25\uff36\uff25\uff32\uff25", "\u015aEVERE"),
    *("\u202eEREVES\u202c", "\u2066SEVERE\u2069LOW", "SEVE\u0301RE", "S\u0336E\u0336VERE", "\U0001d412EVERE"),
    *("SEVERE\u2028LOW", "SEVERE\nLOW", "SEVERE\tLOW", "LOW\rSEVERE", "&quot;SEVERE&quot;", "SEVERE&nbsp;LOW"),
    *("schwer", "grave", "SEVERO", "s\u00e9v\u00e8re", "EXTREME", "HIGH", "RED", "AMBER", "DEFCON 2"),
    *("SEVERE" * 2, "SEVERE" * 500, "x" * 5000 + "SEVERE", "SEVERE" + "x" * 5000),
)


def _signed(word: str) -> tuple[bytes, Ask]:
    content = signatures.document(level=word)
    key, signature = signatures.signed_in_process(content)
    return content, replace(asking(), name="d", linked={"d.minisig": signature}, public_keys=(key,))


def _with(ask: Ask, document: Callable[[str], bytes]) -> Callable[[str], tuple[bytes, Ask]]:
    return lambda word: (document(word), ask)


PATTERN = replace(asking(), pattern=r"the threat level in Xland is (?P<level>\w+)")
US = Ask(load_profile("us").scale, "US", NOW)
DATE = "Wed, 04 Mar 2026 10:00:00 GMT"

DOCUMENTS: Mapping[str, Callable[[str], tuple[bytes, Ask]]] = MappingProxyType({
    "mi5": _with(
        asking(),
        lambda word: feed(f"Current threat level: {word}", f"The current national threat level is {word}."),
    ),
    "govuk": _with(
        asking(), lambda word: guide(f"<p>{WHOLE_UK}<strong>{escape(word)}</strong>.</p><p>{NI_ALONE}LOW.</p>")
    ),
    "statement": _with(asking(), lambda word: f"date 2026-11-20\n\nThe UK threat level is {word}.\n".encode()),
    "json": _with(
        asking(level="threat.level"), lambda word: as_json({"threat": {"level": word, "before": "LOW"}})
    ),
    "cap": _with(replace(asking(), parameter="ThreatLevel"), lambda word: alert(bare(escape(word))).encode()),
    "rss": _with(PATTERN, lambda word: rss(rss_item("x", f"The threat level in Xland is {word}.", DATE))),
    "html": _with(
        replace(asking(), select="#level"),
        lambda word: f'<html><p>LOW</p><p id="level">{escape(word)}</p><p>CRITICAL</p></html>'.encode(),
    ),
    "signed": _signed,
    "ntas": _with(
        US, lambda word: f'<alert start="2026/11/01 00:00" type="{escape(word)}" link="x"/>'.encode()
    ),
})  # fmt: skip
EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)


def outcome(name: str, document: bytes, ask: Ask) -> str | None:
    """The level, or None for a refusal; any other exception fails the test."""
    try:
        return FORMATS[name]()(document, ask).level
    except Refused:
        return None


def test_there_are_more_than_a_hundred_of_each() -> None:
    assert len(set(WORDS)) + len(WRAPPINGS) > 120
    assert set(DOCUMENTS) == set(FORMATS)


@EVERY_FORMAT
def test_the_plain_word_is_read(name: str) -> None:
    word = "Imminent Threat" if name == "ntas" else "SEVERE"
    assert outcome(name, *DOCUMENTS[name](word)) == word.partition(" ")[0].upper()


@EVERY_FORMAT
@pytest.mark.parametrize("word", sorted(set(WORDS)))
def test_a_word_that_is_no_level_gives_none(name: str, word: str) -> None:
    assert outcome(name, *DOCUMENTS[name](word)) is None


WRAPPINGS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType({
    "nothing": lambda _: b"",
    "spaces": lambda _: b" \r\n\t" * 100,
    "zeros": lambda document: bytes(len(document)),
    "backwards": lambda document: document[::-1],
    "packed": gzip.compress,
    "deflated": zlib.compress,
    "in base64": base64.b64encode,
    "in hexadecimal": lambda document: document.hex().encode(),
    "in UTF-16 without its first byte": lambda document: document.decode().encode("utf-16")[1:],
    "in UTF-32": lambda document: document.decode().encode("utf-32"),
    "in EBCDIC": lambda document: document.decode().encode("cp037"),
    "every second byte": lambda document: document[::2],
    "the first half": lambda document: document[: len(document) // 2],
    "the second half": lambda document: document[len(document) // 2 :],
    "in a comment": lambda document: b"<html><!-- " + document.replace(b"--", b"") + b" --></html>",
    "in a page, as text": lambda document: f"<html><pre>{escape(document.decode())}</pre></html>".encode(),
    "in a script": lambda document: b"<html><script>var x = `" + document + b"`</script></html>",
    "in a text of JSON": lambda document: as_json(document.decode()),
    "in a list of JSON": lambda document: as_json([document.decode()]),
    "in a field of JSON": lambda document: as_json({"document": document.decode()}),
    "in CDATA": lambda document: b"<x><![CDATA[" + document + b"]]></x>",
    "with an entity": lambda document: b'<!DOCTYPE x [<!ENTITY e "SEVERE">]>' + document,
    "behind an answer's head": lambda document: b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + document,
    "in a form": lambda document: b"--x\r\nContent-Type: text/plain\r\n\r\n" + document + b"\r\n--x--",
    "as a quotation of mail": lambda document: b"> " + document.replace(b"\n", b"\n> "),
    "an error page": lambda _: b"<html><title>502 Bad Gateway</title><p>Alert level SEVERE</p></html>",
    "a page for a login": lambda _: b'<html><form><input name="level" value="SEVERE"></form></html>',
    "a list of levels": lambda _: b"LOW\nMODERATE\nSUBSTANTIAL\nSEVERE\nCRITICAL\n",
    "a level alone": lambda _: b"SEVERE",
    "a level as JSON": lambda _: b'"SEVERE"',
    "a level as XML": lambda _: b"<level>SEVERE</level>",
})  # fmt: skip
BROWSERS_READ = {"with an entity", "behind an answer's head", "as a quotation of mail"}
"""What stands around a page and leaves its elements what they are."""


@EVERY_FORMAT
@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_a_document_in_another_wrapping_states_nothing(name: str, wrapping: str) -> None:
    document, ask = DOCUMENTS[name]("Imminent Threat" if name == "ntas" else "SEVERE")
    expected = "SEVERE" if name == "html" and wrapping in BROWSERS_READ else None
    assert outcome(name, WRAPPINGS[wrapping](document), ask) == expected

"""JSON of any shape, pointed into by the configuration."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from kiosk.core.model import Reading
from kiosk.formats.json_paths import check_path, decode
from tests.formats.documents import as_json, asking, problem_of

DOCUMENT = as_json({"threat": {"current": 4, "since": "2024-03-05", "area": "NI"}})
HERE = asking(level="l")


def test_values_translate_the_documents_words() -> None:
    ask = asking(level="threat.current", changed="threat.since", **{"4": "SEVERE", "5": "CRITICAL"})
    assert decode(DOCUMENT, ask) == Reading("SEVERE", "UK", "4", changed=date(2024, 3, 5))


@pytest.mark.parametrize("word", ["SEVERE", "severe", "Severe", "  severe\n"])
def test_without_values_the_scales_own_words_are_expected(word: str) -> None:
    assert decode(as_json({"l": word}), HERE) == Reading("SEVERE", "UK", word.strip())


def test_the_area_is_the_one_that_was_configured() -> None:
    assert decode(as_json({"l": "LOW"}), asking("Head office", level="l")).area == "Head office"


def test_the_path_may_be_any_expression() -> None:
    sites = as_json({"sites": [{"id": "a", "l": "LOW"}, {"id": "b", "l": "SEVERE"}]})
    assert decode(sites, asking(level="sites[?id=='b'].l | [0]")).level == "SEVERE"
    assert decode(b'"critical"', asking(level="@")).level == "CRITICAL"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (None, "no-level"),
        ("", "unknown-level"),
        ("ELEVATED", "unknown-level"),
        ("4", "unknown-level"),
        (4, "unknown-level"),
        ("SEVERE!", "unknown-level"),
        ("s\u0435vere", "unknown-level"),
        ("\u017fevere", "unknown-level"),
        ("SE\u200bVERE", "unknown-level"),
        ("not SEVERE", "ambiguous"),
        ("LOW or SEVERE", "ambiguous"),
        (True, "malformed"),
        (4.0, "malformed"),
        (["SEVERE"], "malformed"),
        ([], "malformed"),
        ({"level": "SEVERE"}, "malformed"),
    ],
)
def test_any_other_value_is_refused(value: object, problem: str) -> None:
    assert problem_of(decode, as_json({"l": value}), HERE) == problem


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (3, "unknown-level"),
        ("SEVERE", "unknown-level"),
        ("four", "unknown-level"),
        ("FOUR", "unknown-level"),
        (True, "malformed"),
        (9, "unknown-level"),
        (" Four", None),
        (4, None),
        ("4", None),
    ],
)
def test_with_values_nothing_else_is_a_level(value: object, problem: str | None) -> None:
    ask = asking(level="l", **{"4": "SEVERE", "Four": "SEVERE", "9": "OFF THE SCALE", "True": "LOW"})
    document = as_json({"l": value})
    if problem:
        assert problem_of(decode, document, ask) == problem
    else:
        assert decode(document, ask).level == "SEVERE"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b"", "malformed"),
        (b"{", "malformed"),
        (b'{"l": "SEVERE"', "malformed"),
        (b'{"l": "SEVERE"} trailing', "malformed"),
        (b"{'l': 'SEVERE'}", "malformed"),
        (b'{"l": NaN}', "malformed"),
        (b'{"l": "SEV\xc9RE"}', "malformed"),
        (b'{"a": ' * 100_000, "malformed"),
        (b'{"l": "LOW", "l": "SEVERE"}', "ambiguous"),
        (b'{"l": "SEVERE", "x": {"a": 1, "a": 1}}', "ambiguous"),
        (b"{}", "no-level"),
        (b"[]", "no-level"),
        (b'{"L": "SEVERE"}', "no-level"),
        (b"<html>SEVERE</html>", "not-a-feed"),
        (b"  <!DOCTYPE html>", "not-a-feed"),
        (b"<level>SEVERE</level>", "not-a-feed"),
        (b"error code: 520", "not-a-feed"),
        (b"SEVERE", "not-a-feed"),
        (b'{"l": "SEVERE"}' + b" " * 1024 * 1024, "too-big"),
    ],
)
def test_a_document_that_is_no_such_json_is_refused(document: bytes, problem: str) -> None:
    assert problem_of(decode, document, HERE) == problem


@pytest.mark.parametrize(
    "written", ["2024-03-05", "2024-03-05T23:30:00Z", "2024-03-05 23:30", "2024-03-05T23:30:00.5+14:00"]
)
def test_changed_is_the_day_as_it_is_written(written: str) -> None:
    reading = decode(as_json({"l": "LOW", "c": written}), asking(level="l", changed="c"))
    assert (reading.changed, reading.issued) == (date(2024, 3, 5), None)


@pytest.mark.parametrize("document", [{"l": "LOW"}, {"l": "LOW", "c": None}])
def test_a_missing_date_is_none(document: object) -> None:
    assert decode(as_json(document), asking(level="l", changed="c")).changed is None


@pytest.mark.parametrize(
    "value", ["", "today", "05/03/2024", "2024-02-30", "20240305", "2024-W10-2", 1709600000, True, []]
)
def test_an_unreadable_date_is_refused(value: object) -> None:
    assert problem_of(decode, as_json({"l": "LOW", "c": value}), asking(level="l", changed="c")) == "malformed"


@pytest.mark.parametrize("path", ["[::0]", "abs(l)", "nope(l)", "l[", "avg(n)", "sort(n)", "a." * 5000 + "a"])
def test_a_path_that_fails_in_this_document_is_a_refusal(path: str) -> None:
    document = as_json({"l": "SEVERE", "n": [10**400, 1, "x"]})
    assert problem_of(decode, document, asking(level=path)) in {"malformed", "no-level"}


def test_no_path_at_all_is_a_refusal() -> None:
    assert problem_of(decode, DOCUMENT, asking()) == "no-level"


@pytest.mark.parametrize("expression", ["threat.current", "a[0].b", "sites[?id=='b'].l | [0]", "@", '"odd name"'])
def test_a_good_path_has_nothing_said_about_it(expression: str) -> None:
    assert check_path(expression) is None


@pytest.mark.parametrize("expression", ["", " ", "a.", "[", "a b", "sites[?", "'", "(" * 100_000])
def test_a_bad_path_is_explained_in_a_sentence(expression: str) -> None:
    sentence = check_path(expression)
    assert sentence
    assert sentence.endswith(".")
    assert len(sentence) < 150


@pytest.mark.parametrize(
    "written", ["2026-11-24T11:30:00Z", "2026-11-24T12:30+01:00", "2026-11-24 11:30:00.0+0000"]
)
def test_issued_is_the_moment_as_it_is_written(written: str) -> None:
    reading = decode(as_json({"l": "LOW", "at": written}), replace(HERE, issued_path="at"))
    assert reading.issued == datetime(2026, 11, 24, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, "", "today", "2026-11-24", "2026-11-24T11:30:00", 1763983800, ["x"]])
def test_a_document_without_the_moment_that_was_asked_for_is_refused(value: object) -> None:
    document = as_json({"l": "LOW", "at": value})
    assert problem_of(decode, document, replace(HERE, issued_path="at")) == "malformed"

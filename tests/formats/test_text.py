"""Cleaning, sentences, recognition of words, and the text of HTML."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.html import is_page, visible_lines
from kiosk.formats.text import clean, level_at, sentences, statement_of
from tests.formats.documents import SCALE


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\t\n b\r\n\x0b c\x1f", "a b c"),
        ("a\u00a0\u2003\u2028\u3000b", "a b"),
        ("a\u200b\u00ad\ufeff\u202e\u2066b", "ab"),
        ("a\x00\x07\x1b\x9bb", "ab"),
        ("a\ue000b\U0010ffffc", "a\ufffdb\ufffdc"),
        ("Llanfair\u0302 \u0175 \u0177", "Llanfair\u0302 \u0175 \u0177"),
    ],
)
def test_cleaning_leaves_one_visible_line(text: str, line: str) -> None:
    assert clean(text) == line


@given(st.text())
def test_a_statement_is_always_one_clean_bounded_line(text: str) -> None:
    statement = statement_of(text)
    assert len(statement) <= 200
    assert statement == clean(statement)
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in statement)


@given(st.text())
def test_sentences_lose_no_word(text: str) -> None:
    line = clean(text)
    assert " ".join(sentences(line)) == line


def test_a_sentence_keeps_its_closing_quotation_mark() -> None:
    assert sentences("\u201cOne.\u201d Two? gov.uk/ACT (three.) four") == [
        "\u201cOne.\u201d",
        "Two?",
        "gov.uk/ACT (three.)",
        "four",
    ]


@given(st.text(min_size=1))
def test_only_the_ascii_word_itself_is_a_level(text: str) -> None:
    if text.isascii() and text.upper() in SCALE:
        assert level_at(text, SCALE) == text.upper()
    else:
        with pytest.raises(Refused):
            level_at(text, SCALE)


@given(st.sampled_from(SCALE.levels), st.data())
def test_a_level_is_read_in_any_letter_case(level: str, data: st.DataObject) -> None:
    letters = [data.draw(st.sampled_from((letter, letter.lower()))) for letter in level]
    assert level_at("".join(letters), SCALE) == level


@given(st.sampled_from(SCALE.levels), st.integers(0, 20), st.characters(min_codepoint=128))
def test_no_other_letter_passes_for_one_of_a_levels(level: str, position: int, letter: str) -> None:
    place = position % len(level)
    with pytest.raises(Refused):
        level_at(level[:place] + letter + level[place + 1 :], SCALE)


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("plain &amp; simple", ["plain & simple"]),
        ("a<b>b</b><br>c\nd<wbr>e", ["ab c de"]),
        ("<p>a</p><p>b</p>", ["", "a", "", "b", ""]),
        ("<a title='x > y' href=\"/\">link</a>", ["link"]),
        ("a <!-- b <p> --> c", ["a c"]),
        ("a<img alt='b'>c", ["a\ufffcc"]),
        ("a<del>b<del>c</del>d</del>e", ["a\ufffce"]),
        ("a<span hidden>b</span>c", ["a\ufffcc"]),
        ("a<i style='font-size:0'>b</i>c", ["a\ufffcc"]),
        ("a<custom-element>b", ["a\ufffc"]),
        ("&lt;del&gt;a&lt;/del&gt;", ["<del>a</del>"]),
    ],
)
def test_html_becomes_what_a_visitor_would_read(markup: str, lines: list[str]) -> None:
    assert visible_lines(markup) == lines


@pytest.mark.parametrize(
    "markup", ["a < b", "<p", "<p class='", "<!-- a", "</", "<![CDATA[a]]>", "<!DOCTYPE html>"]
)
def test_broken_html_is_refused(markup: str) -> None:
    with pytest.raises(Refused) as caught:
        visible_lines(markup)
    assert caught.value.problem is Problem.MALFORMED


@pytest.mark.parametrize(
    "start",
    [
        b"<!DOCTYPE html>",
        b"\xef\xbb\xbf\n <HTML lang=en>",
        b"<!-- a --><!-- b --> <title>",
        "<html>".encode("utf-16"),
        b"error code: 1022",
    ],
)
def test_a_page_is_known_by_its_start(start: bytes) -> None:
    assert is_page(start)


@pytest.mark.parametrize(
    "start",
    [b"", b"<rss>", b"<heading>", b"<!-- <html> --><rss>", b"<!---->" * 500 + b"<rss>", b"error code: none"],
)
def test_other_documents_are_no_pages(start: bytes) -> None:
    assert not is_page(start)

"""MI5's feed by its channel: whose feed it is, and whether it is in earnest."""

import pytest

from kiosk.formats.mi5 import decode
from tests.formats.documents import NATIONAL, NORTHERN_IRELAND, asking, feed, problem_of, rss_item

GOOD = "Current threat level: SEVERE"


def channel(item: str, title: str = "", description: str = "") -> bytes:
    named = (title and f"<title>{title}</title>") + (description and f"<description>{description}</description>")
    return f"<rss><channel>{named}{item}</channel></rss>".encode()


@pytest.mark.parametrize(
    ("document", "area"),
    [
        (channel(rss_item(GOOD, NATIONAL), "Threat Level"), "UK"),
        (channel(rss_item(GOOD, NATIONAL)), "UK"),
        (channel(rss_item(GOOD, None), "Threat Level"), "UK"),
        (channel(rss_item(GOOD, None), "Threat Level", "The current UK threat level."), "UK"),
        (channel(rss_item(f"UK {GOOD[8:]}", None)), "UK"),
        (channel(rss_item(GOOD, NORTHERN_IRELAND), "MI5 Threat Level", "UK Threat Level"), "UK"),
        (channel(rss_item(GOOD, NORTHERN_IRELAND), "Northern Ireland Threat Level"), "NI"),
    ],
)
def test_the_channel_may_be_terse(document: bytes, area: str) -> None:
    assert decode(document, asking(area)).level == ("SEVERE" if area == "UK" else "MODERATE")


@pytest.mark.parametrize(
    ("title", "description", "text"),
    [
        ("Northern Ireland Threat Level", "", NORTHERN_IRELAND),
        ("Northern Ireland Threat Level", "", NATIONAL),
        ("Threat Level", "Threat in Scotland", NATIONAL),
        ("New Zealand Threat Level", "The Current NZ Threat Level", NATIONAL),
        ("Threat Level", "The Current NZ Threat Level", ""),
        ("Threat Level", "Set by CTAG", ""),
        ("Threat Level", "", NORTHERN_IRELAND),
        ("Shark Threat Level", "", ""),
        ("", "", ""),
    ],
)
def test_a_channel_of_something_else_has_no_level(title: str, description: str, text: str) -> None:
    document = channel(rss_item(GOOD, text), title, description)
    assert problem_of(decode, document, asking()) == "no-level"


@pytest.mark.parametrize(
    "text",
    [
        "EXERCISE EXERCISE EXERCISE.",
        "This is a test of the feed.",
        "Disregard.",
        "This feed has been withdrawn.",
        "Draft.",
    ],
)
def test_what_is_not_in_earnest_is_not_actual(text: str) -> None:
    good = rss_item(GOOD, NATIONAL)
    for document in (
        feed(description=f"{text} {NATIONAL} {NORTHERN_IRELAND}"),
        feed(f"{text} {GOOD}"),
        channel(good, text),
        channel(good, "Threat Level", text),
    ):
        assert problem_of(decode, document, asking()) == "not-actual"
        assert problem_of(decode, document, asking("NI")) == "not-actual"

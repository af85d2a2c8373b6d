"""``rss`` and ``html``: what fits the configured sentence or element, and documents made to break them."""

import time

import pytest
from msgspec.structs import replace

from kiosk.core.model import Reading
from kiosk.errors import Refused
from kiosk.formats import FORMATS
from kiosk.formats.patterns import check_pattern
from kiosk.formats.web_page import check_selector
from tests.formats.documents import NOW, SCALE, asking, rss, rss_item

PATTERN = r"the (?:current )?threat level in Xland is (?P<level>[^.]+)"
ASK = replace(asking(), pattern=PATTERN)
PAGE = replace(asking(), select="#level")
YEAR_AGO, MARCH, APRIL = (
    f"{day} 10:00:00 GMT" for day in ("Tue, 04 Mar 2025", "Tue, 03 Mar 2026", "Wed, 01 Apr 2026")
)


def says(level: str, title: str = "News", date: str | None = MARCH, lead: str = "") -> str:
    return rss_item(title, f"{lead}The threat level in Xland is {level}.", date)


def atom(*entries: str) -> bytes:
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{''.join(entries)}</feed>".encode()


def outcome(name: str, document: bytes | str, **changes: object) -> str:
    """The level, or the problem."""
    raw = document.encode() if isinstance(document, str) else document
    ask = replace(ASK if name == "rss" else PAGE, **changes)
    try:
        return FORMATS[name]()(raw, ask).level
    except Refused as refused:
        return refused.problem


# ---------------------------------------------------------------- patterns at load

WORDS = ("LOW", "SEVERE")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<level>\w+)",
        r".*(?P<level>LOW|SEVERE).*",
        r"\W*(?P<level>.+)\W*",
        r"\w+ (?P<level>\w+)",
        r"(?:level is )?(?P<level>\w+)",
        r".*: (?P<level>\w+)",
        r"(?P<level>.*)",
        r"",
        r"threat",
        r"the threat level is (\w+)",
        r"the threat level is (?P<Level>\w+)",
        r"(",
        r"(?P<level>\w+)\1",
        r"(?<=is )(?P<level>\w+)",
        r"a{1000}{1000}(?P<level>x)",
    ],
)
def test_a_pattern_without_words_around_the_level_is_refused(pattern: str) -> None:
    reason = check_pattern(pattern, WORDS)
    assert reason is not None
    assert reason.endswith(".")


@pytest.mark.parametrize("pattern", [PATTERN, r"Threat level: (?P<level>\w+)", r".*level now (?P<level>\w+).*"])
def test_a_pattern_with_its_own_words_is_taken(pattern: str) -> None:
    assert check_pattern(pattern, WORDS) is None


def test_no_pattern_and_no_text_together_take_long() -> None:
    ask = replace(asking(), pattern=r"the level (?:(?:a+)+)+ is (?P<level>\w+)")
    began = time.monotonic()
    with pytest.raises(Refused):
        FORMATS["rss"]()(rss(rss_item("x", "the level " + "a" * 500_000)), ask)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("selector", ["", " ", "#", "p >", "p[", ":nonsense(", "{"])
def test_a_selector_that_is_none_is_refused(selector: str) -> None:
    assert check_selector(selector)
    assert check_selector("main > .level b:first-child") is None


# ---------------------------------------------------------------- feeds


def test_the_newest_item_whose_sentence_fits_states_the_level() -> None:
    for order in ((says("LOW"), says("SEVERE", date=APRIL)), (says("SEVERE", date=APRIL), says("LOW"))):
        reading: Reading = FORMATS["rss"]()(rss(*order), ASK)
        assert reading.level == "SEVERE"
        assert reading.statement == "The threat level in Xland is SEVERE."
        assert reading.changed is not None
        assert (reading.changed.month, reading.issued is not None) == (4, True)


def test_items_without_dates_have_to_agree() -> None:
    assert outcome("rss", rss(says("LOW", date=None), says("LOW", date=None))) == "LOW"
    assert outcome("rss", rss(says("LOW", date=None), says("SEVERE", date=None))) == "ambiguous"
    assert outcome("rss", rss(says("LOW", date="some day"), says("SEVERE", date=APRIL))) == "ambiguous"


def test_a_newer_item_that_names_a_level_in_another_way_may_be_the_change() -> None:
    other = rss_item("Threat level raised to CRITICAL", None, APRIL)
    assert outcome("rss", rss(says("LOW"), other)) == "ambiguous"
    assert outcome("rss", rss(says("LOW"), rss_item("Level: CRITICAL", None, YEAR_AGO))) == "LOW"
    assert outcome("rss", rss(says("LOW"), rss_item("Level: CRITICAL", None, None))) == "ambiguous"
    assert outcome("rss", rss(says("LOW"), rss_item("Roads closed", None, APRIL))) == "LOW"


def test_atom_is_read_with_its_dates_and_markup() -> None:
    def entry(level: str, date: str, kind: str = "html") -> str:
        text = f"&lt;p&gt;The threat level in Xland is &lt;b&gt;{level}&lt;/b&gt;.&lt;/p&gt;"
        return f"<entry><title>x</title><updated>{date}</updated><content type='{kind}'>{text}</content></entry>"

    both = atom(entry("LOW", "2026-03-03T10:00:00Z"), entry("SEVERE", "2026-03-03T10:00:00-05:00"))
    assert outcome("rss", both) == "SEVERE"


def test_words_are_translated() -> None:
    assert outcome("rss", rss(says("four")), values={"four": "SEVERE"}) == "SEVERE"
    assert outcome("rss", rss(says("SEVERE")), values={"four": "SEVERE"}) == "unknown-level"


FEEDS = {
    "no item": rss(),
    "no sentence": rss(rss_item("SEVERE", "SEVERE")),
    "a question": rss(rss_item("x", "Is the threat level in Xland SEVERE?")),
    "a question of the same words": rss(rss_item("x", "The threat level in Xland is SEVERE?")),
    "words before": rss(says("SEVERE", lead="It is false that ")),
    "words behind": rss(says("SEVERE, say some")),
    "a negation": rss(says("not SEVERE")),
    "two levels": rss(says("LOW or SEVERE")),
    "two sentences": rss(says("LOW. The threat level in Xland is SEVERE")),
    "another country": rss(rss_item("x", "The threat level in Yland is SEVERE.")),
    "no level": rss(says("rising")),
    "a look-alike": rss(says("S\u0415VERE")),
    "deleted": rss(says("<del>SEVERE</del>")),
    "hidden": rss(rss_item("x", '<p hidden="">The threat level in Xland is SEVERE.</p>')),
    "in an attribute": rss(rss_item("x", '<a title="The threat level in Xland is SEVERE.">x</a>')),
    "quoted": rss(rss_item("x", "<blockquote>The threat level in Xland is SEVERE.</blockquote>")),
    "a script": rss(rss_item("x", "<script>The threat level in Xland is SEVERE.</script>")),
    "an exercise": rss(says("SEVERE", title="Exercise Blue")),
    "a test": rss(says("SEVERE", lead="This is a test. ")),
    "withdrawn": rss(says("SEVERE", title="Withdrawn")),
    "tomorrow": rss(says("SEVERE", date="Wed, 25 Nov 2026 12:00:00 GMT")),
    "the channel's title": b"<rss><channel><title>The threat level in Xland is SEVERE.</title></channel></rss>",
    "two channels": b"<rss><channel/><channel/></rss>",
    "another root": b"<feed><entry><title>The threat level in Xland is SEVERE.</title></entry></feed>",
    "a category": atom("<entry><category term='The threat level in Xland is SEVERE.'/></entry>"),
    "the author": atom("<entry><author>The threat level in Xland is SEVERE.</author></entry>"),
    "a page": b"<html><body>The threat level in Xland is SEVERE.</body></html>",
    "plain text": b"The threat level in Xland is SEVERE.",
    "cut": rss(says("SEVERE"))[:-9],
    "a DOCTYPE": b"<!DOCTYPE rss>" + rss(says("SEVERE")),
    "equal dates": rss(says("LOW"), says("SEVERE")),
    "nothing": b"",
}


@pytest.mark.parametrize("what", FEEDS)
def test_a_feed_that_was_made_to_break_it_states_nothing(what: str) -> None:
    assert outcome("rss", FEEDS[what]) not in SCALE


# ---------------------------------------------------------------- pages


def page(body: str) -> str:
    return f"<!doctype html>\n<html><head><title>CRITICAL</title></head><body>{body}</body></html>\n"


@pytest.mark.parametrize(
    "body",
    [
        "<p id=level>Severe</p>",
        '<main><section><div class="x"><b id="level"> SEVERE\n</b></div></section></main><p>LOW</p>',
        "<p id=level>Se<b>ve</b>re</p>",
        "<script>if (1 < 2) {}</script><nav><ul><li id=level>severe</ul></nav>",
    ],
)
def test_the_whole_text_of_the_element_is_the_level(body: str) -> None:
    assert outcome("html", page(body)) == "SEVERE"


def test_a_sentence_of_the_page_or_of_the_element_fits_the_pattern() -> None:
    body = "<header>x</header><main><p>The current threat level in Xland is <b>severe</b>.</p></main><p>LOW</p>"
    assert outcome("html", page(body), pattern=PATTERN, select=None) == "SEVERE"
    assert outcome("html", page(body), pattern=PATTERN, select="main") == "SEVERE"
    assert outcome("html", page(body), pattern=PATTERN, select="header") == "no-level"
    two = body + "<p>The current threat level in Xland is low.</p>"
    assert outcome("html", page(two), pattern=PATTERN, select=None) == "ambiguous"
    assert outcome("html", page(two), pattern=PATTERN, select="main") == "SEVERE"


def test_no_sentence_is_read_across_the_parts_of_a_page() -> None:
    for parts in (
        "<main>{}</main><footer>{}</footer>",
        "<p>{}</p><p>{}</p>",
        "{}<aside>{}</aside>",
        "{}<del></del>{}",
    ):
        body = parts.format("The threat level in Xland is", "SEVERE")
        assert outcome("html", page(body), pattern=PATTERN, select=None) == "no-level"


PAGES = {
    "no element": page("<p>SEVERE</p>"),
    "two elements": page("<p id=level>SEVERE</p><p id=level>SEVERE</p>"),
    "an empty element": page("<p id=level></p>SEVERE"),
    "more words": page("<p id=level>The level is SEVERE</p>"),
    "a negation": page("<p id=level>Not SEVERE</p>"),
    "two levels": page("<p id=level>LOW SEVERE</p>"),
    "two lines": page("<div id=level><p>LOW</p><p>SEVERE</p></div>"),
    "deleted": page("<p id=level><del>SEVERE</del></p>"),
    "one deleted": page("<p id=level><del>LOW</del>SEVERE</p>"),
    "hidden": page("<p id=level hidden>SEVERE</p>"),
    "hidden around": page("<div style='display: none'><p id=level>SEVERE</p></div>"),
    "hidden by a class": page("<div class='sr-only'><p id=level>SEVERE</p></div>"),
    "hidden inside": page("<p id=level><span hidden>SEVERE</span></p>"),
    "a comment": page("<p id=level><!-- SEVERE --></p>"),
    "a script": page("<p id=level><script>SEVERE</script></p>"),
    "a template": page("<template><p id=level>SEVERE</p></template>"),
    "an attribute": page("<p id=level title=SEVERE></p>"),
    "an image": page("<p id=level><img alt=SEVERE></p>"),
    "a text field": page("<p id=level><input value=SEVERE></p>"),
    "a choice": page("<p id=level><select><option>LOW<option>SEVERE</select></p>"),
    "a look-alike": page("<p id=level>S\u0415VERE</p>"),
    "a number": page("<p id=level>4</p>"),
    "a placeholder": page("<p id=level>Loading...</p>"),
    "cut": page("<p id=level>SEVERE</p>")[:-9],
    "cut in the middle": "<html><body><p id=level>SEVERE",
    "only a fragment": "<p id=level>SEVERE</p>",
    "plain text": "SEVERE",
    "JSON": '{"level": "SEVERE"}',
    "a feed": rss(rss_item("SEVERE", "SEVERE")).decode(),
    "very deep": page("<div>" * 300 + "<p id=level>SEVERE</p>" + "</div>" * 300),
    "nothing": "",
    "a challenge": page("<h1>Just a moment...</h1>"),
}


@pytest.mark.parametrize("what", PAGES)
def test_a_page_that_was_made_to_break_it_states_nothing(what: str) -> None:
    assert outcome("html", PAGES[what]) not in SCALE


def test_a_page_in_another_encoding_is_refused() -> None:
    assert outcome("html", page("<p id=level>SEVERE</p><p>\u00e9</p>").encode("iso-8859-1")) == "malformed"
    assert outcome("html", page("<p id=level>SEVERE</p>").encode("utf-16")) == "malformed"


def test_the_time_of_the_question_is_what_the_future_is_measured_by() -> None:
    assert outcome("rss", rss(says("SEVERE", date=APRIL)), now=NOW.replace(year=2025)) == "not-actual"

"""MI5's feed: RSS 2.0 with one item that states the national level, and Northern Ireland's.

The title states the national level; the description states it again and then Northern Ireland's. Letter case
and markup of both changed over the years. A sentence that names a level in any other way is a reason to
refuse, not a thing to interpret.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from kiosk.core.model import Problem, Reading, Scale
from kiosk.errors import Refused
from kiosk.formats import uk
from kiosk.formats.ask import Ask
from kiosk.formats.dates import midnight, published_day
from kiosk.formats.html import visible_lines
from kiosk.formats.text import FLAGS, clean, excerpt, level_at, named_levels, sentences, statement_of
from kiosk.formats.xml import parse

_TITLE = re.compile(
    rf"(?:the )?(?:current )?(?:uk |national )*(?:terrorism )?threat level(?: to {uk.WHOLE})?"
    rf"(?: ?[:\u2013-] ?| is ){uk.PLACE}",
    FLAGS,
)
_SUBJECTS: Mapping[str, str] = MappingProxyType({
    uk.NATIONAL: (
        rf"the (?:(?:current |uk |national )+(?:terrorism )?threat level(?: (?:to|for|in) {uk.WHOLE})?"
        rf"|(?:current )?threat(?: level)? (?:to|for|in) {uk.WHOLE})(?: from {uk.ALL_TERRORISM})?"
        rf"|the (?:current )?threat level (?:for|from) {uk.ALL_TERRORISM} (?:to|for|in) {uk.WHOLE}"
    ),
    uk.NORTHERN_IRELAND: uk.NI_SUBJECT,
    # Stated apart until July 2019; an answer to neither question.
    "GB": (
        rf"the (?:current )?(?:threat(?: level)? (?:to|in|for) great britain from {uk.NI_TERRORISM}"
        rf"|threat level (?:for|from) {uk.NI_TERRORISM} in great britain)"
    ),
})  # fmt: skip
_SENTENCES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    area: re.compile(rf"(?:{subject}) is (?!set by ){uk.PLACE}", FLAGS) for area, subject in _SUBJECTS.items()
})  # fmt: skip


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of the area UK or NI; ``changed`` and ``issued`` are the day of ``pubDate``, if readable."""
    uk.check_area(ask.area)
    item, title = _level_item(parse(document))
    found = _described(visible_lines(_text(item, "description")), ask.scale)
    national = _title_level(title, ask.scale)
    if any(level != national for level, _ in found.get(uk.NATIONAL, ())):
        raise Refused(
            Problem.AMBIGUOUS, "The feed's title and description state different levels; read MI5's page."
        )
    if ask.area == uk.NATIONAL:
        level, words = national, title
    else:
        level, words = _agreed(found.get(ask.area, []))
    day = published_day(clean(_text(item, "pubDate")))
    return Reading(level, ask.area, statement_of(words), changed=day, issued=midnight(day))


def _level_item(root: Element) -> tuple[Element, str]:
    """The one item whose title is about the threat level, and that title."""
    if root.tag != "rss":
        raise Refused(Problem.NOT_A_FEED, "This XML is not an RSS feed; check the source's address and format.")
    channels = root.findall("channel")
    if len(channels) != 1:
        raise Refused(Problem.MALFORMED, "The feed has no single channel; open it in a browser.")
    titled = [(item, " ".join(visible_lines(_text(item, "title")))) for item in channels[0].findall("item")]
    found = [(item, title) for item, title in titled if "threat level" in title.lower()]
    if not found:
        raise _no_level("has no item about the threat level")
    if len(found) > 1:
        raise Refused(
            Problem.AMBIGUOUS, "The feed has more than one item about the threat level; read MI5's page."
        )
    return found[0]


def _text(parent: Element, name: str) -> str:
    """The text of the only child of that name; empty where there is none."""
    children = parent.findall(name)
    if len(children) > 1:
        raise Refused(Problem.AMBIGUOUS, f"The feed's item has more than one {name}; read MI5's page.")
    if not children:
        return ""
    if len(children[0]):
        raise Refused(Problem.MALFORMED, f"The {name} in the feed is not plain text; open it in a browser.")
    return children[0].text or ""


def _title_level(title: str, scale: Scale) -> str:
    if found := _TITLE.fullmatch(title):
        return level_at(found["level"], scale)
    if named_levels(title, scale):
        raise Refused(
            Problem.AMBIGUOUS,
            f"The feed's title is “{excerpt(title)}”, which states no level plainly; read MI5's page.",
        )
    raise _no_level("names no level in its title")


def _described(lines: list[str], scale: Scale) -> dict[str, list[tuple[str, str]]]:
    """What the description states: for each area the level and its sentence.

    Raises:
        Refused: a sentence names a level and is none of the known ones.
    """
    stated: dict[str, list[tuple[str, str]]] = {}
    for sentence in (sentence for line in lines for sentence in sentences(line)):
        matches = ((area, pattern.fullmatch(sentence)) for area, pattern in _SENTENCES.items())
        area, match = next(((area, match) for area, match in matches if match), ("", None))
        if match:
            stated.setdefault(area, []).append((level_at(match["level"], scale), sentence))
        elif named_levels(sentence, scale) and not uk.is_definition(sentence, scale):
            raise Refused(
                Problem.AMBIGUOUS, f"The feed says “{excerpt(sentence)}”, which is unclear; read MI5's page."
            )
    return stated


def _agreed(stated: list[tuple[str, str]]) -> tuple[str, str]:
    if not stated:
        raise _no_level("states no level for this area")
    if len({level for level, _ in stated}) > 1:
        raise Refused(Problem.AMBIGUOUS, "The feed states two levels for this area; read MI5's page.")
    return stated[0]


def _no_level(what: str) -> Refused:
    return Refused(Problem.NO_LEVEL, f"The feed {what}; read MI5's page.")

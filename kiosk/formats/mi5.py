"""MI5's feed: RSS 2.0 with one item that states the national level, and Northern Ireland's.

The title states the national level; the description states it again and then Northern Ireland's. Letter case
and markup of both changed over the years. A sentence that names a level in any other way is a reason to
refuse, not a thing to interpret.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.model import Problem, Reading, Scale
from kiosk.errors import Refused
from kiosk.formats import uk
from kiosk.formats.ask import Ask
from kiosk.formats.circumstances import check_certain, check_earnest, names_another_country
from kiosk.formats.dates import midnight, published_day
from kiosk.formats.html import visible_lines
from kiosk.formats.moves import MOVED, check_move
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
_MOVE = rf"has (?:now |today )?been (?P<move>{MOVED})(?: from (?P<previous>[^\s,.;:?!]+),?)? to "
_SENTENCES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    area: re.compile(rf"(?:{subject}) (?:is (?!set by )(?:currently )?|{_MOVE}){uk.PLACE}", FLAGS)
    for area, subject in _SUBJECTS.items()
})  # fmt: skip


# A feed of another area or of another country can have the same title; its channel then says so.
_CHANNEL = re.compile(
    r"(?:the )?(?:current )?(?:mi5 |uk |united kingdom |national )*(?:terrorism )?threat levels?"
    rf"(?: to {uk.WHOLE})?",
    FLAGS,
)
_WHOLE = re.compile(r"\b(?:uk|united kingdom|national)\b", FLAGS)
_PART = re.compile(r"\b(?:northern ireland|great britain|england|scotland|wales)\b", FLAGS)


class _Stated(Struct, frozen=True):
    """What one sentence states of its area."""

    level: str
    previous: str | None
    words: str


def decode(document: bytes, ask: Ask) -> Reading:
    """The level of the area UK or NI; ``changed`` and ``issued`` are the day of ``pubDate``, if readable."""
    uk.check_area(ask.area)
    channel = _channel(parse(document))
    item, title = _level_item(channel)
    lines = visible_lines(_text(item, "description"))
    named = [" ".join(visible_lines(_text(channel, name))) for name in ("title", "description")]
    check_earnest("\n".join((*named, title, *lines)))
    found, others = _described(lines, ask.scale)
    national = _Stated(_title_level(title, ask.scale), None, title)
    if any(stated.level != national.level for stated in found.get(uk.NATIONAL, ())):
        raise Refused(
            Problem.AMBIGUOUS, "The feed's title and description state different levels; read MI5's page."
        )
    check_certain("\n".join(others))
    _check_channel(named, title, found, ask.area)
    stated = _agreed(
        [national, *found.get(uk.NATIONAL, ())] if ask.area == uk.NATIONAL else found.get(ask.area, [])
    )
    day = published_day(clean(_text(item, "pubDate")))
    return Reading(
        stated.level, ask.area, statement_of(stated.words), stated.previous, changed=day, issued=midnight(day)
    )


def _channel(root: Element) -> Element:
    if root.tag != "rss":
        raise Refused(Problem.NOT_A_FEED, "This XML is not an RSS feed; check the source's address and format.")
    channels = root.findall("channel")
    if len(channels) != 1:
        raise Refused(Problem.MALFORMED, "The feed has no single channel; open it in a browser.")
    return channels[0]


def _level_item(channel: Element) -> tuple[Element, str]:
    """The one item whose title is about the threat level, and that title."""
    titled = [(item, " ".join(visible_lines(_text(item, "title")))) for item in channel.findall("item")]
    found = [(item, title) for item, title in titled if "threat level" in title.lower()]
    if not found:
        raise _no_level("has no item about the threat level")
    if len(found) > 1:
        raise Refused(
            Problem.AMBIGUOUS, "The feed has more than one item about the threat level; read MI5's page."
        )
    return found[0]


def _check_channel(named: list[str], title: str, found: Mapping[str, list[_Stated]], area: str) -> None:
    """Refuses a channel about something else than the UK's level, as far as its title and description tell."""
    text = "\n".join(named)
    partial = area == uk.NATIONAL and _PART.search(text) and not _WHOLE.search(text)
    if partial or names_another_country(text):
        raise _no_level("is about another area or country")
    if area != uk.NATIONAL or found.get(uk.NATIONAL) or _WHOLE.search(title):
        return
    known = any(named) and all(_CHANNEL.fullmatch(name.strip().rstrip(".")) for name in named if name.strip())
    if not known or (found and not _WHOLE.search(text)):
        raise _no_level("doesn't say that its level is the UK's")


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


def _described(lines: list[str], scale: Scale) -> tuple[dict[str, list[_Stated]], list[str]]:
    """What the description states of each area, and its other sentences.

    Raises:
        Refused: a sentence names a level and is none of the known ones.
    """
    stated: dict[str, list[_Stated]] = {}
    others: list[str] = []
    for sentence in (sentence for line in lines for sentence in sentences(line)):
        matches = ((area, pattern.fullmatch(sentence)) for area, pattern in _SENTENCES.items())
        area, match = next(((area, match) for area, match in matches if match), ("", None))
        if match:
            stated.setdefault(area, []).append(_statement(match, scale))
        elif named_levels(sentence, scale) and not uk.is_definition(sentence, scale):
            raise Refused(
                Problem.AMBIGUOUS, f"The feed says “{excerpt(sentence)}”, which is unclear; read MI5's page."
            )
        else:
            others.append(sentence)
    return stated, others


def _statement(match: re.Match[str], scale: Scale) -> _Stated:
    level = level_at(match["level"], scale)
    previous = level_at(match["previous"], scale) if match["previous"] else None
    if match["move"]:
        check_move(match["move"], previous, level, scale, match[0])
    return _Stated(level, previous, match[0])


def _agreed(stated: list[_Stated]) -> _Stated:
    """The first of the statements about one area, with the level before where any tells it."""
    if not stated:
        raise _no_level("states no level for this area")
    previous = {one.previous for one in stated if one.previous}
    if len({one.level for one in stated}) > 1 or len(previous) > 1:
        raise Refused(Problem.AMBIGUOUS, "The feed states two levels for this area; read MI5's page.")
    return replace(stated[0], previous=next(iter(previous), None))


def _no_level(what: str) -> Refused:
    return Refused(Problem.NO_LEVEL, f"The feed {what}; read MI5's page.")

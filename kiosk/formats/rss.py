"""Any RSS 2.0 or Atom feed: the newest item with a sentence that fits the configured pattern.

Read by our own strict XML reader and not by feedparser: that one repairs what is broken and guesses dates, which
serves people who read news. A feed that is cut off or ambiguous must state nothing here.

A feed holds old news beside new. So the items' dates decide, and an item that is newer than the one with the
statement and names a level in another way is a reason to refuse: it may be the change.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from msgspec import Struct

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.circumstances import check_earnest
from kiosk.formats.dates import midnight, published_day
from kiosk.formats.html import visible_lines
from kiosk.formats.patterns import stated
from kiosk.formats.text import clean, excerpt, named_levels, statement_of
from kiosk.formats.words import level_of
from kiosk.formats.xml import parse

_ATOM = "{http://www.w3.org/2005/Atom}"
_AHEAD = timedelta(minutes=2)  # of a publisher's clock before ours


class _Item(Struct, frozen=True):
    """One item: its lines of visible text, and what its sentences state as (level's word, sentence)."""

    lines: tuple[str, ...]
    found: tuple[tuple[str, str], ...]
    published: datetime | None


def decode(document: bytes, ask: Ask) -> Reading:
    """The level in the newest item whose sentence fits; ``changed`` and ``issued`` are its date, if it has one."""
    root = parse(document)
    if ask.pattern is None:
        raise Refused(Problem.NO_LEVEL, "The source has no “pattern”; add the sentence that states the level.")
    items = [_item(element, ask.pattern) for element in _elements(root)]
    stating = [item for item in items if item.found]
    if not stating:
        raise Refused(Problem.NO_LEVEL, "No item of the feed has a sentence that fits “pattern”; read the feed.")
    newest = _newest(stating)
    chosen = newest[0]
    for item in newest:
        check_earnest("\n".join(item.lines))
    levels = {level_of(words, ask) for item in newest for words, _ in item.found}
    if len(levels) > 1:
        raise Refused(Problem.AMBIGUOUS, "The feed states two levels at the same time; read the feed.")
    if chosen.published and chosen.published > ask.now + _AHEAD:
        raise Refused(Problem.NOT_ACTUAL, "The item is dated in the future; check this machine's clock.")
    _check_newer([item for item in items if not item.found], chosen, ask)
    published = chosen.published
    return Reading(
        levels.pop(),
        ask.area,
        statement_of(chosen.found[0][1]),
        changed=published.date() if published else None,
        issued=published,
    )


def _elements(root: Element) -> list[Element]:
    if root.tag == "rss" and len(root.findall("channel")) == 1:
        return root.findall("channel/item")
    if root.tag == f"{_ATOM}feed":
        return root.findall(f"{_ATOM}entry")
    raise Refused(Problem.NOT_A_FEED, "This XML is no RSS or Atom feed; check the source's address and format.")


def _item(element: Element, pattern: str) -> _Item:
    texts = ("title", "description", f"{_ATOM}title", f"{_ATOM}summary", f"{_ATOM}content")
    lines = [line for name in texts for child in element.findall(name) for line in _lines(child)]
    dates = ("pubDate", f"{_ATOM}updated", f"{_ATOM}published")
    written = [clean(child.text or "") for name in dates for child in element.findall(name)]
    return _Item(tuple(lines), tuple(stated(pattern, lines)), _moment(written[0]) if written else None)


def _lines(element: Element) -> list[str]:
    """The visible text; that of XHTML without its markup, where no sentence is told from the next."""
    return [clean(" ".join(element.itertext()))] if len(element) else visible_lines(element.text or "")


def _moment(text: str) -> datetime | None:
    """A date of RSS or Atom; the day alone where the rest of it can't be read, None where that can't either."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            if moment.tzinfo:
                return moment.astimezone(UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return midnight(published_day(text))


def _newest(stating: list[_Item]) -> list[_Item]:
    """The items of the latest date; all of them where one has no date."""
    dates = [item.published for item in stating if item.published]
    if len(dates) < len(stating):
        return stating
    latest = max(dates)
    return [item for item in stating if item.published == latest]


def _check_newer(others: list[_Item], chosen: _Item, ask: Ask) -> None:
    for item in others:
        if chosen.published and item.published and item.published < chosen.published:
            continue
        if sentence := next((line for line in item.lines if named_levels(line, ask.scale)), None):
            raise Refused(
                Problem.AMBIGUOUS,
                f"Another item of the feed says “{excerpt(sentence)}”, so the level is not certain.",
            )

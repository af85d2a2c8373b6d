"""A page for people: the level is the whole text of one element, or stands in a sentence that fits a pattern.

The page is read as browsers read it, and what is not seen is not read: hidden elements, scripts, quotations and
deleted text (``kiosk.formats.html``). A page that is cut off states nothing, so its end has to be there.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kiosk.core.model import Problem, Reading
from kiosk.errors import Refused
from kiosk.formats.ask import Ask
from kiosk.formats.html import is_hidden, visible_lines
from kiosk.formats.patterns import stated
from kiosk.formats.text import decoded, excerpt, statement_of
from kiosk.formats.words import level_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SECTIONS = frozenset(("main", "body", "header", "footer", "nav", "aside", "figure", "figcaption"))
_MOST_DEEP = 200  # elements around another


def decode(document: bytes, ask: Ask) -> Reading:
    """The level in ``ask.select`` or ``ask.pattern``; a page tells no date that could be relied on."""
    text = decoded(document)
    if not text.rstrip().lower().endswith("</html>"):
        raise Refused(Problem.MALFORMED, "The page is cut off, or is no page; open the address in a browser.")
    lines = [line for line in visible_lines(_element(_parser(text), ask.select), _SECTIONS) if line]
    if ask.pattern is None:
        if ask.select is None:
            raise Refused(Problem.NO_LEVEL, "The source has no “select” and no “pattern”; add one of them.")
        words = " ".join(lines)
        return Reading(level_of(words, ask), ask.area, statement_of(words))
    found = stated(ask.pattern, lines)
    levels = {level_of(words, ask) for words, _ in found}
    if not levels:
        raise Refused(Problem.NO_LEVEL, "The page has no sentence that fits “pattern”; open it in a browser.")
    if len(levels) > 1:
        raise Refused(Problem.AMBIGUOUS, "The page states two levels; add “select” for the place that counts.")
    return Reading(levels.pop(), ask.area, statement_of(found[0][1]))


def check_selector(selector: str) -> str | None:
    """A sentence that says why the CSS selector can't be used, or None if it can."""
    try:
        _parser("<p>x</p>").css(selector)
    except Exception:  # noqa: BLE001 - the library's own class is private, and any failure means the same
        return f"“{excerpt(selector)}” is not a CSS selector; write one such as “#threat-level .value”."
    return None


def _parser(text: str) -> "LexborHTMLParser":
    from selectolax.lexbor import LexborHTMLParser  # a library in C that most kiosks never need

    return LexborHTMLParser(text)


def _element(page: "LexborHTMLParser", selector: str | None) -> str:
    """The markup of the one element that is selected, without scripts; of the whole body without a selector."""
    page.strip_tags(["script", "style", "noscript", "template", "svg", "iframe"])
    found = page.css(selector or "body")
    if not found:
        raise Refused(Problem.NO_LEVEL, "The page has no element that “select” finds; open it in a browser.")
    if len(found) > 1:
        raise Refused(Problem.AMBIGUOUS, "The page has several elements that “select” finds; make it more exact.")
    if any(is_hidden(_attributes(node)) for node in _around(found[0])):
        raise Refused(Problem.NO_LEVEL, "The element that “select” finds is hidden on the page; choose another.")
    return found[0].html or ""


def _around(node: "LexborNode | None") -> Iterator["LexborNode"]:
    for _ in range(_MOST_DEEP):
        if node is None:
            return
        yield node
        node = node.parent
    raise Refused(Problem.MALFORMED, "The page is nested too deep; open it in a browser.")


def _attributes(node: "LexborNode") -> str:
    return " ".join(f'{name}="{value or ""}"' for name, value in (node.attributes or {}).items())

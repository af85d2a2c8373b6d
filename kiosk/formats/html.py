"""The text of a small piece of HTML, and whether a document is a web page.

What is not understood is not read: elements outside two short lists (deleted text, quotations, scripts) and
hidden ones leave one OBJECT REPLACEMENT CHARACTER behind, so that no sentence is read across them.
"""

import html
import re

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.text import clean, opening

_UNREAD = "\N{OBJECT REPLACEMENT CHARACTER}"
_INLINE = frozenset(("a", "abbr", "b", "em", "font", "i", "small", "span", "strong", "u"))
_BLOCK = frozenset(
    (
        *("address", "article", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("li", "ol", "p", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    )
)
# A line break inside a paragraph does not end a sentence.
_VOID = {"br": " ", "hr": "\n", "wbr": ""}
_OTHER_VOID = frozenset(("area", "base", "col", "embed", "img", "input", "link", "meta", "source", "track"))

_TOKEN = re.compile(
    r"""<!--(?P<comment>.*?)-->
    | <(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)(?P<attributes>[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*)>
    | (?P<text>[^<]++)
    | (?P<stray><)""",
    re.DOTALL | re.VERBOSE,
)
_HIDDEN = re.compile(
    r"hidden|display\s*:|display-none|sr-only|print-only|visibility\s*:|opacity\s*:|font-size\s*:", re.IGNORECASE
)

_COMMENT = re.compile(rb"<!--.*?-->\s*", re.DOTALL)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|title|meta|script|style|center|h1|p|div)\b)", re.IGNORECASE
)
_PROXY_ERROR = re.compile(rb"error code: \d{3,4}\s*$", re.IGNORECASE)


def is_page(document: bytes) -> bool:
    """Whether this is a page for people (a challenge, a login, an error) in place of a document.

    A content delivery network's bare "error code: 1022" is one, too.
    """
    start = opening(document)
    # One by one: possessive groups, which would do it in one pattern, are wrong in Python before 3.11.5.
    position = 0
    while comment := _COMMENT.match(start, position):
        position = comment.end()
    return bool(_PAGE.match(start, position) or _PROXY_ERROR.match(start))


def not_a_feed(wanted: str) -> Refused:
    """The refusal of a page where a document was wanted."""
    return Refused(
        Problem.NOT_A_FEED,
        f"Something else came instead of {wanted}, such as a web page; open the address in a browser.",
    )


def visible_lines(markup: str, sections: frozenset[str] = frozenset()) -> list[str]:
    """The visible text, cleaned: one line for each block element; ``sections`` are more names of such.

    Raises:
        Refused: malformed where a "<" begins neither a tag nor a comment.
    """
    pieces: list[str] = []
    skipped, depth = "", 0
    for token in _TOKEN.finditer(markup):
        if token["stray"]:
            raise Refused(Problem.MALFORMED, "The document's HTML is broken; look at the source in a browser.")
        name = (token["name"] or "").lower()
        if skipped:
            depth += (name == skipped) * (-1 if token["end"] else 1)
            skipped = skipped if depth else ""
        elif token["text"]:
            pieces.append(html.unescape(token["text"]).replace("\n", " "))
        elif name and not token["end"] and _is_unread(name, token["attributes"], sections):
            pieces.append(_UNREAD)
            skipped, depth = name, 1
        elif name:
            pieces.append("\n" if name in sections else _between(name))
    return [clean(line) for line in "".join(pieces).split("\n")]


def _is_unread(name: str, attributes: str, sections: frozenset[str]) -> bool:
    if name in _VOID or name in _OTHER_VOID:
        return False
    return name not in _INLINE | _BLOCK | sections or is_hidden(attributes)


def is_hidden(attributes: str) -> bool:
    """Whether an element's attributes, as written, may keep it from being seen."""
    return bool(_HIDDEN.search(attributes))


def _between(name: str) -> str:
    """What a tag puts between the words around it."""
    if name in _INLINE:
        return ""
    return "\n" if name in _BLOCK else _VOID.get(name, _UNREAD)

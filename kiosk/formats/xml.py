"""One safe way to parse XML: no DOCTYPE, XML 1.0 only, few encodings, bounded size, depth and count.

Without a DOCTYPE there are no entities to expand and nothing outside to fetch. The document is parsed in one
call: feeding it in pieces makes old expat quadratic (CVE-2023-52425).
"""

from codecs import BOM_UTF8
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from kiosk.core.model import Problem
from kiosk.errors import Refused
from kiosk.formats.html import is_page, not_a_feed
from kiosk.formats.text import check_size, opening

MAX_DEPTH = 32
MAX_ELEMENTS = 20_000
MAX_ATTRIBUTES = 64
# Those that expat reads itself. For any other it would ask Python's codecs, by a name that the document
# chose, and that ends in ValueError ("multi-byte encodings are not supported") or LookupError.
ENCODINGS = frozenset(("utf-8", "utf-16", "iso-8859-1", "us-ascii"))


def parse(document: bytes) -> Element:
    """The root element; names carry their namespace as ``{uri}name``, comments are dropped.

    Raises:
        Refused: too-big, not-a-feed for a web page or no XML at all, malformed for everything else.
    """
    check_size(document)
    if is_page(document):
        raise not_a_feed("the XML feed")
    builder = _Builder()
    try:
        return builder.parse(document)
    except expat.ExpatError:
        start = opening(document)
        if start and not start.startswith(b"<"):
            raise not_a_feed("the XML feed") from None
        raise _malformed("is cut off or broken") from None


class _Builder:
    """Builds the tree while counting, and stops at the first thing that is not allowed."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._depth = 0
        self._elements = 0
        self._marked = False

    def parse(self, document: bytes) -> Element:
        self._marked = document.startswith(BOM_UTF8)
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._tree.data
        parser.Parse(document, True)
        return self._tree.close()

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            raise _malformed("is not XML 1.0")
        if encoding and encoding.lower() not in ({"utf-8"} if self._marked else ENCODINGS):
            raise _malformed("has an encoding that is not accepted")

    def _doctype(self, name: str, *_: object) -> None:
        if name.lower() == "html":
            raise not_a_feed("the XML feed")
        raise _malformed("carries a DOCTYPE, which is not accepted")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH or self._elements > MAX_ELEMENTS or len(attributes) > MAX_ATTRIBUTES:
            raise _malformed("is nested too deep or has too many parts")
        self._tree.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._tree.end(_qualified(name))


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _malformed(what: str) -> Refused:
    return Refused(Problem.MALFORMED, f"The XML {what}; open the source's address in a browser.")

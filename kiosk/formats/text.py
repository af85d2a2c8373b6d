"""Plain text of documents: cleaned lines, sentences, and the strict recognition of a level's word."""

import re
import unicodedata

from kiosk.core.model import Problem, Scale
from kiosk.errors import Refused

LIMIT = 1024 * 1024
"""Most bytes of a document; a state of the threat is told in far less."""

STATEMENT_LENGTH = 200
"""Most characters of ``Reading.statement``."""

_EXCERPT_LENGTH = 40

# ASCII keeps look-alikes out: the long s (U+017F) is no "s", and digits of other scripts are no digits.
FLAGS = re.IGNORECASE | re.ASCII

_SENTENCE = re.compile(r"\S.*?(?:[.!?][\"\u201d\u2019')\]]*+(?=\s|$)|$)")


def clean(text: str) -> str:
    """One line without control, format and bidi characters; every kind of space is one plain space.

    Characters that have no agreed shape (private, unassigned) become U+FFFD, so that they separate what
    they separated before.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_visible, text))
    return " ".join(text.split())


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    return "\N{REPLACEMENT CHARACTER}" if category in {"Co", "Cn"} else character


def statement_of(text: str) -> str:
    """The text as ``Reading.statement`` holds it: cleaned and cut at the bound."""
    return _cut(clean(text), STATEMENT_LENGTH)


def excerpt(text: str) -> str:
    """A few of a document's words, for a message to a person."""
    return _cut(clean(text), _EXCERPT_LENGTH)


def _cut(line: str, length: int) -> str:
    return line if len(line) <= length else line[: length - 1] + "…"


def sentences(line: str) -> list[str]:
    """The sentences of one cleaned line, each with its full stop and its closing quotation marks."""
    return _SENTENCE.findall(line)


def decoded(document: bytes) -> str:
    """The document as UTF-8 text, without a byte order mark.

    Raises:
        Refused: too-big, or malformed where it is not UTF-8 or is empty.
    """
    check_size(document)
    try:
        text = document.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Problem.MALFORMED, "The document is not UTF-8 text; ask the publisher for UTF-8.") from None
    if not text.strip():
        raise Refused(Problem.MALFORMED, "The document is empty; look at the source in a browser.")
    return text


def opening(document: bytes) -> bytes:
    """The first bytes that mean something, to recognise what kind of document it is.

    Byte order marks, leading space and the zero bytes of UTF-16 are left out.
    """
    return document[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def check_size(document: bytes) -> None:
    """Refuses what no publisher of a level would send."""
    if len(document) > LIMIT:
        raise Refused(Problem.TOO_BIG, f"The document is longer than {LIMIT} bytes; check the source's address.")


def named_levels(text: str, scale: Scale) -> list[str]:
    """Every word of the scale in the text, in order: more than is stated, so only good for doubting."""
    words = "|".join(map(re.escape, scale.levels))
    return [found.upper() for found in re.findall(rf"\b(?:{words})\b", text, FLAGS)]


def level_at(place: str, scale: Scale) -> str:
    """The level that stands in its place of a sentence, and nothing beside it.

    Only ASCII letters change their case, so a word with look-alike letters stays an unknown word.

    Raises:
        Refused: ambiguous where a level has company ("not SEVERE"), unknown-level for any other word.
    """
    level = place.upper() if place.isascii() else place
    if level in scale:
        return level
    named = named_levels(place, scale)
    if len(set(named)) > 1 or (named and " " in place):
        raise Refused(
            Problem.AMBIGUOUS,
            f"Where the level belongs, the document says “{excerpt(place)}”; read the source yourself.",
        )
    raise Refused(
        Problem.UNKNOWN_LEVEL,
        f"The document names the level “{excerpt(place)}”, which is not on this scale; "
        "check the profile and the source.",
    )

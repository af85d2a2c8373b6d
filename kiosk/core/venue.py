"""What the venue itself puts on the screen: name and logo, a notice, a contact, where the QR code leads."""

from collections.abc import Mapping
from typing import TypeVar

from msgspec import Struct, field

_T = TypeVar("_T")

Spoken = Mapping[str, _T]
"""Something for each language; under "" what holds in every language that has none of its own."""


class OwnContact(Struct, frozen=True):
    """Whom to call in the house, such as the security desk."""

    label: Spoken[str]
    number: str


class OwnCode(Struct, frozen=True):
    """An address in the QR code, and what stands under it."""

    label: Spoken[str]
    url: str


class Venue(Struct, frozen=True):
    """All of it is optional, plain text, cleaned and bounded when the configuration was read.

    Attributes:
        notice: a few lines, told as the venue's own beside the authority's guidance.
        logo: the absolute path of a PNG or SVG.
    """

    place: str = ""
    notice: Spoken[tuple[str, ...]] = field(default_factory=dict)
    contact: OwnContact | None = None
    code: OwnCode | None = None
    logo: str | None = None


def spoken(texts: Spoken[_T], language: str, default: _T) -> _T:
    """What is said in a language."""
    return texts.get(language, texts.get("", default))

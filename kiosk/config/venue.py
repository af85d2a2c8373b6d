"""The [venue] table: whether its entries fit together, and what they make."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.core.venue import OwnCode, OwnContact, Spoken, Venue

_SPOKEN = ("notice", "contact", "qr_label")
_PAIRS = (("contact", "contact_number"), ("qr", "qr_label"))
# Most venues name neither; what is compiled here is paid for at each start.
_NUMBER = r"[+(]?[0-9][0-9 ()/.*#-]*"
_ADDRESS = r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[!-~]*)?"


def venue_mistakes(entries: Mapping[str, Any], languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The entry at fault and a sentence, for each thing in the table that can't work."""
    for one, other in _PAIRS:
        if bool(entries[one]) != bool(entries[other]):
            missing, present = (other, one) if entries[one] else (one, other)
            yield present, f"{present} needs {missing} beside it."
    for key in _SPOKEN:
        texts = entries[key] or {}
        lacking = [language for language in languages if texts and not texts.get(language, texts.get(""))]
        if lacking:
            yield key, f"{key} says nothing in {', '.join(lacking)}, which the screen speaks; add it."
    number = entries["contact_number"]
    if number and not re.fullmatch(_NUMBER, number):
        yield "contact_number", f'contact_number = "{number}" is no telephone number; write digits and spaces.'
    address = entries["qr"]
    if address and not re.fullmatch(_ADDRESS, address):
        yield "qr", f'qr = "{address}" is no https address in plain letters.'


def venue_of(entries: Mapping[str, Any], place: str, folder: Path | None) -> Venue:
    """What the checked entries make; paths are taken from the folder of the configuration."""
    number, address, logo = entries["contact_number"], entries["qr"], entries["logo"]
    return Venue(
        place=place,
        notice=entries["notice"] or {},
        contact=OwnContact(_lines_joined(entries["contact"]), number) if number else None,
        code=OwnCode(_lines_joined(entries["qr_label"]), address) if address else None,
        logo=str(((folder or Path()) / logo).absolute()) if logo else None,
    )


def _lines_joined(texts: Spoken[tuple[str, ...]]) -> Spoken[str]:
    return {language: " ".join(lines) for language, lines in texts.items()}

"""Every word, colour and number of one picture; the window draws this and decides nothing."""

from dataclasses import dataclass
from enum import StrEnum


class Pattern(StrEnum):
    """What lies over the banner's colour, so that a state is told apart without colour."""

    PLAIN = "plain"
    HATCHED = "hatched"
    EXERCISE = "exercise"


class Sign(StrEnum):
    """The shape at the start of the footer."""

    CONFIRMED = "confirmed"
    WARNING = "warning"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as ``#rrggbb``; each ink has 7:1 or better on its background.

    Attributes:
        banner, banner_ink: behind and of the level.
        accent: the small squares before the guidance; 3:1 on the page.
        footer, footer_ink: the strip that tells the age.
        strip, strip_ink: the strip above the banner, where there is one.
    """

    banner: str
    banner_ink: str
    accent: str
    footer: str
    footer_ink: str
    strip: str
    strip_ink: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder; ``reached`` is filled, ``current`` is the level itself."""

    label: str
    reached: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach someone; a ``link`` is drawn smaller than a telephone number."""

    label: str
    number: str
    link: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """One picture in one language.

    Attributes:
        language: of every text but the place.
        strip: over the banner: an exercise, a demonstration, who set the level; None in everyday states.
        strip_end: at the far end of that strip ("Ends 15:00").
        heading: what the level is about ("UK terrorism threat level").
        lead: a line directly above the level ("Last known level"), None in most states.
        level: the largest word: the level, or that there is none.
        is_level: whether ``level`` names one; where it does not, the words may wrap.
        meaning: one sentence below the level.
        change: "Raised from Substantial, 15 November 2021"; None where nothing is known of it.
        rising: the arrow before ``change``: True up, False down, None without one.
        ladder: lowest step first.
        guidance_heading, guidance: what a visitor should do; lines may be given up from the end.
        contacts: hotlines and links, most urgent first.
        qr: the address in the QR code, None without one.
        qr_label: what the code opens, for assistive technology and under the code.
        sign, age: the footer's start: how old the statement is.
        origin: the footer's end: who set the level, and who told us.
        marks: full sentences for what is wrong (sources disagree, clock, cannot save, fault).
        watermark: a word repeated over the whole picture; None in earnest.
        summary: the whole picture in one sentence, for assistive technology.
    """

    language: str
    colours: Colours
    pattern: Pattern
    strip: str | None
    strip_end: str | None
    place: str
    clock: str
    heading: str
    lead: str | None
    level: str
    is_level: bool
    meaning: str
    change: str | None
    rising: bool | None
    ladder: tuple[Step, ...]
    guidance_heading: str
    guidance: tuple[str, ...]
    contacts: tuple[Contact, ...]
    qr: str | None
    qr_label: str
    sign: Sign
    age: str
    origin: str
    marks: tuple[str, ...]
    watermark: str | None
    summary: str

"""Every word, colour and number of a picture, in every language; the window draws this and decides nothing."""

from enum import StrEnum

from msgspec import Struct


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


class Colours(Struct, frozen=True):
    """Colours as ``#rrggbb``; each ink has 7:1 or better on its background.

    Attributes:
        banner, banner_ink: behind and of the level.
        accent: the small squares before the guidance; 3:1 on the page.
        footer, footer_ink: the strip that tells the age.
        strip, strip_ink: the strip above the banner, where there is one.
        page, page_ink, page_quiet_ink: of guidance and contacts; the quiet ink is that of labels.
        page_rule: the thin lines on the page.
        paper: the light modules of the QR code.
    """

    banner: str
    banner_ink: str
    accent: str
    footer: str
    footer_ink: str
    strip: str
    strip_ink: str
    page: str
    page_ink: str
    page_quiet_ink: str
    page_rule: str
    paper: str


class Step(Struct, frozen=True):
    """One step of the ladder; ``reached`` is filled, ``current`` is the level itself."""

    label: str
    reached: bool
    current: bool


class Contact(Struct, frozen=True):
    """A way to reach someone; a ``link`` is drawn smaller than a telephone number."""

    label: str
    number: str
    link: bool


class Screen(Struct, frozen=True):
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
        notice: the venue's own lines; they may be given up too.
        contacts: hotlines and links, most urgent first.
        qr: the address in the QR code, None without one.
        qr_label: what the code opens, for assistive technology and under the code.
        sign, age: the footer's start: how old the statement is.
        origin: the footer's end: who set the level, and who told us.
        marks: full sentences for what is wrong (sources disagree, clock, cannot save, fault).
        watermark: a word repeated over the whole picture; None in earnest.
        summary: the whole picture in one sentence, for assistive technology.
        right_to_left: whether the language is written so, which mirrors the whole composition.
        logo: the venue's own picture, a file; None without one.
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
    notice: tuple[str, ...]
    contacts: tuple[Contact, ...]
    qr: str | None
    qr_label: str
    sign: Sign
    age: str
    origin: str
    marks: tuple[str, ...]
    watermark: str | None
    summary: str
    right_to_left: bool = False
    logo: str | None = None


class Scene(Struct, frozen=True):
    """What is to be on the wall: one display told in every language of the venue.

    Attributes:
        screens: the same picture in each language, in reading order, at least one.
        turn: the index of the screen that is due where not all can be shown together.
        step: where the whole composition stands within its margin, counted up every few minutes, so that nothing
            burns in.
    """

    screens: tuple[Screen, ...]
    turn: int = 0
    step: int = 0

    @property
    def due(self) -> Screen:
        """The screen whose turn it is."""
        return self.screens[self.turn]

    @property
    def summary(self) -> str:
        """The picture in one sentence for each language, for assistive technology."""
        return " ".join(screen.summary for screen in self.screens)

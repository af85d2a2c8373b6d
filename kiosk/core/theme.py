"""The screen's own colours by day and by night, and what the night makes of a level's.

Night is no veil over the picture: a veil takes contrast from every text. By night the page turns dark, whites turn
grey, and a level's colour sinks only as far as its text keeps 7:1, so that it is the same colour to every eye.
"""

from dataclasses import dataclass, replace

from kiosk.core.model import Display, StateName
from kiosk.core.palette import SIGN_CONTRAST, TEXT_CONTRAST, contrast, luminance, mix
from kiosk.core.profile import Look, Profile
from kiosk.core.screen import Colours

_MARGIN = 0.15
_STEPS = 200
_DEEPEST = 0.5  # the share of black beyond which yellow is no longer yellow


@dataclass(frozen=True, slots=True)
class Theme:
    """Everything that is coloured but the levels; pairs are background and ink, all ``#rrggbb``.

    Attributes:
        page: background, ink, ink of labels, and thin lines of the page.
        paper: the light modules of a QR code.
        confirmed, warning: the footer in the state live, and in every other.
        strip: above the banner, and the marks.
        neutral: a banner without a level's colour.
    """

    page: tuple[str, str, str, str]
    paper: str
    confirmed: tuple[str, str]
    warning: tuple[str, str]
    strip: tuple[str, str]
    neutral: tuple[str, str]


DAY = Theme(
    page=("#ffffff", "#0b0c0c", "#32373b", "#858d93"),
    paper="#ffffff",
    confirmed=("#f0f2f3", "#0b0c0c"),
    warning=("#0b0c0c", "#ffe14d"),
    strip=("#0b0c0c", "#ffffff"),
    neutral=("#2b3236", "#ffffff"),
)

NIGHT = Theme(
    page=("#15191c", "#c5cacd", "#b4babe", "#6d767c"),
    paper="#c5cacd",
    confirmed=("#23292d", "#c5cacd"),
    warning=("#0b0c0c", "#cdb23a"),
    strip=("#0b0c0c", "#c5cacd"),
    neutral=("#2b3236", "#d4d8da"),
)


def colours(display: Display, profile: Profile, *, night: bool) -> Colours:
    """The level's colours while they may be believed; neutral ones for a last known level and for none."""
    theme = NIGHT if night else DAY
    page, page_ink, page_quiet_ink, page_rule = theme.page
    banner, ink = theme.neutral
    accent = page_quiet_ink
    if display.level and display.state is not StateName.LAST_KNOWN:
        look = profile.looks[display.level]
        look = by_night(look) if night else look
        banner, ink, accent = look.colour, look.ink, look.accent
    footer, footer_ink = theme.confirmed if display.state is StateName.LIVE else theme.warning
    strip, strip_ink = theme.strip
    return Colours(
        banner,
        ink,
        accent,
        footer,
        footer_ink,
        strip,
        strip_ink,
        page,
        page_ink,
        page_quiet_ink,
        page_rule,
        theme.paper,
    )


def by_night(look: Look) -> Look:
    """A level's look by night: the colour as deep as a dark ink still reads on it, the accent one that shows."""
    page, ink, *_ = NIGHT.page
    accents = (look.accent, look.colour, ink)
    accent = next(shade for shade in accents if contrast(shade, page) >= SIGN_CONTRAST)
    if luminance(look.ink) > luminance(look.colour):
        return replace(look, accent=accent)
    deeper = look.colour
    for step in range(1, round(_STEPS * _DEEPEST) + 1):
        shade = mix(look.colour, "#000000", step / _STEPS)
        if contrast(shade, look.ink) < TEXT_CONTRAST + _MARGIN:
            break
        deeper = shade
    return replace(look, colour=deeper, accent=accent)

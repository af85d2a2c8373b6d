"""The screen's own colours by day and by night.

Night is no veil over the picture: a veil takes contrast from every text. By night the page and the footer turn
dark and whites turn grey, which is most of the light; a level keeps its colour to the bit. Colours that
colour-blind eyes tell apart by lightness have none to give away: with a twentieth of black in its yellow,
SUBSTANTIAL comes nearer to SEVERE than is allowed.
"""

from msgspec import Struct
from msgspec.structs import replace

from kiosk.core.model import Display, StateName
from kiosk.core.palette import SIGN_CONTRAST, contrast
from kiosk.core.profile import Look, Profile
from kiosk.core.screen import Colours


class Theme(Struct, frozen=True):
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
        look = _by_night(look) if night else look
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


def _by_night(look: Look) -> Look:
    """The accent is the one thing of a level that stands on the page: the first shade that shows on a dark one."""
    page, _, quiet, _ = NIGHT.page
    return replace(
        look,
        accent=next(
            shade for shade in (look.accent, look.colour, quiet) if contrast(shade, page) >= SIGN_CONTRAST
        ),
    )

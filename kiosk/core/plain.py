"""The plain picture of a program that has crashed again and again: whatever may have made it crash is left out."""

from msgspec.structs import replace

from kiosk.core.screen import Screen


def plain(screen: Screen) -> Screen:
    """What the level is about, the level with its sentence, and its age: it says no more and no less for sure.

    What people set or drill stays marked as such, and so do the marks.
    """
    return replace(
        screen,
        place="",
        clock="",
        change=None,
        ladder=(),
        guidance_heading="",
        guidance=(),
        notice=(),
        contacts=(),
        qr=None,
        qr_label="",
        logo=None,
    )

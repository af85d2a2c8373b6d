"""The screens that are connected, as Qt tells them."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QScreen

from kiosk.core.walls import Choice, ScreenReport


def screens() -> list[QScreen]:
    """The screens that are there; Qt invents one without a size while none is."""
    return [screen for screen in QGuiApplication.screens() if not screen.geometry().isEmpty()]


def reports(choice: Choice) -> tuple[ScreenReport, ...]:
    """Every connected screen, for people and programs."""
    return tuple(_report(screen, choice) for screen in screens())


def watch(screen: QScreen, changed: Callable[[], None]) -> None:
    """Have it told when a screen changes its size, its place or its scale."""
    screen.geometryChanged.connect(changed)
    screen.logicalDotsPerInchChanged.connect(changed)


def _report(screen: QScreen, choice: Choice) -> ScreenReport:
    scale, size = screen.devicePixelRatio(), screen.geometry().size()
    return ScreenReport(
        name=screen.name(),
        maker=screen.manufacturer(),
        model=screen.model(),
        width=round(size.width() * scale),
        height=round(size.height() * scale),
        scale=round(scale, 3),
        refresh=round(screen.refreshRate(), 2),
        rotation=choice.rotation(screen.name()),
        used=choice.uses(screen.name()),
    )

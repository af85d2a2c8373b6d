"""Which languages a picture tells at once."""

from msgspec import Struct

from kiosk.core.screen import Scene, Screen

_SIDE_BY_SIDE = 2


class Content(Struct, frozen=True):
    """What one picture tells.

    Attributes:
        screens: told in full, in reading order: one language, or two together.
        levels: whose words for the level stand in the banner, all of one size: where languages take turns, a
            visitor finds the level in his own at any moment.
    """

    screens: tuple[Screen, ...]
    levels: tuple[Screen, ...]

    @property
    def first(self) -> Screen:
        """The screen that lends what is the same in every language: colours, signs, numbers."""
        return self.screens[0]

    @property
    def pairs(self) -> bool:
        """Whether two languages have to find their places, beside or below each other."""
        return len(self.levels) > 1


def together(scene: Scene) -> Content | None:
    """Two languages side by side; None for other numbers, and where they run in different directions."""
    screens = scene.screens
    if len(screens) != _SIDE_BY_SIDE or screens[0].right_to_left is not screens[1].right_to_left:
        return None
    return Content(screens, screens)


def in_turn(scene: Scene, turn: int) -> Content:
    """One language in full, with the level, or that there is none, in the first and, of two, the other as well."""
    due = scene.screens[turn]
    beside = scene.screens if len(scene.screens) == _SIDE_BY_SIDE else scene.screens[:1]
    kept = {screen.level: screen for screen in beside if screen.level != due.level}
    levels = tuple(screen for screen in scene.screens if screen is due or screen in kept.values())
    return Content((due,), levels)

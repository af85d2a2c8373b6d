"""Draws what a test has in hand: a scene, or a single screen as the only language of one."""

from PySide6.QtGui import QImage

from kiosk.core.screen import Scene, Screen
from kiosk.ui import render as real
from kiosk.ui.board import Board


def scene(shown: Scene | Screen) -> Scene:
    return shown if isinstance(shown, Scene) else Scene((shown,))


def board(shown: Scene | Screen, width: int, height: int) -> Board:
    return real.board(scene(shown), width, height)


def render(shown: Scene | Screen, width: int, height: int) -> QImage:
    return real.render(scene(shown), width, height)

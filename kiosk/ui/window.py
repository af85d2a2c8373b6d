"""The window: it covers one screen, and no input does anything to it; of keys it tells, for the exit chord."""

from enum import Enum

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPixmap, QResizeEvent, QScreen, QWindow
from PySide6.QtWidgets import QWidget

from kiosk.core.screen import Scene
from kiosk.core.vitals import Looked
from kiosk.ui.board import Board
from kiosk.ui.fade import Fade
from kiosk.ui.frame import frame
from kiosk.ui.panel import Note, Panel
from kiosk.ui.readback import Readback
from kiosk.ui.rotation import Turned, placed, turned, upright

_SHAPE = QSize(16, 9)
_SHARE = 0.7
"""The part of the free desktop that a windowed kiosk takes."""

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.Shortcut,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletRelease,
        QEvent.Type.NativeGesture,
        QEvent.Type.ContextMenu,
    }
)


class Layer(Enum):
    """What a note over the picture is about; the later lies over the earlier."""

    NUMBER = 1
    REQUEST = 2


class KioskWindow(QWidget):
    """A board over the whole of one screen, or in an ordinary window.

    Args:
        windowed: an ordinary window with a frame.
        still: without the cross-fade on a change of the level.

    Signals:
        closed: a person closed the ordinary window; the full one refuses.
        pressed: the key event of a key that somebody pressed, of which the window itself makes nothing.
    """

    closed = Signal()
    pressed = Signal(object)

    def __init__(self, *, windowed: bool = False, still: bool = False) -> None:
        super().__init__()
        self._windowed = windowed
        self._still = still
        self._leaving = False
        self._painted = False
        self._board = Board(self)
        self._degrees = 0
        self._turned = Turned(self, self._for_display)
        self._fade = Fade(self)
        self._panels = {Layer.NUMBER: Panel(self), Layer.REQUEST: Panel(self)}
        self._notes: dict[Layer, Note] = {}
        self._readback = Readback(self._board)
        self.setWindowTitle("Threat Level Kiosk")
        if not windowed:
            self.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
            self.setCursor(Qt.CursorShape.BlankCursor)

    def show_scene(self, scene: Scene) -> None:
        """Show a picture, softly where it makes another statement than the one before."""
        # The window's own name stays its title: a screen reader speaks each change of it, and ages change it.
        before = self._board.scene
        changes = before is not None and _statement(before) != _statement(scene)
        soft = changes and not self._still and self.exposed
        picture = self._picture() if soft else None
        self._board.show_scene(scene)
        self._follow()
        if picture:
            self._fade.begin(picture, self._picture(), self.rect())
            self._put_notes()

    def use(self, *, still: bool) -> None:
        """Go by another configuration; see ``Wall.use``."""
        self._still = still
        self._board.arrange_anew()
        self._follow()

    def tell(self, layer: Layer, note: Note | None) -> None:
        """Show a note over the picture, where it leaves the level in sight; None takes it away."""
        if note is None:
            self._notes.pop(layer, None)
            self._panels[layer].hide()
        else:
            self._notes[layer] = note
            self._put_notes()

    def present(self, on: QScreen, degrees: int = 0) -> None:
        """Appear on a screen, turned clockwise; again with the same one to cover it anew after it changed.

        The screen is not kept: Qt destroys it when its cable is pulled.
        """
        if degrees != self._degrees:
            self._degrees = self._board.degrees = degrees
            self._fit()
        if self._windowed:
            self._present_windowed(on)
            return
        if self.screen() is not on:
            self.setScreen(on)
        # The geometry before the state: without a window manager the state alone leaves the size as it was.
        self.setGeometry(on.geometry())
        if not self.isVisible() or self.windowState() != Qt.WindowState.WindowFullScreen:
            self.showFullScreen()
        self.setGeometry(on.geometry())

    def covers(self, screen: QScreen) -> bool:
        """Whether the window really fills a screen; ``isFullScreen`` says so even where it doesn't."""
        return self.exposed and self.geometry() == screen.geometry() and self.screen() is screen

    @property
    def board(self) -> Board:
        """The picture, upright."""
        return self._board

    def place_of(self, part: QRect) -> QRect:
        """Where a part of the upright picture lies in the window."""
        return placed(part, self.size(), self._degrees)

    @property
    def exposed(self) -> bool:
        """Whether the display shows the window; ``isVisible`` stays true when another program takes it away."""
        handle: QWindow | None = self.windowHandle()  # None before the first show, which the stubs don't say
        return handle is not None and handle.isExposed()

    @property
    def painted(self) -> bool:
        """Whether the display ever asked for the picture, which it does for a window that it shows."""
        return self._painted

    def misread(self) -> str | None:
        """What is wrong with the picture on the screen, in one sentence; None while none is seen as a whole."""
        if self._windowed or not self.exposed or not self._fade.isHidden() or self._notes:
            return None
        return self._readback.misread()

    @property
    def looked(self) -> Looked | None:
        """When the picture was last found as it should be; None for an ordinary window, at which nobody looks."""
        return None if self._windowed else self._readback.looked

    @property
    def alive(self) -> bool:
        """Whether it has not been closed for good."""
        return not self._leaving

    def frame(self) -> str | None:
        """The digest of the picture that stands on the screen; None while none is seen as a whole."""
        if not (self.exposed and self._painted and self._fade.isHidden()):
            return None
        return frame(self._board)

    def leave(self) -> None:
        """Close for good, at the program's own wish; safe when the display no longer knows the window."""
        self._leaving = True
        self.close()
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Swallow whatever people do with keys, mouse, pen or fingers."""
        if event.type() in _INPUT:
            if event.type() is QEvent.Type.KeyPress:
                self.pressed.emit(event)
            event.accept()
            return True
        if event.type() == QEvent.Type.Paint:
            self._painted = True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse to close over the whole screen, whoever asks but the program."""
        if self._windowed and not self._leaving:
            self.closed.emit()
        event.setAccepted(self._windowed or self._leaving)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Let the board fill the window."""
        self._fit()

    def _fit(self) -> None:
        self._fade.end()
        self._board.resize(upright(self.size(), self._degrees))
        self._follow()
        self._put_notes()

    def _picture(self) -> QPixmap:
        return turned(self._board.grab(), self._degrees)

    def _for_display(self) -> QPixmap:
        self._painted = True  # a window that is wholly covered is never asked to paint itself
        return self._picture()

    def _follow(self) -> None:
        """Lets what is seen of a turned board follow it."""
        if self._degrees:
            self._turned.cover(self.size())
        else:
            self._turned.hide()

    def _put_notes(self) -> None:
        """Where they belong, which another level may have moved."""
        for layer in Layer:
            if note := self._notes.get(layer):
                self._panels[layer].tell(note, self._board, self._board.size(), self._degrees)

    def _present_windowed(self, on: QScreen) -> None:
        free = on.availableGeometry()
        size = _SHAPE.scaled(free.size() * _SHARE, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(free.topLeft(), size)
        place.moveCenter(free.center())
        self.setGeometry(place)
        self.show()


def _statement(scene: Scene) -> tuple[object, ...]:
    """What a picture claims at a glance; not its clock, its age, or whose turn it is."""
    first = scene.screens[0]
    return first.level, first.lead, first.strip, first.pattern, first.colours.banner

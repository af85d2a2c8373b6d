"""The preview: the real board, drawn small, and never to be taken for a level that is in force."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from kiosk.core.model import StateName
from kiosk.ui.render import render
from kiosk.ui.setup.contract import Desk
from kiosk.ui.setup.look import GAP, INK, PAGE, QUIET, RULE, letters, text

_STATES = {
    StateName.LIVE: "Confirmed",
    StateName.STALE: "Not confirmed for a while",
    StateName.LAST_KNOWN: "Last known",
    StateName.UNKNOWN: "Not confirmed",
    StateName.OPERATOR: "Set locally",
    StateName.EXERCISE: "Exercise",
}
_SHAPES = {"Landscape": QSize(1280, 720), "Portrait": QSize(720, 1280), "Small (800x480)": QSize(800, 480)}
_RIBBON = 28  # pixels


class Preview(QWidget):
    """What the screen would look like, in a state, a level and a shape that a person chooses."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(text("Preview", size=18, bold=True))
        self.picture = Picture()
        column.addWidget(self.picture, 1)
        self._note = text("", ink=QUIET, size=13)
        column.addWidget(self._note)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self.state, self.level, self.shape = QComboBox(), QComboBox(), QComboBox()
        for row, (label, box) in enumerate(
            (("St&ate", self.state), ("Le&vel", self.level), ("S&hape", self.shape))
        ):
            caption = text(label)
            caption.setBuddy(box)
            box.setAccessibleName(f"{label.replace('&', '')} of the preview")
            grid.addWidget(caption, row, 0)
            grid.addWidget(box, row, 1)
            box.setMinimumHeight(34)
            box.activated.connect(self.draw)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        for state, name in _STATES.items():
            self.state.addItem(name, str(state))
        for name in _SHAPES:
            self.shape.addItem(name)

    def show_levels(self) -> None:
        """Offers the levels of the country, the second highest first, because most countries are there."""
        country = self._desk.country()
        levels = country.levels[::-1] if country else ()
        if [self.level.itemData(row) for row in range(self.level.count())] == [level.value for level in levels]:
            return
        self.level.clear()
        for level in levels:
            self.level.addItem(level.label, level.value)
        self.level.setCurrentIndex(min(1, len(levels) - 1))

    def draw(self) -> None:
        """Draws what the file says now; with mistakes in it the last picture stays, and is said to be old."""
        scene = self._desk.scene(self.level.currentData() or "", self.state.currentData())
        self._note.setText(
            "This is how it would look, and not the level that is in force."
            if scene
            else "Not up to date: there are mistakes on the pages Country or Venue."
        )
        if scene:
            size = _SHAPES[self.shape.currentText()]
            self.picture.show_picture(render(scene, size.width(), size.height()), scene.summary)


class Picture(QWidget):
    """A picture as large as there is room, under a ribbon that says what it is."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    def show_picture(self, image: QImage, summary: str) -> None:
        """Shows another picture."""
        self._image = image
        self.setAccessibleName(f"Preview, not the level that is in force: {summary}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paints the picture in the middle, under the ribbon."""
        if self._image.isNull():
            return
        ratio = self.devicePixelRatioF()
        free = self.size() - QSize(0, _RIBBON)
        size = self._image.size().scaled(free, Qt.AspectRatioMode.KeepAspectRatio)
        small = self._image.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        place.moveTop(_RIBBON)
        painter = QPainter(self)
        painter.drawImage(place, small)
        painter.setPen(QColor(RULE))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        ribbon = QRect(place.left(), 0, place.width(), _RIBBON)
        painter.fillRect(ribbon, QColor(INK))
        painter.setFont(letters(14, bold=True))
        painter.setPen(QColor(PAGE))
        painter.drawText(ribbon, Qt.AlignmentFlag.AlignCenter, "PREVIEW")
        painter.end()

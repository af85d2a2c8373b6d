"""The setup window: sections, the form of the chosen one, the preview, and the file at the foot."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kiosk.core.announce import Urgency
from kiosk.errors import KioskError
from kiosk.ui.accessible import announce
from kiosk.ui.application import application
from kiosk.ui.setup.contract import Desk, Place
from kiosk.ui.setup.look import GAP, INK, QUIET, WRONG, dress, paint, text
from kiosk.ui.setup.page import Page
from kiosk.ui.setup.pages import CountryPage, TrustPage, VenuePage
from kiosk.ui.setup.preview import Preview
from kiosk.ui.setup.screens import ScreensPage
from kiosk.ui.setup.sources import SourcesPage

_SOON = 250  # ms after the last key until mistakes and preview follow


class SetupWindow(QMainWindow):
    """Shows a desk's file and writes into it."""

    def __init__(self, desk: Desk, ended: Callable[[], None]) -> None:
        super().__init__()
        self.desk = desk
        self._ended = ended
        self.setWindowTitle("Threat Level Kiosk \N{EM DASH} Setup[*]")
        self.resize(1240, 690)
        self.sections = QListWidget()
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName("Sections")
        self.sections.setFixedWidth(150)
        self.stack = QStackedWidget()
        self.preview = Preview(desk)
        self.preview.setMinimumWidth(470)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self.sections)
        top.addWidget(self.stack, 5)
        top.addWidget(self.preview, 4)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top, 1)
        column.addWidget(self._foot())
        self.setCentralWidget(whole)
        self.pages: list[Page] = []
        self._languages = desk.values().get("languages")
        self._mistakes: tuple[tuple[Place, str], ...] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.look)
        self.sections.currentRowChanged.connect(self.stack.setCurrentIndex)
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Shift+S", self.save_elsewhere), ("Ctrl+W", self.close)):
            QShortcut(QKeySequence(keys), self, act)
        self.build()
        self.sections.setFocus()

    def build(self) -> None:
        """Makes the pages anew: another country has other words, another file other entries."""
        at = max(0, self.sections.currentRow())
        worked_on = self._worked_on()
        self._end_trials()
        for page in self.pages:
            self.stack.removeWidget(page)
            page.deleteLater()
        self._languages = self.desk.values().get("languages")
        country = CountryPage(self.desk)
        country.other_country.connect(self.build, Qt.ConnectionType.QueuedConnection)
        self.pages = [country, VenuePage(self.desk), SourcesPage(self.desk), TrustPage(self.desk)]
        if "screen" in self.desk.fields:
            self.pages.append(ScreensPage(self.desk))
        self.sections.blockSignals(True)
        self.sections.clear()
        for page in self.pages:
            self.sections.addItem(page.title)
            self.stack.addWidget(page)
            page.show_values()
            page.edited.connect(self._soon.start)
        self.sections.setCurrentRow(at)
        self.sections.blockSignals(False)
        self.stack.setCurrentIndex(at)
        self.preview.show_levels()
        self.look()
        self._order()
        if worked_on:
            self.go_to(worked_on)

    def _order(self) -> None:
        """Lets the keyboard go from the page to the preview and the foot, though the page is newer."""
        takers: list[QWidget] = []
        taker = self.sections.nextInFocusChain()
        while taker and taker is not self.sections:
            if self.stack.isAncestorOf(taker) and taker.focusPolicy() & Qt.FocusPolicy.TabFocus:
                takers.append(taker)
            taker = taker.nextInFocusChain()
        after = (self.preview.state, self.preview.level, self.preview.shape, *self.buttons.values())
        for before, behind in pairwise((*takers[-1:], *after)):
            self.setTabOrder(before, behind)

    def _worked_on(self) -> Place | None:
        """The entry that has the keyboard; its row is made anew."""
        taker = QApplication.focusWidget()
        rows = [row for page in self.pages for row in page.rows]
        return next((row.place for row in rows if taker and row.isAncestorOf(taker)), None)

    def look(self) -> None:
        """Shows what is wrong now, and what it would look like."""
        self._soon.stop()
        languages = self.desk.values().get("languages")
        if languages != self._languages:  # texts of the venue are asked for in each
            self._languages = languages
            self.build()
            return
        self._mistakes = self.desk.mistakes()
        shown: set[Place] = set()
        for number, page in enumerate(self.pages):
            places = page.show_mistakes(self._mistakes)
            shown |= places
            wrong = sum(
                place in places or place[0] == "source" == page.title.lower()[:6] for place, _ in self._mistakes
            )
            self.sections.item(number).setText(f"{page.title} ({wrong})" if wrong else page.title)
        elsewhere = [sentence for place, sentence in self._mistakes if place not in shown and place[0] != "source"]
        self._tell(elsewhere)
        self.preview.draw()

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        row.setSpacing(GAP)
        self.said = text("", bold=True, size=14)
        self.where = text("", ink=QUIET, size=13)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.said)
        words.addWidget(self.where)
        row.addLayout(words, 1)
        self.buttons: dict[str, QPushButton] = {}
        for label, act in (("Save", self.save), ("Save as…", self.save_elsewhere), ("Close", self.close)):
            button = QPushButton(label)
            button.clicked.connect(act)
            row.addWidget(button)
            self.buttons[label] = button
        self.buttons["Save"].setObjectName("first")
        return foot

    def _tell(self, elsewhere: list[str]) -> None:
        many = len(self._mistakes)
        if elsewhere:
            self._say(f"Elsewhere in the file: {' '.join(elsewhere)}", WRONG)
        elif many:
            self._say(f"{many} mistake{'s' * (many > 1)}, each beside its entry. Nothing can be saved yet.", WRONG)
        else:
            self._say("Everything is in order." + " Not saved yet." * self.desk.unsaved, INK)
        new = "" if self.desk.exists else " (a new file)"
        self.where.setText(f"{self.desk.path}{new}")
        self.setWindowModified(self.desk.unsaved)

    def _say(self, sentence: str, ink: str) -> None:
        if sentence != self.said.text():
            self.said.setText(sentence)
        paint(self.said, ink)

    def save(self) -> bool:
        """Saves where the file is; whether that worked."""
        return self._save(None)

    def save_elsewhere(self) -> bool:
        """Asks where to, and saves there."""
        path, _ = QFileDialog.getSaveFileName(self, "Save as", self.desk.path, "Configurations (*.toml)")
        return bool(path) and self._save(path)

    def _save(self, path: str | None) -> bool:
        self.look()
        if self._mistakes:
            self.go_to(self._mistakes[0][0])
            announce(self, self.said.text(), Urgency.ASSERTIVE)
            return False
        if path is None and self.desk.changed_elsewhere and not self._overwrite():
            return False
        try:
            self.desk.save(path)
        except KioskError as error:
            return self._could_not(error)
        self.look()
        self._say(f"Saved in {self.desk.path}.", INK)
        announce(self, self.said.text(), Urgency.POLITE)
        return True

    def go_to(self, place: Place) -> None:
        """Moves the keyboard to a mistake."""
        for number, page in enumerate(self.pages):
            if isinstance(page, SourcesPage):
                page.reveal(place)
            for row in page.rows:
                if row.place == place:
                    self.sections.setCurrentRow(number)
                    row.take_focus()
                    page.ensureWidgetVisible(row)
                    return

    def _overwrite(self) -> bool:
        """Asks what to do with a file that somebody else changed; whether it is to be overwritten."""
        asked = self._question(
            "The file was changed",
            f"Somebody changed {self.desk.path} since it was opened here.",
            "Read it anew and lose what you changed here, or write yours over it?",
            "&Read it anew",
            "&Write over it",
        )
        if asked == "&Read it anew":
            self.reload()
        return asked == "&Write over it"

    def reload(self) -> None:
        """Shows the file as it is now."""
        try:
            self.desk.reload()
        except KioskError as error:
            self._say(str(error), WRONG)
            return
        self.build()

    def _could_not(self, error: KioskError) -> bool:
        """Says why, and offers another place; whether it was saved there."""
        return self._question("Not saved", str(error), "", "Save &as…") is not None and self.save_elsewhere()

    def _question(self, title: str, said: str, more: str, *answers: str) -> str | None:
        """Asks; None where a person would rather not answer."""
        box = QMessageBox(self)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(said)
        box.setInformativeText(more)
        buttons = {box.addButton(answer, QMessageBox.ButtonRole.AcceptRole): answer for answer in answers}
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(next(iter(buttons)))
        box.exec()
        chosen = box.clickedButton()
        return next((answer for button, answer in buttons.items() if button is chosen), None)

    def changeEvent(self, event: QEvent) -> None:
        """Looks at the file when a person comes back from a text editor."""
        back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if back and not self.desk.unsaved and self.desk.changed_elsewhere:
            self.reload()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks before changes are lost."""
        if self.desk.unsaved and not self._may_go():
            event.ignore()
            return
        self._end_trials()
        self._ended()

    def _may_go(self) -> bool:
        asked = self._question("Not saved", "Save what you changed?", "", "&Save", "&Discard")
        return asked == "&Discard" or (asked == "&Save" and self.save())

    def _end_trials(self) -> None:
        for page in self.pages:
            if isinstance(page, SourcesPage):
                page.trial.end()


def show(desk: Desk) -> None:
    """Shows the window until it is closed."""
    app = application()
    dress(app)
    window = SetupWindow(desk, lambda: QApplication.exit(0))
    window.show()
    app.exec()

"""The page of the sources: which are asked, what each needs, and a test of each."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QVBoxLayout, QWidget

from kiosk.ui.setup.contract import Choice, Desk, Place
from kiosk.ui.setup.inputs import ChoiceInput, made
from kiosk.ui.setup.look import GAP, QUIET, WRONG, text
from kiosk.ui.setup.page import Page
from kiosk.ui.setup.trial import Trial

_LABELS = {
    "name": "&Name",
    "url": "&Address",
    "format": "&Format",
    "level": "&Where the level is",
    "pattern": "Its &sentence",
    "select": "Its ele&ment",
    "parameter": "&Parameter",
    "public_keys": "Public &keys",
    "values": "Its w&ords",
    "changed": "Where the date of the change is",
    "issued": "Where its time is",
    "areas": "Its areas",
    "expires_after": "Holds for",
    "test_events": "Codes of tests",
    "exercise_screen": "Exercises on the screen",
    "username": "&User",
    "password_file": "Password file",
    "ca_file": "Certificate authority",
    "every": "Asked &every",
    "deadline": "Given up after",
    "redirect_hosts": "Other hosts",
    "insecure": "Without encryption",
}
_NEW = {"name": "Head office", "url": "https://", "format": "json"}


class SourcesPage(Page):
    """A list of the sources, and the entries of the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Sources", "Who is asked for the level. All are asked; the first is named first.")
        self._list = QListWidget()
        self._list.setFixedHeight(110)
        self._list.setAccessibleName("Sources")
        caption = text("Sour&ces", bold=True)
        caption.setBuddy(self._list)
        self.column.addWidget(caption)
        self.add, self.take_over = (
            QPushButton("Add a source of &your own"),
            QPushButton("List the pu&blic ones here"),
        )
        self.remove = QPushButton("&Remove")
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.add, self.take_over, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.addWidget(self._list)
        self.column.addLayout(buttons)
        self._public = text("", ink=QUIET)
        self.column.addWidget(self._public)
        self.trial = Trial(lambda stop: desk.ask(max(0, self._chosen), stop))
        self.column.addWidget(self.trial)
        self._whole = text("", ink=WRONG, bold=True, size=14)
        self.column.addWidget(self._whole)
        self._form = QWidget()
        entries = QVBoxLayout(self._form)
        entries.setContentsMargins(0, 0, 0, 0)
        entries.setSpacing(2 * GAP)
        self.column.addWidget(self._form)
        self._chosen = 0
        self._fill(entries)
        self._list.currentRowChanged.connect(self._choose)
        self.add.clicked.connect(lambda: self._add([_NEW | {"name": self._free_name()}]))
        self.take_over.clicked.connect(lambda: self._add(list(desk.public_sources())))
        self.remove.clicked.connect(self._remove)

    def _fill(self, entries: QVBoxLayout) -> None:
        country = self.desk.country()
        fields = {field.key: field for field in self.desk.fields["source"]}
        levels = country.levels if country else ()
        formats = [Choice(name, name) for name in self.desk.formats]
        self._applies = {}
        for key in [key for key in _LABELS if key in fields] + [key for key in fields if key not in _LABELS]:
            taken = ChoiceInput(formats) if key == "format" else made(fields[key], (), levels)
            label = _LABELS.get(key, key)
            self._applies[key] = (fields[key].formats, fields[key].schemes)
            row = self.row(fields[key], label, taken, ("source", 0, key), entries)
            row.edited.connect(self._changed)

    def show_values(self) -> None:
        """Shows the sources, and the entries of the chosen one."""
        own = self._own()
        public = [dict(entry) for entry in self.desk.public_sources()] if own is None else []
        names = [str(entry.get("name", "")) or "(without a name)" for entry in (own or public)]
        self._chosen = min(max(self._chosen, 0), max(0, len(names) - 1))
        self._list.blockSignals(True)
        if [self._list.item(row).text() for row in range(self._list.count())] != names:
            self._list.clear()
            self._list.addItems(names)
        self._list.setCurrentRow(self._chosen if names else -1)
        self._list.blockSignals(False)
        self.take_over.setVisible(own is None and bool(public))
        self.remove.setEnabled(bool(own))
        self._public.setVisible(own is None)
        self._public.setText(
            "These are the public sources of the country. With a source of your own they are asked no more, "
            "unless they are listed here as well."
            if public
            else "This country publishes no level that a program can read. Add a source of your own."
        )
        self.trial.button.setVisible(bool(names))
        self._form.setVisible(bool(own))
        for row in self.rows:
            row.place = ("source", self._chosen, row.place[2])
        super().show_values()
        self._show_what_applies()

    def show_mistakes(self, mistakes: Sequence[tuple[Place, str]]) -> set[Place]:
        """As ``Page.show_mistakes``; those of the whole source stand above its entries, others beside its name."""
        shown = super().show_mistakes(mistakes)
        heads = {("source", self._chosen, ""), ("", 0, "source")}
        said = " ".join(sentence for place, sentence in mistakes if place in heads)
        self._whole.setText(said)
        self._whole.setVisible(bool(said))
        for number in range(self._list.count()):
            item = self._list.item(number)
            wrong = any(place[:2] == ("source", number) for place, _ in mistakes)
            name = item.text().removesuffix(" \N{EM DASH} has a mistake")
            item.setText(f"{name} \N{EM DASH} has a mistake" if wrong else name)
        return shown | heads

    def reveal(self, place: Place) -> None:
        """Chooses the source of a place."""
        if place[0] == "source":
            self._choose(place[1])

    def _own(self) -> list[dict[str, object]] | None:
        found = self.desk.values().get("source")
        if not isinstance(found, list):
            return None
        return [entry for entry in found if isinstance(entry, dict)] or None

    def _choose(self, number: int) -> None:
        if number >= 0:
            self._chosen = number
            self.trial.forget()
            self.show_values()
            self.edited.emit()

    def _add(self, entries: Sequence[object]) -> None:
        for entry in entries:
            if isinstance(entry, dict):
                self.desk.add("source", entry)
        self._chosen = len(self._own() or ()) - 1
        self.trial.forget()
        self.show_values()
        self.edited.emit()
        self.rows[0].take_focus()

    def _remove(self) -> None:
        self.desk.remove("source", self._chosen)
        self.trial.forget()
        self.show_values()
        self.edited.emit()
        self._list.setFocus()

    def _free_name(self) -> str:
        taken = {entry.get("name") for entry in self._own() or ()}
        names = (f"{_NEW['name']} {number}" if number > 1 else _NEW["name"] for number in range(1, 100))
        return next(name for name in names if name not in taken)

    def _changed(self) -> None:
        self.trial.forget()
        self._show_what_applies()
        own = self._own() or []
        if self._chosen < min(len(own), self._list.count()):
            self._list.item(self._chosen).setText(str(own[self._chosen].get("name", "")) or "(without a name)")

    def _show_what_applies(self) -> None:
        """Only what the format and the scheme ask for, and what the file has all the same."""
        entry = dict(enumerate(self._own() or ())).get(self._chosen, {})
        scheme = str(entry.get("url", "")).partition(":")[0]
        for row in self.rows:
            formats, schemes = self._applies[row.place[2]]
            fits = (not formats or entry.get("format") in formats) and (not schemes or scheme in schemes)
            row.setVisible(fits or row.place[2] in entry)

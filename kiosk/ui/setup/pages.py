"""The simple pages: the country and its languages, the venue, and how far a level is trusted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from kiosk.ui.setup.contract import Desk
from kiosk.ui.setup.inputs import ChoiceInput, Input
from kiosk.ui.setup.look import GAP
from kiosk.ui.setup.page import Page

VENUE = {
    "place": "&Name of the venue",
    "night": "&Dark from and until",
    "reduced_motion": "No cross-&fade",
}
OWN = {
    "logo": "&Logo",
    "notice": "N&otice",
    "contact": "&Contact",
    "contact_number": "Contact\N{RIGHT SINGLE QUOTATION MARK}s n&umber",
    "qr": "Address in the &QR code",
    "qr_label": "Words under the QR cod&e",
}
TRUST = {
    "live": "&Live for",
    "stale": "S&tale until",
    "last_known": "Last &known until",
    "confirm_fall": "Between two confirmations of a &fall",
    "grace": "&Grace",
}
RULES = {"agree": "&Sources that must agree", "two_person": "T&wo persons"}


class CountryPage(Page):
    """Which country, which area, which languages.

    Signals:
        other_country: another country's words and levels are wanted from now on.
    """

    other_country = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Country", "Whose threat level is shown, for which area, and in which languages.")
        fields = {field.key: field for field in desk.fields[""]}
        country = desk.country()
        profile = self.row(
            fields["profile"],
            "&Country",
            ChoiceInput(desk.profiles, fields["profile"].default),
            ("", 0, "profile"),
        )
        areas = country.areas if country else ()
        default = areas[0].value if areas else ""
        self.row(fields["area"], "&Area", ChoiceInput(areas, default), ("", 0, "area"))
        self.row(fields["languages"], "&Languages", LanguagesInput(desk), ("", 0, "languages"))
        profile.edited.connect(self._fit)

    def _fit(self) -> None:
        """Another country has other areas and languages: what it hasn't goes back to its first."""
        country = self.desk.country()
        values = self.desk.values()
        if country:
            if values.get("area") not in {area.value for area in country.areas}:
                self.desk.put(("", 0, "area"), None)
            offered = [language.value for language in country.languages]
            wanted = values.get("languages")
            kept = [code for code in wanted if code in offered] if isinstance(wanted, list) else []
            self.desk.put(("", 0, "languages"), kept or None)
        self.other_country.emit()


class LanguagesInput(Input):
    """The country's languages, those of the screen first and in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        country = desk.country()
        self._known = {language.value: language.label for language in country.languages} if country else {}
        self._list = QListWidget()
        self._list.setFixedHeight(170)
        self._list.itemChanged.connect(self._changed)
        up, down = QPushButton("Move &up"), QPushButton("Move do&wn")
        up.clicked.connect(lambda: self._move(-1))
        down.clicked.connect(lambda: self._move(1))
        side = QVBoxLayout()
        side.setSpacing(GAP)
        side.addWidget(up)
        side.addWidget(down)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._list, 1)
        row.addLayout(side)
        self.column.addLayout(row)
        self.setFocusProxy(self._list)

    def value(self) -> list[str] | None:
        """As ``Input.value``."""
        items = [self._list.item(row) for row in range(self._list.count())]
        chosen = [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]
        return chosen or None

    def show_value(self, value: object) -> None:
        """As ``Input.show_value``."""
        chosen = [str(code) for code in value] if isinstance(value, list) else list(self._known)[:1]
        if self._list.count() and chosen == self.value():
            return
        self._list.blockSignals(True)
        self._list.clear()
        for code in [*chosen, *(code for code in self._known if code not in chosen)]:
            item = QListWidgetItem(self._known.get(code, code))
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)

    def _move(self, by: int) -> None:
        at = self._list.currentRow()
        if 0 <= at < self._list.count() and 0 <= at + by < self._list.count():
            self._list.blockSignals(True)
            self._list.insertItem(at + by, self._list.takeItem(at))
            self._list.blockSignals(False)
            self._list.setCurrentRow(at + by)
            self.edited.emit()

    def _changed(self) -> None:
        self.edited.emit()


class VenuePage(Page):
    """What the venue itself puts on the screen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Venue", "What the venue itself puts on the screen. All of it may be left out.")
        list(self.options("", {"place": VENUE["place"]}))
        list(self.options("venue", OWN))
        list(self.options("", {key: label for key, label in VENUE.items() if key != "place"}))


class TrustPage(Page):
    """How long a statement is shown how."""

    def __init__(self, desk: Desk) -> None:
        about = 'How long a statement is shown how. Times are written as in "90 s", "10 min", "24 h" or "28 d".'
        super().__init__(desk, "Trust", about)
        list(self.options("trust", TRUST))
        list(self.options("", RULES))

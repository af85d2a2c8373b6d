"""The inputs of a form: each takes and gives the plain value of an entry, None for one that is left out.

``edited`` tells that a person changed something; what the program sets changes nothing.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from kiosk.ui.setup.contract import Choice, Field, Sort
from kiosk.ui.setup.look import GAP, QUIET, text


class Input(QWidget):
    """One input; its first child takes the keyboard.

    Signals:
        edited: a person changed it.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def value(self) -> Any:
        """What the file is to have; None for nothing."""

    def show_value(self, value: Any) -> None:
        """Shows what the file has."""

    def named(self) -> Sequence[tuple[QWidget, str]]:
        """The widgets that take the keyboard, each with what its name adds to the label's."""
        taker = self.focusProxy()
        return [(taker, "")] if taker else []


class TextInput(Input):
    """One line."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._line = QLineEdit()
        usual = f"left out: {field.default}" if field.default else f"for example: {field.example}"
        self._line.setPlaceholderText(usual)
        self._line.textEdited.connect(self.edited)
        self.column.addWidget(self._line)
        self.setFocusProxy(self._line)

    def value(self) -> Any:
        """As ``Input.value``."""
        return self._line.text() or None

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        if (shown := "" if value is None else str(value)) != self._line.text():
            self._line.setText(shown)


class FileInput(TextInput):
    """The path of a file, with a button that looks for one."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._filter = "Pictures (*.svg *.png)" if field.key == "logo" else ""
        browse = QPushButton("Browse…")
        browse.setAccessibleName(f"Browse for {field.key.replace('_', ' ')}")
        browse.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._line, 1)
        row.addWidget(browse)
        self.column.addLayout(row)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Choose a file", "", self._filter)
        if chosen:
            self._line.setText(chosen)
            self.edited.emit()


class FlagInput(Input):
    """Yes or no."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._default = field.default == "true"
        self._box = QCheckBox("Yes")
        self._box.clicked.connect(self.edited)
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)

    def value(self) -> Any:
        """As ``Input.value``."""
        checked = self._box.isChecked()
        return None if checked == self._default else checked

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        self._box.setChecked(self._default if value is None else value is True)


class CountInput(Input):
    """A whole number."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._default = int(field.default or 0)
        self._number = QSpinBox()
        self._number.setRange(0, 99)
        self._number.setMaximumWidth(96)
        self._number.setMinimumHeight(34)
        self._number.valueChanged.connect(self._changed)
        self.column.addWidget(self._number)
        self.setFocusProxy(self._number)

    def value(self) -> Any:
        """As ``Input.value``."""
        number = self._number.value()
        return None if number == self._default else number

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        self._number.blockSignals(True)
        self._number.setValue(value if isinstance(value, int) else self._default)
        self._number.blockSignals(False)

    def _changed(self) -> None:
        self.edited.emit()


class LinesInput(Input):
    """A list of texts, one on each line."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._default = field.default
        self._lines = QPlainTextEdit()
        self._lines.setPlaceholderText("one on each line")
        self._lines.setTabChangesFocus(True)
        self._lines.setFixedHeight(76)
        self._lines.textChanged.connect(self._changed)
        self.column.addWidget(self._lines)
        self.setFocusProxy(self._lines)

    def value(self) -> Any:
        """As ``Input.value``."""
        return [line.strip() for line in self._lines.toPlainText().splitlines() if line.strip()] or None

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        entries = value if isinstance(value, list) else [] if value is None else [value]
        if entries != (self.value() or []):
            self._lines.blockSignals(True)
            self._lines.setPlainText("\n".join(map(str, entries)))
            self._lines.blockSignals(False)

    def _changed(self) -> None:
        self.edited.emit()


class LevelsInput(Input):
    """A word of the source for each level: left empty where the source uses the level's own."""

    def __init__(self, levels: Sequence[Choice]) -> None:
        super().__init__()
        self._levels = levels
        self._lines = {level.value: QLineEdit() for level in levels}
        self._own: dict[str, str] = {}
        for level, line in zip(levels, self._lines.values(), strict=True):
            row = QHBoxLayout()
            row.addWidget(_caption(level.label, line))
            row.addWidget(line, 1)
            line.setPlaceholderText("the source's words for it, with commas between them")
            line.textEdited.connect(self.edited)
            self.column.addLayout(row)
        if self._lines:
            self.setFocusProxy(next(iter(self._lines.values())))

    def value(self) -> Any:
        """As ``Input.value``."""
        found = {
            word.strip(): level
            for level, line in self._lines.items()
            for word in line.text().split(",")
            if word.strip()
        }
        return {**self._own, **found} or None

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        words = value if isinstance(value, dict) else {}
        # What is mapped to no level of this country stays in the file, and is told as a mistake.
        self._own = {word: level for word, level in words.items() if level not in self._lines}
        if {word: level for word, level in words.items() if level in self._lines} == {
            word: level for word, level in (self.value() or {}).items() if level in self._lines
        }:
            return
        for level, line in self._lines.items():
            line.setText(", ".join(word for word, meant in words.items() if meant == level))

    def named(self) -> Sequence[tuple[QWidget, str]]:
        """As ``Input.named``."""
        labels = [level.label for level in self._levels]
        return list(zip(self._lines.values(), labels, strict=True))


class SpokenInput(Input):
    """A text in each language of the screen."""

    def __init__(self, languages: Sequence[Choice], *, tall: bool) -> None:
        super().__init__()
        self._languages = languages
        self._lines = {language.value: _said(tall=tall) for language in languages}
        self._others: dict[str, str] = {}
        for language, line in zip(languages, self._lines.values(), strict=True):
            line.textChanged.connect(self._changed)
            if len(languages) > 1:
                self.column.addWidget(_caption(language.label, line))
            self.column.addWidget(line)
        if self._lines:
            self.setFocusProxy(next(iter(self._lines.values())))

    def value(self) -> Any:
        """As ``Input.value``: one text where it is the same in all languages, else a table."""
        texts = {language: _written(line).strip() for language, line in self._lines.items()}
        texts = {language: said for language, said in texts.items() if said}
        if not texts and not self._others:
            return None
        if len(set(texts.values())) == 1 and len(texts) == len(self._lines) and not self._others:
            return next(iter(texts.values()))
        return {**self._others, **texts}

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``; what is said in other languages stays in the file."""
        texts = value if isinstance(value, Mapping) else {"": "" if value is None else str(value)}
        self._others = {
            language: said for language, said in texts.items() if language and language not in self._lines
        }
        for language, line in self._lines.items():
            said = str(texts.get(language, texts.get("", "")))
            if said.strip() != _written(line).strip():
                line.blockSignals(True)
                line.setPlainText(said) if isinstance(line, QPlainTextEdit) else line.setText(said)
                line.blockSignals(False)

    def named(self) -> Sequence[tuple[QWidget, str]]:
        """As ``Input.named``."""
        several = len(self._languages) > 1
        return [
            (line, language.label if several else "")
            for language, line in zip(self._languages, self._lines.values(), strict=True)
        ]

    def _changed(self) -> None:
        self.edited.emit()


def _said(*, tall: bool) -> QLineEdit | QPlainTextEdit:
    if not tall:
        return QLineEdit()
    lines = QPlainTextEdit()
    lines.setTabChangesFocus(True)
    lines.setFixedHeight(76)
    return lines


def _written(line: QLineEdit | QPlainTextEdit) -> str:
    return line.toPlainText() if isinstance(line, QPlainTextEdit) else line.text()


class ChoiceInput(Input):
    """One of several values; what the file has and is none of them is kept as another entry."""

    def __init__(self, choices: Sequence[Choice], default: str = "") -> None:
        super().__init__()
        self._default = default
        self._box = QComboBox()
        self._box.setMinimumHeight(34)
        for choice in choices:
            self._box.addItem(choice.label, choice.value)
        self._box.activated.connect(self.edited)
        self.column.addWidget(self._box)
        self.setFocusProxy(self._box)

    def value(self) -> Any:
        """As ``Input.value``."""
        chosen = self._box.currentData()
        return None if chosen == self._default else chosen

    def show_value(self, value: Any) -> None:
        """As ``Input.show_value``."""
        wanted = self._default if value is None else value
        if self._box.findData(wanted) < 0:
            self._box.addItem(str(wanted), wanted)
        self._box.setCurrentIndex(self._box.findData(wanted))


def made(field: Field, languages: Sequence[Choice], levels: Sequence[Choice]) -> Input:
    """The input of an option."""
    if field.sort is Sort.LEVELS:
        return LevelsInput(levels)
    if field.sort is Sort.SPOKEN:
        return SpokenInput(languages, tall=field.key == "notice")
    simple = {Sort.FLAG: FlagInput, Sort.COUNT: CountInput, Sort.LINES: LinesInput, Sort.FILE: FileInput}
    return simple.get(field.sort, TextInput)(field)


def _caption(words: str, buddy: QWidget) -> QWidget:
    label = text(words, ink=QUIET, size=14)
    label.setMinimumWidth(120)
    label.setBuddy(buddy)
    return label

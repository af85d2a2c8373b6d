"""The setup window, driven by the keyboard alone: what it writes, what it tells, and what it keeps."""

import socket
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from kiosk.cli import main
from kiosk.config.load import load_config
from kiosk.ui.setup.sources import SourcesPage
from tests.servers import Answer, DocumentServer, FaultServer
from tests.ui.sitting import WRITTEN, Person, Sitting

# The platform without a display has no window manager that could be told how small a window may be.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


# ---------------------------------------------------------------- what it writes


def test_what_a_person_types_is_in_the_file_and_the_rest_stays_to_the_letter(sitting: Sitting) -> None:
    person = sitting()
    person.open("Venue")
    person.go("Name of the venue")
    person.write_anew("Old Hall")
    person.save()
    assert person.path.read_text("utf-8") == WRITTEN.replace("Riverside Hall", "Old Hall")
    assert person.window.said.text() == f"Saved in {person.path}."
    assert main(["config", "check", "--config", str(person.path)]) == 0


def test_a_label_is_reached_by_its_letter(sitting: Sitting) -> None:
    person = sitting()
    person.open("Venue")
    person.press(Qt.Key.Key_N, alt=True)
    assert person.focus.accessibleName() == "Name of the venue"


def test_a_file_is_begun_where_there_is_none(sitting: Sitting) -> None:
    person = sitting("")
    assert person.window.where.text().endswith("kiosk.toml (a new file)")
    person.open("Country")
    person.go("Country")
    person.press(Qt.Key.Key_Home)  # Australia
    person.press(Qt.Key.Key_Down)
    person.press(Qt.Key.Key_Return)
    person.settle()
    assert person.desk.values()["profile"] != "uk"
    person.open("Sources")
    person.go("Add a source of your own")
    person.press(Qt.Key.Key_Space)
    person.write_anew("Office")
    person.go("Address")
    person.write_anew("https://office.example/level.json")
    person.go("Where the level is")
    person.type("level.now")
    person.settle()
    assert person.told() == []
    person.save()
    config = load_config(person.path, thorough=True)
    assert (config.sources[0].name, config.sources[0].level) == ("Office", "level.now")


def test_words_of_a_source_are_mapped_to_levels(sitting: Sitting) -> None:
    person = sitting(
        '[[source]]\nname = "A"\nurl = "file:///a"\nformat = "json"\nlevel = "x"\nvalues = { "9" = "SEVERE" }\n'
    )
    person.open("Sources")
    person.go("Its words: Critical")
    person.type("10, eleven")
    person.settle()
    assert person.desk.values()["source"][0]["values"] == {"9": "SEVERE", "10": "CRITICAL", "eleven": "CRITICAL"}


def test_a_text_in_a_language_that_is_not_shown_is_kept(sitting: Sitting) -> None:
    person = sitting()
    person.open("Venue")
    person.go("Notice")
    person.press(Qt.Key.Key_End, ctrl=True)
    person.type(" there")
    assert person.desk.values()["venue"]["notice"] == {"en": "Hello there", "cy": "Helo"}


def test_languages_are_chosen_and_ordered(sitting: Sitting) -> None:
    person = sitting()
    person.open("Country")
    person.go("Languages")
    person.press(Qt.Key.Key_Down)
    person.press(Qt.Key.Key_Space)
    person.go("Move up")
    person.press(Qt.Key.Key_Space)
    assert person.desk.values()["languages"] == ["cy", "en"]
    person.settle()
    person.open("Venue")
    person.go("Notice: Cymraeg (cy)")
    assert isinstance(person.focus, QPlainTextEdit)
    assert person.focus.toPlainText() == "Helo"


# ---------------------------------------------------------------- what it tells


def test_a_mistake_stands_beside_its_entry_and_nothing_is_saved(sitting: Sitting) -> None:
    person = sitting()
    person.open("Trust")
    person.go("Live for")
    person.type("soon")
    person.settle()
    (said,) = person.told()
    assert said.startswith('live: "soon" is no length of time')
    assert person.window.sections.item(3).text() == "Trust (1)"
    person.open("Country")
    person.save()
    assert person.path.read_text("utf-8") == WRITTEN
    assert person.focus.accessibleName() == "Live for", "the keyboard is where the mistake is"
    assert person.focus.accessibleDescription().startswith('Mistake: live: "soon"')
    person.write_anew("2 h")
    person.save()
    assert tomllib.loads(person.path.read_text("utf-8"))["trust"] == {"live": "2 h"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('plaec = "x"\n', 'Elsewhere in the file: "plaec" is not an option; did you mean "place"?'),
        ('[venue]\nlogo = "none.svg"\n', "1 mistake, each beside its entry"),
        ('[[source]]\nname = "A"\n', "mistakes, each beside its entry"),
        ('profile = "xx"\n', "1 mistake, each beside its entry"),
        ('[venue]\ncontact = "Desk"\ncontact_number = "x"\n[trust]\nlive = "soon"\n', "2 mistakes, each beside"),
    ],
)
def test_every_mistake_of_config_check_is_told(written: str, said: str, sitting: Sitting) -> None:
    person = sitting(written)
    assert said in person.window.said.text()


def test_everything_that_takes_the_keyboard_has_a_name_and_a_turn(sitting: Sitting) -> None:
    person = sitting()
    for section in ("Country", "Venue", "Sources", "Trust"):
        person.open(section)
        seen: list[QWidget] = []
        while person.focus not in seen:
            seen.append(person.focus)
            person.press(Qt.Key.Key_Tab)
        names = [widget.accessibleName() or getattr(widget, "text", str)() for widget in seen]
        assert all(names), list(zip(seen, names, strict=True))
        assert names[0] == "Sections"
        assert names[-6:] == [
            "State of the preview", "Level of the preview", "Shape of the preview", "Save", "Save as…", "Close",
        ]  # fmt: skip
        page = person.window.pages[person.window.stack.currentIndex()]
        wanted = [
            widget
            for kind in (QLineEdit, QPlainTextEdit, QComboBox)
            for widget in page.findChildren(kind)
            if widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit"
        ]
        assert set(wanted) <= set(seen), section
        labels = [label for label in page.findChildren(QLabel) if "&" in label.text()]
        assert all(label.buddy() for label in labels)


def test_the_preview_follows_and_never_looks_like_a_level_in_force(sitting: Sitting) -> None:
    person = sitting()
    picture = person.window.preview.picture
    first = picture.image
    assert first.pixelColor(30, 200) == QColor("#ee8134")
    person.go("State of the preview")
    person.press(Qt.Key.Key_Down, times=2)
    person.press(Qt.Key.Key_Return)
    assert picture.image.pixelColor(30, 200) == QColor("#2b3236"), "last known"
    person.go("Level of the preview")
    person.press(Qt.Key.Key_Home)
    assert picture.accessibleName().startswith("Preview, not the level that is in force: ")
    shown = picture.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, 2) == QColor("#0b0c0c"), "the ribbon"


def test_the_preview_shows_the_venue_even_while_a_source_is_wrong(sitting: Sitting) -> None:
    person = sitting(WRITTEN + '[[source]]\nname = "A"\n')
    before = person.window.preview.picture.image
    person.open("Venue")
    person.go("Name of the venue")
    person.write_anew("Elsewhere")
    person.settle()
    assert person.window.preview.picture.image != before


# ---------------------------------------------------------------- testing a source


def sources(person: Person) -> SourcesPage:
    return next(page for page in person.window.pages if isinstance(page, SourcesPage))


def test_a_source_is_really_asked(sitting: Sitting) -> None:
    with DocumentServer(b'{"x": "SEVERE"}') as server:
        person = sitting(f'[[source]]\nname = "A"\nurl = "{server.url()}"\nformat = "json"\nlevel = "x"\n')
        trial = sources(person).trial
        person.open("Sources")
        person.go("Test this source")
        person.press(Qt.Key.Key_Space)
        assert trial.runs
        assert person.focus is trial.cancel, "the keyboard goes where it is needed"
        person.until(lambda: not trial.runs)
        assert trial.said.text().startswith("\N{CHECK MARK} A states SEVERE for UK: ")
        server.answer = Answer(status=503)
        person.press(Qt.Key.Key_Space)
        person.until(lambda: not trial.runs)
        assert trial.said.text().startswith("\N{MULTIPLICATION X} ")
        assert "[http-status]" in trial.said.text()
        person.go("Where the level is")
        person.type(".y")
        assert not trial.said.isVisible(), "an old answer is not about the new entries"


def _says_nothing(connection: socket.socket) -> None:
    while connection.recv(4096):
        pass


def test_a_question_that_hangs_is_cancelled(sitting: Sitting) -> None:
    with FaultServer(_says_nothing) as server:
        person = sitting(f'[[source]]\nname = "A"\nurl = "{server.url()}"\nformat = "mi5"\n')
        trial = sources(person).trial
        person.open("Sources")
        person.go("Test this source")
        person.press(Qt.Key.Key_Space)
        person.until(lambda: trial._bar.isVisible() and "Asking" in trial.said.text())
        person.press(Qt.Key.Key_Space)
        person.until(lambda: not trial.runs)
        assert trial.said.text() == "\N{MULTIPLICATION X} Cancelled."


def test_a_source_with_mistakes_is_not_asked(sitting: Sitting) -> None:
    person = sitting('[[source]]\nname = "A"\nurl = "http://x.example/"\nformat = "json"\n')
    trial = sources(person).trial
    person.open("Sources")
    person.go("Test this source")
    person.press(Qt.Key.Key_Space)
    person.until(lambda: not trial.runs)
    assert "a json source needs level" in trial.said.text()
    assert "plain http can be changed by anybody" in trial.said.text()


# ---------------------------------------------------------------- beside a text editor


def test_a_file_that_somebody_else_changed_is_not_written_over_unasked(sitting: Sitting) -> None:
    person = sitting()
    person.open("Venue")
    person.go("Name of the venue")
    person.write_anew("Mine")
    person.path.write_text('place = "Theirs"\n')
    asked = person.answer(None)
    person.save()
    assert asked == [f"Somebody changed {person.path} since it was opened here."]
    assert person.path.read_text() == 'place = "Theirs"\n'
    person.answer(0)
    person.save()
    assert person.path.read_text() == 'place = "Theirs"\n'
    assert person.desk.values() == {"place": "Theirs"}
    person.open("Venue")
    person.go("Name of the venue")
    person.write_anew("Mine")
    person.path.write_text('place = "Theirs again"\n')
    person.answer(1)
    person.save()
    assert person.path.read_text() == 'place = "Mine"\n'


def test_a_place_that_cannot_be_written_is_one_sentence_and_another_is_offered(sitting: Sitting) -> None:
    person = sitting("", path=Path("/proc/none/kiosk.toml"))
    person.open("Venue")
    person.go("Name of the venue")
    person.type("Hall")
    asked = person.answer(None)
    person.save()
    assert len(asked) == 1
    assert asked[0].startswith("/proc/none/kiosk.toml can't be written (")
    assert asked[0].endswith("; save it elsewhere, or start setup as a user who may.")
    assert person.desk.unsaved


def test_what_is_not_saved_is_asked_for_before_the_window_closes(sitting: Sitting) -> None:
    person = sitting()
    person.open("Venue")
    person.go("Name of the venue")
    person.type("!")
    person.answer(None)
    person.press(Qt.Key.Key_W, ctrl=True)
    assert person.closed == 0
    person.answer(0)
    person.press(Qt.Key.Key_W, ctrl=True)
    assert person.closed == 1
    assert 'place = "!"  # as on the door' in person.path.read_text("utf-8")

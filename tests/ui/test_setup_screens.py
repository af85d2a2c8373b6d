"""The setup window's page of screens, opening hours and the PIN."""

import tomllib

import pytest
from PySide6.QtCore import Qt

from kiosk.cli import main
from kiosk.ui.setup.screens import ScreensPage
from tests.ui.sitting import Sitting

pytest.importorskip("kiosk.config.machine_options", reason="the options are another change")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIRST = '# Ours.\n\n# By the lift.\n[[screen]]\nname = "HDMI-7"  # far\nrotation = 90\n'
WRITTEN = f'{FIRST}\n[[screen]]\nname = "DP-1"\n'


def test_a_screen_is_turned_or_left_out_and_the_others_stay_to_the_letter(sitting: Sitting) -> None:
    person = sitting(WRITTEN)
    person.open("Screens")
    person.go("Rotation of DP-1")
    person.press(Qt.Key.Key_Down, times=3)
    person.settle()
    assert person.desk._draft.text == WRITTEN.replace('name = "DP-1"\n', 'name = "DP-1"\nrotation = 270\n')
    person.go("DP-1 (not connected)")
    person.press(Qt.Key.Key_Space)
    person.save()
    assert person.path.read_text("utf-8").startswith(FIRST)
    assert main(["config", "check", "--config", str(person.path)]) == 0


def test_a_kiosk_goes_back_to_every_screen(sitting: Sitting) -> None:
    person = sitting(WRITTEN)
    person.open("Screens")
    person.press(Qt.Key.Key_E, alt=True)
    person.until(lambda: "screen" not in person.desk.values())


def test_a_pin_is_typed_twice_judged_and_kept_as_a_hash_only(sitting: Sitting) -> None:
    person = sitting("")
    person.open("Screens")
    page = person.window.pages[-1]
    assert isinstance(page, ScreensPage)
    box = page.pin
    for first, second, said in (
        ("604173", "604174", "The two are not the same"),
        ("123456", "123456", "counts up or down"),
        ("604173", "604173", "A PIN is set."),
    ):
        person.go("New PIN")
        person.write_anew(first)
        person.go("Once more")
        person.write_anew(second)
        person.go("Set this PIN")
        person.press(Qt.Key.Key_Space)
        assert said in box.said.text()
    person.save()
    assert "604173" not in person.path.read_text("utf-8")
    assert tomllib.loads(person.path.read_text("utf-8"))["lock"]["pin"].startswith("scrypt$")
    assert main(["config", "check", "--config", str(person.path)]) == 0
    person.go("Remove the PIN")
    person.press(Qt.Key.Key_Space)
    assert person.desk.values()["lock"] == {}


def test_opening_hours_are_written_one_on_each_line(sitting: Sitting) -> None:
    person = sitting("")
    person.open("Screens")
    person.go("Power on")
    person.type("Mon-Fri 07:00-19:00")
    person.press(Qt.Key.Key_Return)
    person.type("Sat 09")
    person.settle()
    assert len(person.told()) == 1, "half a line is no time yet"
    person.type(":00-13:00")
    person.settle()
    assert person.told() == []
    assert person.desk.values()["power"] == {"on": ["Mon-Fri 07:00-19:00", "Sat 09:00-13:00"]}

"""How each language writes dates, times and ages is what CLDR says, by way of Babel."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.resources import assets
from tests.commands import ROOT

LANGUAGES = sorted(path.stem for path in (assets() / "words").glob("*.toml"))

_COMPARISON = """
import sys
from datetime import UTC, date, datetime, timedelta
from babel import Locale
from babel.dates import format_date, format_skeleton, format_timedelta
from kiosk.core.wording import LONGEST_AGO
from kiosk.profiles import load_words

words = load_words(sys.argv[1])
locale = Locale.parse(words.phrases["locale"])

def same(ours, babels, what):
    if ours != babels:
        print(f"{what!r}: {ours!r} and not {babels!r}")

same(words.right_to_left, locale.text_direction == "rtl", "direction")
same(words.calendar.name, locale.get_language_name(), "name")
for day in range(0, 84_000, 19):
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day, minutes=day * 7)
    same(words.date(moment.date()), format_date(moment.date(), "long", locale=locale), moment)
    for skeleton, ours in (
        ("Hm", words.time), ("MMMd", words.day), ("yMMM", words.month), ("y", words.year)
    ):
        same(ours(moment), format_skeleton(skeleton, moment, locale=locale), (skeleton, moment))
for minutes in range(1, LONGEST_AGO // timedelta(minutes=1)):
    age = timedelta(minutes=minutes, seconds=minutes % 60)
    for unit in (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)):
        if whole := age // unit * unit:
            break
    babels = format_timedelta(-whole, threshold=1, add_direction=True, locale=locale)
    same(words.ago(age), babels, age)
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_time_and_age_is_what_babel_says(language: str) -> None:
    """In a process that knows no other language: Babel mixes them up."""
    command = [sys.executable, "-c", _COMPARISON, language]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_files_are_what_the_command_makes_now(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "packaging" / "make-calendars", tmp_path], cwd=ROOT, check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (assets() / "calendars").iterdir()}
    assert made.keys() == {f"{language}.json" for language in LANGUAGES}

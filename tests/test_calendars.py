"""The calendars of the languages: what the CLDR says, to the letter as Babel tells it."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.resources import assets
from tests.commands import ROOT

LANGUAGES = sorted(path.stem for path in (assets() / "words").glob("*.toml"))
COMPARISON = """
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
def test_every_month_time_and_age_is_written_as_babel_writes_it(language: str) -> None:
    """In a process that knows no other language: Babel mixes them up."""
    command = [sys.executable, "-c", COMPARISON, language]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == ("", "")


# ---------------------------------------------------------------- how they are made


def made(words: Path, calendars: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "packaging/make-calendars", str(words), str(calendars)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_files_are_what_make_calendars_writes_today(tmp_path: Path) -> None:
    done = made(assets() / "words", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert contents(assets() / "calendars") == contents(tmp_path)


REFUSED = {
    "bg_BG": "of bg_BG has the field MM; add it to FIELDS",
    "en_Shaw": "doesn't know the own name of en_Shaw.",
}


@pytest.mark.parametrize("locale", REFUSED)
def test_a_locale_that_cannot_be_written_whole_is_refused(locale: str, tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text(f'locale = "{locale}"', "utf-8")
    done = made(tmp_path, tmp_path / "calendars")
    assert done.returncode == 1
    assert REFUSED[locale] in done.stderr
    assert contents(tmp_path / "calendars") == {}

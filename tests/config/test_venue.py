"""The venue's own parts: what is read, what is refused with a sentence, and what reaches the screen."""

from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.commands import configuration
from kiosk.config.load import parse_config
from kiosk.core.venue import OwnCode, OwnContact
from kiosk.errors import ConfigError

ALL = """
languages = ["cy", "en"]
[venue]
logo = "logo.svg"
notice = { cy = "Un\\nDau", en = \"\"\"One

  two\u202e \"\"\" }
contact = { cy = "Desg", en = "Desk" }
contact_number = "020 7946 0018"
qr = "https://www.riverside.example/report?a=1"
qr_label = "Scan"
"""

MISTAKES = {
    'contact = "Desk"': "line 2: contact needs contact_number beside it.",
    'contact_number = "1"': "line 2: contact_number needs contact beside it.",
    'qr = "https://a.example/"': "line 2: qr needs qr_label beside it.",
    'contact = "Desk"\ncontact_number = "call us"': (
        'line 3: contact_number = "call us" is no telephone number; write digits and spaces.'
    ),
    'qr_label = "Scan"\nqr = "http://a.example/"': (
        'line 3: qr = "http://a.example/" is no https address in plain letters.'
    ),
    'qr_label = "Scan"\nqr = "https://a.example/\u0430"': (
        'line 3: qr = "https://a.example/\u0430" is no https address in plain letters.'
    ),
    "notice = 5": (
        'line 2: notice: it must be a text in quotes, or a table such as { cy = "Croeso", en = "Welcome" }.'
    ),
    f'notice = "{"x" * 401}"': "line 2: notice: it has 401 characters; 400 are the most.",
    'notice = "a\\nb\\nc\\nd\\ne"': "line 2: notice: it has 5 lines; 4 are the most.",
    'notice = { cy = "Un" }': "line 2: notice says nothing in en, which the screen speaks; add it.",
}


def test_everything_is_read_and_shown_again_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = parse_config(ALL, "k.toml", tmp_path)
    venue = config.venue
    assert venue.logo == str(tmp_path / "logo.svg")
    assert venue.notice == {"cy": ("Un", "Dau"), "en": ("One", "two")}, "cleaned, without empty lines"
    assert venue.contact == OwnContact({"cy": "Desg", "en": "Desk"}, "020 7946 0018")
    assert venue.code == OwnCode({"": "Scan"}, "https://www.riverside.example/report?a=1")
    configuration.show(config)
    assert parse_config(capsys.readouterr().out, "again.toml").venue == venue


@pytest.mark.parametrize("entries", MISTAKES)
def test_a_mistake_is_one_sentence_with_its_line(entries: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        parse_config(f"[venue]\n{entries}\n", "k.toml")
    assert refusal.value.mistakes == (f"k.toml, {MISTAKES[entries]}",)


def test_a_table_of_languages_may_hold_more_than_the_screen_speaks() -> None:
    config = parse_config('[venue]\nnotice = { en = "One", cy = "Un", fr = "Une" }', "k.toml")
    assert config.venue.notice["fr"] == ("Une",)


def test_config_check_reads_the_logo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text('[venue]\nlogo = "logo.svg"\n')
    assert main(["config", "check", "--config", str(path)]) == 2
    told = capsys.readouterr().err
    assert told == f"The logo {tmp_path / 'logo.svg'} is no file; name a PNG or SVG.\n"
    (tmp_path / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    assert main(["config", "check", "--config", str(path)]) == 0

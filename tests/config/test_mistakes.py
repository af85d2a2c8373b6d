"""Every mistake in a configuration is told at once: a sentence each, with its line and what to write instead."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.load import load_config, parse_config
from kiosk.config.options import TABLES
from kiosk.errors import ConfigError
from kiosk.formats import FORMATS
from kiosk.profiles import built_in, profile_path

SOURCE = '[[source]]\nname = "A"\nurl = "https://a.example/x"\nformat = "mi5"\n'
JSON = '[[source]]\nname = "A"\nurl = "https://a.example/x"\nformat = "json"\n'


def mistakes(document: str, folder: Path | None = None) -> list[str]:
    """The mistakes without the name of the file, which each of them has to begin with."""
    with pytest.raises(ConfigError) as refusal:
        parse_config(document, "k.toml", folder)
    assert str(refusal.value) == "\n".join(refusal.value.mistakes)
    for sentence in refusal.value.mistakes:
        assert sentence.startswith("k.toml")
        assert sentence.endswith((".", "?"))
        assert sentence.isprintable()
    return [sentence.removeprefix("k.toml") for sentence in refusal.value.mistakes]


ONE = {
    # keys
    'plaec = "Hall"': ', line 1: "plaec" is not an option; did you mean "place"?',
    'colour = "red"': (
        ', line 1: "colour" is not an option; the file knows agree, area, endpoint, languages, lock, night, '
        "place, power, presence, profile, reduced_motion, screen, source, trust, two_person, venue."
    ),
    "[trust]\nlvie = '1 h'": ', line 2: "lvie" is not an option; did you mean "live"?',
    f'{SOURCE}urls = "x"': ', line 5: "urls" is not an option; did you mean "url"?',
    "[sources]\nx = 1": ', line 1: "sources" is not an option; did you mean "source"?',
    '"a\\u0007b\\nc" = 1': (
        ': "ab c" is not an option; the file knows agree, area, endpoint, languages, lock, night, place, '
        "power, presence, profile, reduced_motion, screen, source, trust, two_person, venue."
    ),
    # kinds
    "place = 5": ", line 1: place: it must be a text in quotes.",
    f'place = "{"x" * 201}"': ", line 1: place: it has 201 characters; 200 are the most.",
    'languages = "en"': ', line 1: languages: it must be a list of texts such as ["one", "two"].',
    "languages = [1]": ', line 1: languages: it must be a list of texts such as ["one", "two"].',
    f'{SOURCE}insecure = "yes"': ", line 5: insecure: it must be true or false.",
    f"{SOURCE}every = 600": ', line 5: every: write a length of time in quotes, as in "10 min".',
    f'{SOURCE}every = "soon"': (
        ', line 5: every: "soon" is no length of time; write it as in "90 s", "10 min", "24 h" or "28 d".'
    ),
    f"{JSON}level = 'a'\nvalues = 5": (
        ', line 6: values: it must be a table of texts such as { "4" = "SEVERE" }.'
    ),
    f"{JSON}level = 'a'\nvalues = {{ a = 4 }}": (
        ', line 6: values: it must be a table of texts such as { "4" = "SEVERE" }.'
    ),
    'night = "22:00"': ', line 1: night: write from when until when, as in "22:00-06:30".',
    'night = "22:00-24:30"': ', line 1: night: write from when until when, as in "22:00-06:30".',
    'night = "06:00-06:00"': ", line 1: night: it begins when it ends; leave it out for no night at all.",
    "night = 5": ', line 1: night: write from when until when, as in "22:00-06:30".',
    "venue = 5": ", line 1: venue is a table: write [venue] on a line of its own.",
    "trust = 5": ", line 1: trust is a table: write [trust] on a line of its own.",
    "source = 5": ", line 1: sources are tables: write [[source]] on a line of its own.",
    "source = []": ", line 1: sources are tables: write [[source]] on a line of its own.",
    '[source]\nname = "A"': ", line 1: sources are tables: write [[source]] on a line of its own.",
    # names that must exist
    'area = "SCO"': ', line 1: area = "SCO" is not an area of the profile; use NI, UK.',
    'languages = ["en", "it"]': (
        ', line 1: languages names "it", but the profile has ar, cy, de, en, es, fr, nl, pl, zh.'
    ),
    f"{SOURCE.replace('mi5', 'xml')}": f', line 4: "xml" is not a format; use {", ".join(FORMATS)}.',
    "[[source]]\nurl = 'https://a.example/x'\nformat = 'mi5'": (
        ', line 1: this [[source]] needs name = "Head office".'
    ),
    SOURCE.replace('"A"', '" "'): ', line 1: this [[source]] needs name = "Head office".',
    f"{SOURCE}\n{SOURCE}": ', line 7: there are two sources called "A"; give each a name of its own.',
    # how many must agree
    f"agree = 2\n{SOURCE}": ", line 1: agree = 2; there are fewer sources (1). Add some, or demand less.",
    "agree = 3": ", line 1: agree = 3; there are fewer sources (2). Add some, or demand less.",
    "agree = 0": ", line 1: agree: it must be a whole number from 1 to 9.",
    "agree = true": ", line 1: agree: it must be a whole number from 1 to 9.",
    "agree = 1.5": ", line 1: agree: it must be a whole number from 1 to 9.",
    # limits
    '[trust]\nlive = "0.5 s"': ", line 2: live: it must be between 1 s and 366 d.",
    '[trust]\nlive = "367 d"': ", line 2: live: it must be between 1 s and 366 d.",
    '[trust]\nlive = "2 d"': ", line 1: live (2 d) must not be longer than stale (1 d).",
    '[trust]\nlast_known = "1 h"': ", line 1: stale (1 d) must not be longer than last_known (1 h).",
    f'{SOURCE}deadline = "31 s"': ", line 5: deadline: it must be between 1 s and 30 s.",
    f'{SOURCE}every = "59 s"': ", line 5: another machine is asked once in 1 min at most.",
    # json
    JSON: ', line 1: a json source needs level = "the.path", where the level is in the document.',
    f"{JSON}level = 'a['": (
        ", line 5: level: “a[” is not a JMESPath expression; write one such as “threat.current”."
    ),
    f"{JSON}level = 'a'\nchanged = '&'": (
        ", line 6: changed: “&” is not a JMESPath expression; write one such as “threat.current”."
    ),
    f"{SOURCE}level = 'a'": ", line 5: level is for json sources only; mi5 does without it.",
    f"{JSON}level = 'a'\nvalues = {{ '4' = 'severe' }}": (
        ', line 6: values maps "4" to "severe", which is no level; '
        "the levels are LOW, MODERATE, SUBSTANTIAL, SEVERE, CRITICAL."
    ),
    # other formats
    JSON.replace("json", "cap"): (
        ', line 1: a cap source needs parameter = "its name", the parameter that carries the level.'
    ),
    f"{SOURCE}parameter = 'a'": ", line 5: parameter is for cap sources only; mi5 does without it.",
    f"{SOURCE}expires_after = '1 h'": ", line 5: expires_after is for cap sources only; mi5 does without it.",
    f"{SOURCE}test_events = ['A']": ", line 5: test_events is for cap sources only; mi5 does without it.",
    JSON.replace("json", "rss"): (
        ", line 1: a rss source needs pattern = 'its sentence with (?P<level>...)', how the feed states the level."
    ),
    JSON.replace("json", "html"): (
        ', line 1: an html source needs select = "a CSS selector" or a pattern, where the level is in the page.'
    ),
    f"{JSON.replace('json', 'html')}select = 'p >'": (
        ", line 5: select: “p >” is not a CSS selector; write one such as “#threat-level .value”."
    ),
    f"{JSON.replace('json', 'rss')}pattern = '(level'": (
        ", line 5: pattern: “(level” is not a regular expression of RE2; correct it."
    ),
    f"{JSON.replace('json', 'rss')}pattern = 'The level is .*'": (
        ", line 5: pattern: it has no group for the level; write (?P<level>\\w+) where the level's word stands."
    ),
    f"{JSON.replace('json', 'rss')}pattern = '.*(?P<level>\\w+).*'": (
        ", line 5: pattern: it fits a level's word among any others; "
        "write the words of the sentence around (?P<level>\\w+)."
    ),
    f"{JSON}level = 'a'\nselect = 'p'": ", line 6: select is for html sources only; json does without it.",
    f"{JSON}level = 'a'\npattern = 'p'": (
        ", line 6: pattern is for rss and html sources only; json does without it."
    ),
    JSON.replace("json", "signed"): (
        ', line 1: a signed source needs public_keys = ["the second line of minisign.pub"].'
    ),
    f"{JSON.replace('json', 'signed')}public_keys = ['RWQ']": (
        ", line 5: public_keys: “RWQ” is no minisign public key; copy the second line of minisign.pub."
    ),
    # tables within lines
    'source = [{ name = "A", url = "https://a.example/x", format = "xml" }]': (
        f', line 1: "xml" is not a format; use {", ".join(FORMATS)}.'
    ),
}


@pytest.mark.parametrize("document", ONE)
def test_a_mistake_is_one_sentence_with_its_line(document: str) -> None:
    assert mistakes(document) == [ONE[document]]


ADDRESSES = {
    "http://[bad/": '"http://[bad/" is not an address: Invalid IPv6 URL.',
    "https://a.example:port/": '"https://a.example:port/" is not an address: Port could not be cast to integer',
    "https://user:secret@a.example:99999/": '"https://a.example:99999/" is not an address: Port out of range',
    "ftp://a.example/": '"ftp://a.example/" begins with none of file:, http:, https:, mqtt:, mqtts:.',
    "ftp://user:secret@a.example/": '"ftp://a.example/" begins with none of file:, http:, https:, mqtt:, mqtts:.',
    "a.example/level": '"a.example/level" begins with none of file:, http:, https:, mqtt:, mqtts:.',
    "https:///level": '"https:///level" names no host in plain letters.',
    "https://ex ample/x": '"https://ex ample/x" names no host in plain letters.',
    "https://ex\u2044ample/x": '"https://ex\u2044ample/x" names no host in plain letters.',
    "http://a.example/x": ("plain http can be changed by anybody on the way; use https, or set insecure = true."),
    "http://127.0.0.1.a.example/x": "plain http can be changed by anybody on the way",
    "http://localhost.a.example/x": "plain http can be changed by anybody on the way",
    "http://localhost@a.example/x": "plain http can be changed by anybody on the way",
    "file:level.json": '"file:level.json" must name a file of this machine: file:///the/whole/path.',
    "file://server/level.json": '"file://server/level.json" must name a file of this machine',
}


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_cannot_be_asked_is_a_mistake_and_no_exception(url: str) -> None:
    (sentence,) = mistakes(SOURCE.replace("https://a.example/x", url))
    assert sentence.startswith(f", line 3: {ADDRESSES[url]}")
    assert "secret" not in sentence


@pytest.mark.parametrize(
    ("url", "more"),
    [
        ("http://a.example/x", "insecure = true"),
        ("http://127.0.0.1:8080/x", 'every = "1 s"'),
        ("http://[::1]/x", 'every = "1 s"'),
        ("http://localhost/x", 'every = "1 s"'),
        ("file:///level.json", 'every = "1 s"'),
        ("file://localhost/level.json", ""),
        ("HTTPS://A.EXAMPLE/x", 'every = "60 s"'),
    ],
)
def test_an_address_that_can_be_asked_is_taken(url: str, more: str) -> None:
    config = parse_config(SOURCE.replace("https://a.example/x", url) + more, "k.toml")
    assert config.sources[0].url == url


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    found = mistakes(
        'plaec = "Hall"\narea = 5\n[trust]\nlive = "x"\n'
        '[[source]]\nname = "A"\nurl = "ftp://a.example"\nformat = "xml"\nevery = 5\n'
        "[[source]]\nnmae = 'B'\n"
    )
    lines = [int(sentence.split(":")[0].removeprefix(", line ")) for sentence in found]
    assert lines == [1, 2, 4, 7, 8, 9, 10, 10, 10, 11]


def test_an_unknown_profile_is_a_mistake_with_those_that_are_built_in(tmp_path: Path) -> None:
    (sentence,) = mistakes('profile = "atlantis"')
    assert sentence.startswith(", line 1: The profile ")
    assert sentence.endswith(f"; built in are {', '.join(built_in())}.")
    (tmp_path / "ours.toml").write_text(
        profile_path("uk").read_text("utf-8").replace("\nreviewed", "\nseen", 1), "utf-8"
    )
    (sentence,) = mistakes('profile = "ours.toml"', tmp_path)
    assert f"{tmp_path / 'ours.toml'} needs reviewed" in sentence


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a = ", "is not TOML: Invalid value (at end of document)."),
        (b"\xff", "is not UTF-8 at byte 0. Save it as UTF-8."),
        (b"a = " + b"1" * 5000, "is not TOML: Exceeds the limit"),
        (b"a = " + b"[" * 5000, "is nested too deeply to be a configuration."),
        (b"#" * 300_000, "is larger than 256 KiB and can't be a configuration."),
    ],
)
def test_a_file_that_is_no_configuration_is_one_mistake(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as refusal:
        load_config(path)
    (sentence,) = refusal.value.mistakes
    assert sentence.startswith(f"{path}: {told}")


def test_a_file_that_is_not_there_or_no_file_is_one_mistake(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for path, told in (
        (tmp_path / "none.toml", "can't be read (No such file"),
        (tmp_path, "is no file"),
        (tmp_path / "pipe.toml", "is no file"),
    ):
        with pytest.raises(ConfigError, match=re.escape(told)):
            load_config(path)


def test_a_byte_order_mark_of_an_editor_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    path.write_bytes(b'\xef\xbb\xbfplace = "T\xc5\xb7"\r\n')
    assert load_config(path).venue.place == "Tŷ"


# ---------------------------------------------------------------- whatever is written

keys = st.sampled_from(
    [*TABLES, *(option.key for options in TABLES.values() for option in options), "trust.live", "x"]
)
values = st.sampled_from(
    [
        '""', '"uk"', '"A"', '"https://a.example/x"', '"http://[x"', '"json"', '"10 min"', "true", "1", "1.5",
        "1979-05-27", "[]", '["en"]', "[[1]]", "{}", '{ a = "LOW" }', '"""\n[x\n"""', "inf", '"\\u0000"',
    ]
)  # fmt: skip
lines = st.one_of(
    st.builds("{} = {}".format, keys, values),
    st.sampled_from(["[trust]", "[[source]]", "[source]", "[[trust]]", "[x", "#", "", "]"]),
    st.text(max_size=12),
)


@given(document=st.lists(lines, max_size=12).map("\n".join))
def test_whatever_is_written_is_a_configuration_or_a_list_of_mistakes(document: str) -> None:
    try:
        config = parse_config(document, "k.toml")
    except ConfigError as error:
        mistaken = error.mistakes
    else:
        mistaken = ()
        assert config.sources
        assert config.policy().scale
    assert all(mistake.startswith("k.toml") for mistake in mistaken)


def test_a_long_line_of_brackets_inside_a_text_costs_no_time() -> None:
    (sentence,) = mistakes(f'x = """\n[{" " * 100_000}\n{"[" * 100_000}"""')
    assert '"x" is not an option' in sentence

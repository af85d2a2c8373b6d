"""A scale whose colours can't be read or told apart is refused, with a near colour that passes every rule."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.colour_advice import fault_of
from kiosk.core.profile import Look
from kiosk.errors import ProfileError
from kiosk.profiles import load_profile, profile_path
from tests.commands import command
from tests.eyes import every_rule_holds

UK = load_profile("uk", ())
SOURCE = re.sub(r"languages = \[.*", 'languages = ["en"]', profile_path("uk").read_text("utf-8"))
SEVERE = 'colour = "#EE8134"\nink    = "#0B0C0C"'

# the text that is replaced, what by, and what is found
FAULTS = {
    "an ink on its colour": (
        SEVERE,
        'colour = "#EE8134"\nink    = "#FFFFFF"',
        (
            "has SEVERE with the ink #FFFFFF on #EE8134 with a contrast of 2.6:1, and 7:1 is the least; "
            'write ink = "#0B0C0C" for SEVERE.'
        ),
    ),
    "a colour that is a little too dark": (
        SEVERE,
        'colour = "#E07020"\nink    = "#0B0C0C"',
        (
            "has SEVERE with the ink #0B0C0C on #E07020 with a contrast of 6:1, and 7:1 is the least; "
            'write colour = "#[0-9A-F]{6}" for SEVERE.'
        ),
    ),
    "an ink that nothing carries": (
        'ink    = "#FFFFFF"',
        'ink    = "#888888"',
        'has LOW with the ink #888888 on #17624C with a contrast of 2:1, .* write ink = "#FFFFFF" for LOW.',
    ),
    "an accent": (
        'accent = "#C65F12"',
        'accent = "#FFC080"',
        (
            "has SEVERE with the accent #FFC080 with a contrast of 1.6:1 on white, and 3:1 is the least; "
            'write accent = "#[0-9A-F]{6}" for SEVERE.'
        ),
    ),
    "two colours to every eye": (
        'colour = "#EE8134"',
        'colour = "#FCE15D"',
        "has SUBSTANTIAL #FCE15D and SEVERE #FCE15D 0 apart in dE2000 with .*, and 15 is the least;",
    ),
    "two colours without red": (
        'colour = "#99CAF5"',
        'colour = "#B9D98B"',
        "has MODERATE #B9D98B and SUBSTANTIAL #FCE15D 8.7 apart in dE2000 with protanopia, and 15 is the least;",
    ),
    "two colours without green": (
        'colour = "#17624C"',
        'colour = "#6B3A00"',
        "has LOW #6B3A00 and CRITICAL #7C0B14 3.7 apart in dE2000 with deuteranopia, and 15 is the least;",
    ),
    "two colours without blue": (
        'colour = "#EE8134"',
        'colour = "#7FC97F"',
        "has MODERATE #99CAF5 and SEVERE #7FC97F 4.2 apart in dE2000 with tritanopia, and 15 is the least;",
    ),
}


def looks_of(document: str) -> dict[str, Look]:
    """The colours that a profile has, right or wrong."""
    levels = tomllib.loads(document)["levels"]
    return {level["id"]: Look(level["colour"], level["ink"], level["accent"]) for level in levels}


def as_advised(looks: dict[str, Look], sentence: str) -> dict[str, Look]:
    """The colours after somebody did what the sentence says."""
    better = dict(looks)
    for key, colour, level in re.findall(r'(\w+) = "(#[0-9A-F]{6})" for (\w+)', sentence):
        better[level] = replace(better[level], **{key: colour})
    return better


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_figure_and_with_a_colour_that_passes(name: str, tmp_path: Path) -> None:
    old, new, told = FAULTS[name]
    document = SOURCE.replace(old, new, 1)
    assert document != SOURCE
    path = tmp_path / "ours.toml"
    path.write_text(document, "utf-8")
    with pytest.raises(ProfileError) as refusal:
        load_profile(str(path), ())
    sentence = str(refusal.value)
    assert re.match(f"The profile {re.escape(str(path))} {told}", sentence), sentence
    assert sentence.endswith(".")
    looks = looks_of(document)
    better = as_advised(looks, sentence)
    assert every_rule_holds(better)
    assert sum(better[level] != look for level, look in looks.items()) == 1, "one fault, one change"


QUICK = (Phase.generate,)  # an advice takes up to a second: to look for a smaller failure would take minutes

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
inks = st.sampled_from(["#FFFFFF", "#0B0C0C"]) | colours
palettes = st.lists(st.builds(Look, colours, inks, colours), min_size=2, max_size=6)


@settings(max_examples=15, deadline=None, phases=QUICK)
@given(palette=palettes)
def test_whatever_the_colours_are_the_advice_mends_them_all_and_those_in_order_have_none(
    palette: list[Look],
) -> None:
    looks = {f"LEVEL{number}": look for number, look in enumerate(palette)}
    fault = fault_of(looks)
    assert (fault is None) == every_rule_holds(looks)
    if fault:
        assert every_rule_holds(as_advised(looks, fault)), fault


@settings(max_examples=15, deadline=None, phases=QUICK)
@given(level=st.sampled_from(UK.scale.levels), colour=colours)
def test_one_wrong_colour_in_a_good_scale_is_mended_by_the_colours_of_one_level(level: str, colour: str) -> None:
    looks = {**UK.looks, level: replace(UK.looks[level], colour=colour)}
    fault = fault_of(looks)
    assert (fault is None) == every_rule_holds(looks)
    if fault:
        better = as_advised(looks, fault)
        assert every_rule_holds(better), fault
        assert sum(better[name] != look for name, look in looks.items()) == 1, fault


def test_a_scale_that_no_colours_fit_is_told_so() -> None:
    looks = {f"LEVEL{number}": Look("#777777", "#FFFFFF", "#000000") for number in range(30)}
    assert "no near colour was found, so choose others" in (fault_of(looks) or "")


# ---------------------------------------------------------------- when it is measured


def test_config_check_and_a_start_refuse_a_profile_of_ones_own_in_one_sentence(tmp_path: Path) -> None:
    old, new, told = FAULTS["two colours without blue"]
    (tmp_path / "ours.toml").write_text(SOURCE.replace(old, new, 1), "utf-8")
    config = tmp_path / "k.toml"
    config.write_text('place = "Hall"\nprofile = "ours.toml"\n', "utf-8")
    for arguments in (("config", "check"), ("run",), ("check",)):
        sentence = command(*arguments, "--config", config).refused(2)
        assert sentence.startswith(f"{config}, line 2: The profile {tmp_path / 'ours.toml'} {told}")


def test_colours_that_ship_are_measured_by_config_check_and_not_at_each_start() -> None:
    program = """
import sys
import tomllib
from kiosk.config.load import load_config
load_config(None)
print("coloraide" in sys.modules)
load_config(None, thorough=True)
print("coloraide" in sys.modules)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["False", "True"]


def test_config_check_reads_every_language_of_the_profile(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(SOURCE.replace('["en"]', '["en", "cy"]'), "utf-8")
    config = tmp_path / "k.toml"
    config.write_text("profile = 'ours.toml'\n", "utf-8")
    sentence = command("config", "check", "--config", config).refused(2)
    assert sentence.endswith("ours.toml needs [cy], or ours.cy.toml beside it.")
    assert command("config", "show", "--config", config).code == 0, "it shows English only"

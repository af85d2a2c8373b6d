"""Told apart at a glance: what is left of each state from afar and without colour."""

import itertools

import numpy as np
import pytest
from msgspec.structs import replace

from kiosk.core.screen import Pattern
from tests.ui.combinations import STATES, Case, draw, scene
from tests.ui.drawing import render
from tests.ui.sights import from_afar, pixels

TOLD_APART = 6.0
"""Steps of lightness (CIE L*) that nobody overlooks side by side."""
SHARE = 0.05
"""Of the parts of the picture that differ by so much; the nearest two states have 9.5 %."""


@pytest.mark.parametrize("level", ["LOW", "SUBSTANTIAL", "SEVERE"])
def test_any_two_states_of_one_level_differ_from_afar_without_colour(level: str) -> None:
    drawn = {state: draw(Case("1920x1080", state, "none", level, "en", "usual")) for state in STATES}
    glances = {state: from_afar(pixels(one.picture)) for state, one in drawn.items()}
    for one, other in itertools.combinations(STATES, 2):
        differing = float((np.abs(glances[one] - glances[other]) > TOLD_APART).mean())
        assert differing >= SHARE, (one, other, differing)


def test_two_pictures_that_differ_in_the_age_alone_are_not_told_apart() -> None:
    usual = scene(Case("1920x1080", "live", "none", "SEVERE", "en", "usual")).due
    older = replace(usual, age=usual.age.replace("2", "9"), clock="23:59")
    one, other = (from_afar(pixels(render(each, 1920, 1080))) for each in (usual, older))
    assert not (one == other).all()
    assert float((np.abs(one - other) > TOLD_APART).mean()) < SHARE


UNREAL = 0.02
"""Of the pixels of any eighth of an unreal picture's width and height that only a drill or a demonstration has."""


@pytest.mark.parametrize("size", ["1920x1080", "1080x1920", "800x480", "3840x1080"])
@pytest.mark.parametrize(
    ("state", "level"), [("exercise", "MODERATE"), ("exercise", "SEVERE"), ("demonstration", "LOW")]
)
def test_no_crop_of_a_drill_or_a_demonstration_can_be_taken_for_real(size: str, state: str, level: str) -> None:
    case = Case(size, state, "none", level, "en", "usual")
    width, height = map(int, size.split("x"))
    screen = scene(case).due
    unreal = pixels(render(screen, width, height)).astype(int)
    real = pixels(render(replace(screen, watermark=None, pattern=Pattern.PLAIN), width, height)).astype(int)
    differing = (np.abs(unreal - real).max(axis=2) > 6).astype(float)
    across, down = width // 8, height // 8
    for y in range(0, height - down + 1, down // 4):
        for x in range(0, width - across + 1, across // 4):
            assert differing[y : y + down, x : x + across].mean() >= UNREAL, (x, y)

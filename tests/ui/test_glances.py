"""Told apart at a glance: what is left of each state from afar and without colour."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from kiosk.ui.render import render
from tests.ui.combinations import STATES, Case, draw, screen
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
    usual = screen(Case("1920x1080", "live", "none", "SEVERE", "en", "usual"))
    older = replace(usual, age=usual.age.replace("2", "9"), clock="23:59")
    one, other = (from_afar(pixels(render(each, 1920, 1080))) for each in (usual, older))
    assert not (one == other).all()
    assert float((np.abs(one - other) > TOLD_APART).mean()) < SHARE

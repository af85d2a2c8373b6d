"""Contrast and tints, against an independent judge."""

import pytest
from coloraide import Color
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.palette import TEXT_CONTRAST, contrast, tint

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def judged(one: str, other: str) -> float:
    return float(Color(one).contrast(Color(other), method="wcag21"))


@given(colours, colours)
def test_contrast_is_that_of_wcag(one: str, other: str) -> None:
    assert contrast(one, other) == pytest.approx(judged(one, other), abs=0.01)


@given(colours, st.sampled_from(["#000000", "#0b0c0c", "#ffffff"]), st.floats(1.05, 2))
def test_a_tint_never_takes_a_text_below_its_contrast(background: str, ink: str, distinct: float) -> None:
    shade = tint(background, ink, distinct)
    assert judged(shade, ink) >= min(TEXT_CONTRAST, judged(background, ink) - 0.01)
    assert judged(shade, background) <= distinct + 0.02


@pytest.mark.parametrize(
    ("banner", "ink"),
    [("#095b45", "#ffffff"), ("#7dc1ff", "#000000"), ("#f76a00", "#000000"), ("#630000", "#ffffff")],
)
def test_banners_get_a_tint_that_can_be_seen(banner: str, ink: str) -> None:
    assert contrast(tint(banner, ink, 1.22), banner) > 1.12

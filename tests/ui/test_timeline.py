"""The drawn timeline: a flicker of thousands of lines takes no longer, and hides nothing that is rare."""

from PySide6.QtGui import QColor, QImage

from kiosk.core.chart import Bar, Chart, Fill, Key, Lane
from kiosk.ui.crowd import uncrowded
from kiosk.ui.timeline import timeline

LANES = (Lane("HIGH", "#7c0b14", "#ffffff"), Lane("LOW", "#17624c", "#ffffff"))


def bar(begin: float, end: float, lane: int = 1, fill: Fill = Fill.PLAIN) -> Bar:
    return Bar(lane, begin, end, fill, LANES[lane].colour, LANES[lane].ink, ("LONG LABEL", "L"))


def drawn(*bars: Bar, width: int = 800, height: int = 480, mirrored: bool = False) -> QImage:
    chart = Chart("en", mirrored, "Title", "", "Heading", "Span", LANES, bars, (), (), (Key(Fill.PLAIN, "Plain"),))
    return timeline(chart, width, height)


def columns(image: QImage, colour: str, begin: int = 200, end: int = 800) -> list[int]:
    """In which columns a colour stands, by default right of the labels."""
    return [
        x
        for x in range(begin, end)
        if any(image.pixelColor(x, y) == QColor(colour) for y in range(image.height()))
    ]


def test_bars_that_flicker_are_put_together() -> None:
    flicker = [bar(at / 5000, (at + 1) / 5000, fill=Fill.HATCHED if at % 2 else Fill.PLAIN) for at in range(5000)]
    assert [(one.fill, one.begin, round(one.end, 2)) for one in uncrowded(flicker, 0.005)] == [
        (Fill.PLAIN, 0.0, 1.0),
        (Fill.HATCHED, 0.0002, 1.0),
    ]


def test_a_short_rise_is_seen_in_a_long_span_and_above_everything_else() -> None:
    whole = drawn(bar(0, 0.5), bar(0.5, 0.50001, lane=0), bar(0.50001, 1))
    assert 1 <= len(columns(whole, "#7c0b14")) <= 4


def test_from_right_to_left_the_time_runs_the_other_way() -> None:
    forwards, backwards = (drawn(bar(0.7, 0.8), mirrored=mirrored) for mirrored in (False, True))
    assert min(columns(forwards, "#17624c")) > forwards.width() / 2
    assert max(columns(backwards, "#17624c", 0, 600)) < backwards.width() / 2


def test_a_pattern_tells_a_state_without_its_colour() -> None:
    looks = {
        fill: bytes(drawn(bar(0.2, 0.8, fill=fill)).convertToFormat(QImage.Format.Format_Grayscale8).constBits())
        for fill in (Fill.PLAIN, Fill.HATCHED, Fill.FRAMED, Fill.DRILL)
    }
    assert len(set(looks.values())) == len(looks)

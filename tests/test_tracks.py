"""Who goes on being watched when another configuration rules, and who is asked anew."""

from kiosk.config.load import parse_config
from kiosk.config.model import Config
from kiosk.tracks import Tracks

SOURCE = '[[source]]\nname = "{}"\nurl = "https://{}.example/"\nformat = "mi5"\nevery = "{}"\n'


def config(*sources: tuple[str, str, str]) -> Config:
    return parse_config("".join(SOURCE.format(*source) for source in sources), "the test")


def test_only_a_source_that_is_asked_as_before_goes_on() -> None:
    tracks = Tracks(lambda: 5.0, lambda: None)
    tracks.follow(config(("A", "a", "10 min"), ("B", "b", "10 min"), ("C", "c", "10 min"), ("D", "d", "10 min")))
    before = {track.config.name: track for track in tracks}
    for track in tracks:
        track.due = 600.0
    tracks.follow(
        config(("D", "d", "10 min"), ("A", "a", "10 min"), ("B", "elsewhere", "10 min"), ("C", "c", "1 h")),
    )
    after = {track.config.name: track for track in tracks}
    assert list(after) == ["D", "A", "B", "C"]
    assert {name for name in after if after[name] is before[name]} == {"D", "A"}
    assert {name: track.due for name, track in after.items()} == {"D": 600.0, "A": 600.0, "B": 5.0, "C": 5.0}
    assert {name for name, track in before.items() if track.stop.is_set()} == {"B", "C"}


def test_a_source_whose_secret_changed_is_asked_anew_and_so_are_all_where_the_scale_did() -> None:
    tracks = Tracks(lambda: 5.0, lambda: None)
    both = config(("A", "a", "10 min"), ("B", "b", "10 min"))
    tracks.follow(both)
    first, second = tracks
    tracks.follow(both, frozenset({"B"}))
    assert next(iter(tracks)) is first
    assert second.stop.is_set()
    tracks.follow(both, anew=True)
    assert first.stop.is_set()

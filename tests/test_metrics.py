"""A look in the words of Prometheus: what has a sample, and that only bounded words are labels."""

from datetime import timedelta

from msgspec.structs import replace
from prometheus_client.parser import text_string_to_metric_families

from kiosk.afar.look import Look
from kiosk.afar.metrics import exposition
from kiosk.config.load import parse_config
from kiosk.core.derive import derive
from kiosk.core.model import Mark, Problem
from kiosk.core.vitals import Looked, ScreenPower, Vitals, vitals
from tests.memories import NOW, WALL, state

CONFIG = parse_config(
    "".join(f'[[source]]\nname = "{name}"\nurl = "file:///{name}"\nformat = "mi5"\n' for name in "AŶ"), "k.toml"
)
LABELS = {"state", "level", "mark", "power", "source", "problem", "version", "profile", "area"}


def looked(power: ScreenPower | None = None, *, refused: bool = False) -> Look:
    policy = CONFIG.policy()
    display = derive(state(), NOW, policy)
    seen = Looked(NOW.boot - 2, by_screen=True)
    found: Vitals = vitals(seen, None, power or ScreenPower(), state(), NOW, policy)
    return Look(CONFIG, WALL, display, found, 2, refused)


def samples(look: Look) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(exposition(look).decode())
    return {
        (sample.name.removeprefix("threat_level_kiosk_"), frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def value(look: Look, name: str, **labels: str) -> float | None:
    return samples(look).get((name, frozenset(labels.items())))


def test_what_is_known_has_a_sample_and_what_is_not_has_none() -> None:
    look = looked()
    assert value(look, "frame_ok") == 1
    assert value(look, "frame_age_seconds") == 2
    assert value(look, "power_ok") is None
    assert value(look, "power", power="unknown") == 1
    assert value(look, "screens") == 2
    assert value(look, "time_seconds") == WALL.timestamp()
    assert value(look, "source_problem", source="Ŷ", problem="dns") == 1
    dark = looked(ScreenPower(on=False, meant=True, seen=NOW.boot))
    assert (value(dark, "power_ok"), value(dark, "power", power="off"), value(dark, "power_meant")) == (0, 1, 1)
    nobody = replace(look, vitals=vitals(None, None, ScreenPower(), state(), NOW, CONFIG.policy()))
    assert value(nobody, "frame_ok") is None


def test_a_refused_configuration_is_told() -> None:
    assert value(looked(), "configuration_refused") == 0
    assert value(looked(refused=True), "configuration_refused") == 1


def test_labels_are_words_of_the_program_the_profile_and_the_configuration() -> None:
    look = looked()
    troubles = tuple(
        replace(report, ok=False, level=None, problem=problem, message=f"At {number} of the clock.")
        for number, problem in enumerate(Problem)
        for report in look.display.sources[:1]
    )
    wild = replace(look, display=replace(look.display, marks=tuple(Mark), sources=troubles, statement="Words!"))
    found = samples(wild)
    labels = {name for _, pairs in found for name, _ in pairs}
    assert labels <= LABELS
    assert len(found) < 60 + len(Problem)
    assert b"Words!" not in exposition(wild)
    assert value(replace(look, at=WALL + timedelta(days=1)), "level_ranks") == 5

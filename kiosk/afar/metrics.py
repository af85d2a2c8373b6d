"""A look in the words of Prometheus. What can't be known has no sample: an alert on it then says nothing, either.

The labels are bounded: states, marks, levels of the profile, and sources of the configuration. Ages are seconds at
the scrape and not times, because the clock of a small machine may be wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.registry import Collector

from kiosk import __version__
from kiosk.afar.look import Look
from kiosk.core.model import Mark, StateName

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

_PREFIX = "threat_level_kiosk_"
_POWERS = ("on", "off", "unknown")


def exposition(look: Look) -> bytes:
    """The text of one scrape."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(look))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


class _Snapshot(Collector):
    def __init__(self, look: Look) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        look, config, display = self._look, self._look.config, self._look.display
        about = {"version": __version__, "profile": config.profile.name, "area": config.area}
        yield _labelled("info", "What runs here.", about, 1)
        yield _one_of("state", "The state of what is shown.", "state", StateName, display.state)
        yield _one_of("level", "The level that is shown.", "level", config.profile.scale.levels, display.level)
        yield _plain(
            "level_rank", "The rank of the level that is shown, 1 for the lowest; 0 for none.", display.rank or 0
        )
        yield _plain("level_ranks", "How many levels the scale has.", display.of)
        yield _each("mark", "What is laid over the state.", "mark", {mark: mark in display.marks for mark in Mark})
        yield from self._facts()
        yield _each("source_ok", "Whether the source's last answer stated a level.", "source", _sources(look))
        yield self._problems()
        yield _plain("configuration_refused", "Whether a changed configuration was not taken over.", look.refused)
        yield _plain("screens", "How many screens are covered.", look.screens)
        yield _plain("time_seconds", "The kiosk's own clock, in seconds since 1970.", look.at.timestamp())

    def _facts(self) -> Iterator[Metric]:
        frame, confirmation, power = (
            self._look.vitals.frame,
            self._look.vitals.confirmation,
            self._look.vitals.power,
        )
        yield _known("frame_ok", "Whether the picture is as it should be.", frame.ok)
        yield _age("frame_age_seconds", "Since the picture was last found as it should be.", frame.age)
        yield _known(
            "frame_by_screen",
            "Whether the screen itself is read for that, and not only what was drawn for it.",
            None if frame.ok is None else frame.by_screen,
        )
        yield _known("confirmation_ok", "Whether the sources' level is live.", confirmation.ok)
        yield _age("confirmation_age_seconds", "Since a source last confirmed the level.", confirmation.age)
        yield _one_of("power", "Whether the screens have power.", "power", _POWERS, power.word)
        yield _known("power_ok", "Whether the screens have power whenever they are to be on.", power.ok)
        yield _known("power_meant", "Whether the screens are to be on now.", power.meant)

    def _problems(self) -> Metric:
        metric = GaugeMetricFamily(
            f"{_PREFIX}source_problem",
            "Why the source's last answer stated no level.",
            labels=("source", "problem"),
        )
        for report in self._look.display.sources:
            if report.problem:
                metric.add_metric((report.name, report.problem), 1)
        return metric


def _plain(name: str, help_text: str, value: float) -> Metric:
    return GaugeMetricFamily(_PREFIX + name, help_text, value=value)


def _known(name: str, help_text: str, value: bool | None) -> Metric:  # noqa: FBT001 - the value of a sample
    return GaugeMetricFamily(_PREFIX + name, help_text, value=None if value is None else float(value))


def _age(name: str, help_text: str, age: timedelta | None) -> Metric:
    return GaugeMetricFamily(_PREFIX + name, help_text, value=None if age is None else age.total_seconds())


def _labelled(name: str, help_text: str, labels: Mapping[str, str], value: float) -> Metric:
    metric = GaugeMetricFamily(_PREFIX + name, help_text, labels=tuple(labels))
    metric.add_metric(tuple(labels.values()), value)
    return metric


def _one_of(name: str, help_text: str, label: str, words: Iterable[str], word: str | None) -> Metric:
    return _each(name, help_text, label, {known: known == word for known in words})


def _each(name: str, help_text: str, label: str, values: Mapping[str, bool]) -> Metric:
    metric = GaugeMetricFamily(_PREFIX + name, help_text, labels=(label,))
    for word, value in values.items():
        metric.add_metric((word,), value)
    return metric


def _sources(look: Look) -> dict[str, bool]:
    return {report.name: report.ok for report in look.display.sources}

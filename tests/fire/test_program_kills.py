"""The whole program killed while its level changes: what it showed is what it remembers, and never as current."""

import itertools
import os
import random
import time
from pathlib import Path

from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.fire.conftest import PART_POWER as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, SEED, extent

_LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
_LONGEST = 1.2  # seconds in which a change is on its way: the source is looked at each second


def test_a_program_that_is_killed_while_its_level_changes_remembers_what_it_showed(
    tmp_path: Path, proves: Count
) -> None:
    entry = proves(PART, "A kiosk killed while its level changes comes back with a stated one, as stale", SEED)
    chance = random.Random(SEED)  # noqa: S311 - it chooses the moments
    feed, away = tmp_path / "feed.xml", tmp_path / "away.xml"
    config = configuration(tmp_path, feed.as_uri())
    environment = dict(os.environ) | {"QT_QPA_PLATFORM": "offscreen"}

    def publish(level: str) -> None:
        away.write_bytes(mi5_document(level))
        away.replace(feed)

    for number in range(extent(1, 25)):
        folder = tmp_path / f"state-{number}"
        for before, after in itertools.pairwise(_LEVELS if FULL else _LEVELS[-2:]):
            publish(before)
            with Kiosk(environment, folder, "--config", str(config)) as kiosk:
                kiosk.until_shown(before, "live")
                publish(after)
                time.sleep(chance.uniform(0, _LONGEST))  # the moment itself
                shown = kiosk.status()["level"]
                kiosk.process.kill()
            feed.unlink()
            with Kiosk(environment, folder, "--config", str(config)) as kiosk:
                status = kiosk.until(bool)
                assert status["state"] == "stale"
                assert status["level"] in {shown, after}
                kiosk.process.kill()
            entry.count("kills", 2)

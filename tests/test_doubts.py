"""``check`` and ``doctor`` name a source that somebody should look at, from what a real watcher remembered."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.store import Store
from tests.commands import command
from tests.e2e.kiosks import configuration, mi5_document
from tests.memories import SCOPE, later, state
from tests.servers import Answer, DocumentServer
from tests.test_watcher import watching


def test_a_source_that_contradicts_what_is_shown_for_long_is_named(tmp_path: Path) -> None:
    with DocumentServer(mi5_document("CRITICAL")) as one, DocumentServer(mi5_document("LOW")) as other:
        config = configuration(tmp_path, one.url(), other.url(), trust='grace = "1 s"')
        with watching(config) as kiosk:
            kiosk.until(lambda state: all(source.claim for source in state.sources))
            asked = len(other.seen)
            kiosk.until(lambda _: len(other.seen) > asked + 1)  # more than the time of grace
        place = ("--config", config, "--state-dir", tmp_path / "state")
        for what in ("check", "doctor"):
            told = command(*place, what, QT_QPA_PLATFORM="offscreen").out
            (line,) = [line for line in told.splitlines() if "while CRITICAL is shown" in line]
            assert "Source 2 has stated LOW since 20" in line
        fresh = command("--config", config, "--state-dir", tmp_path / "none", "check")
        assert "while CRITICAL is shown" not in fresh.out, "it takes a memory to know"
        (tmp_path / "state" / "kiosk.sqlite").write_bytes(b"")
        assert "while CRITICAL" not in command(*place, "check").out


def test_a_source_that_is_silent_is_named_where_it_fails_and_not_where_it_answers(tmp_path: Path) -> None:
    long_ago = replace(later(0), wall=datetime.now(UTC) - timedelta(days=3))
    Store(tmp_path / "state").save(SCOPE, state("LOW", long_ago))
    with DocumentServer(mi5_document("LOW")) as server:
        config = configuration(tmp_path, server.url())
        config.write_text(config.read_text().replace("Source 1", "A"))
        place = ("--config", config, "--state-dir", tmp_path / "state")
        answering = command(*place, "check").out
        server.answer = Answer(503)
        failing = command(*place, "check").out
    # What stands in the memory beside it, an older statement that came back, is told while it answers.
    assert answering.splitlines()[-1] == "A serves an older statement again."
    assert failing.splitlines()[-1] == f"A has stated no level since {long_ago.wall:%Y-%m-%dT%H:%M:%SZ}."

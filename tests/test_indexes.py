"""Indexes and messages through a running watcher: a real server, a real disk, and what a restart remembers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.commands import command
from tests.formats.cap_messages import alert, atom_links, info, reference
from tests.servers import Answer, DocumentServer
from tests.test_watcher import held, watching

SENT = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)
STATED = alert(info("SEVERE"), sent=SENT)
CANCEL = alert(identifier="B", kind="Cancel", sent=SENT + timedelta(minutes=1), references=reference(sent=SENT))


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer() as running:
        running.answers = {
            "/index": Answer(headers={"ETag": '"1"'}, body=atom_links("a.xml").encode()),
            "/a.xml": Answer(body=STATED.encode()),
            "/b.xml": Answer(body=CANCEL.encode()),
        }
        yield running


def configuration(folder: Path, url: str) -> Path:
    path = folder / "kiosk.toml"
    path.write_text(
        f'[[source]]\nname = "City"\nurl = "{url}"\nformat = "cap"\nparameter = "ThreatLevel"\nevery = "1 s"\n'
        'deadline = "10 s"\n[trust]\nconfirm_fall = "1 s"\n'
    )
    return path


def test_an_index_is_fetched_with_its_messages_each_time(server: DocumentServer, tmp_path: Path) -> None:
    with watching(configuration(tmp_path, server.url("/index"))) as kiosk:
        kiosk.until(held("SEVERE"))
        server.answers["/a.xml"] = Answer(body=alert(info("CRITICAL"), sent=SENT).encode())
        kiosk.until(held("CRITICAL"))
    assert not [seen for seen in server.seen if "If-None-Match" in seen.headers], "304 would say too little"


def test_a_cancelled_message_that_stays_in_the_index_does_not_come_back_even_after_a_restart(
    server: DocumentServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = configuration(tmp_path, server.url("/index"))
    with watching(path) as kiosk:
        state = kiosk.until(held("SEVERE"))
        assert kiosk.display(state).state == "live"
        server.answers["/index"] = Answer(body=atom_links("a.xml", "b.xml").encode())
        cancelled = kiosk.until(lambda state: state.source("City").problem == "no-level")
        assert kiosk.display(cancelled).state == "last-known"
        server.answers["/index"] = Answer(body=atom_links("a.xml").encode())
        asked = len(server.seen)
        still = kiosk.until(lambda state: len(server.seen) > asked + 2 and state.held is not None)
        assert kiosk.display(still).state == "last-known"
    stored = kiosk.store.load("uk/UK")
    assert stored is not None
    assert stored.source("City").note.startswith("|"), "what is withdrawn is on the disk, and nothing is stated"


def test_check_names_a_message_that_cannot_be_had(server: DocumentServer, tmp_path: Path) -> None:
    path = configuration(tmp_path, server.url("/index"))
    assert command("--config", path, "check", "--json").json["level"] == "SEVERE"
    server.answers["/index"] = Answer(body=atom_links("a.xml", "gone.xml").encode())
    server.answers["/gone.xml"] = Answer(404)
    ran = command("--config", path, "check", "--json")
    assert (ran.code, ran.json["level"], ran.json["sources"][0]["problem"]) == (3, None, "http-status")
    server.answers["/index"] = Answer(body=atom_links("https://elsewhere.example/a").encode())
    assert command("--config", path, "check", "--json").json["sources"][0]["problem"] == "redirect"

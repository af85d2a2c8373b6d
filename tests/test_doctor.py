"""``doctor``: the real command against real servers, certificates, proxies and folders."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from msgspec.structs import replace

from kiosk.store import Store
from tests.commands import Ran, command
from tests.e2e.kiosks import mi5_document
from tests.memories import SCOPE, later, state
from tests.servers import Answer, DocumentServer, server_tls, unused_port

NOW = datetime.now(UTC)


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as running:
        yield running


def doctor(folder: Path, *urls: str, more: str = "", **environment: str) -> Ran:
    """What it says of sources named A, B and so on."""
    tables = "".join(
        f'[[source]]\nname = "{name}"\nurl = "{url}"\nformat = "mi5"\ndeadline = "5 s"\n{more}\n'
        for name, url in zip("ABC", urls, strict=False)
    )
    path = folder / "kiosk.toml"
    path.write_text(tables, "utf-8")
    environment = {"QT_QPA_PLATFORM": "offscreen"} | environment
    return command("--config", path, "--state-dir", folder / "state", "doctor", **environment)


def lines(ran: Ran, about: str) -> list[str]:
    """What was said about one thing, with how it is."""
    assert ran.err == ""
    return [line for line in ran.out.splitlines() if line[5:].startswith(f"{about}: ")]


def test_a_source_is_told_with_its_level_its_age_and_its_format(server: DocumentServer, tmp_path: Path) -> None:
    ran = doctor(tmp_path, server.url())
    (line,) = lines(ran, "A")
    assert line.startswith("ok   A: states SEVERE for UK, published ")
    assert " days ago; read as mi5 in " in line
    assert lines(ran, "font") == ["ok   font: Inter is there and can be read."]
    assert lines(ran, "display") == ["ok   display: one answers."]
    assert ran.code in {0, 1}, "1 where this machine's clock is not set by network time"


def test_an_answer_from_long_ago_is_told(server: DocumentServer, tmp_path: Path) -> None:
    server.answer = dataclasses.replace(server.answer, headers={"Age": "7200"})
    (line,) = lines(doctor(tmp_path, server.url()), "A")
    assert line.endswith("; a cache gave an answer of 2 hours ago, or its clock or this one is wrong.")


def test_nothing_is_stored(server: DocumentServer, tmp_path: Path) -> None:
    doctor(tmp_path, server.url())
    assert not (tmp_path / "state").exists()


def test_a_source_at_fault_is_told_with_what_to_do(server: DocumentServer, tmp_path: Path) -> None:
    server.answers["/page"] = Answer(body=b"<html>maintenance</html>")
    with unused_port() as port:
        ran = doctor(tmp_path, server.url(), server.url("/page"), f"http://127.0.0.1:{port}/")
    assert ran.code == 1
    assert lines(ran, "B")[0].startswith("LOOK B: Something else came instead of the XML feed")
    assert lines(ran, "C")[0].endswith("[connect, mi5]")
    assert lines(ran, "C")[1] == "LOOK C: this kiosk has never heard a level from it; check its entry."


def test_without_any_level_it_ends_with_three(tmp_path: Path) -> None:
    with unused_port() as port:
        assert doctor(tmp_path, f"http://127.0.0.1:{port}/").code == 3


def test_a_source_that_is_silent_for_long_is_named(server: DocumentServer, tmp_path: Path) -> None:
    silent = state(now=replace(later(0), wall=NOW - timedelta(days=3)))
    Store(tmp_path / "state").save(SCOPE, silent)
    server.answer = Answer(503)
    ran = doctor(tmp_path, server.url())
    assert lines(ran, "A")[1] == "LOOK A: it last stated a level 3 days ago; replace it if that stays."
    assert lines(ran, "memory")[0].startswith("ok   memory: ")
    assert f"confirmed on {NOW - timedelta(days=3):%Y-%m-%d}" in lines(ran, "memory")[0]


@pytest.mark.parametrize(("days", "mark"), [(300, "ok  "), (5, "LOOK")])
def test_a_certificate_is_told_with_its_end(tmp_path: Path, days: int, mark: str) -> None:
    ours, end = trustme.CA(), NOW + timedelta(days=days)
    store = tmp_path / "authorities.pem"
    ours.cert_pem.write_to_path(str(store))
    certificate = ours.issue_cert("127.0.0.1", not_before=NOW - timedelta(days=30), not_after=end)
    with DocumentServer(mi5_document("LOW"), server_tls(certificate)) as secured:
        ran = doctor(tmp_path, secured.url(), SSL_CERT_FILE=str(store), SSL_CERT_DIR=str(tmp_path / "none"))
    line = lines(ran, "A")[1]
    assert line.startswith(f"{mark} A: the certificate of 127.0.0.1:{secured.port} ends on {end:%Y-%m-%d}")
    assert line.endswith("; its operator has to renew it.") == (mark == "LOOK")


def test_a_proxy_is_told_without_its_password(server: DocumentServer, tmp_path: Path) -> None:
    proxy = server.url("").replace("//", "//ann:secret@")
    ran = doctor(tmp_path, "http://feed.example/x", more="insecure = true", http_proxy=proxy)
    told = "\n".join(lines(ran, "A"))
    assert f"ok   A: feed.example is asked through the proxy http://127.0.0.1:{server.port}" in told
    assert "LOOK A: it is asked over plain http" in told
    assert "secret" not in ran.out


def test_a_folder_that_cannot_be_used_is_told(server: DocumentServer, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "kiosk.sqlite").mkdir()
    ran = doctor(tmp_path, server.url())
    assert ran.code == 1
    assert any(line.startswith("LOOK ") for line in lines(ran, "memory") + lines(ran, "disk"))


def test_a_clock_before_the_profiles_review_is_told(server: DocumentServer, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    source = (Path(__file__).parents[1] / "assets" / "profiles" / "uk.toml").read_text("utf-8")
    own.write_text(source.replace("reviewed = 2026-11-22\nareas", "reviewed = 2999-01-01\nareas"), "utf-8")
    path = tmp_path / "kiosk.toml"
    path.write_text(f'profile = "own.toml"\n[[source]]\nname = "A"\nurl = "{server.url()}"\nformat = "mi5"\n')
    ran = command("--config", path, "doctor", QT_QPA_PLATFORM="offscreen")
    assert ran.code == 1
    (line,) = lines(ran, "clock")
    assert line.startswith("LOOK clock: it shows 20")


def test_a_missing_display_is_told(server: DocumentServer, tmp_path: Path) -> None:
    ran = doctor(tmp_path, server.url(), QT_QPA_PLATFORM="")
    assert lines(ran, "display")[0].startswith("LOOK display: There is no display here")

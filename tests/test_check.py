"""``check``: the real command against real servers and every recovered document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import command
from tests.e2e.kiosks import mi5_document
from tests.servers import Answer, DocumentServer, unused_port

SAMPLES = Path(__file__).parents[1].parent / "shared" / "samples"
KEYS = [
    "state", "marks", "level", "rank", "of", "area", "meaning", "previous", "changed", "confirmed", "source",
    "statement", "sources",
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer(mi5_document("SEVERE")) as running:
        yield running


def configured(folder: Path, *sources: tuple[str, str], top: str = "", more: str = "") -> Path:
    """A configuration with sources of (url, format), named S1, S2 and so on."""
    tables = "".join(
        f'[[source]]\nname = "S{number}"\nurl = "{url}"\nformat = "{style}"\ndeadline = "5 s"\n{more}\n'
        for number, (url, style) in enumerate(sources, 1)
    )
    path = folder / "kiosk.toml"
    path.write_text(f"{top}\n{tables}", "utf-8")
    return path


def test_a_level_that_a_source_states_is_printed_as_one_object(server: DocumentServer, tmp_path: Path) -> None:
    ran = command("--config", configured(tmp_path, (server.url(), "mi5")), "check", "--json")
    shown = ran.json
    assert ran.code == 0
    assert list(shown) == KEYS
    confirmed = shown.pop("confirmed")
    assert confirmed.endswith("Z")
    assert shown == {
        "state": "live",
        "marks": [],
        "level": "SEVERE",
        "rank": 4,
        "of": 5,
        "area": "UK",
        "meaning": "An attack is highly likely",
        "previous": None,
        "changed": "2026-04-30",
        "source": "S1",
        "statement": shown["statement"],
        "sources": [{"name": "S1", "ok": True, "level": "SEVERE", "problem": None, "message": None}],
    }
    assert "SEVERE" in shown["statement"]


def test_the_same_is_printed_for_people(server: DocumentServer, tmp_path: Path) -> None:
    ran = command("check", "--config", configured(tmp_path, (server.url(), "mi5")))
    assert (ran.code, ran.err) == (0, "")
    assert "SEVERE, 4 of 5, UK: An attack is highly likely\nState: live\n" in ran.out
    assert "\nS1: SEVERE\n" in ran.out


def test_each_area_has_its_own_level(server: DocumentServer, tmp_path: Path) -> None:
    path = configured(tmp_path, (server.url(), "mi5"), top='area = "NI"')
    shown = command("--config", path, "check", "--json").json
    assert (shown["area"], shown["level"]) == ("NI", "SUBSTANTIAL")


def test_sources_that_disagree_show_the_higher_level_and_end_with_three(
    server: DocumentServer, tmp_path: Path
) -> None:
    server.answers["/low"] = Answer(body=mi5_document("LOW"))
    for order in (("/low", "/high"), ("/high", "/low")):
        path = configured(tmp_path, *((server.url(name), "mi5") for name in order))
        ran = command("--config", path, "check", "--json")
        assert (ran.code, ran.json["level"], ran.json["marks"]) == (3, "SEVERE", ["conflict"])
        assert {source["level"] for source in ran.json["sources"]} == {"LOW", "SEVERE"}
        assert all(source["ok"] for source in ran.json["sources"])


def test_one_source_that_answers_is_enough(server: DocumentServer, tmp_path: Path) -> None:
    server.answers["/gone"] = Answer(status=503)
    path = configured(tmp_path, (server.url("/gone"), "mi5"), (server.url(), "mi5"))
    ran = command("--config", path, "check", "--json")
    assert (ran.code, ran.json["source"]) == (0, "S2")
    assert [source["problem"] for source in ran.json["sources"]] == ["http-status", None]


def test_where_no_source_states_a_level_none_is_printed_and_each_problem_is(
    server: DocumentServer, tmp_path: Path
) -> None:
    server.answers |= {
        "/elsewhere": Answer(status=302, headers={"Location": "http://elsewhere.example/"}),
        "/missing": Answer(status=404),
        "/page": Answer(body=b"<html><body>The current threat level is LOW.</body></html>"),
        "/unknown": Answer(body=mi5_document("PURPLE")),
        "/big": Answer(body=b" " * 2_000_000),
    }
    names = ("/elsewhere", "/missing", "/page", "/unknown", "/big")
    with unused_port() as port:
        path = configured(
            tmp_path,
            *((server.url(name), "mi5") for name in names),
            (f"http://127.0.0.1:{port}/", "mi5"),
            ((tmp_path / "none.xml").as_uri(), "mi5"),
            (server.url(), "govuk"),
        )
        ran = command("--config", path, "check", "--json")
    assert ran.code == 3
    assert (ran.json["state"], ran.json["level"], ran.json["rank"], ran.json["meaning"]) == (
        "unknown",
        None,
        None,
        None,
    )
    assert [source["problem"] for source in ran.json["sources"]] == [
        "redirect",
        "http-status",
        "not-a-feed",
        "unknown-level",
        "too-big",
        "connect",
        "unreadable",
        "not-a-feed",
    ]
    for source in ran.json["sources"]:
        assert (source["ok"], source["level"]) == (False, None)
        assert source["message"].endswith(".")
    text = command("--config", path, "check").out
    assert text.startswith("Not confirmed, UK\nState: unknown\n")
    assert not {"LOW", "SEVERE"} & set(text.split())


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recovered documents are not in this checkout")
def test_of_the_recovered_documents_only_the_true_feed_states_a_level(tmp_path: Path) -> None:
    files = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    path = configured(tmp_path, *((file.as_uri(), "mi5") for file in files))
    ran = command("--config", path, "check", "--json")
    stated = {file.name: source["level"] for file, source in zip(files, ran.json["sources"], strict=True)}
    assert {name for name, level in stated.items() if level} == {"mi5-2024-03-05-substantial.xml"}
    assert (ran.code, ran.json["level"]) == (0, "SUBSTANTIAL")


def test_a_source_of_ones_own_is_translated_and_other_words_are_refused(
    server: DocumentServer, tmp_path: Path
) -> None:
    server.answer = Answer(body=b'{"threat": {"current": 4, "since": "2026-04-30"}}')
    more = 'level = "threat.current"\nchanged = "threat.since"\nvalues = { "4" = "SEVERE" }'
    path = configured(tmp_path, (server.url(), "json"), more=more)
    shown = command("--config", path, "check", "--json").json
    assert (shown["level"], shown["changed"]) == ("SEVERE", "2026-04-30")
    server.answer = Answer(body=b'{"threat": {"current": 5}}')
    ran = command("--config", path, "check", "--json")
    assert (ran.code, ran.json["level"], ran.json["sources"][0]["problem"]) == (3, None, "unknown-level")


def test_check_writes_nothing_anywhere(server: DocumentServer, tmp_path: Path) -> None:
    path = configured(tmp_path, (server.url(), "mi5"))
    before = sorted(tmp_path.rglob("*"))
    environment = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command("--config", path, "--state-dir", tmp_path / "state", "check", **environment)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_json_is_utf_8_whatever_the_machine_speaks(encoding: str, tmp_path: Path) -> None:
    path = configured(tmp_path, ((tmp_path / "ŵ.xml").as_uri(), "json"), more='level = "a"')
    path.write_text(path.read_text("utf-8").replace("S1", "Tŷ"), "utf-8")
    ran = command("--config", path, "check", "--json", PYTHONIOENCODING=encoding)
    assert ran.json["sources"][0]["name"] == "Tŷ"

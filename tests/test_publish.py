"""``publish`` and the kiosks that believe it: real commands, the real minisign, and a real web server."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config.load import parse_config
from tests.commands import Ran, command
from tests.e2e.kiosks import mi5_document
from tests.formats.signatures import Signer, minisign, new_signer
from tests.servers import Answer, DocumentServer
from tests.test_watcher import held, watching


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_signer(tmp_path_factory.mktemp("keys"), "office")


@pytest.fixture
def server() -> Iterator[DocumentServer]:
    with DocumentServer() as running:
        yield running


class Office:
    """A head office: its source is a file, and what it publishes is served to the screens."""

    def __init__(self, folder: Path, server: DocumentServer, signer: Signer) -> None:
        self.folder, self.server, self.signer = folder, server, signer
        self.feed, self.out = folder / "feed.xml", folder / "level.json"
        self.config = folder / "office.toml"
        self.config.write_text(f'[[source]]\nname = "MI5"\nurl = "{self.feed.as_uri()}"\nformat = "mi5"\n')
        self.screen = folder / "screen.toml"
        self.trust(signer)

    def trust(self, *signers: Signer) -> None:
        """The screens believe these keys."""
        keys = ", ".join(f'"{signer.public}"' for signer in signers)
        self.screen.write_text(
            f'[[source]]\nname = "Office"\nurl = "{self.server.url("/level.json")}"\nformat = "signed"\n'
            f'every = "1 s"\npublic_keys = [{keys}]\n[trust]\nconfirm_fall = "1 s"\n'
        )

    def states(self, level: str) -> None:
        self.feed.write_bytes(mi5_document(level))

    def publishes(self, *options: str, key: Path | None = None) -> Ran:
        """Publishes, and serves what there is."""
        ran = command(
            *("--config", self.config, "publish", "--out", self.out, "--key", key or self.signer.secret, *options)
        )
        self.serves()
        return ran

    def serves(self) -> None:
        for name in ("level.json", "level.json.minisig"):
            path = self.folder / name
            self.server.answers[f"/{name}"] = Answer(body=path.read_bytes()) if path.exists() else Answer(404)

    def check(self) -> Ran:
        return command("--config", self.screen, "check", "--json")


@pytest.fixture
def office(tmp_path: Path, server: DocumentServer, signer: Signer) -> Office:
    return Office(tmp_path, server, signer)


def test_what_the_office_publishes_is_what_the_screens_show(office: Office) -> None:
    office.states("SEVERE")
    ran = office.publishes()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Published SEVERE as {office.out}, sequence ")
    shown = office.check().json
    assert (shown["state"], shown["level"], shown["source"]) == ("live", "SEVERE", "Office")
    fields = json.loads(office.out.read_bytes())
    assert (fields["status"], fields["area"], fields["changed"]) == ("Actual", "UK", "2026-04-30")
    assert datetime.fromisoformat(fields["expires"]) > datetime.now(UTC)
    assert sorted(path.name for path in office.folder.iterdir() if path.name.startswith((".", "level"))) == [
        "level.json",
        "level.json.minisig",
    ]


def test_each_document_has_a_higher_sequence_than_the_one_before(office: Office) -> None:
    office.states("SEVERE")
    sequences = []
    for _ in range(2):
        assert office.publishes().code == 0
        sequences.append(json.loads(office.out.read_bytes())["sequence"])
    assert sequences[0] < sequences[1]


def test_nothing_is_published_where_no_level_is_confirmed(office: Office) -> None:
    office.states("SEVERE")
    office.publishes()
    before = office.out.read_bytes()
    office.feed.write_text("<html>maintenance</html>")
    ran = office.publishes()
    assert ran.code == 3
    assert ran.out.startswith("Nothing is published: ")
    assert office.out.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--valid", "8 d"), "no time for which a document may hold"),
        (("--valid", "soon"), "is no length of time"),
        (("--valid", "0 s"), "no time for which a document may hold"),
    ],
)
def test_a_time_that_is_none_is_refused(office: Office, options: tuple[str, str], sentence: str) -> None:
    office.states("SEVERE")
    assert sentence in office.publishes(*options).refused(1)
    assert not office.out.exists()


def test_what_cannot_be_signed_or_written_is_told_and_leaves_no_document(office: Office) -> None:
    office.states("SEVERE")
    assert "can't sign with" in office.publishes(key=office.folder / "none.key").refused(1)
    assert not office.out.exists()
    office.out.write_text("my notes")
    assert "is left as it is" in office.publishes().refused(1)
    assert office.out.read_text() == "my notes"
    office.out = office.folder / "none" / "level.json"
    assert "can't be written" in office.publishes().refused(1)


def test_a_stolen_older_document_a_wrong_key_and_no_signature_change_nothing_and_are_named(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office.states("SEVERE")
    office.publishes()
    stolen = dict(office.server.answers)
    office.states("CRITICAL")
    office.publishes()
    current = dict(office.server.answers)
    with watching(office.screen) as kiosk:
        kiosk.until(held("CRITICAL"))

        def named(problem: str) -> None:
            state = kiosk.until(lambda state: state.source("Office").problem == problem)
            assert state.held is not None
            assert state.held.level == "CRITICAL"

        office.server.answers = stolen
        named("rollback")
        office.server.answers = current | {"/level.json.minisig": stolen["/level.json.minisig"]}
        named("unsigned")
        thief = new_signer(tmp_path, "thief")
        forged = office.out.read_bytes().replace(b"CRITICAL", b"LOW")
        office.server.answers = {
            "/level.json": Answer(body=forged),
            "/level.json.minisig": Answer(body=thief.sign(forged)),
        }
        named("unsigned")
        office.server.answers = current | {"/level.json.minisig": Answer(404)}
        named("http-status")
        office.server.answers = current
        kiosk.until(lambda state: state.source("Office").problem is None)
    stored = kiosk.store.load("uk/UK")
    assert stored is not None
    assert str(json.loads(office.out.read_bytes())["sequence"]) in stored.source("Office").note, "on the disk"


def test_a_document_that_expires_is_a_last_known_level_at_once(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.states("SEVERE")
    assert office.publishes("--valid", "4 s").code == 0
    with watching(office.screen) as kiosk:
        state = kiosk.until(held("SEVERE"))
        assert kiosk.display(state).state == "live"
        late = kiosk.until(lambda state: state.source("Office").problem == "expired")
        assert kiosk.display(late).state == "last-known"


def test_keys_are_rotated_while_the_screens_run(
    office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """For a moment a screen may get the new document with the old signature; it says so and asks again."""
    successor = new_signer(tmp_path, "successor")
    office.trust(office.signer, successor)
    office.states("SEVERE")
    office.publishes()
    with watching(office.screen) as kiosk:
        kiosk.until(held("SEVERE"))
        office.states("CRITICAL")
        assert office.publishes(key=successor.secret).code == 0
        kiosk.until(held("CRITICAL"))


def test_a_key_with_a_password_is_refused_at_once(office: Office, tmp_path: Path) -> None:
    office.states("SEVERE")
    garbage = tmp_path / "garbage.key"
    garbage.write_text("untrusted comment: x\nRWRTY0Iy\n")
    assert "can't sign with" in office.publishes(key=garbage).refused(1)


def test_the_documents_are_ones_that_minisign_itself_verifies(office: Office) -> None:
    office.states("SEVERE")
    office.publishes()
    minisign("-V", "-P", office.signer.public, "-m", str(office.out))
    assert parse_config(office.screen.read_text(), "k.toml").sources[0].public_keys == (office.signer.public,)

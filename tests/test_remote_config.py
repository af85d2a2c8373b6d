"""A configuration from an https address: a real server, the real minisign, the real command that signs."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from kiosk.control import ask_running
from kiosk.core.model import Problem
from kiosk.editions.edition import Edition
from kiosk.editions.remote import COMMENT, RemoteOrigin, trusted_keys
from kiosk.errors import ConfigError, Unobtainable
from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import PATIENCE, Kiosk, configuration, mi5_document
from tests.formats.signatures import Signer, new_signer
from tests.servers import Answer, DocumentServer, server_tls

TEXT = 'place = "{}"\n'


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_signer(tmp_path_factory.mktemp("keys"), "office")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DocumentServer]:
    """A server whose authority is one of the system's."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authorities.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authorities.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    with DocumentServer(tls=server_tls(authority.issue_cert("127.0.0.1"))) as running:
        running.answer = Answer(404)
        yield running


@pytest.fixture
def screen() -> Iterator[VirtualScreen]:
    with VirtualScreen() as started:
        yield started


class Office:
    """Who publishes a configuration, and a screen that asks for it."""

    def __init__(self, folder: Path, server: DocumentServer, signer: Signer) -> None:
        self.folder, self.server, self.signer = folder, server, signer

    def publish(self, text: str, *, signed: timedelta = timedelta(), comment: str = COMMENT) -> None:
        """Puts a document with its signature on the server, signed so long ago."""
        document = text.encode()
        moment = datetime.now(UTC).replace(microsecond=0) - signed
        signature = self.signer.sign(document, "-t", comment.format(moment=moment.isoformat()))
        self.server.answers = {
            "/kiosk.toml": Answer(200, {"ETag": f'"{hash(text)}"'}, document),
            "/kiosk.toml.minisig": Answer(body=signature),
        }

    def screen(self, *keys: str) -> RemoteOrigin:
        """A screen that starts with what it kept."""
        state = self.folder / "state"
        return RemoteOrigin(
            self.server.url("/kiosk.toml"), keys or (self.signer.public,), state, self.folder, keeps=True
        )


@pytest.fixture
def office(tmp_path: Path, server: DocumentServer, signer: Signer) -> Office:
    return Office(tmp_path, server, signer)


def place(edition: Edition | None) -> str | None:
    return edition.config.venue.place if edition else None


def refused(origin: RemoteOrigin) -> str:
    with pytest.raises(ConfigError) as caught:
        origin.read()
    (sentence,) = caught.value.mistakes
    return sentence


def test_what_is_signed_is_believed_kept_and_used_offline(office: Office) -> None:
    office.publish(TEXT.format("Hall"))
    origin = office.screen()
    assert place(origin.remembered()) is None
    assert place(origin.read()) == "Hall"
    office.server.answers["/kiosk.toml"] = Answer(304)
    assert place(origin.read()) == "Hall"
    assert office.server.seen[-1].headers["If-None-Match"]
    office.server.answers["/kiosk.toml"] = Answer(503)
    with pytest.raises(Unobtainable) as caught:
        origin.read()
    assert caught.value.problem is Problem.HTTP_STATUS
    assert place(office.screen().remembered()) == "Hall", "also after a restart"


def test_what_is_not_ours_is_refused_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    office.publish(TEXT.format("Hall"))
    origin = office.screen()
    origin.read()
    genuine = dict(office.server.answers)
    forged = Answer(body=TEXT.format("Elsewhere").encode())
    office.server.answers = genuine | {"/kiosk.toml": forged}
    assert "does not fit the document" in refused(origin)
    office.server.answers = {"/kiosk.toml": forged}
    assert "no signature beside it" in refused(origin)
    stranger = Office(tmp_path, office.server, new_signer(tmp_path, "stranger"))
    stranger.publish(TEXT.format("Elsewhere"))
    assert "by another key" in refused(origin)
    # What the same key signed for another purpose.
    office.publish(TEXT.format("Elsewhere"), comment="timestamp:1700000000\tfile:kiosk.toml\thashed")
    assert "not that of a configuration" in refused(origin)
    office.publish(TEXT.format("Elsewhere"), signed=-timedelta(hours=1))
    assert "signed in the future" in refused(origin)
    office.publish(TEXT.format("Elsewhere"), signed=timedelta(days=1))
    assert "was believed before" in refused(origin)
    assert place(origin.remembered()) == "Hall"
    assert "was believed before" in refused(office.screen()), "also after a restart"


def test_what_has_a_mistake_is_refused_and_an_older_one_stays_so(office: Office) -> None:
    origin = office.screen()
    office.publish(TEXT.format("Hall"), signed=timedelta(hours=2))
    origin.read()
    stolen = dict(office.server.answers)
    office.publish("plaice = 1", signed=timedelta(hours=1))
    assert "plaice" in refused(origin)
    office.server.answers = stolen
    assert "was believed before" in refused(origin)
    office.publish(TEXT.format("Hall again"))
    assert place(origin.read()) == "Hall again"


def test_a_copy_that_was_tampered_with_or_is_of_a_key_that_left_is_not_believed(
    office: Office, tmp_path: Path
) -> None:
    office.publish(TEXT.format("Hall"))
    office.screen().read()
    successor = new_signer(tmp_path, "successor")
    assert place(office.screen(office.signer.public, successor.public).remembered()) == "Hall"
    assert office.screen(successor.public).remembered() is None
    kept = tmp_path / "state" / "configuration.fetched"
    kept.write_bytes(kept.read_bytes().replace(b"Hall", b"Cell"))
    assert office.screen().remembered() is None


def test_without_a_key_or_in_plain_http_nothing_begins(signer: Signer, tmp_path: Path) -> None:
    url = "https://user:secret@config.example/kiosk.toml"
    ran = command("--config", url, "check")
    assert (
        ran.refused(2)
        == "https://config.example/kiosk.toml: needs the key that signs it. Give it with --config-key."
    )
    plain = command("--config", "http://config.example/k.toml", "--config-key", signer.public, "check")
    assert "plain http can be changed by anybody" in plain.refused(2)
    assert "is none; name the file" in command("--config", url, "--config-key", "RWQ", "check").refused(2)
    assert trusted_keys(str(signer.secret.with_name("office.pub"))) == (signer.public,)


def test_one_file_governs_a_screen_that_runs(
    office: Office, screen: VirtualScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the command that signs to the picture, through a refusal and a start without a network."""
    with DocumentServer(mi5_document("SEVERE")) as source:
        path = configuration(tmp_path, source.url(), more='place = "Hall"')

        def sign() -> None:
            ran = command("config", "sign", path, "--key", office.signer.secret)
            assert (ran.code, ran.err) == (0, "")
            for name in ("kiosk.toml", "kiosk.toml.minisig"):
                office.server.answers[f"/{name}"] = Answer(body=(tmp_path / name).read_bytes())

        sign()
        url = office.server.url("/kiosk.toml").replace("https://", "https://lobby:hunter2@")
        options = ("--config", url, "--config-key", str(office.signer.secret.with_name("office.pub")))
        monkeypatch.setenv("THREAT_LEVEL_KIOSK_CONFIG", url)
        monkeypatch.setenv("THREAT_LEVEL_KIOSK_CONFIG_KEY", office.signer.public)
        assert command("config", "check").out.startswith(office.server.url("/kiosk.toml"))
        with Kiosk(screen.environment(), tmp_path / "state", *options) as kiosk:
            kiosk.until_shown("SEVERE", "live")
            path.write_text('[[source]]\nname = "Source 1"\n')
            assert command("config", "sign", path, "--key", office.signer.secret).code == 2
            configuration(tmp_path, source.url(), source.url("/other"))
            sign()
            kiosk.process.send_signal(signal.SIGHUP)
            kiosk.until(lambda status: len(status["sources"]) == 2)
            office.server.answers["/kiosk.toml"] = Answer(body=b"place = 'Elsewhere'")
            kiosk.process.send_signal(signal.SIGHUP)
            kiosk.until(lambda _: "does not fit the document" in "".join(ask_running(kiosk.folder).notes))
            office.server.answers = {}
            code, _, errors = kiosk.end()
            assert code == 0
            assert errors.count("is refused") == 1
        with Kiosk(screen.environment(), tmp_path / "state", *options) as kiosk:
            kiosk.until(lambda status: len(status["sources"]) == 2)
            kiosk.process.send_signal(signal.SIGHUP)
            kiosk.until(lambda _: "404" in "".join(ask_running(kiosk.folder).notes))
            code, _, more = kiosk.end()
        assert code == 0
        assert "can't be fetched" in more
    assert "hunter2" not in errors + more
    with Kiosk(screen.environment(), tmp_path / "new", *options) as kiosk:
        _, errors = kiosk.process.communicate(timeout=PATIENCE)
        assert kiosk.process.returncode == 2
        assert errors.count("\n") == 1

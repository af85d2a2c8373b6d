"""``doctor`` about the endpoint and the presence: real sockets, a real broker, and a real kiosk."""

import socket
from pathlib import Path

import pytest

from kiosk.commands.afar import endpoint, presence
from kiosk.commands.finding import Finding
from kiosk.config.load import load_config
from tests.brokers import Broker
from tests.commands import command
from tests.displays import VirtualScreen
from tests.e2e.kiosks import Kiosk, configuration, mi5_document
from tests.endpoints import until_told
from tests.servers import DocumentServer, unused_port


def endpoint_found(config: Path, folder: Path) -> str:
    return told(endpoint(load_config(config), folder / "state"))


def told(finding: Finding) -> str:
    return f"{'ok  ' if finding.well else 'LOOK'} {finding.sentence}"


def printed(config: Path, folder: Path) -> dict[str, str]:
    """What the command itself says about each thing."""
    ran = command("--config", config, "--state-dir", folder / "state", "doctor", QT_QPA_PLATFORM="offscreen")
    assert ran.err == ""
    return {line[5:].partition(": ")[0]: line[:5] + line.partition(": ")[2] for line in ran.out.splitlines()}


def configured(folder: Path, tables: str) -> Path:
    source = folder / "feed.xml"
    source.write_bytes(mi5_document("SEVERE"))
    return configuration(folder, source.as_uri(), more=tables)


def test_where_nothing_is_configured_that_is_said(tmp_path: Path) -> None:
    found = printed(configured(tmp_path, ""), tmp_path)
    assert found["endpoint"] == "ok   none is configured, and nothing listens."
    assert found["presence"] == "ok   none is configured, and nothing is published."


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_a_free_address_a_taken_one_and_one_of_another_machine(tmp_path: Path, host: str) -> None:
    with unused_port() as port:
        pass
    config = configured(tmp_path, f'[endpoint]\naddress = "{host}:{port}"\n')
    assert endpoint_found(config, tmp_path) == (
        f"ok   http://{host}:{port} is free, and open while the kiosk runs."
    )


def test_what_stands_in_the_way_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        config = configured(tmp_path, f'[endpoint]\naddress = "127.0.0.1:{port}"\n')
        assert endpoint_found(config, tmp_path).startswith(
            f"LOOK http://127.0.0.1:{port} can't be opened: another program has this port; end it, or write"
        )
    with DocumentServer(b"<html>") as server:
        config = configured(tmp_path, f'[endpoint]\naddress = "127.0.0.1:{server.port}"\n')
        assert endpoint_found(config, tmp_path).startswith("LOOK another program answers at http://127.0.0.1:")
    config = configured(tmp_path, '[endpoint]\naddress = "192.0.2.1:9155"\ntoken_file = "token"\n')
    assert "token can't be read (No such file or directory)" in endpoint_found(config, tmp_path)
    (tmp_path / "token").write_text("0123456789abcdef")
    (tmp_path / "token").chmod(0o600)
    assert endpoint_found(config, tmp_path).endswith(
        "this machine has no such address; check address in [endpoint]."
    )


def test_a_running_kiosk_is_asked_and_a_broker_greeted(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef\n")
    (tmp_path / "token").chmod(0o600)
    with unused_port() as port:
        pass
    with Broker(tmp_path) as broker, VirtualScreen() as screen, broker.dashboard("#") as dashboard:
        url = broker.url("").rstrip("/")
        config = configured(
            tmp_path,
            f'[endpoint]\naddress = "0.0.0.0:{port}"\ntoken_file = "token"\n'
            f'[presence]\nurl = "{url}"\ntopic = "a/b"\n',
        )
        with Kiosk(screen.environment(), tmp_path / "state", "--config", str(config)) as kiosk:
            until_told(port, "/health", 200, {"Authorization": "Bearer 0123456789abcdef"})
            dashboard.until("a/b", lambda status: status["online"])
            found = printed(config, tmp_path)
            assert found["endpoint"] == (
                f"ok   http://0.0.0.0:{port} answers: frame ok, confirmation ok, power unknown."
            )
            assert found["presence"] == (f"ok   127.0.0.1:{broker.port} takes this screen, whose topic is “a/b”.")
            assert all(message.payload != b'{"online": false}' for message in dashboard.seen("a/b")), (
                "it is not replaced"
            )
            (tmp_path / "token").write_text("another-0123456789\n")
            assert "does not take this token; restart" in endpoint_found(config, tmp_path)
            config = configured(tmp_path, f'[endpoint]\naddress = "127.0.0.1:{port + 1}"\n')
            assert "the kiosk runs, and http://127.0.0.1" in endpoint_found(config, tmp_path)
            kiosk.end()
        broker.kill()
        config = configured(tmp_path, f'[presence]\nurl = "{url}"\n')
        assert told(presence(load_config(config))) == (
            f"LOOK 127.0.0.1:{broker.port} refuses the connection; check the url of [presence] and whether the"
            " server runs."
        )

"""``check`` and ``doctor`` with a source at a real broker."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme

from tests.brokers import Broker
from tests.commands import Ran, command
from tests.formats.signatures import document as signatures_document
from tests.formats.signatures import new_signer


def ask(folder: Path, broker: Broker, what: str, more: str = "") -> Ran:
    config = folder / "kiosk.toml"
    config.write_text(
        f'[[source]]\nname = "Office"\nurl = "{broker.url()}"\nformat = "json"\nlevel = "level"\n'
        f'issued = "at"\ndeadline = "3 s"\n{more}\n'
    )
    return command("--config", config, "--state-dir", folder / "state", what, QT_QPA_PLATFORM="offscreen")


def document(age: timedelta) -> bytes:
    return json.dumps({"level": "SEVERE", "at": (datetime.now(UTC) - age).isoformat()}).encode()


def lines(ran: Ran) -> list[str]:
    return [line for line in ran.out.splitlines() if line[5:].startswith("Office: ")]


def test_a_kept_message_that_is_new_is_a_level_and_an_old_one_is_told_as_such(tmp_path: Path) -> None:
    with Broker(tmp_path) as broker:
        broker.publish(document(timedelta(minutes=3)), retain=True)
        assert ask(tmp_path, broker, "check").code == 0
        (line,) = lines(ask(tmp_path, broker, "doctor"))
        assert line.startswith(
            "ok   Office: has a broker that kept SEVERE for UK, published 3 minutes ago; read as"
        )
        broker.publish(document(timedelta(hours=5)), retain=True)
        checked = ask(tmp_path, broker, "check")
        assert (checked.code, "State: last-known" in checked.out) == (3, True)
        ran = ask(tmp_path, broker, "doctor")
        assert ran.code == 3
        assert lines(ran)[0].startswith(
            "LOOK Office: has a broker that kept SEVERE for UK, published 5 hours ago; "
        )
        assert lines(ran)[0].endswith("; nothing proves that it is new, so let its publisher publish again.")


def test_nothing_within_the_deadline_is_said_plainly(tmp_path: Path) -> None:
    with Broker(tmp_path) as broker:
        checked = ask(tmp_path, broker, "check")
        ran = ask(tmp_path, broker, "doctor")
    assert (checked.code, ran.code) == (3, 3)
    assert "nothing came on the topic “office/level”" in checked.out
    assert "nothing came on the topic “office/level”" in lines(ran)[0]


def test_a_signed_document_brings_its_signature_in_the_same_message(tmp_path: Path) -> None:
    signer, now = new_signer(tmp_path, "office"), datetime.now(UTC)
    ends = now + timedelta(hours=1)
    content = signatures_document(issued=now.isoformat(), expires=ends.isoformat())
    signature = base64.b64encode(signer.sign(content)).decode()
    with Broker(tmp_path) as broker:
        config = tmp_path / "kiosk.toml"
        config.write_text(
            f'[[source]]\nname = "Office"\nurl = "{broker.url()}"\nformat = "signed"\n'
            f'public_keys = ["{signer.public}"]\n'
        )
        broker.publish(content, retain=True, beside={"minisig": signature})
        ran = command("--config", config, "check", "--json")
        assert (ran.code, ran.json["level"], ran.json["state"]) == (0, "SEVERE", "live")
        broker.publish(content.replace(b"SEVERE", b"LOW"), retain=True, beside={"minisig": signature})
        (source,) = command("--config", config, "check", "--json").json["sources"]
        assert source["problem"] == "unsigned"
        broker.publish(content, retain=True)
        (source,) = command("--config", config, "check", "--json").json["sources"]
        assert source["problem"] == "unsigned"


def test_the_certificate_of_a_broker_is_told_with_its_end(tmp_path: Path) -> None:
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    end = datetime.now(UTC) + timedelta(days=5)
    certificate = ours.issue_cert("127.0.0.1", not_before=end - timedelta(days=30), not_after=end)
    with Broker(tmp_path, certificate=certificate) as broker:
        told = lines(ask(tmp_path, broker, "doctor", 'ca_file = "ca.pem"'))
    assert told[-1].startswith(f"LOOK Office: the certificate of 127.0.0.1:{broker.port} ends on {end:%Y-%m-%d}")

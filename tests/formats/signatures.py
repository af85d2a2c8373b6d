"""Keys and signatures made by Debian's minisign, and the documents that it signs."""

import base64
import hashlib
import json
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from nacl.signing import SigningKey

from tests.formats.documents import NOW

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key pair without a password."""

    secret: Path
    public: str

    def sign(self, document: bytes, *options: str) -> bytes:
        """The signature of a document, as minisign writes it."""
        path = self.secret.with_name("document")
        path.write_bytes(document)
        minisign("-S", "-s", str(self.secret), "-m", str(path), *options)
        return path.with_name("document.minisig").read_bytes()


def minisign(*arguments: str) -> None:
    subprocess.run(["minisign", *arguments], check=True, capture_output=True, stdin=subprocess.DEVNULL)


def new_signer(folder: Path, name: str) -> Signer:
    secret, public = folder / f"{name}.key", folder / f"{name}.pub"
    minisign("-G", "-W", "-s", str(secret), "-p", str(public))
    return Signer(secret, public.read_text().splitlines()[1])


def signed_in_process(content: bytes) -> tuple[str, bytes]:
    """A public key, and its signature of the document, without minisign: the same at each run."""
    key, name = SigningKey(bytes(32)), b"fixtures"
    inner = key.sign(hashlib.blake2b(content).digest()).signature
    lines = [
        b"untrusted comment: x",
        base64.b64encode(b"ED" + name + inner),
        b"trusted comment: y",
        base64.b64encode(key.sign(inner + b"y").signature),
    ]
    return base64.b64encode(b"Ed" + name + bytes(key.verify_key)).decode(), b"\n".join(lines)


def document(**changes: object) -> bytes:
    """A document in force; a change to ``...`` leaves the field out."""
    fields: dict[str, object] = {
        "sequence": 7,
        "issued": (NOW - HOUR).isoformat(),
        "expires": (NOW + HOUR).isoformat(),
        "status": "Actual",
        "area": "UK",
        "level": "SEVERE",
    }
    return json.dumps({name: value for name, value in (fields | changes).items() if value is not ...}).encode()

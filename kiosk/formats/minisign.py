"""Signatures of minisign (https://jedisct1.github.io/minisign/), checked with Ed25519 of PyNaCl.

A public key is one line of base64: "Ed", eight bytes that name it, and the key. A signature file has four lines:
an untrusted comment; base64 of the algorithm, the key's name and the signature; a trusted comment; and base64 of a
second signature, over the first one and the trusted comment. "ED" signs the BLAKE2b-512 of the document, "Ed"
(older versions) the document itself.
"""

import base64
import hashlib
from collections.abc import Iterable

from msgspec import Struct

from kiosk.core.model import Problem
from kiosk.errors import Refused

_LONGEST = 4096  # bytes of a signature file; minisign's own have 300
_NAME = 8
_KEY = 2 + _NAME + 32
_SIGNATURE = 2 + _NAME + 64
_TRUSTED = b"trusted comment: "


class PublicKey(Struct, frozen=True):
    """Whom a signature is from: the key's name (8 bytes, as hexadecimal) and the key."""

    name: str
    key: bytes


def public_key(text: str) -> PublicKey:
    """The key in the second line of a ``minisign.pub``; ValueError where it is none."""
    raw = base64.b64decode(text, validate=True)
    if len(raw) != _KEY or raw[:2] != b"Ed":
        raise ValueError("no minisign key")
    return PublicKey(raw[2 : 2 + _NAME].hex(), raw[2 + _NAME :])


class Signed(Struct, frozen=True):
    """Who signed a document (the key's name), and the comment that was signed with it."""

    key: str
    comment: str


def signer(document: bytes, signature: bytes, keys: Iterable[str]) -> str:
    """The name of the key that signed the document; raises as ``signed`` does."""
    return signed(document, signature, keys).key


def signed(document: bytes, signature: bytes, keys: Iterable[str]) -> Signed:
    """Whose the document is.

    Raises:
        Refused: unsigned where none of the keys did, or the signature is not whole.
    """
    lines = signature.splitlines()
    known = {key.name: key for key in map(public_key, keys)}
    if len(signature) > _LONGEST or len(lines) != 4 or not lines[2].startswith(_TRUSTED):  # noqa: PLR2004 - as above
        raise _unsigned("is no minisign signature")
    try:
        raw, whole = (base64.b64decode(line, validate=True) for line in (lines[1], lines[3]))
    except ValueError:
        raise _unsigned("is no minisign signature") from None
    if len(raw) != _SIGNATURE:
        raise _unsigned("is no minisign signature")
    key = known.get(raw[2 : 2 + _NAME].hex())
    if key is None:
        raise _unsigned("is by another key than those that are trusted here")
    if raw[:2] not in {b"ED", b"Ed"}:
        raise _unsigned("is of a kind that is not known")
    message = hashlib.blake2b(document).digest() if raw[:2] == b"ED" else document
    inner = raw[2 + _NAME :]
    if not (_verifies(key, message, inner) and _verifies(key, inner + lines[2].removeprefix(_TRUSTED), whole)):
        raise _unsigned("does not fit the document")
    return Signed(key.name, lines[2].removeprefix(_TRUSTED).decode(errors="replace"))


def _verifies(key: PublicKey, message: bytes, signature: bytes) -> bool:
    from nacl.exceptions import CryptoError  # most kiosks have no signed source
    from nacl.signing import VerifyKey

    try:
        VerifyKey(key.key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def _unsigned(what: str) -> Refused:
    return Refused(
        Problem.UNSIGNED,
        f"The signature beside the document {what}; if that stays, ask its publisher, and trust neither.",
    )

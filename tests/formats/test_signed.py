"""``signed``: signatures of the real minisign, and the attacks of The Update Framework."""

import base64
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.model import Reading
from kiosk.errors import Refused
from kiosk.formats import signed
from kiosk.formats.ask import Ask
from tests.formats.documents import NOW, SCALE, asking
from tests.formats.signatures import HOUR, Signer, document, new_signer


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_signer(tmp_path_factory.mktemp("one"), "one")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_signer(tmp_path_factory.mktemp("two"), "two")


def ask(*signers: Signer, note: str = "") -> Ask:
    keys = tuple(signer.public for signer in signers)
    return replace(asking(), name="level.json", public_keys=keys, note=note)


def read(content: bytes, signature: bytes, question: Ask) -> Reading:
    return signed.decode(content, replace(question, linked={"level.json.minisig": signature}))


def refusal(content: bytes, signature: bytes, question: Ask) -> Refused:
    with pytest.raises(Refused) as refused:
        read(content, signature, question)
    assert str(refused.value).endswith(".")
    return refused.value


def judged(content: bytes, signature: bytes, question: Ask) -> str:
    """The level, or the problem."""
    try:
        return read(content, signature, question).level
    except Refused as refused:
        return refused.problem


def after(signer: Signer, *documents: bytes, note: str = "", keys: tuple[Signer, ...] = ()) -> str:
    """What is noted after these documents."""
    for content in documents:
        note = read(content, signer.sign(content), ask(*(keys or (signer,)), note=note)).note or ""
    return note


def outcome(signer: Signer, content: bytes, note: str = "", keys: tuple[Signer, ...] = ()) -> str:
    return judged(content, signer.sign(content), ask(*(keys or (signer,)), note=note))


# ---------------------------------------------------------------- signatures


@pytest.mark.parametrize("options", [(), ("-l",), ("-t", "a trusted comment"), ("-c", "anything")])
def test_what_minisign_signs_is_read(signer: Signer, options: tuple[str, ...]) -> None:
    content = document(changed="2026-04-30", statement="As MI5 says")
    reading = read(content, signer.sign(content, *options), ask(signer))
    assert (reading.level, reading.area, reading.statement) == ("SEVERE", "UK", "As MI5 says")
    assert (reading.issued, reading.until, reading.changed) == (NOW - HOUR, NOW + HOUR, date(2026, 4, 30))


def test_the_signature_is_asked_for_beside_the_document(signer: Signer) -> None:
    assert signed.links(b"", ask(signer)) == ("level.json.minisig",)


def test_nothing_that_was_changed_is_believed(signer: Signer) -> None:
    content = document()
    signature = signer.sign(content)
    assert refusal(content.replace(b"SEVERE", b"LOW"), signature, ask(signer)).problem == "unsigned"
    assert refusal(content + b" ", signature, ask(signer)).problem == "unsigned"
    for position in range(len(signature)):
        damaged = signature[:position] + bytes([signature[position] ^ 1]) + signature[position + 1 :]
        assert judged(content, damaged, ask(signer)) in {"SEVERE", "unsigned"}, position


def test_the_trusted_comment_is_signed_and_the_untrusted_one_is_not(signer: Signer) -> None:
    content = document()
    signature = signer.sign(content, "-t", "genuine")
    assert refusal(content, signature.replace(b"genuine", b"altered"), ask(signer)).problem == "unsigned"
    renamed = signature.replace(b"untrusted comment: ", b"untrusted comment: x")
    assert judged(content, renamed, ask(signer)) == "SEVERE"


def test_the_signature_of_another_key_or_none_is_refused(signer: Signer, other: Signer) -> None:
    content = document()
    assert refusal(content, other.sign(content), ask(signer)).problem == "unsigned"
    assert refusal(content, signer.sign(content), ask()).problem == "unsigned"
    renamed = other.sign(content).splitlines()
    raw, name = base64.b64decode(renamed[1]), base64.b64decode(signer.public)[2:10]
    renamed[1] = base64.b64encode(raw[:2] + name + raw[10:])
    assert refusal(content, b"\n".join(renamed), ask(signer)).problem == "unsigned"


def test_rubbish_beside_the_document_is_no_signature(signer: Signer) -> None:
    whole = signer.sign(document())
    lines = whole.splitlines(keepends=True)
    short = [b"", b"\n\n\n\n", b"x" * 5000, b"<html>404</html>", whole[:-40], b"".join(lines[:3]), whole * 2]
    wrong = [b"".join([lines[0], b"AAAA\n", *lines[2:]]), b"".join([*lines[:3], b"\xff\xff\n"])]
    for rubbish in short + wrong:
        assert refusal(document(), rubbish, ask(signer)).problem == "unsigned"
    with pytest.raises(Refused):
        signed.decode(document(), ask(signer))


@pytest.mark.parametrize("text", ["", "RWQ", "x" * 56, "\u00e9", base64.b64encode(b"ED" + bytes(40)).decode()])
def test_what_is_no_public_key_is_told(text: str) -> None:
    assert signed.check_key(text)


def test_the_document_is_not_parsed_before_it_is_known_to_be_genuine(signer: Signer, other: Signer) -> None:
    assert outcome(other, b"{", keys=(signer,)) == "unsigned"
    assert outcome(signer, b"{") == "malformed"


# ---------------------------------------------------------------- the attacks of TUF


def test_rollback(signer: Signer) -> None:
    note = after(signer, document())
    assert outcome(signer, document(sequence=6, level="CRITICAL"), note) == "rollback"
    assert outcome(signer, document(sequence=8, level="CRITICAL"), note) == "CRITICAL"


def test_a_rollback_in_time_with_a_higher_sequence(signer: Signer) -> None:
    note = after(signer, document())
    assert outcome(signer, document(sequence=8, issued=(NOW - 2 * HOUR).isoformat()), note) == "rollback"


def test_replay_of_the_same_document_confirms_it_until_it_ends(signer: Signer) -> None:
    note = after(signer, document())
    assert outcome(signer, document(), note) == "SEVERE"
    late = replace(ask(signer, note=note), now=NOW + HOUR)
    assert refusal(document(), signer.sign(document()), late).problem == "expired"


def test_a_change_under_an_equal_sequence(signer: Signer) -> None:
    note = after(signer, document())
    assert outcome(signer, document(level="LOW"), note) == "rollback"
    assert outcome(signer, document() + b"\n", note) == "rollback"


def test_freeze_ends_with_the_document_and_no_document_holds_for_long(signer: Signer) -> None:
    assert outcome(signer, document(expires=NOW.isoformat())) == "expired"
    assert outcome(signer, document(expires=(NOW + timedelta(days=7)).isoformat())) == "malformed"
    assert outcome(signer, document(expires=(NOW - HOUR + timedelta(days=7)).isoformat())) == "SEVERE"


def test_fast_forward(signer: Signer) -> None:
    note = after(signer, document())
    assert outcome(signer, document(sequence=8 + 10**9), note) == "rollback"
    assert outcome(signer, document(sequence=2**53)) == "malformed"
    assert outcome(signer, document(issued=(NOW + HOUR / 2).isoformat())) == "not-actual"


def test_what_is_authentic_counts_even_where_it_states_no_level(signer: Signer) -> None:
    for change, problem in (
        ({"status": "Exercise"}, "not-actual"),
        ({"area": "NI"}, "no-level"),
        ({"issued": (NOW - 3 * HOUR).isoformat(), "expires": (NOW - 2 * HOUR).isoformat()}, "expired"),
    ):
        content = document(**({"sequence": 9} | change))
        refused = refusal(content, signer.sign(content), ask(signer))
        assert refused.problem == problem
        assert outcome(signer, document(sequence=8), refused.note or "") == "rollback"


def test_keys_are_rotated_and_the_old_one_cannot_speak_again(signer: Signer, other: Signer) -> None:
    both = (signer, other)
    old = document(sequence=100)
    note = after(signer, old, keys=both)
    new = document(sequence=1, issued=(NOW - HOUR / 2).isoformat(), level="LOW")
    note = after(other, new, note=note, keys=both)
    assert outcome(signer, old, note, both) == "rollback", "replayed after the new key has spoken"
    assert outcome(signer, document(sequence=101), note, both) == "rollback"
    assert outcome(other, new, note, (other,)) == "LOW"
    assert outcome(signer, old, note, (other,)) == "unsigned"


def test_a_stolen_key_is_healed_by_taking_it_away(signer: Signer, other: Signer) -> None:
    stolen = document(sequence=2**53 - 1, issued=NOW.isoformat())
    note = after(signer, stolen, keys=(signer, other))
    true = document(sequence=8, level="LOW")
    assert outcome(other, true, note, (signer, other)) == "rollback"
    assert outcome(other, true, note, (other,)) == "LOW"


@pytest.mark.parametrize("note", ["", "x", "a,b,c,d", "0|1,2", "\x00", "0123456789abcdef,1,2"])
def test_a_note_of_another_format_is_passed_over(signer: Signer, note: str) -> None:
    assert outcome(signer, document(), note) == "SEVERE"


# ---------------------------------------------------------------- documents made to break it

HOSTILE: dict[str, bytes] = {
    "a list": b"[]",
    "nothing": b"",
    "a name twice": document()[:-1] + b', "level": "LOW"}',
    "no sequence": document(sequence=...),
    "a sequence in quotes": document(sequence="7"),
    "half a sequence": document(sequence=7.5),
    "a whole sequence with a point": document(sequence=7.0),
    "a true sequence": document(sequence=True),
    "a sequence below zero": document(sequence=-1),
    "no issue": document(issued=...),
    "an issue without a zone": document(issued="2026-11-24T11:00:00"),
    "an issue in seconds": document(issued=1795000000),
    "an issue in words": document(issued="now"),
    "an issue at the end of time": document(issued="9999-12-31T23:59:59-12:00"),
    "no end": document(expires=...),
    "an end before the issue": document(expires=(NOW - 2 * HOUR).isoformat()),
    "an end at the issue": document(expires=(NOW - HOUR).isoformat()),
    "an end that is null": document(expires=None),
    "no status": document(status=...),
    "a test": document(status="Test"),
    "a small status": document(status="actual"),
    "no area": document(area=...),
    "another area": document(area="NI"),
    "no level": document(level=...),
    "an empty level": document(level=""),
    "a level that is null": document(level=None),
    "a rank": document(level=4),
    "two levels": document(level="LOW or SEVERE"),
    "a list of levels": document(level=["SEVERE"]),
    "a look-alike": document(level="S\u0415VERE"),
    "an unknown level": document(level="RED"),
    "a change on no day": document(changed="2026-02-30"),
    "a change in words": document(changed="today"),
    "a statement that is no text": document(statement=["SEVERE"]),
    "a page": b"<html><body>SEVERE</body></html>",
    "a cut document": document()[:-1],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_signed_document_that_was_made_to_break_it_states_nothing(signer: Signer, what: str) -> None:
    assert outcome(signer, HOSTILE[what]) not in SCALE


def test_values_translate_here_too(signer: Signer) -> None:
    content = document(level="4")
    question = replace(ask(signer), values={"4": "SEVERE"})
    assert read(content, signer.sign(content), question).level == "SEVERE"

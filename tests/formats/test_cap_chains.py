"""``cap``: what updates and cancellations do to other messages, and what is noted of it."""

from datetime import UTC, timedelta

import pytest
from msgspec.structs import replace

from tests.formats.cap_messages import ASK, HOUR, alert, atom, info, outcome, read, reference, refusal, stamp
from tests.formats.documents import NOW

# ---------------------------------------------------------------- updates and cancellations


def test_an_update_replaces_what_it_refers_to_wherever_it_stands() -> None:
    first = alert(info("SEVERE"))
    update = alert(info("LOW"), identifier="B", kind="Update", sent=-HOUR / 2, references=reference())
    assert outcome(atom(first, update)) == "LOW"
    assert outcome(atom(update, first)) == "LOW"


def test_an_update_that_refers_to_itself_does_not_leave_the_one_before_in_force() -> None:
    """Found by changing each byte of a document to any other."""
    update = alert(info("SEVERE"), identifier="B", kind="Update", references=reference("B"))
    assert outcome(atom(alert(info("LOW")), update)) == "malformed"


def test_a_chain_of_updates_ends_in_its_last() -> None:
    chain = [
        alert(info("LOW")),
        alert(info("SEVERE"), identifier="B", kind="Update", sent=-HOUR / 2, references=reference()),
        alert(
            info("CRITICAL"),
            identifier="C",
            kind="Update",
            sent=-HOUR / 3,
            references=f"{reference()} {reference('B', -HOUR / 2)}",
        ),
    ]
    assert outcome(atom(*chain)) == "CRITICAL"
    assert outcome(atom(*chain[:2])) == "SEVERE"
    cancel = alert(identifier="D", kind="Cancel", sent=-HOUR / 4, references=reference("C", -HOUR / 3))
    assert outcome(atom(*chain, cancel)) == "no-level"


def test_two_alerts_that_know_nothing_of_each_other_are_refused_unless_they_agree() -> None:
    assert outcome(atom(alert(info("LOW")), alert(info("SEVERE"), identifier="B", sent=-HOUR / 2))) == "ambiguous"
    assert outcome(atom(alert(), alert(identifier="B", sent=-HOUR / 2))) == "SEVERE"
    assert outcome(atom(alert(info("LOW")), alert(info("SEVERE")))) == "ambiguous", "one name for two messages"


def test_an_expired_update_does_not_bring_back_what_it_replaced() -> None:
    update = alert(
        info("LOW", expires=stamp(-HOUR / 4)),
        identifier="B",
        kind="Update",
        sent=-HOUR / 2,
        references=reference(),
    )
    assert outcome(atom(alert(), update)) == "expired"


@pytest.mark.parametrize(
    "how", [{"status": "Test"}, {"status": "Exercise"}, {"scope": "Private"}, {"kind": "Ack"}]
)
def test_what_is_no_news_withdraws_nothing(how: dict[str, str]) -> None:
    cancel = alert(identifier="B", references=reference(), **({"kind": "Cancel"} | how))
    assert outcome(atom(alert(), cancel)) == "SEVERE"


def test_a_test_by_its_event_code_withdraws_nothing() -> None:
    cancel = alert(info(None, code="RMT"), identifier="B", kind="Cancel", references=reference())
    assert outcome(atom(alert(), cancel)) == "SEVERE"


@pytest.mark.parametrize(
    "other", [reference("B"), reference(sent=-2 * HOUR), reference(sender="jtac2.example")], ids=str
)
def test_a_reference_names_its_message_by_all_three_parts(other: str) -> None:
    assert outcome(atom(alert(), alert(identifier="X", kind="Cancel", references=other))) == "SEVERE"


def test_a_reference_in_another_zone_is_the_same_moment() -> None:
    sent = (NOW - HOUR).astimezone(UTC) + timedelta(hours=5)
    elsewhere = f"jtac.example,A,{sent:%Y-%m-%dT%H:%M:%S}+05:00"
    assert outcome(atom(alert(), alert(identifier="X", kind="Cancel", references=elsewhere))) == "no-level"


@pytest.mark.parametrize(
    "text", ["A", "jtac.example,A", "jtac.example,A,now", ",,", "a,b,c,d", "x,y,2026-11-24T10:00:00"]
)
def test_a_reference_that_names_nothing_is_refused(text: str) -> None:
    assert outcome(alert(kind="Cancel", references=text)) == "malformed"


def test_a_message_that_refers_to_very_many_is_refused() -> None:
    many = " ".join(reference(str(number)) for number in range(101))
    assert outcome(alert(kind="Cancel", references=many)) == "malformed"


# ---------------------------------------------------------------- memory


def test_a_cancelled_message_that_still_lies_in_the_feed_does_not_come_back() -> None:
    stated = read(atom(alert()))
    cancelled = refusal(
        atom(alert(), alert(identifier="B", kind="Cancel", references=reference())),
        replace(ASK, note=stated.note or ""),
    )
    assert cancelled.withdrawn, "what was stated is current no more"
    later = refusal(atom(alert()), replace(ASK, note=cancelled.note or ""))
    assert later.problem == "no-level"
    assert not later.withdrawn, "it is said once"


def test_a_replaced_message_does_not_come_back_alone() -> None:
    update = alert(info("LOW"), identifier="B", kind="Update", sent=-HOUR / 2, references=reference())
    note = read(update).note or ""
    assert outcome(alert(), replace(ASK, note=note)) == "no-level"
    assert outcome(update, replace(ASK, note=note)) == "LOW"


def test_a_cancellation_of_something_else_takes_nothing_back() -> None:
    note = read(alert()).note or ""
    other = refusal(alert(identifier="B", kind="Cancel", references=reference("weather")), replace(ASK, note=note))
    assert not other.withdrawn
    assert outcome(alert(), replace(ASK, note=other.note or "")) == "SEVERE"


def test_what_is_withdrawn_is_noted_also_where_the_rest_is_refused() -> None:
    update = alert(info("NONSENSE"), identifier="B", kind="Update", sent=-HOUR / 2, references=reference())
    refused = refusal(update)
    assert refused.problem == "unknown-level"
    assert outcome(alert(), replace(ASK, note=refused.note or "")) == "no-level"


def test_the_note_is_bounded_and_forgets_the_oldest() -> None:
    note = ""
    for hundred in range(8):
        many = " ".join(reference(f"{hundred}-{number}") for number in range(100))
        note = refusal(alert(identifier="C", kind="Cancel", references=many), replace(ASK, note=note)).note or ""
    assert len(note) < 12_000
    assert outcome(alert(identifier="7-99"), replace(ASK, note=note)) == "no-level"
    assert outcome(alert(identifier="0-0"), replace(ASK, note=note)) == "SEVERE"


@pytest.mark.parametrize("note", ["", "|", "x", "|,,,", "\x00|\x00", "a|b|c"])
def test_any_note_is_read(note: str) -> None:
    assert outcome(alert(), replace(ASK, note=note)) == "SEVERE"

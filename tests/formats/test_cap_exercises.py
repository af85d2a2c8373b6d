"""CAP messages with the status Exercise: a drill where the source asks for them, and never a level."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.core.model import Drill
from kiosk.formats.ask import Ask
from tests.formats.cap_messages import ASK, HOUR, alert, atom, bare, info, read, reference, refusal, stamp
from tests.formats.documents import NOW

DRILLING = replace(ASK, exercise_screen=True)
MINUTE = timedelta(minutes=1)


def exercise(*infos: str, **more: object) -> str:
    return alert(*infos, status="Exercise", **more)  # type: ignore[arg-type]  # names of its elements


def drills(document: str, ask: Ask = DRILLING) -> tuple[Drill, ...] | None:
    return refusal(document, ask).drills


def test_an_exercise_is_a_drill_with_an_end_and_no_level() -> None:
    (drill,) = drills(exercise(info("CRITICAL", expires=stamp(HOUR)))) or ()
    assert drill == Drill("CRITICAL", "Threat level.", NOW + HOUR)


def test_it_is_nothing_at_all_where_the_source_does_not_ask_for_it() -> None:
    assert refusal(exercise(), ASK).drills is None
    assert refusal(exercise(), ASK).problem == "not-actual"


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (alert(status="Test"), "a test is no exercise"),
        (alert(status="Draft"), "nor is a draft"),
        (alert(status="System"), "nor a message of systems"),
        (exercise(scope="Restricted"), "not for the public"),
        (exercise(scope="Private"), "not for the public"),
        (exercise(kind="Ack"), "an acknowledgement"),
        (exercise(info("HIGH")), "a word that is no level"),
        (exercise(info(None)), "without a level"),
        (exercise(info("CRITICAL", expires=stamp(-MINUTE))), "over"),
        (exercise(sent=-5 * HOUR), "longer ago than any drill lasts"),
        (exercise(sent=5 * MINUTE), "from the future"),
        (exercise(info("CRITICAL", effective=stamp(HOUR))), "later"),
        (
            atom(exercise(bare("LOW")), exercise(bare("CRITICAL"), identifier="B")),
            "two that contradict each other",
        ),
        (atom(exercise(), exercise(identifier="B", kind="Cancel", references=reference())), "cancelled"),
        (atom(exercise(), alert(identifier="B", kind="Cancel", references=reference())), "cancelled in earnest"),
    ],
)
def test_what_is_no_drill_in_force(document: str, why: str) -> None:
    assert drills(document) == (), why


def test_it_lasts_four_hours_from_when_it_was_sent_at_most() -> None:
    (drill,) = drills(exercise(info(expires=stamp(10 * HOUR)))) or ()
    assert drill.until == NOW + 3 * HOUR, "it was sent an hour ago"


def test_a_cancelled_one_that_is_listed_again_does_not_come_back() -> None:
    cancelled = refusal(exercise(identifier="B", kind="Cancel", references=reference()), DRILLING)
    assert cancelled.note
    assert drills(exercise(), replace(DRILLING, note=cancelled.note)) == ()


def test_an_exercise_takes_nothing_of_what_is_stated_in_earnest() -> None:
    update = exercise(bare("LOW"), identifier="B", kind="Update", references=reference())
    reading = read(atom(alert(bare("SEVERE")), update), DRILLING)
    assert (reading.level, [drill.level for drill in reading.drills or ()]) == ("SEVERE", ["LOW"])
    again = read(alert(bare("SEVERE")), replace(DRILLING, note=reading.note or ""))
    assert (again.level, again.drills) == ("SEVERE", ())

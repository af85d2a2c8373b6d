"""The display log: its chain, its bound, its starts and ends, and logs that the first version wrote."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.display_log import LIMIT, Break, Frame, Kind, Line, Verdict
from kiosk.store import FILE, Store
from tests.memories import SCOPE, WALL, line, of_the_first_version, state, stored


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file without the program's care, as a vandal has it."""
    with closing(sqlite3.connect(folder / FILE)) as database, database:
        yield database


def bytes_of_one_line(folder: Path) -> int:
    return Store(folder).append([line()])


# ---------------------------------------------------------------- the chain


@pytest.mark.parametrize(
    ("change", "verdict", "how"),
    [
        ("UPDATE log SET why = 'Nothing' WHERE id = 3", Verdict(2, 3), Break.CHANGED),
        ("UPDATE log SET at = '2020-01-01T00:00:00+00:00' WHERE id = 1", Verdict(0, 1), Break.CHANGED),
        ("UPDATE log SET kind = 'end' WHERE id = 4", Verdict(3, 4), Break.CHANGED),
        ("UPDATE log SET frame = 'abc' WHERE id = 4", Verdict(3, 4), Break.CHANGED),
        ("UPDATE log SET form = 1 WHERE id = 4", Verdict(3, 4), Break.CHANGED),
        (
            "UPDATE log SET display = CAST(replace(CAST(display AS TEXT), 'SEVERE', 'LOW') AS BLOB)",
            Verdict(0, 1),
            Break.CHANGED,
        ),
        ("DELETE FROM log WHERE id = 3", Verdict(2, 3), Break.REMOVED),
        (
            "INSERT INTO log SELECT 9, at, why, display, previous, digest, kind, frame, form FROM log WHERE id=2",
            Verdict(5, 6),
            Break.REMOVED,
        ),
        ("UPDATE log SET id = 10 - id", Verdict(0, 1), Break.START_CUT),
        ("UPDATE log SET digest = zeroblob(32) WHERE id = 5", Verdict(4, 5), Break.CHANGED),
        ("DELETE FROM log WHERE id <= 2", Verdict(0, 1), Break.START_CUT),
        ("DELETE FROM log WHERE id >= 4", Verdict(3, 4), Break.END_CUT),
        ("DELETE FROM log", Verdict(0, 1), Break.END_CUT),
        ("DELETE FROM chain", Verdict(0, 1), Break.UNREADABLE),
        ("DROP TABLE chain", Verdict(0, 1), Break.UNREADABLE),
    ],
)
def test_the_first_broken_link_is_named_and_how_it_is_broken(
    change: str, verdict: Verdict, how: Break, tmp_path: Path
) -> None:
    store = Store(tmp_path)
    store.append([line(number) for number in range(5)])
    assert store.verify() == Verdict(5)
    with opened(tmp_path) as database:
        database.execute(change)
    assert (store.verify(), store.verify().how) == (verdict, how)


def test_the_last_digest_is_told_so_that_it_can_be_kept_elsewhere(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([line(1), line(2)])
    head = store.verify().head
    assert [entry.digest for entry in store.lines()][-1] == head
    store.append([line(3)])
    assert head in [entry.digest for entry in store.lines()]
    assert store.verify().head != head


# ---------------------------------------------------------------- the bound


def test_the_oldest_lines_are_given_up_and_what_is_left_is_whole(tmp_path: Path) -> None:
    one = bytes_of_one_line(tmp_path / "one")
    store = Store(tmp_path)
    store.append([line(number, "x" * 20) for number in range(100)])
    store.give_up(50 * one)
    kept = list(store.lines())
    assert 40 <= len(kept) <= 50, "some more than need be, so that it is seldom done"
    assert kept[-1] == line(99, "x" * 20)
    verdict = store.verify()
    assert (verdict, verdict.given_up) == (Verdict(len(kept)), 100 - len(kept))
    assert kept[0].number == 100 - len(kept) + 1
    with opened(tmp_path) as database:
        database.execute("DELETE FROM log WHERE id = (SELECT min(id) FROM log)")
    assert (store.verify().how, store.verify().broken) == (Break.START_CUT, kept[0].number)


def test_a_log_within_its_bound_gives_up_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([line(number) for number in range(5)])
    assert store.give_up(LIMIT) == store.append([])
    assert store.verify() == Verdict(5)


@settings(max_examples=40)
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("append"), st.integers(1, 6)),
            st.tuples(st.just("again"), st.integers(1, 3)),
            st.tuples(st.just("frame"), st.just(0)),
            st.tuples(st.just("give up"), st.integers(300, 6000)),
        ),
        max_size=12,
    ),
    victim=st.integers(0, 1000),
)
def test_no_way_of_writing_and_giving_up_breaks_the_chain_and_every_cut_does(
    steps: list[tuple[str, int]], victim: int
) -> None:
    with TemporaryDirectory() as name:
        store, number = Store(Path(name)), 0
        model: list[Line] = []
        given: list[Line | Frame] = []
        for act, amount in steps:
            if act == "append":
                given = [line(number + more) for more in range(amount)]
                model += [line(number + more) for more in range(amount)]
                number += amount
            elif act == "frame" and model:
                given = [Frame(model[-1].at, f"frame {number}")]
            if act == "give up":
                store.give_up(amount)
            else:
                store.append(given)  # again, where nothing else is to do: as after a disk that failed late
        kept = list(store.lines())
        assert kept == model[len(model) - len(kept) :]
        verdict = store.verify()
        assert verdict.broken is None
        if verdict.sound:
            with opened(Path(name)) as database:
                ids = [row[0] for row in database.execute("SELECT id FROM log ORDER BY id")]
                database.execute("DELETE FROM log WHERE id = ?", (ids[victim % len(ids)],))
            assert store.verify().broken == verdict.given_up + victim % len(ids) + 1


# ---------------------------------------------------------------- frames, starts and ends


def test_a_frame_belongs_to_its_line_and_changes_nothing_before_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([line(1)])
    (before,) = store.lines()
    store.append([replace(line(2), kind=Kind.ORDER), Frame(line(1).at, "abc")])
    one, two = store.lines()
    assert (one.frame, one.digest, two.frame) == ("abc", before.digest, None)
    assert store.verify() == Verdict(3)


def test_a_run_that_ended_without_notice_is_told_by_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.append([replace(line(0), kind=Kind.START)])
    store.signed_of_life(WALL + timedelta(minutes=10))
    store.append([replace(line(3600), kind=Kind.START), replace(line(3700), kind=Kind.END)])
    store.append([replace(line(7200), kind=Kind.START)])
    told = [(entry.kind, (entry.at - WALL).total_seconds()) for entry in store.lines()]
    assert told == [("start", 0), ("lost", 600), ("start", 3600), ("end", 3700), ("start", 7200)]
    assert store.verify() == Verdict(5)


def test_a_sign_of_life_before_the_last_line_tells_nothing(tmp_path: Path) -> None:
    """As after a clock that was put back."""
    store = Store(tmp_path)
    store.append([line(100)])
    store.signed_of_life(WALL)
    store.append([replace(line(500), kind=Kind.START)])
    assert [(entry.at - WALL).total_seconds() for entry in store.lines()] == [100, 100, 500]


# ---------------------------------------------------------------- the first version


@pytest.mark.parametrize("given_up", [0, 7])
def test_what_the_first_version_wrote_is_read_as_it_is_and_taken_over(given_up: int, tmp_path: Path) -> None:
    old = [line(number) for number in range(4)]
    of_the_first_version(tmp_path, old, given_up)
    before = (tmp_path / FILE).read_bytes()
    store = Store(tmp_path)
    assert store.load(SCOPE) == stored(state())
    assert list(store.lines()) == old
    assert (store.verify(), store.verify().given_up) == (Verdict(4), given_up)
    assert store.alive() == old[-1].at
    assert (tmp_path / FILE).read_bytes() == before, "reading changes nothing"
    store.append([replace(line(9), kind=Kind.START)])
    assert [entry.kind for entry in store.lines()] == ["shown"] * 4 + ["lost", "start"]
    assert store.load(SCOPE) == stored(state())
    assert (store.verify(), store.verify().given_up) == (Verdict(6), given_up)
    with opened(tmp_path) as database:
        database.execute("UPDATE log SET why = 'x' WHERE id = ?", (given_up + 2,))
    assert store.verify() == Verdict(1, given_up + 2)


def test_a_changed_line_of_the_first_version_is_found_before_and_after_it_is_taken_over(tmp_path: Path) -> None:
    of_the_first_version(tmp_path, [line(number) for number in range(4)])
    with opened(tmp_path) as database:
        database.execute("UPDATE log SET why = 'x' WHERE id = 3")
    assert Store(tmp_path).verify() == Verdict(2, 3)
    Store(tmp_path).append([line(9)])
    assert Store(tmp_path).verify() == Verdict(2, 3)

"""The ten rules of truth, as properties of random histories.

The machine below is a world with a true time that the program never sees: it only sees two clocks that
suspend, step, freeze and start again. The world keeps its own record of who stated what and when, and judges
every glance at the display by that record alone.

``KIOSK_RULE_STEPS`` sets how many steps are tried (``make prove`` takes 200,000).
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from kiosk.core.derive import derive
from kiosk.core.fold import (
    Exercised,
    Failed,
    Passed,
    Recalled,
    Reconfigured,
    Seconded,
    Set,
    Shown,
    Stated,
    StillStated,
    fold,
)
from kiosk.core.model import Clock, Confidence, Display, Drill, Mark, Problem, Reading, Scale, StateName
from kiosk.core.policy import Policy, SourcePlan, Trust
from kiosk.core.record import differs
from kiosk.core.state import LocalLevel, beginning, durable, fitted

LEVELS = ("LOW", "MODERATE", "SUBSTANTIAL", "SEVERE", "CRITICAL")
SOURCES = ("first", "second", "third")
START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CONFIDENCES = {
    StateName.LIVE: Confidence.LIVE,
    StateName.STALE: Confidence.STALE,
    StateName.LAST_KNOWN: Confidence.LAST_KNOWN,
    StateName.UNKNOWN: Confidence.UNKNOWN,
}
TRUSTS = (
    Trust(),
    Trust(live=timedelta(seconds=1), stale=timedelta(seconds=5), last_known=timedelta(seconds=60)),
    Trust(live=timedelta(hours=2), stale=timedelta(days=3), last_known=timedelta(days=90)),
    Trust(confirm_fall=timedelta(minutes=20)),
    Trust(live=timedelta(seconds=1), confirm_fall=timedelta(seconds=30), grace=timedelta(seconds=1)),
)
LONGEST = {"operator": 7 * 86400, "exercise": 4 * 3600}  # seconds
STEPS = int(os.environ.get("KIOSK_RULE_STEPS", "4000"))
durations = st.one_of(st.integers(0, 90), st.integers(0, 5400), st.integers(0, 200_000), st.integers(0, 4_000_000))
ages = st.sampled_from((0, 0, 0, 90, 1500))  # seconds that an answer lay in a cache
levels = st.sampled_from(LEVELS)
sources = st.sampled_from(SOURCES)


@dataclass
class Spell:
    """One source stating one level without a break; true times in seconds."""

    level: str
    first: float
    last: float


class World(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.true = 0.0  # seconds since the world began; the program never sees it
        self.wall_error = timedelta()
        self.boot, self.boot_began, self.run = 0, 0.0, 0
        self.policy = self._policy(TRUSTS[0])
        self.state = beginning(self.policy)
        self.disk = durable(self.state)
        self.log: list[Display] = []
        self.stated: dict[str, float] = {}  # level -> when enough sources last stated it, as of the oldest of them
        self.agreed_by_many = False
        self.cached = False  # whether an earlier run may have heard something newer than this one's cache says
        self.kept: set[str] = set()  # levels of which brokers gave what they had kept
        self.spells: dict[str, Spell] = {}
        self.issues = dict.fromkeys(SOURCES, 0)
        self.validated: set[str] = set()  # sources that answered in full in this run
        self.confirmed_in_run = False
        self.news = True  # whether a source stated something since the last glance
        self.last: Display | None = None
        self.local: dict[str, tuple[str, float]] = {}  # kind -> level, true end
        self.pending: tuple[str, float, float] | None = (
            None  # level, true end, true time until it may be confirmed
        )

    def _policy(self, trust: Trust, *, agree: int = 1, two_person: bool = False) -> Policy:
        plans = tuple(SourcePlan(name, timedelta(minutes=10)) for name in SOURCES)
        return Policy(Scale(LEVELS), "UK", plans, datetime(2026, 11, 1, tzinfo=UTC), trust, agree, two_person)

    def now(self) -> Clock:
        wall = START + timedelta(seconds=self.true) + self.wall_error
        return Clock(wall, self.true - self.boot_began, f"boot{self.boot}", f"run{self.run}")

    def fold(self, event: object) -> None:
        self.state = fold(self.state, event, self.now(), self.policy)  # type: ignore[arg-type]  # any event
        self.disk = durable(self.state)

    def state_it(self, source: str, level: str, age: int = 0) -> None:
        """Notes in the world's own record that a source stated a level, ``age`` seconds ago to a cache."""
        said = self.true - age
        self.cached |= age > 0
        spell = self.spells.get(source)
        if spell is None or spell.level != level:
            spell = self.spells[source] = Spell(level, said, said)
        spell.last = max(spell.last, said)
        self.news = True
        self.count(level)

    def limit(self) -> float:
        """How long a statement is live, in seconds: every source is asked every ten minutes."""
        return max(self.policy.trust.live, timedelta(minutes=30)).total_seconds()

    def count(self, level: str, *more: float) -> bool:
        """Notes when enough sources state a level; ``more`` are statements beside the spells."""
        times = [spell.last for spell in self.spells.values() if spell.level == level]
        times += more
        # Statements are compared with each other, not with the clock: what a cache tells was said some time ago.
        newest = max([spell.last for spell in self.spells.values()] + times, default=0.0)
        fresh = sorted((time for time in times if newest - time <= self.limit()), reverse=True)
        if len(fresh) < self.policy.agree:
            return False
        oldest = fresh[self.policy.agree - 1]
        self.stated[level] = max(self.stated.get(level, oldest), oldest)
        self.confirmed_in_run = True
        return True

    # ------------------------------------------------------------------ what sources do

    @rule(source=sources, level=levels, dated=st.booleans(), age=ages)
    def states(self, source: str, level: str, age: int, *, dated: bool) -> None:
        before = derive(self.state, self.now(), self.policy)
        self.issues[source] += 1
        issued = START - timedelta(days=400) + timedelta(days=self.issues[source]) if dated else None
        self.fold(Stated(source, Reading(level, "UK", f"It is {level}", issued=issued), timedelta(seconds=age)))
        self.validated.add(source)
        self.state_it(source, level, age)
        after = derive(self.state, self.now(), self.policy)
        if after.local is None and (before.rank is None or before.rank < LEVELS.index(level) + 1):
            if self.count(level):
                assert after.level == level or after.level is None, "rule 8: a rise is shown at once"
                assert after.level or age or self.policy.agree > 1, (
                    "one that rests on older statements may be too old"
                )
            else:
                assert after.level == before.level, "too few state it"

    @rule(source=sources, level=levels)
    def has_a_broker_that_kept_a_message(self, source: str, level: str) -> None:
        before = derive(replace(self.state, operator=None, exercise=None), self.now(), self.policy)
        self.fold(Recalled(source, Reading(level, "UK", f"It is {level}")))
        self.kept.add(level)
        self.news = True
        after = derive(replace(self.state, operator=None, exercise=None), self.now(), self.policy)
        if CONFIDENCES[after.state] < Confidence.LAST_KNOWN:
            assert (after.state, after.level) == (before.state, before.level), "it confirms nothing"

    @rule(source=sources, level=levels, seconds=st.integers(0, 20_000))
    def asks_for_a_drill_or_ends_it(self, source: str, level: str, seconds: int) -> None:
        drill = Drill(level, "a drill", self.now().wall + timedelta(seconds=seconds))
        before = self.state.exercise
        self.fold(Failed(source, Problem.NOT_ACTUAL, "A drill.", drills=(drill,) if seconds else ()))
        after = self.state.exercise
        if after is None:
            self.local.pop("exercise", None)
        elif after != before:
            assert (after.level, after.source) == (level, source)
            self.local["exercise"] = (level, self.true + min(seconds, LONGEST["exercise"]))

    @rule(source=sources, age=ages)
    def says_nothing_changed(self, source: str, age: int) -> None:
        spell = self.spells.get(source)
        self.fold(StillStated(source, timedelta(seconds=age)))
        if source in self.validated and spell:
            self.state_it(source, spell.level, age)

    @precondition(lambda self: self.state.held is not None)
    @rule(source=sources, level=levels)
    def goes_back_to_an_older_statement(self, source: str, level: str) -> None:
        newest = self.state.source(source).newest
        held = self.state.held
        if newest is None or held is None:
            return
        older = newest - timedelta(days=1)
        self.fold(Stated(source, Reading(level, "UK", "older", issued=older)))
        rises = LEVELS.index(level) > LEVELS.index(held.level)
        others = [spell for name, spell in self.spells.items() if name != source and spell.level == level]
        if rises and sum(self.true - spell.last <= self.limit() for spell in others) + 1 >= self.policy.agree:
            self.spells.pop(source, None)
            self.count(level, self.true)
            self.news = True
        if rises or level != held.level or self.state.source(source).disputed:
            self.spells.pop(source, None)
            self.validated.discard(source)
        if level != held.level:
            marks = derive(self.state, self.now(), self.policy).marks
            assert self.shows_none_or_local() or "conflict" in marks

    @rule(source=sources, problem=st.sampled_from(list(Problem)))
    def fails(self, source: str, problem: Problem) -> None:
        aged = fold(self.state, Passed(), self.now(), self.policy)
        self.fold(Failed(source, problem, "It failed."))
        was = aged.source(source)
        undone = replace(
            self.state.source(source), attempted=was.attempted, problem=was.problem, message=was.message
        )
        assert self.state.with_source(undone) == aged, "rule 5: a refusal changes only the attempt"

    # ------------------------------------------------------------------ what time and power do

    @rule(seconds=durations)
    def time_passes_or_the_machine_sleeps(self, seconds: int) -> None:
        self.true += seconds

    @rule(seconds=st.integers(-2_000_000_000, 2_000_000_000))
    def somebody_sets_the_clock(self, seconds: int) -> None:
        error = self.wall_error + timedelta(seconds=seconds)
        if (
            datetime(1970, 1, 2, tzinfo=UTC)
            < START + timedelta(seconds=self.true) + error
            < datetime(2200, 1, 1, tzinfo=UTC)
        ):
            self.wall_error = error

    @rule()
    def the_clock_is_set_right(self) -> None:
        self.wall_error = timedelta()

    @rule()
    def is_killed_and_restarted(self) -> None:
        self.run += 1
        self.validated.clear()
        self.spells = {}  # a run of its own has to hear a fall twice
        self.confirmed_in_run = False
        self.state = fitted(self.disk, self.policy)
        self.local.pop("exercise", None)

    @rule(seconds=durations, clock=st.sampled_from(["right", "frozen", "epoch"]))
    def loses_power(self, seconds: int, clock: str) -> None:
        wall = self.now().wall
        self.true += seconds
        self.boot += 1
        self.boot_began = self.true
        truth = START + timedelta(seconds=self.true)
        shown = {"right": truth, "frozen": wall, "epoch": datetime(1970, 1, 2, tzinfo=UTC)}[clock]
        self.wall_error = shown - truth
        self.local.clear()
        self.pending = None
        self.is_killed_and_restarted()

    # ------------------------------------------------------------------ what people do

    @rule(trust=st.sampled_from(TRUSTS), agree=st.sampled_from((1, 1, 2, 3)), two_person=st.booleans())
    def is_reconfigured(self, trust: Trust, agree: int, *, two_person: bool) -> None:
        policy = self._policy(trust, agree=agree, two_person=two_person)
        self.agreed_by_many |= agree > 1
        self.fold(Reconfigured(policy))
        self.policy = policy

    @rule(
        level=levels,
        seconds=st.one_of(st.integers(1, 20_000), st.integers(600_000, 610_000)),
        kind=st.sampled_from(["operator", "exercise"]),
    )
    def sets_a_local_level(self, level: str, seconds: int, kind: str) -> None:
        now = self.now()
        local = LocalLevel(level, "Ann", "drill", now, now.wall + timedelta(seconds=seconds))
        self.fold(Set(local) if kind == "operator" else Exercised(local))
        valid = seconds <= LONGEST[kind]
        if kind == "operator" and self.policy.two_person:
            self.pending = (level, self.true + seconds, self.true + 15 * 60) if valid else None
            return
        if kind == "operator":
            self.pending = None
        self.local.pop(kind, None)
        if valid:
            self.local[kind] = (level, self.true + seconds)
            shown = derive(self.state, now, self.policy)
            assert (str(shown.state), shown.level) == (kind, level) or shown.state is StateName.EXERCISE

    @rule(by=st.sampled_from(["Ann", " aNN", "Bob"]))
    def confirms_a_local_level(self, by: str) -> None:
        before = self.state.operator
        self.fold(Seconded(by))
        waits, self.pending = self.pending, None if by == "Bob" else self.pending
        if waits is None or by != "Bob" or self.true >= min(waits[1:]):
            assert self.state.operator in {before, None}, "nothing waited, or nobody else confirmed it"
        elif self.state.operator != before:
            self.local["operator"] = waits[:2]

    @rule(kind=st.sampled_from(["operator", "exercise"]))
    def clears_a_local_level(self, kind: str) -> None:
        self.fold(Set(None) if kind == "operator" else Exercised(None))
        self.local.pop(kind, None)
        if kind == "operator":
            self.pending = None

    # ------------------------------------------------------------------ what a visitor may rely on

    def shows_none_or_local(self) -> bool:
        shown = derive(self.state, self.now(), self.policy)
        return shown.level is None or shown.local is not None

    @invariant()
    def the_display_is_true(self) -> None:
        now = self.now()
        shown = derive(self.state, now, self.policy)
        if not self.log or differs(self.log[-1], shown):
            self.log.append(shown)
        line = self.log[-1]
        assert (line.state, line.marks, line.level, line.local) == (
            shown.state,
            shown.marks,
            shown.level,
            shown.local,
        ), "rule 10: every state shown has a line"
        assert self.disk.exercise is None, "rule 6: an exercise is never stored"
        if shown.local:
            self._judge_local(shown)
        # What lies under a local level is judged too: it shows again when that ends.
        public = derive(replace(self.state, operator=None, exercise=None), now, self.policy)
        self._judge_public(public, now)
        self.fold(Shown(CONFIDENCES[public.state]))
        self.last, self.news = public, False

    def _judge_local(self, shown: Display) -> None:
        kind = str(shown.state)
        assert kind in self.local, "rules 1, 6: nobody set this level"
        level, end = self.local[kind]
        assert shown.level == level
        assert self.true < end, "rule 7: an expired level is never shown"

    def _judge_public(self, shown: Display, now: Clock) -> None:
        if shown.level is not None:
            assert shown.level in self.stated.keys() | self.kept, "rule 1: nobody stated this level"
        if not self.stated:
            known = {StateName.UNKNOWN, StateName.LAST_KNOWN} if self.kept else {StateName.UNKNOWN}
            assert shown.state in known, "rule 3"
        if shown.state is StateName.LIVE:
            assert self.confirmed_in_run, "rule 4: live needs a confirmation in this run"
            assert shown.level is not None
            age = self.true - self.stated[shown.level]
            assert age <= self.limit(), "rule 2: live means recent"
        if self.state.held and self.state.held.kept:
            assert shown.confirmed is None, "what was kept confirms nothing"
        elif self.state.held and self.state.held.confirmed.boot_id == now.boot_id:
            truly = self.true - self.stated[self.state.held.level]
            assert shown.age is not None
            assert shown.age.total_seconds() > truly - 1, "rule 9: no age is less than the true one"
            if not self.agreed_by_many and not self.cached:
                assert shown.age.total_seconds() < truly + 1, "rule 9: ages come from the boot clock"
            if truly > self.policy.trust.last_known.total_seconds():
                assert shown.level is None, "too old to be named"
        if self.last is not None:
            self._judge_change(self.last, shown)
        if shown.level is not None:
            self._judge_conflict(shown, now)

    def _judge_conflict(self, shown: Display, now: Clock) -> None:
        """What both sides have said for longer than anybody may need is a disagreement; what all say is none."""
        newest = max((spell.last for spell in self.spells.values()), default=0.0)
        beside = [spell for spell in self.spells.values() if newest - spell.last <= self.limit()]
        trust = self.policy.trust
        lasting = {
            spell.level
            for spell in beside
            if spell.last - spell.first >= trust.confirm_fall.total_seconds()
            and self.true - spell.first >= trust.grace.total_seconds()
        }
        if len(lasting) > 1:
            assert Mark.CONFLICT in shown.marks, "sources disagree"
        claims = [source.claim for source in self.state.sources if source.claim]
        ours = all(claim.last.run == now.run for claim in claims)
        if ours and {spell.level for spell in beside} <= {shown.level} and not self.disputes():
            assert Mark.CONFLICT not in shown.marks, "all sources state what is shown"

    def disputes(self) -> bool:
        return any(source.disputed for source in self.state.sources)

    def _judge_change(self, before: Display, shown: Display) -> None:
        if not self.news:
            assert CONFIDENCES[shown.state] >= CONFIDENCES[before.state], "rule 4: confidence never rises"
            assert shown.level in {before.level, None}
        if before.rank and shown.rank and shown.rank < before.rank:
            wait = self.policy.trust.confirm_fall.total_seconds()
            stating = [spell for spell in self.spells.values() if spell.level == shown.level]
            assert any(spell.last - spell.first >= wait for spell in stating), "rule 8: a fall is said twice"
            assert len(stating) >= self.policy.agree, "a fall that too few state"


TestRules = World.TestCase
TestRules.settings = settings(
    max_examples=max(1, STEPS // 50),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

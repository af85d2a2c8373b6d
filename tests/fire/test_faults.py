"""Every kind of fault, for every format and transport: no level but a stated one, in time and within bounds."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from kiosk.core.fold import Failed, Stated
from kiosk.core.model import StateName
from kiosk.formats import FORMATS
from tests.fire.asking import Asker, Heard, asker, may_have_own_mounts
from tests.fire.conftest import PART_FAULTS as PART
from tests.fire.conftest import Count
from tests.fire.extent import FULL, some
from tests.fire.faults.files import FILES
from tests.fire.faults.names import DOMAIN, NameServer
from tests.fire.faults.registry import TAKEN, WEB, Fault
from tests.fire.server import KINDS, Faults
from tests.fire.sources import BEFORE, LINKED, Screen, configuration
from tests.formats.fixtures import FIXTURES, STATED

FORMS = tuple(FORMATS)
PROMISE = "No fault shows a level that nobody stated, keeps a poll past its deadline or takes memory without bound"
_SPARE = 1.5  # seconds beyond the deadline
_LONGEST = 35.0  # seconds for any poll whatever
_MOST_MEMORY = {"kiosk": 150.0, "child": 120.0}  # MiB; quiet ones have 60 and 45
_OWN_MOUNTS = may_have_own_mounts()


def _cases() -> Iterator[tuple[Fault, str, str]]:
    """Each kind with every format, and over the formats with every transport; in the short form some kinds once.

    Over all kinds every format meets every transport in either form.
    """
    for number, fault in enumerate(some(tuple(KINDS.values()), 45)):
        for place, form in enumerate(FORMS):
            if FULL or place == number % len(FORMS):
                yield fault, form, fault.schemes[(number + place + number // len(FORMS)) % len(fault.schemes)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def faults(folder: Path) -> Faults:
    return Faults(folder)


@pytest.fixture(scope="module")
def ask(folder: Path, faults: Faults) -> Iterator[Asker]:
    with ExitStack() as running:
        # An address for each process: several of them may test at once.
        server = f"127.53.{os.getpid() >> 8 & 255}.{os.getpid() & 255}" if _OWN_MOUNTS else None
        if server:
            running.enter_context(NameServer(server))
        yield running.enter_context(asker(folder, server))


def judge(heard: Heard, text: str, form: str, outcomes: tuple[str, ...]) -> None:
    """What every case has to keep: the outcome, the promise on the screen, the time and the memory."""
    deadline = Screen(text).config.sources[0].deadline.total_seconds()
    assert heard.seconds < min(deadline + _SPARE, _LONGEST)
    assert heard.kiosk < _MOST_MEMORY["kiosk"]
    assert heard.child < _MOST_MEMORY["child"]
    event = heard.outcome.event
    assert isinstance(event, Stated | Failed)
    word = TAKEN if isinstance(event, Stated) else event.problem
    assert word in outcomes, event
    if isinstance(event, Failed):
        assert event.message.endswith(".")
        assert event.message.isprintable()
        assert len(event.message) < 300
    level = STATED[form] if word == TAKEN else None

    new, old = Screen(text), Screen(text, BEFORE[form])
    for screen in (new, old):
        screen.hears(event)
    shown = new.shows()
    assert (shown.level, shown.state) == (level, StateName.LIVE if level else StateName.UNKNOWN)
    shown = old.shows()
    assert (shown.level, shown.state, shown.marks) == (level or BEFORE[form], StateName.LIVE, ())
    assert shown.sources[0].problem == (None if level else word)
    assert old.shows(31 * 60).state is StateName.STALE, "nobody confirmed it since"


@pytest.mark.parametrize(("fault", "form", "scheme"), [
    pytest.param(fault, form, scheme, id=f"{fault.name}-{form}-{scheme}") for fault, form, scheme in _cases()
])  # fmt: skip
def test_a_fault_shows_no_other_level(
    fault: Fault, form: str, scheme: str, faults: Faults, ask: Asker, proves: Count
) -> None:
    if fault.host.endswith(DOMAIN) and not _OWN_MOUNTS:
        pytest.skip("needs the right to a mount namespace")
    with faults.serving(fault, form, scheme) as (url, server):
        # On a busy machine the fetch may only just have begun when the short time is over.
        for deadline in ("1.5 s", "6 s") if fault.hangs else ("10 s",):
            text = configuration(form, url, deadline)
            judge(ask(text), text, form, fault.outcomes)
            if server.connections or fault.host != "127.0.0.1":
                break
    proves(PART, PROMISE).count("cases", kind=fault.name)


@pytest.mark.parametrize("form", FORMS if FULL else FORMS[:1])
@pytest.mark.parametrize("scheme", WEB)
def test_a_machine_that_is_not_there_shows_no_other_level(
    form: str, scheme: str, faults: Faults, ask: Asker, proves: Count
) -> None:
    entry = proves(PART, PROMISE)
    with faults.refusing(scheme) as url:
        text = configuration(form, url, "10 s")
        judge(ask(text), text, form, ("connect",))
    entry.count("cases", kind="a port that nobody listens on")
    with faults.ignoring(scheme) as url:
        text = configuration(form, url, "1.5 s")
        judge(ask(text), text, form, ("timeout",))
    entry.count("cases", kind="a port that answers no call")


@contextmanager
def _published(kind: str, form: str, folder: Path) -> Iterator[str]:
    folder.mkdir()
    FILES[kind][0](folder / "d", FIXTURES[form])
    yield (folder / "d").as_uri()


@pytest.mark.parametrize("kind", FILES)
def test_a_file_at_fault_shows_no_other_level(kind: str, tmp_path: Path, ask: Asker, proves: Count) -> None:
    entry = proves(PART, PROMISE)
    for form in FORMS:
        with _published(kind, form, tmp_path / form) as url:
            for name, document in LINKED.items():
                (tmp_path / form / name[1:]).write_bytes(document)
            text = configuration(form, url, "5 s")
            judge(ask(text), text, form, FILES[kind][1])
        entry.count("cases", kind=kind)


def test_there_are_as_many_as_promised() -> None:
    assert len(KINDS) + len(FILES) + 2 >= 60

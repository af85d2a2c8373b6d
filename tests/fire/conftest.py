"""What the proofs share: the ledger."""

from collections.abc import Callable, Iterator

import pytest

from tests.fire.ledger import Entry

Count = Callable[..., Entry]
PART_FAULTS = "1. Faults of network and publisher"
PART_DOCUMENTS = "2. Hostile documents"
PART_POWER = "3. Power and disk"
PART_TIME = "4. Time"
PART_PEOPLE = "5. The passer-by and the screens"
PART_UNATTENDED = "6. Unattended for weeks"
_OUTCOME = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[assignment]  # what pluggy sends
    item.stash[_OUTCOME] = item.stash.get(_OUTCOME, True) and report.passed
    return report  # type: ignore[return-value]


@pytest.fixture
def proves(request: pytest.FixtureRequest) -> Iterator[Count]:
    """Opens an entry of the ledger: its section, the promise that this test proves, and the seed."""
    opened: list[Entry] = []

    def begin(part: str, proof: str, seed: int | None = None) -> Entry:
        opened.append(Entry(part, proof, seed=seed))
        return opened[-1]

    yield begin
    for entry in opened:
        entry.close(passed=request.node.stash.get(_OUTCOME, False))

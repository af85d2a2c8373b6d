"""What a run of the proofs counted, line by line; ``tests/fire/report.py`` makes ``tests/TRUTH.md`` of it."""

import json
import os
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Entry:
    """One proof, or one worker's share of it; shares of the same name are added up.

    Attributes:
        part: the section of the report.
        proof: the promise, as a sentence.
        counts: what was tried, by its name.
        kinds: of what was tried.
        seed: from which the same cases come again; None where all cases there are were tried.
        seconds: how long it took.
        passed: whether it held.
    """

    part: str
    proof: str
    counts: dict[str, int] = field(default_factory=dict)
    kinds: list[str] = field(default_factory=list)
    seed: int | None = None
    seconds: float = 0.0
    passed: bool = False
    begun: float = field(default_factory=time.monotonic)

    def count(self, what: str, many: int = 1, kind: str | None = None) -> None:
        """Adds to what was tried, and notes of which kind it was."""
        if kind and kind not in self.kinds:
            self.kinds.append(kind)
        self.counts[what] = self.counts.get(what, 0) + many

    def close(self, *, passed: bool) -> None:
        """Writes the entry where ``KIOSK_TRUTH_LEDGER`` says; a run without it keeps none."""
        self.seconds = time.monotonic() - self.begun
        self.passed = passed
        ledger = os.environ.get("KIOSK_TRUTH_LEDGER")
        if ledger:
            fields = {name: value for name, value in asdict(self).items() if name != "begun"}
            with Path(ledger).open("a", encoding="utf-8") as file:
                file.write(json.dumps(fields) + "\n")  # one write each: several workers append

"""``tests/TRUTH.md`` from the ledger of a run: ``python -m tests.fire.report LEDGER MINUTES EXIT-CODE OUT``."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HEAD = """# Truth under fire

> The screen never shows a level that no source stated, never shows an old one as if it were current, and never
> goes black.

This page is written by `make {target}`, by nobody else. Each line is one promise, what was tried against it, and
how it ended. The same seed gives the same cases; a case that ever fails becomes a test of its own name.
"""


@dataclass
class Row:
    """One promise, added up over the workers that shared it."""

    counts: dict[str, int] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    seeds: set[int] = field(default_factory=set)
    seconds: float = 0.0
    failed: int = 0

    def add(self, entry: dict[str, Any]) -> None:
        for what, many in entry["counts"].items():
            self.counts[what] = self.counts.get(what, 0) + many
        self.kinds.update(entry["kinds"])
        self.seeds.update({entry["seed"]} - {None})
        self.seconds += entry["seconds"]
        self.failed += not entry["passed"]

    def cells(self) -> str:
        tried = [f"{many:,} {what}" for what, many in self.counts.items()]
        if self.kinds:
            tried.insert(0, f"{len(self.kinds)} kinds")
        seeds = ", ".join(map(str, sorted(self.seeds))) or "all there are"
        result = f"**{self.failed} failed**" if self.failed else "held"
        return f"{', '.join(tried)} | {seeds} | {self.seconds:,.0f} s | {result}"


def main() -> None:
    ledger, minutes, code, out = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    entries = [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]
    out.write_text("\n".join(_page(entries, minutes, code)) + "\n", "utf-8")


def _page(entries: list[dict[str, Any]], minutes: float, code: int) -> Iterator[str]:
    long = os.environ.get("KIOSK_TRUTH") == "long"
    yield HEAD.format(target="truth-long" if long else "truth")
    yield f"Last run: {datetime.now(UTC):%Y-%m-%d}, {minutes:.0f} minutes on {os.cpu_count()} cores. " + (
        "Every promise held." if code == 0 else "**Not every test passed.**"
    )
    for part in sorted({entry["part"] for entry in entries}):
        rows: dict[str, Row] = {}
        for entry in entries:
            if entry["part"] == part:
                rows.setdefault(entry["proof"], Row()).add(entry)
        yield f"\n## {part}\n\n| promise | tried | seed | time | result |\n|---|---|---|---|---|"
        yield from (f"| {proof} | {rows[proof].cells()} |" for proof in sorted(rows))
        kinds = sorted(set().union(*(row.kinds for row in rows.values())))
        if kinds:
            yield f"\nKinds: {'; '.join(kinds)}."


if __name__ == "__main__":
    main()

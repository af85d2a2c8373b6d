"""Kills a writer at random moments in one folder: ``python -m tests.fire.kills FOLDER TIMES SEED``.

The writer is forked from a process that has everything loaded, so that a kill costs milliseconds. Prints how many
saves were acknowledged in all.
"""

import logging
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.fire.writer import Found, found, write

_LONGEST_LIFE = 0.03  # seconds, ten saves or so


def main() -> None:
    folder, times, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    logging.disable()
    chance = random.Random(seed)  # noqa: S311 - it chooses moments
    there, acknowledged_in_all = Found(), 0
    for _ in range(times):
        acknowledged = _killed(folder, there.saved, chance.uniform(0, _LONGEST_LIFE))
        acknowledged_in_all += acknowledged - there.saved
        least = Found(acknowledged, acknowledged) if acknowledged > there.saved else there
        there = found(folder, least, acknowledged + 1)
    print(acknowledged_in_all)  # noqa: T201 - the answer


def _killed(folder: Path, begin: int, life: float) -> int:
    """The last number that a writer acknowledged in its life."""
    read, told = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.dup2(told, 1)
        write(folder, begin)
    os.close(told)
    time.sleep(life)  # the moment itself
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    with os.fdopen(read) as answers:
        numbers = answers.read().splitlines(keepends=True)
    whole = [int(number) for number in numbers if number.endswith("\n")]
    return whole[-1] if whole else begin


if __name__ == "__main__":
    main()
